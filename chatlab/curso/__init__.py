"""Las lecciones: dónde están y qué dicen.

lecciones.py   las que hay, en el clon o dentro del paquete
pistas.py      las pistas de cada una
"""
