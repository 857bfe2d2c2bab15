"""Modo eventos: el chat de difusión para miles de clientes, en un hilo. Empieza por `servidor.py`.

    servidor.py    el bucle: qué ha ocurrido, y cuánto se lee de cada cliente
    anfitrion.py   la sala y sus clientes, desde que llegan hasta que se van
    salida.py      lo que se envía al final de cada vuelta, y quién no da abasto
    portero.py     las conexiones nuevas
    vigia.py       qué se espera de cada socket
    conexion.py    lo que se guarda de cada cliente
    entrada.py     las líneas que han llegado de un cliente y faltan por atender
    reparto.py     un bloque de bytes para todos, y lo que es de cada uno
    atraso.py      lo que un cliente lento aún no ha recibido
    frenos.py      quién espera a que un cliente lento se ponga al día

El programa cliente es el de difusión: los dos servidores hablan ChatLab/1.
"""
