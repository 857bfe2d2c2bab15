"""La página que enseña una película: sus programas, en JavaScript, y quien los junta en un archivo.

empaquetar.py  junta la página entera en un guion, en un estilo o en un solo archivo HTML
apretar.py     quita de ellos los comentarios y los espacios, que también pesan

Los demás archivos son de la página: módulos de JavaScript, sin bibliotecas. Se empieza por
`abrir.js`, que abre lo que traiga el documento, y `reproductor.js`, que monta la página y mueve a
la vez todas sus partes:

- `modelo/`, la película sin la página: qué hacía cada hilo en cada momento, y las frases
- `linea/`, la línea del tiempo
- `terminales/`, las terminales, y en qué está cada hilo
- `codigo/`, el código, y las dos líneas de una flecha
- `tiempo/`, el reloj, los mandos y las teclas
- `directo/`, la película de lo que aún está en marcha
- `piezas/`, lo que usan las demás
- `xterm/`, xterm.js, de npm, con su licencia y su versión
"""
