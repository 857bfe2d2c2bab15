"""Modo difusión: muchos clientes, y lo que dice uno lo leen todos. Empieza por `servidor.py`.

servidor.py   un hilo por cliente, y un candado para la sala
cola.py       la cola de salida de cada cliente, y el hilo que la envía
juntar.py     los envíos seguidos a las mismas personas, en uno solo
cliente.py    muestra lo que llega mientras escribes
"""
