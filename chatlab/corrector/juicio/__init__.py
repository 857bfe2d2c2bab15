"""El veredicto de cada comprobación, y por qué.

correccion.py   la corrección en curso: la entrega, su escena y su informe
veredicto.py    cómo acaba una comprobación
fallo.py        por qué ha fallado, con todo lo que se sabe de la escena
rodaje.py       su película, que se corta de lo que pasó en la escena
momentos.py     los momentos de ella que conviene mirar
candados.py     quién espera un candado al final, para verlo en ella
"""
