"""La terminal de una persona: su teclado y su pantalla.

abrir.py                elige la consola
consola.py              sin terminal: una tubería o un archivo
con_readline.py         en una terminal, con lo que trae Python
con_prompt_toolkit.py   en una terminal, con prompt_toolkit
salida.py filas.py      escribir, en filas que caben
sin_esperar.py          y cuando leer o escribir no espera
eco.py                  que la terminal enseñe, o no, lo que se teclea
diario.py               la pantalla de un servidor
"""
