"""Cada paso de cada lección, como pareja de procesos de verdad."""
