"""Lo que se pregunta al sistema: sus procesos, sus sockets, y los archivos que escriben otros.

proc.py       leer /proc: los procesos, los hilos, las conexiones, y lo que se escribe de ellos
procesos.py   quién hay a nuestro cargo, cuánto gasta y a qué espera
nucleo.py     en qué llamada duerme cada hilo
llamadas.py   en qué llamadas se duerme, por su número
sock_diag.py  los sockets TCP de una red, y lo que le falta por leer y por salir a cada uno
de_camino.py  si entre unos procesos viaja algo todavía
sockets.py    de quién es cada socket, sin preguntarles a ellos
consumo.py    la CPU y la memoria de un proceso
ajeno.py      leer y borrar donde escribe un programa del que nadie se fía
"""
