"""Lo que se sigue de por dónde va cada hilo cuando algo ha fallado.

parada      un hilo: de quién es, por qué línea va y qué espera
sin_fin     qué mantiene vivo a un programa que ya debía haber terminado
giros       el bucle que no para
mutuas      dos programas que se esperan el uno al otro
acabo_solo  un programa que termina en cuanto acaba su hilo principal
sin_mostrar lo que llegó a un programa y no está en su pantalla
atasco      el servidor que espera a quien no lee
"""
