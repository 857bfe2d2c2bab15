"""El cliente de la bitácora: envía cada línea que escribes, y no espera respuesta.

python -m chatlab.bitacora.cliente
"""

from __future__ import annotations

import socket
import threading

from chatlab.chat.protocolo import Decodificador, codificar, es_salida
from chatlab.errores import ErrorDePantalla, ErrorDeRed
from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red.antesala import AVISOS, ESPERA
from chatlab.red.sockets import PAUSA_PARA_CTRL_C, conectar, ha_cerrado
from chatlab.terminal.abrir import abrir_consola
from chatlab.terminal.consola import Consola

#: Segundos que se espera, al irse, a que el servidor termine de leer.
PLAZO_DE_DESPEDIDA = 2.0


def principal(argumentos: Argumentos = None) -> int:
    """Envía lo que la persona escribe hasta que se va; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with conectar(elegidas.host, elegidas.puerto, "bitacora") as conexion:
        consola = abrir_consola()
        consola.mostrar(f"* Conectado a {elegidas.host}. Escribe salir para irte.")
        envio = Envio(conexion, consola)
        try:
            enviar_hasta_el_final(conexion, consola, envio)
        finally:
            consola.cerrar(lambda: envio.sin_enviar)
    return 0


def enviar_hasta_el_final(conexion: socket.socket, consola: Consola, envio: Envio) -> None:
    """Un hilo envía lo que se escribe mientras este vigila que el servidor siga ahí."""
    avisos = Avisos(consola)
    try:
        try:
            envio.start()  # aquí dentro: en cuanto empieza, hay algo que se puede quedar sin leer
            while not envio.terminado.is_set():
                if ha_cerrado(conexion, PAUSA_PARA_CTRL_C, avisos.mirar):
                    break
        except KeyboardInterrupt:
            envio.terminar()
        if not envio.terminado.is_set():
            raise ErrorDeRed("El servidor ha cerrado la conexión: lo que escribas ya no llegaría.")
        lo_ha_leido = ha_cerrado(conexion, PLAZO_DE_DESPEDIDA, avisos.mirar)
    except ConnectionError as error:
        raise ErrorDeRed("Se ha cortado la conexión: quizá no haya llegado todo.") from error
    if envio.error is not None:
        raise envio.error
    if lo_ha_leido and avisos.espero:
        raise ErrorDeRed(
            "El servidor ha cerrado la conexión sin llegar a atenderte: no ha apuntado lo tuyo."
        )
    if not lo_ha_leido:
        consola.mostrar("* Enviado. El servidor aún no lo ha leído: quizá atiende a otra persona.")


class Avisos:
    """Lo único que se mira de lo que dice el servidor: si hay que esperar, y si ya no."""

    def __init__(self, consola: Consola) -> None:
        self._consola = consola
        self._decodificador = Decodificador()
        #: Si se ha dicho que hay que esperar, y aún no que ya no.
        self.espero = False

    def mirar(self, datos: bytes) -> None:
        """Muestra los avisos que haya en esos bytes."""
        for linea in self._decodificador.recibir(datos):
            if linea in AVISOS:
                self.espero = linea == ESPERA
                self._consola.mostrar(str(linea))


class Envio(threading.Thread):
    """El hilo que lleva a la red lo que la persona escribe."""

    def __init__(self, conexion: socket.socket, consola: Consola) -> None:
        super().__init__(daemon=True)
        self._conexion = conexion
        self._consola = consola
        self.terminado = threading.Event()
        #: Las líneas que la persona ha escrito y no han salido: la que espera, si espera alguna.
        self.sin_enviar = 0
        #: Si nadie lee la pantalla, lo cuenta el hilo principal.
        self.error: ErrorDePantalla | None = None

    def run(self) -> None:
        """Envía línea a línea hasta una palabra de salida o el fin de la entrada."""
        try:
            for linea in self._consola.lineas():
                if es_salida(linea):
                    break
                self.sin_enviar += 1
                self._conexion.sendall(codificar(linea))
                self.sin_enviar -= 1
        except ErrorDePantalla as error:
            self.error = error
        except OSError:
            return  # la conexión se ha cortado: lo ve, y lo dice, el hilo principal
        self.terminar()

    def terminar(self) -> None:
        """No enviará más, aunque la persona siga escribiendo."""
        self.terminado.set()
        try:
            # «No enviaré más»: el servidor recibe el final, y cierra cuando lo ha leído todo.
            self._conexion.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # cortada justo ahora: el hilo principal también lo ve


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    analizador = opciones.analizador("chatlab.bitacora.cliente", "cliente bitacora", __doc__)
    opciones.anadir_red_de_cliente(analizador)
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
