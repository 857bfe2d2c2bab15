"""Enseñar los modos en marcha: programas de verdad que conversan en una sola terminal.

obras.py     quién dice qué en cada modo, y quién debe verlo
tablado.py   dónde actúan: se les teclea, y se enseña lo que ve cada cual
"""
