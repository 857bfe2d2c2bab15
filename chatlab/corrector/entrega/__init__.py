"""La carpeta de una entrega: cuáles son sus programas, cómo se usan, y una copia de todo ello.

buscar.py papeles.py   cuál es el servidor y cuál el cliente
que_falta.py           y qué se dice si no se sabe
otra_leccion.py        el ejercicio de otra lección
como_se_usa.py         lo que ella misma dice de cómo se usa
copia.py               la copia que se ejecuta
vigilante.py           saber cuándo se guarda un archivo
encargo.py             qué se pide corregir
"""
