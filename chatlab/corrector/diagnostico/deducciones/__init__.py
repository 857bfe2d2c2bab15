"""Lo que se sigue de por dónde va cada hilo cuando algo ha fallado.

parada.py         un hilo: de quién es, por qué línea va y qué espera
sin_entrar.py     alguien llama, y el servidor no vuelve a `accept`
colgadas.py       el servidor cuelga a quien sigue ahí
cierre.py         dónde se cerró el socket que se vuelve a usar
ocupados.py       quien no lee porque espera a otra cosa
atasco.py         el servidor que espera a quien no lee
mutuas.py         dos programas que se esperan el uno al otro
candados.py       un hilo espera un candado, y quién lo tiene
fin_de_linea.py   quien lee por líneas, y espera el final de una
sin_mostrar.py    lo que llegó a un programa y no está en su pantalla
giros.py          el bucle que no para
inundacion.py     quien envía sin parar
acabo_solo.py     un programa que termina en cuanto acaba su hilo principal
sin_fin.py        qué mantiene vivo a un programa que ya debía haber terminado
"""
