"""Modo turnos: servidor y cliente se alternan. Empieza por `conversacion.py`.

conversacion.py           lo que hacen los dos: hablar, esperar, irse
teclado.py                lo que se escribe, a tiempo o antes de tiempo
servidor.py cliente.py    quién empieza
"""
