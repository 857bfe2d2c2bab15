"""Cómo se llega a hablar con un programa: lo que pide, y lo que se le contesta.

Empieza por `trato.py`.
"""
