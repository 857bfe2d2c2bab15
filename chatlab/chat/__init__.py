"""ChatLab/1 sin un socket: lo que se dice, y a quién le toca recibirlo.

protocolo.py   de bytes a líneas, qué dice cada una, y con qué palabras se sale
nombres.py     cuáles valen, y cuándo dos son el mismo
sala.py        lo que ocurre a cada conexión y lo que se le dice: al llegar, al irse, si no lee…
tareas.py      lo que hay que hacer entonces
presentes.py   quién está en la sala, y qué nombres están tomados
comandos.py    qué se contesta a `/ayuda`, `/privado`…
estados.py     por dónde pasa cada conexión y lo que lee entonces, como una tabla
limites.py     los topes, y por qué esos: personas, segundos para dar un nombre, bytes en espera…
ritmo.py       cuántos mensajes por segundo se leen de cada cual
lote.py        muchas líneas de una vez
"""
