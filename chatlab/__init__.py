"""chatlab: aprende la comunicación cliente-servidor con sockets TCP, paso a paso.

Por dónde empezar a leer, de abajo arriba; cada piso solo usa los que tiene debajo:

    piso 0   chat/                                    ChatLab/1 sin un socket: protocolo y sala
             textos.py errores.py modos.py            contar y enumerar, errores, y qué modos hay
    piso 1   programa/                                sus opciones, cómo empieza y cómo termina
             terminal/                                el teclado y la pantalla
             sistema/                                 lo que se pregunta al sistema
    piso 2   red/                                     sockets, direcciones y puertos
    piso 3   motor/                                   miles de conexiones en un hilo
    piso 4   bitacora/ turnos/ difusion/ eventos/     un modo: servidor.py y cliente.py
    piso 5   curso/                                   las lecciones
             sonda/ corrector/                        mirar un programa por dentro, y corregirlo
             observador/                              ver lo que hacen sus sockets, y dibujarlo
             espia/                                   lo que pasa por el cable, y sus faltas
             medidor/                                 cuánto da de sí un servidor
             demo/                                    los modos en marcha, en una terminal
    piso 6   ordenes/                                 `chatlab X` es `ordenes/X.py`
    piso 7   cli.py                                   la orden `chatlab`
"""

import sys

__version__ = "0.1.0"

# Aquí, porque es lo primero que se ejecuta de cualquier programa de chatlab: en un Python más
# antiguo lo demás fallaría con un error difícil de entender.
if sys.version_info < (3, 11):
    raise SystemExit(
        "chatlab necesita Python 3.11 o posterior, y este es %d.%d. "
        "Descarga uno nuevo de python.org." % sys.version_info[:2]
    )

# Con `python -m chatlab`, Python busca primero en la carpeta en la que estás. Si es una entrega, un
# `socket.py` suyo se ejecutaría en lugar del bueno: se quita, salvo que chatlab esté ahí. Mientras
# Python busca el módulo, `sys.argv` empieza por «-m».
_AQUI = __file__.replace("\\", "/").rpartition("/chatlab/")[0]
_CON_M = sys.argv[:1] == ["-m"] and not sys.flags.safe_path
if _CON_M and sys.path and sys.path[0].replace("\\", "/") != _AQUI:
    del sys.path[0]
