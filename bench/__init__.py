"""El banco: los servidores de chatlab al lado de otros, en la misma máquina y por turnos.

__main__.py     la orden: `python -m bench`
escenarios.py   lo que se mide
pruebas.py      una prueba: un servidor en un escenario
turnos.py       todas, intercaladas y repetidas
gente.py        los clientes de una prueba, hablen lo que hablen
idiomas/        los protocolos: cómo se entra, y cómo es un mensaje
servidores/     los que se miden, y cómo se arrancan
nucleos.py      el servidor en un núcleo, y quien mide en otro
resultados.py   lo medido, y su archivo
tablas.py       las tablas del sitio
grafica.py      el dibujo del sitio
"""
