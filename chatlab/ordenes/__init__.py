"""Las órdenes: `chatlab X` es `ordenes/X.py`, con su `principal`.

demo.py                              los modos en marcha
lecciones.py empezar.py pista.py     aprender por tu cuenta
reto.py                              el reto de cada paso
corregir.py vigilar.py               corregir un ejercicio o una clase
torneo.py                            los servidores de una clase, atacados
observar.py                          los programas y sus sockets, en el navegador
espia.py                             lo que pasa por el cable
medir.py                             cuánto da de sí un servidor
docs.py                              el sitio
"""
