"""Modo turnos: servidor y cliente se alternan. Empieza por `conversacion.py`."""
