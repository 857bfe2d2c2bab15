"""El puerto con el que no se puede empezar: está en uso, no se deja usar, o no era el momento."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion
from chatlab.corrector.diagnostico.explicaciones.numeros import de_errno
from chatlab.corrector.diagnostico.nodos import contiene, receptor, ultimo_nombre


def _ocupado(caso: Caso, _: re.Match[str]) -> Explicacion:
    if _tambien_llama(caso):
        return Explicacion(
            "Este programa llama al servidor (`connect`), y reserva para él un puerto que ya está "
            "en uso. Un cliente no necesita `bind`: el sistema le da un puerto.",
            "Quita la línea de `bind`.",
        )
    if _habla_sin_llamar(caso):
        return Explicacion(
            "`bind` reserva un puerto de este ordenador, y es cosa del servidor, que ya lo tiene: "
            "un cliente llama con `connect`.",
            "Cambia `bind` por `connect`.",
        )
    servidor = caso.receptor_en_la_linea("bind")
    if caso.linea is None and not any(
        re.search(r"SO_REUSEADDR|create_server|start_server", fuente.sin_comentarios)
        for fuente in caso.fuentes
    ):
        servidor = "servidor"  # el programa solo mostró el mensaje: no se sabe en qué línea fue
    opcion = f"`{servidor or 'servidor'}.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`"
    lineas = enumerate(caso.fuente.lineas, 1)
    puesta = next((numero for numero, linea in lineas if "SO_REUSEADDR" in linea), None)
    if servidor and _en_un_bucle(caso):
        return Explicacion(
            "Este `bind` está dentro de un bucle: en la segunda vuelta, el puerto ya lo tiene el "
            "socket de la primera.",
            "Saca `bind` y `listen` del bucle: se hacen una sola vez. Dentro va `accept`.",
        )
    if puesta is None and servidor:
        arreglo = (
            f"Cierra el otro servidor si sigue abierto; y antes de `bind`, añade {opcion}, para no "
            "tener que esperar la próxima vez."
        )
    elif puesta and caso.linea and puesta > caso.linea:
        arreglo = f"Sube la línea {puesta}, la de SO_REUSEADDR, para que vaya antes de `bind`."
    else:
        # `create_server` y `asyncio.start_server` ya ponen SO_REUSEADDR por su cuenta.
        arreglo = "Cierra el otro servidor que sigue abierto, quizá en otra terminal."
    return Explicacion(
        "Otro programa usa ya ese puerto, o lo usó hace un momento: al cerrarse un servidor, su "
        "puerto puede quedar reservado hasta un minuto.",
        arreglo,
    )


def _metodos_del_que_reserva(caso: Caso) -> set[str]:
    """Lo que se hace en el programa con el socket al que se le da el puerto."""
    socket = caso.receptor_en_la_linea("bind")
    return {ultimo_nombre(ll.func) for ll in caso.fuente.llamadas if receptor(ll) == socket}


def _tambien_llama(caso: Caso) -> bool:
    """Dice si el socket que reserva el puerto es el de un cliente, que luego llama con él."""
    metodos = _metodos_del_que_reserva(caso)
    return bool(metodos & {"connect", "connect_ex"}) and not metodos & {"listen", "accept"}


def _habla_sin_llamar(caso: Caso) -> bool:
    """Dice si un cliente ha puesto `bind` donde va `connect`: habla sin haber escuchado."""
    metodos = _metodos_del_que_reserva(caso)
    de_udp = "SOCK_DGRAM" in caso.fuente.sin_comentarios
    return bool(metodos & {"send", "sendall"}) and not metodos & {"listen", "accept"} and not de_udp


def _en_un_bucle(caso: Caso) -> bool:
    """Dice si la línea se repite: está en un bucle de su misma función."""
    funcion = caso.fuente.funcion_en(caso.linea)
    return any(
        isinstance(nodo, ast.While | ast.For)
        and contiene(nodo, caso.linea)
        and caso.fuente.funcion_en(nodo.lineno) is funcion
        and caso.linea != nodo.lineno
        # Un bucle que reintenta hasta que el puerto quede libre no es la falta.
        and not any(isinstance(dentro, ast.Try) and contiene(dentro, caso.linea)
                    for dentro in ast.walk(nodo))
        for nodo in caso.fuente.nodos
    )  # fmt: skip


def _sin_permiso(caso: Caso, encaje: re.Match[str]) -> Explicacion | None:
    if not any(metodo in caso.codigo for metodo in ("bind", "create_server", "start_server")):
        return None
    if "WinError" in encaje[0]:
        return Explicacion(
            "Windows no deja usar ese puerto: lo tiene otro programa para él solo, o se reservó.",
            "Usa un puerto más alto: por ejemplo, 8000; o cierra el programa que lo tiene.",
        )
    return Explicacion(
        "Los puertos menores de 1024 están reservados para el sistema.",
        "Usa un puerto más alto: por ejemplo, 8000.",
    )


def _mal_momento(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    servidor = caso.receptor_en_la_linea("accept", "listen", "recvfrom") or "servidor"
    if "accept" in caso.codigo:
        if re.search(
            rf"\b{re.escape(servidor)}\.listen\(|create_server\(", caso.fuente.sin_comentarios
        ):
            return Explicacion(
                f"`{servidor}` ya no escucha: mientras esperaba en `accept`, otra parte del "
                "programa lo cerró con `shutdown` o `close`.",
                "Si es al terminar, trátalo con `except OSError:` y sal del bucle.",
            )
        return Explicacion(
            f"`{servidor}` aún no escucha: antes de `accept` hay que llamar a `listen`.",
            f"Añade `{servidor}.listen()` después de `bind` y antes de `accept`.",
        )
    if "listen" in caso.codigo:
        return Explicacion(
            f"`{servidor}` no tiene puerto: antes de `listen` hay que llamar a `bind`.",
            f"Añade `{servidor}.bind((HOST, PORT))` antes de `listen`.",
        )
    if "recvfrom" in caso.codigo:
        return Explicacion(
            f"`{servidor}` aún no tiene puerto: por eso no puede recibir nada.",
            f"Añade antes `{servidor}.bind((HOST, PORT))`, o envía primero con `sendto`.",
        )
    if "bind" in caso.codigo:
        return Explicacion(
            "Este socket ya tiene puerto: `bind` se llama una sola vez.",
            "Quita el segundo `bind`, o crea otro socket.",
        )
    if "connect" in caso.codigo:
        return Explicacion(
            "Este socket ya intentó conectarse, o escucha: no vale para llamar otra vez.",
            "Crea un socket nuevo para cada intento: `socket.socket()`.",
        )
    return None


REGLAS = (
    *de_errno("EADDRINUSE", "", _ocupado),
    *de_errno("EINVAL", "", _mal_momento),
    *de_errno("EACCES", "", _sin_permiso),
)
