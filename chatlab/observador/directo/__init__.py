"""Mirar unos programas en marcha: `chatlab observar` por dentro.

pedido.py          qué programas son, según lo que se teclea
rodaje.py          arrancan a su tiempo, y al final no queda ninguno
escucha.py         cuándo arrancan los clientes
en_pantalla.py     un programa en marcha: lo que sale y lo que se teclea va a la grabación
terminal.py        lo que es una terminal
abrir.py           cuál hay en este sistema
pseudoterminal.py  la de Linux y macOS
lanzador.py        se convierte en un programa que tiene esa terminal
ventana.py         la de Windows, si está pywinpty
sin_terminal.py    con tuberías, donde no hay otra
renglon.py         lo que se teclea donde no hay terminal
final.py           pedirles que terminen, y matar a quien no lo hace
restos.py          los hijos que dejaron
vigilante.py       quien los mata si muere chatlab
carrete.py         el archivo de la película, que crece
sesion.py          la película, su página y sus programas, juntos
funciones.py       qué se puede proyectar: programas en marcha, o una película guardada
vida.py            hasta cuándo
sitio.py           lo que se sirve al navegador
servicio.py        el servidor web, en su hilo
seguridad.py       quién puede entrar
paginas.py         las páginas abiertas
butaca.py          cada una: por dónde va en la película
recados.py         lo que pide una página
"""
