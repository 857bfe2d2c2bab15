"""Modo turnos: servidor y cliente se alternan. Empieza por `conversacion.py`.

conversacion.py           lo que hacen los dos: hablar, esperar, irse
servidor.py cliente.py    quién empieza
"""
