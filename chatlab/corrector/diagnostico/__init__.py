"""Por qué ha fallado un programa: lo que dice Python, su código y sus sockets.

hallazgo.py       lo que se sabe de un fallo, en piezas
momento.py        cuándo pasó lo que lo explica
que_pasa.py       lo que pasa en cada comprobación, que dice qué puede explicarla
de_quien.py       cómo se nombra a cada programa
carpetas.py       cuáles de las suyas no son del alumno
fuente.py         el código de un alumno, leído sin ejecutarlo
nodos.py          preguntas sobre su árbol
error.py          el último error de una pantalla, explicado
explicaciones/    qué significa cada mensaje de Python
avisos/           lo que se ve en el código
deducciones/      lo que se sigue de por dónde va cada hilo
relato/           lo que hicieron los sockets
direcciones.py    dos programas que aquí se encuentran, y en una red de verdad no
"""
