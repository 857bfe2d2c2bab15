"""Corregir: una entrega, una clase, y lo que se recuerda de quien aprende.

pedido.py           lo que se pide al corregir una, y lo que se enseña después
taller.py           una entrega: pytest ejecuta sus comprobaciones
proceso_aparte.py   en otro proceso, del que no queda nada
a_medias.py         y si no se acaba
peliculas.py        las de lo que falla, que ella deja
cine.py             verlas sin informe, en el navegador
retos.py            el reto de un paso: sus programas y su comprobación
clase.py            todas las de una clase
avance.py           cómo va quien aprende
estado.py           dónde se guarda
"""
