"""Lo que tienen en común todos los programas: cómo empiezan y cómo terminan.

opciones.py      lo que se teclea al arrancarlos, y lo que vale si no: el puerto, el host…
ejecutar.py      empezar, terminar y Ctrl+C
entorno.py       con qué variables se arranca otro
en_marcha.py     otro programa de los nuestros, al que se teclea y se mira
causas.py        por qué se niega el sistema, en español
archivos.py      escribir un archivo entero, o nada
instalacion.py   de dónde ha salido este chatlab, y qué le falta
"""
