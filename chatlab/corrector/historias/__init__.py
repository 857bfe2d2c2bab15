"""Lo que hacen unas personas delante de los programas: una historia por lección.

escena.py                       el servidor y sus clientes, y lo que se pide a todos
persona.py espectadora.py       alguien delante de un programa: lo que hace, y lo que ve
lectura.py renglones.py         lo que lee en su pantalla
cambiado.py notas_vistas.py     y lo que llega de otra manera
despedidas.py                   con qué palabra se sale de un programa que no se conoce
ensayo.py                       averiguar, probando, qué hay que teclear
historia.py un_sentido.py       lo que tienen en común las historias
bitacora.py turnos.py chat.py   las lecciones 01, 02 y 03
notas.py gentio.py asedio.py    las lecciones 04, 05 y 06
imitacion.py repeticion.py      otros programas que llaman al servidor
ataques/                        y los que molestan
espia_en_medio.py contraste.py  el espía en medio: qué va por la red, y qué no
deducir.py                      por dónde va cada hilo cuando algo falla
ventanas.py memoria_compartida.py faltas_de_python.py   lo que no es culpa de la entrega
"""
