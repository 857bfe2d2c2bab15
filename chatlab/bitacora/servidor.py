"""El servidor de la bitácora: apunta cada línea que recibe, y no contesta nunca.

    python -m chatlab.bitacora.servidor --archivo bitacora.txt

Atiende a un cliente detrás de otro. Mientras uno está conectado, los demás esperan en la antesala,
y es lo único que se les dice: que esperan, y que ya les toca.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chatlab.bitacora.cuaderno import Cuaderno
from chatlab.chat.protocolo import Decodificador, LineaMala, Recibida
from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red.antesala import Antesala, Visita
from chatlab.red.anuncio import anunciar
from chatlab.red.sockets import escuchar, recibir
from chatlab.terminal.salida import escribir, para_pantalla
from chatlab.textos import contar


def principal(argumentos: Argumentos = None) -> int:
    """Atiende clientes hasta Ctrl+C; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with (
        Cuaderno(elegidas.archivo, fsync=elegidas.fsync) as cuaderno,
        escuchar(elegidas.host, elegidas.puerto) as escucha,
    ):
        anunciar(escucha, "bitacora")
        try:
            for visita in Antesala(escucha).visitas():
                atender_cliente(visita, cuaderno)
        except KeyboardInterrupt:
            escribir(f"\nBitácora cerrada: {contar(cuaderno.apuntadas, 'línea')}.\n")
    return 0


def atender_cliente(visita: Visita, cuaderno: Cuaderno) -> None:
    """Apunta las líneas de un cliente hasta que se va, y dice cuánto ha enviado."""
    origen = visita.origen
    escribir(f"-- {origen} se ha conectado\n")
    lineas = recibidos = 0
    decodificador = Decodificador()
    final = "ha terminado"
    try:
        for datos in trozos(visita):
            recibidos += len(datos)
            lineas += anotar(decodificador.recibir(datos), origen, cuaderno)
    except ConnectionError:
        final = "se ha cortado"
    # Puede quedar media línea: la conexión acabó antes que ella. También se apunta.
    if (media := decodificador.terminar()) is not None:
        lineas += anotar([media], origen, cuaderno)
    escribir(f"-- {origen} {final}: {contar(lineas, 'línea')}, {contar(recibidos, 'byte')}\n")


def trozos(visita: Visita) -> Iterator[bytes]:
    """Los trozos del flujo, según llegan, hasta que el cliente cierra."""
    yield bytes(visita.leido)  # mientras esperaba
    while datos := recibir(visita.conexion):
        yield datos


def anotar(recibidas: list[Recibida], origen: str, cuaderno: Cuaderno) -> int:
    """Numera las líneas, las guarda y después las muestra; devuelve cuántas son."""
    hora = datetime.now().isoformat(sep=" ", timespec="seconds")
    apuntes = []
    for recibida in recibidas:
        if isinstance(recibida, LineaMala):
            recibida = f"[línea descartada] {recibida.motivo}"
        apuntes.append(f"{hora}  {origen}  {recibida}")
    # Primero el disco y después la pantalla: lo que alguien ha visto ya no se puede perder.
    escribir(para_pantalla(cuaderno.guardar(apuntes)))
    return len(apuntes)


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    analizador = opciones.analizador("chatlab.bitacora.servidor", "servidor bitacora", __doc__)
    opciones.anadir_red_de_servidor(analizador)
    analizador.add_argument(
        "--archivo", metavar="RUTA", help="archivo al que añadir las líneas, además de mostrarlas"
    )
    analizador.add_argument(
        "--fsync",
        action="store_true",
        help="esperar a que cada línea esté en el disco: aguanta un corte de luz, y tarda más",
    )
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
