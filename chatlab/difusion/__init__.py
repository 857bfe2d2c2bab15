"""Modo difusión: muchos clientes, y lo que dice uno lo leen todos. Empieza por `servidor.py`."""
