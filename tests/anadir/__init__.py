"""Lo que añade `tests/test_anadir.py` a una copia de chatlab.

mayusculas.py   una falta del espía
leccion/        una lección, con un paso y una comprobación
"""
