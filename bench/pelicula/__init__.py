"""Lo que cuesta mirar: los mismos programas con la sonda y sin ella, por turnos.

__main__.py    la orden: `python -m bench.pelicula`
mirador.py     quien mira, en su proceso, y graba: como `chatlab observar`
a_toda.py      un servidor de hilos, tan deprisa como puede
en_clase.py    una clase: un servidor y unos clientes que se escriben a ratos
"""
