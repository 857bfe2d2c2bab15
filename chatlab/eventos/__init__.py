"""Modo eventos: el chat de difusión para miles de clientes, en un hilo. Empieza por `servidor.py`.

    servidor.py    el bucle: qué ha ocurrido, y a quién le toca
    anfitrion.py   la sala y sus clientes, desde que llegan hasta que se van

Lo que cuesta tener miles de conexiones en un hilo está en `motor/`. El programa cliente es el de
difusión: los dos servidores hablan ChatLab/1.
"""
