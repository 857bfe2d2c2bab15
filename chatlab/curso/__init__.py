"""Las lecciones: dónde están y qué dicen.

lecciones.py   las que hay, en el clon o dentro del paquete
pasos.py       sus pasos, por el nombre que se teclea
ficha.py       lo que cada una dice de sí misma
pistas.py      las pistas de cada una
retos.py       el reto de cada uno de sus pasos
codigo.py      lo que alguien lleva hecho, en una línea que se pega en el mapa del sitio
"""
