"""Dónde se ejecutan los programas de una entrega, y lo que se ve desde fuera.

Empieza por `jaula.py`. Dentro:

    jaula.py ejecutor.py             una copia de la entrega, y quien la ejecuta
    aislamiento.py                   cuánto se puede aislar aquí, y cómo se dice
    celda.py poner_guardian.py       encerrados: desde fuera…
    guardian.py buzon.py convertirse.py recogida.py disco.py   …y desde dentro
    bubblewrap.py cerca.py enseres.py nucleo.py   con qué se encierran
    limites.py                       cuánto pueden gastar: memoria, procesador, disco, tiempo…
    tuberias.py                      sin encerrar: así se hace en Windows
    terminal.py pantalla.py lector.py pseudoterminal.py canal.py   lo que se teclea y lo que sale
    rollo.py                         y cuándo
    evidencia.py                     lo que el sistema ve, al lado de lo que ellos cuentan
"""
