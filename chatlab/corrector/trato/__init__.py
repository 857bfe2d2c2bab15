"""Cómo se llega a hablar con un programa: lo que pide, y lo que se le contesta.

trato.py                       desde que arranca hasta que se puede hablar con él
arranque.py                    ponerlo en marcha y contestarle mientras pregunte
entrevista.py                  lo que va pidiendo, y lo que se le contesta
preguntas.py vocabulario.py    qué pide, y con qué palabras
respuestas.py                  qué se le contesta
argumentos.py                  con qué argumentos se arranca
teclado.py                     si lee el teclado
entre_mensajes.py              lo que pregunta entre un mensaje y otro
uso.py                         lo que se va aprendiendo
"""
