"""La red: sockets, direcciones y puertos.

sockets.py       escuchar, aceptar, conectar, recibir, y saber si el otro sigue ahí (keepalive)
antesala.py      quien llega mientras se atiende a otra persona
fallos.py        lo que se dice cuando algo de eso falla
direcciones.py   cómo se escribe y se lee una, y cuáles tiene esta máquina
puerto.py        de quién es uno que está ocupado
aforo.py         cuántas conexiones caben
anuncio.py       lo que un servidor dice al empezar
"""
