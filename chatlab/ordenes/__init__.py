"""Las órdenes: `chatlab X` es `ordenes/X.py`, con su `principal`.

demo.py tablado.py                   los modos en marcha, y dónde actúan
lecciones.py empezar.py pista.py     aprender por tu cuenta
corregir.py vigilar.py               corregir un ejercicio o una clase
una_entrega.py                       lo que comparten esas dos, y no es una orden
espia.py                             lo que pasa por el cable
medir.py                             cuánto da de sí un servidor
docs.py                              el sitio
"""
