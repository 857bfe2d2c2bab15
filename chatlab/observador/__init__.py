"""El observador: dibujar lo que hicieron los sockets de unos programas.

secuencia.py   de los sucesos de la sonda, quién llamó, envió, recibió y cerró, en orden
dibujo.py      la secuencia como un diagrama, en SVG
palabras.py    la secuencia contada frase a frase
"""
