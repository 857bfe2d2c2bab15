"""Modo bitácora: el cliente escribe y el servidor apunta. Empieza por `servidor.py`."""
