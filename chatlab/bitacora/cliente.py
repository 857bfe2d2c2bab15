"""El cliente de la bitácora: envía cada línea que escribes, y no espera respuesta.

python -m chatlab.bitacora.cliente
"""

from __future__ import annotations

import socket
import threading

from chatlab import opciones, red
from chatlab.consola import Consola, abrir_consola, ejecutar
from chatlab.errores import ErrorDeRed
from chatlab.opciones import Argumentos
from chatlab.protocolo import codificar, es_salida

#: Segundos que se espera, al irse, a que el servidor termine de leer.
PLAZO_DE_DESPEDIDA = 2.0


def principal(argumentos: Argumentos = None) -> int:
    """Envía lo que la persona escribe hasta que se va; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with red.conectar(elegidas.host, elegidas.puerto, "bitacora") as conexion:
        consola = abrir_consola()
        consola.mostrar(f"* Conectado a {elegidas.host}. Escribe salir para irte.")
        try:
            enviar_hasta_el_final(conexion, consola)
        finally:
            consola.cerrar()
    return 0


def enviar_hasta_el_final(conexion: socket.socket, consola: Consola) -> None:
    """Un hilo envía lo que se escribe mientras este vigila que el servidor siga ahí."""
    todo_enviado = threading.Event()
    threading.Thread(
        target=enviar_lo_que_se_escribe, args=(conexion, consola, todo_enviado), daemon=True
    ).start()
    while not todo_enviado.is_set():
        if red.ha_cerrado(conexion, red.PAUSA_PARA_CTRL_C):
            break
    if not todo_enviado.is_set():
        raise ErrorDeRed("El servidor ha cerrado la conexión: lo que escribas ya no llegaría.")
    if not red.ha_cerrado(conexion, PLAZO_DE_DESPEDIDA):
        consola.mostrar("* Enviado. El servidor aún no lo ha leído: quizá atiende a otra persona.")


def enviar_lo_que_se_escribe(
    conexion: socket.socket, consola: Consola, todo_enviado: threading.Event
) -> None:
    """Envía línea a línea hasta una palabra de salida o el fin de la entrada."""
    try:
        for linea in consola.lineas():
            if es_salida(linea):
                break
            conexion.sendall(codificar(linea))
        todo_enviado.set()
        # «No enviaré más»: el servidor recibe el final, y cierra cuando lo ha leído todo.
        conexion.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # la conexión se ha cortado: lo ve, y lo dice, el hilo que vigila


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    analizador = opciones.analizador("chatlab.bitacora.cliente", "cliente bitacora", __doc__)
    opciones.anadir_red_de_cliente(analizador)
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
