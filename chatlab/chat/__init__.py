"""ChatLab/1 sin un socket: lo que se dice, y a quién le toca recibirlo.

protocolo.py          de bytes a líneas, qué dice cada una, y con qué palabras se sale
nombres.py            cuáles valen, y cuándo dos son el mismo
sala.py tareas.py     lo que ocurre a cada conexión, y lo que hay que hacer entonces
presentes.py          quién está en la sala
comandos.py           qué se contesta a `/ayuda`, `/privado`…
estados.py            por dónde pasa cada conexión, como una tabla
lote.py               muchas líneas de una vez
limites.py ritmo.py   cuánto se admite de cada cliente
"""
