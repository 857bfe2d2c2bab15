"""Los programas de una entrega en marcha: se arrancan, se espera y se mira. No se juzga nada.

escenario.py   la jaula, las terminales y lo que hacen los sockets
paciencia.py   cómo se espera a lo que debe ocurrir
elenco.py      quién está, y qué ha escrito cada programa
fallos.py      cómo acaba mal una comprobación
"""
