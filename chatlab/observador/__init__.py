"""El observador: dibujar lo que hicieron los sockets de unos programas.

extremos.py    los dos extremos de cada conexión: qué ha salido de cada uno y qué ha leído
caudal.py      por qué byte va cada sentido
leido.py       los bytes que se leen, cada uno en su lugar
conexiones.py  las conexiones de una secuencia: sus puntas y los bytes de cada sentido
orden.py       los sucesos de varios procesos en un orden en que nada pasa antes que su causa
secuencia.py   de los sucesos de la sonda, quién llamó, envió, recibió y cerró, en ese orden
esperas.py     cuándo espera cada hilo, y qué lo despierta
actores.py     cómo se nombra a cada cual
dibujo.py      la secuencia como un diagrama, en SVG
barras.py      las esperas de ese diagrama
palabras.py    la secuencia contada frase a frase
pagina/        la página que enseña una película: terminales, código, línea del tiempo
directo/       los programas en marcha, en una página: chatlab observar
grabacion/     todo lo que hicieron unos programas, escrito según pasa
"""
