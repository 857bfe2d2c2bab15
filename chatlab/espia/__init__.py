"""El espía: lo que pasa entre un cliente y un servidor, a la vista, y con una falta a elección.

bucle.py          el bucle: quién llama, a quién le toca, y hasta cuándo se puede esperar
llamada.py        la llamada al servidor, que puede tardar o no salir
puente.py         un cliente y su servidor: dos sentidos, y cuándo acaba todo
sentido.py        lo que va de un lado al otro: leer, pasar por la falta, enviar
punta.py          cada uno de los dos sockets de una conversación
relato.py         las líneas que se enseñan
faltas/           una falta en cada archivo; ninguna sabe de sockets
"""
