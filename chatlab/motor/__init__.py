"""El motor: miles de conexiones en un solo hilo. No sabe qué se dice en ellas ni a quién.

vigia.py        qué se espera de cada socket
portero.py      las conexiones nuevas
conexion.py     lo que se guarda de cada cliente
reloj.py        la hora de cada vuelta
lectura.py      de los bytes de un cliente a sus líneas
entrada.py      las que han llegado y faltan por atender
pendientes.py   con quién hay que seguir en la próxima vuelta, o tras una pausa
salida.py       lo que se envía al final de cada vuelta, y quién no da abasto
reparto.py      un bloque de bytes para todos, y lo que es de cada uno
atraso.py       lo que un cliente lento aún no ha recibido
frenos.py       quién espera a que un cliente lento se ponga al día
"""
