"""El cliente de difusión: muestra lo que llega mientras escribes.

    python -m chatlab.difusion.cliente --nombre Ana

Dos hilos, uno por sentido: uno lleva lo que escribes a la red, y el principal trae a la pantalla
lo que llega de ella. La conversación termina cuando el servidor cierra la conexión: porque te
has despedido, o porque se va él.
"""

from __future__ import annotations

import socket
import threading
from itertools import chain

from chatlab.chat.protocolo import (
    AVISO,
    AYUDA_SIN_NOMBRE,
    DESPEDIDA,
    ERROR,
    MAX_LINEA_DEL_SERVIDOR,
    SALIR,
    SALUDO,
    Decodificador,
    LineaMala,
    Recibida,
    codificar,
    es_salida,
)
from chatlab.errores import ErrorDePantalla, ErrorDeRed
from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red.fallos import SE_HA_CORTADO
from chatlab.red.sockets import conectar, ha_cerrado, recibir
from chatlab.terminal.abrir import abrir_consola
from chatlab.terminal.consola import Consola

#: Segundos que se espera, tras Ctrl+C, a que el servidor confirme la salida.
PLAZO_DE_DESPEDIDA = 1.0


def principal(argumentos: Argumentos = None) -> int:
    """Conversa hasta que la persona o el servidor se van; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with conectar(elegidas.host, elegidas.puerto, "difusion") as conexion:
        consola = abrir_consola()
        escritor = Escritor(conexion, consola, elegidas.nombre)
        try:
            # Aquí dentro: en cuanto empieza puede entrar en la sala, y de ella hay que despedirse.
            escritor.start()
            ultima = mostrar_lo_que_llega(conexion, consola, escritor)
            ha_sido_un_corte = not (escritor.se_ha_despedido or ultima == DESPEDIDA)
        except KeyboardInterrupt:
            escritor.despedirse()
            if not lo_ha_leido_todo(conexion):
                consola.mostrar("* El servidor aún no lo ha leído todo: lo último puede perderse.")
            return 0
        finally:
            consola.cerrar(lambda: escritor.sin_enviar)
    if escritor.error:
        raise escritor.error
    if ha_sido_un_corte:
        raise ErrorDeRed(SE_HA_CORTADO)
    return 0


def mostrar_lo_que_llega(
    conexion: socket.socket, consola: Consola, escritor: Escritor
) -> Recibida | None:
    """Muestra cada línea del servidor hasta que cierra; devuelve la última."""
    decodificador = Decodificador(MAX_LINEA_DEL_SERVIDOR)
    ultima = None
    try:
        while datos := recibir(conexion):
            for ultima in decodificador.recibir(datos):
                consola.mostrar(
                    f"[línea descartada] {ultima.motivo}"
                    if isinstance(ultima, LineaMala)
                    else ultima
                )
                escritor.saber_si_ha_entrado(ultima)
    except ConnectionError:
        pass  # cortada: quien llama ve que nadie se ha despedido
    return ultima


def lo_ha_leido_todo(conexion: socket.socket) -> bool:
    """Da al servidor un momento para leer la despedida, que va detrás de todo, y cerrar."""
    try:
        return ha_cerrado(conexion, PLAZO_DE_DESPEDIDA)
    except ConnectionError:
        return False  # cortada: no hay a quién esperar


class Escritor(threading.Thread):
    """El hilo que lleva a la red lo que la persona escribe. Lo primero, su nombre."""

    def __init__(self, conexion: socket.socket, consola: Consola, nombre: str | None) -> None:
        super().__init__(daemon=True)
        self._conexion = conexion
        self._consola = consola
        self._nombre = nombre
        self._candado = threading.Lock()
        self._ha_entrado = threading.Event()
        self.se_ha_despedido = False
        #: Las líneas que la persona ha escrito y no han salido.
        self.sin_enviar = 0
        self.error: ErrorDePantalla | None = None

    def run(self) -> None:
        """Lleva al servidor lo que se teclea, hasta el final, y se despide."""
        try:
            self._llevar_lo_escrito()
        except ErrorDePantalla as error:
            self.error = error  # lo contará el hilo principal, al acabar
        self.despedirse()

    def _llevar_lo_escrito(self) -> None:
        lineas = self._consola.lineas()
        if self._nombre is not None:
            lineas = chain([self._nombre], lineas)
        for linea in lineas:
            if es_salida(linea):
                return
            self.sin_enviar += 1
            if not self.se_ha_despedido and self._enviar(linea):
                self.sin_enviar -= 1
            if not self._consola.interactiva:
                # Nadie mira: si el nombre no sirve, lo siguiente no debe tomarse por otro nombre.
                self._ha_entrado.wait()

    def saber_si_ha_entrado(self, linea: Recibida) -> None:
        """Mira si el servidor ha aceptado el nombre. Si no, y nadie puede dar otro, es un error."""
        if self._ha_entrado.is_set() or not isinstance(linea, str):
            return
        if linea.startswith(SALUDO):
            self._ha_entrado.set()
        elif linea.startswith((ERROR, AYUDA_SIN_NOMBRE)) and not self._consola.interactiva:
            motivo = linea.removeprefix(ERROR).removeprefix(AVISO)
            raise ErrorDeRed(f"No has entrado en el chat. {motivo}")

    def despedirse(self) -> None:
        """Dice al servidor que te vas. El fin de la entrada también es irse."""
        self.se_ha_despedido = True
        self._enviar(SALIR)

    def _enviar(self, linea: str) -> bool:
        # El candado evita que la despedida de Ctrl+C se cuele en medio de otra línea. Con plazo:
        # si esa línea no acaba de salir, tampoco saldría la despedida.
        if not self._candado.acquire(timeout=PLAZO_DE_DESPEDIDA):
            return False
        try:
            self._conexion.sendall(codificar(linea))
        except OSError:
            return False  # cortada: lo ve, y lo cuenta, el hilo que recibe
        else:
            return True
        finally:
            self._candado.release()


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    analizador = opciones.analizador("chatlab.difusion.cliente", "cliente difusion", __doc__)
    opciones.anadir_red_de_cliente(analizador)
    analizador.add_argument("--nombre", help="tu nombre en el chat; si no, te lo pide el servidor")
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
