"""Lo que hacen unas personas delante de los programas: una historia por lección.

Empieza por `escena.py`.
"""
