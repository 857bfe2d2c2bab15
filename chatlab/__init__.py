"""chatlab: aprende la comunicación cliente-servidor con sockets TCP, paso a paso.

Por dónde empezar a leer, de abajo arriba; cada piso solo usa los que tiene debajo:

    piso 0   textos.py filas.py protocolo.py nombres.py  lógica pura: ni un socket
             limites.py lote.py sala.py
    piso 1   errores.py opciones.py modos.py             lo que se teclea
             entorno.py instalacion.py                   con qué se arranca un programa
             ajeno.py                                    carpetas en las que escribe otro programa
             consola.py eco.py diario.py                 la terminal
             sin_esperar.py                              y qué hacer si no espera
             red.py aforo.py puerto.py direcciones.py    la red, y cuántos caben
    piso 2   bitacora/ turnos/ difusion/ eventos/        un modo: servidor.py y cliente.py
    piso 3   demo.py                                     herramientas que arrancan los modos
             lecciones.py empezar.py pista.py            aprender por tu cuenta
             corregir.py vigilar.py                      corregir un ejercicio o una clase
             corrector/ sonda/                           cómo se corrige
             espia/                                      lo que pasa por el cable, y sus faltas
             medir.py medidor/                           cuánto da de sí un servidor
             docs.py observador/                         el sitio, y sus diagramas
    piso 4   cli.py                                      la orden `chatlab`
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
