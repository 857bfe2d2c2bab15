"""El corrector: juzga un programa por lo que hace. Empieza por `modelo.py`.

De abajo arriba; cada carpeta usa solo las que tiene encima en esta lista:

    modelo.py                        de qué se habla al corregir: informes, notas, quién aprueba
    marcas.py rubrica.py             cómo se marca una comprobación, y los puntos de cada profesor
    diagnostico/                     por qué ha fallado un programa
    entrega/                         la carpeta de una entrega
    jaula/                           dónde se ejecutan sus programas
    escenario/                       sus programas en marcha
    trato/                           cómo se llega a hablar con ellos
    historias/                       lo que hacen unas personas delante de ellos
    informes/                        los resultados, para leerlos
    juicio/                          el veredicto de cada comprobación
    comunes.py plugin.py             lo que usan las pruebas de las lecciones
    taller/                          corregir una entrega, o una clase
"""
