"""Los resultados, para quien los lee.

terminal.py            una entrega, en la terminal
terminal_de_clase.py   una clase, en la terminal
torneo.py              quién aguanta más ataques
html.py                una página para leerla o imprimirla; su plantilla y su estilo, en pagina/
peliculas.py           las de lo que falla, dentro de esa página
csv.py json.py junit.py   para hojas de cálculo y otros programas
causas.py              qué falla por culpa de qué, y qué va antes
redaccion.py           un hallazgo, en frases
formato.py             lo que comparten: notas, signos, colores y textos limpios
resumen.py             las cuentas de una clase
"""
