"""El veredicto de cada comprobación, y por qué.

correccion.py   la corrección en curso: la entrega, su escena y su informe
veredicto.py    cómo acaba una comprobación
fallo.py        por qué ha fallado, con todo lo que se sabe de la escena
"""
