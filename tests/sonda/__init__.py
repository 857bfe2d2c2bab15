"""Pruebas de la sonda, con programas pequeños de verdad."""
