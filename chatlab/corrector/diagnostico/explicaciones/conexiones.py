"""Lo que pasa mientras se habla: el otro se va, el socket está cerrado, nadie contesta."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase
from chatlab.corrector.diagnostico.explicaciones.numeros import de_errno
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import receptor, ultimo_nombre

_HABLAN = frozenset({"send", "sendall", "sendto", "recv", "write"})


def _se_fue(caso: Caso, _: re.Match[str]) -> Explicacion:
    if equivocado := _no_es_la_conexion(caso):
        return equivocado
    metodos = {ultimo_nombre(llamada.func) for llamada in caso.llamadas_en_la_linea()}
    if "print" in metodos and not metodos & _HABLAN:
        return Explicacion(
            "Quien leía la salida de tu programa se fue: otra orden detrás de `|`, por ejemplo.",
            "No es de la red: ejecútalo sin `|`.",
        )
    envia = re.search(r"\b(?:send|sendall|sendto)\b", caso.codigo) is not None
    return Explicacion(
        "El otro lado cerró la conexión"
        + (", y le estabas enviando: ya no hay quien lo reciba." if envia else " de golpe.")
        + " En un chat pasa a menudo: alguien cierra la ventana o pierde la red.",
        "Rodea esta línea con `try:` y `except OSError:`, y ahí "
        + (
            "deja de atender a ese cliente: ciérralo y quítalo de donde lo guardes."
            if _es_servidor(caso.fuente)
            else "avisa de que el servidor ya no está y termina."
        ),
    )


def _es_servidor(fuente: Fuente) -> bool:
    return any(ultimo_nombre(llamada.func) in ("accept", "listen") for llamada in fuente.llamadas)


def _no_conectado(caso: Caso, _: re.Match[str]) -> Explicacion:
    return _no_es_la_conexion(caso) or Explicacion(
        "Este socket no está conectado con nadie: o aún no, o el otro lado ya cerró.",
        "Conéctalo antes con `connect((HOST, PORT))`; si es al cerrar, basta con `close()`.",
    )


def _no_es_la_conexion(caso: Caso) -> Explicacion | None:
    """Hablar por el socket que escucha, o por uno que nunca se conectó."""
    socket = caso.receptor_en_la_linea("send", "sendall", "recv", "shutdown")
    if not socket:
        return None
    metodos = {ultimo_nombre(ll.func) for ll in caso.fuente.llamadas if receptor(ll) == socket}
    if metodos & {"bind", "listen", "accept"}:
        return Explicacion(
            f"`{socket}` es el socket que escucha: solo acepta conexiones. Con cada cliente se "
            "habla por el socket que devuelve `accept()`.",
            f"Usa aquí el socket del cliente: el de `conexion, direccion = {socket}.accept()`.",
        )
    creado = any(
        re.match(rf"\s*{re.escape(socket)}\s*=\s*socket\.socket\(", linea)
        for linea in caso.fuente.lineas
    )
    if creado and not metodos & {"connect", "connect_ex"}:
        return Explicacion(
            f"`{socket}` se creó, pero nunca se conectó con el servidor.",
            f"Antes de usarlo, conéctalo: `{socket}.connect((HOST, PORT))`.",
        )
    return None


def _cerrado(caso: Caso, _: re.Match[str]) -> Explicacion:
    socket = caso.receptor_en_la_linea("recv", "send", "sendall", "accept", "connect", "bind")
    cierres = [
        llamada.lineno
        for llamada in caso.fuente.llamadas
        if ultimo_nombre(llamada.func) == "close" and receptor(llamada) == socket
    ]
    quien = f"`{socket}`" if socket else "el socket"
    # Con varios `close`, o con un `with`, no se sabe cuál fue: no se nombra ninguno.
    # Y un nombre es de su función: el `c` que cierra otra puede ser otro socket.
    funcion_en = caso.fuente.funcion_en
    es_el_unico = (
        len(cierres) == 1
        and funcion_en(cierres[0]) in (funcion_en(caso.linea), None)
        and not re.search(rf"\bas\s+{socket}\b", caso.fuente.sin_comentarios)
    )
    donde = f" (se cierra en la línea {cierres[0]})" if es_el_unico else ""
    if "accept" in caso.codigo:
        return Explicacion(
            f"El socket que escucha, {quien}, ya estaba cerrado al llamar a `accept`{donde}.",
            f"Cierra {quien} solo al terminar el programa, fuera del bucle que acepta clientes.",
        )
    en_hilo = "Thread" in caso.fuente.sin_comentarios
    return Explicacion(
        f"Se usa {quien} cuando ya está cerrado{donde}: lo cerró antes este hilo u otro."
        if en_hilo
        else f"Se usa {quien} cuando ya está cerrado{donde}.",
        "Después de `close()` no lo uses: termina ahí su bucle y quítalo de donde lo guardes. Si "
        "lo cierra otro hilo al salir, trata aquí `except OSError:` y termina."
        if en_hilo
        else "Después de `close()` no lo uses: ciérralo lo último.",
    )


def _no_es_un_socket(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if re.search(r"stdin", caso.fuente.sin_comentarios) and re.search(
        r"\bselect|\bregister\(", caso.fuente.sin_comentarios
    ):
        return Explicacion(
            "En Windows, `select` solo vigila sockets: con el teclado (`sys.stdin`) no funciona.",
            "Lee el teclado en un hilo y los sockets en otro: así vale en todos los sistemas.",
        )
    if "WinError" in encaje[0]:
        return _cerrado(caso, encaje)  # en Windows, un socket cerrado ya no es un socket
    return Explicacion(
        "Eso es un archivo, y no un socket.", "Usa aquí la variable que guarda el socket."
    )


def _sin_destino(caso: Caso, _: re.Match[str]) -> Explicacion:
    return Explicacion(
        "Con UDP (`SOCK_DGRAM`) no hay conexión: cada envío dice a quién va.",
        "Usa `sendto(datos, (HOST, PORT))`; para un chat sin pérdidas, TCP: `SOCK_STREAM`.",
    )


def _no_admite(caso: Caso, _: re.Match[str]) -> Explicacion:
    if "SOCK_DGRAM" in caso.fuente.sin_comentarios:
        return Explicacion(
            "Este socket es de UDP (`SOCK_DGRAM`): no tiene `listen` ni `accept`, porque no hay "
            "conexiones.",
            "Para aceptar clientes, créalo de TCP: `socket.socket(socket.AF_INET, "
            "socket.SOCK_STREAM)`.",
        )
    return Explicacion(
        "Esa operación no vale con este tipo de socket.",
        "Comprueba que es el socket que crees: el que escucha, o el de un cliente.",
    )


def _sin_esperar(caso: Caso, _: re.Match[str]) -> Explicacion:
    if "connect" in caso.codigo:
        return Explicacion(
            "Con `setblocking(False)`, `connect` empieza a llamar y no espera a que contesten.",
            "Llama a `connect` antes de `setblocking(False)`.",
        )
    return Explicacion(
        "Con `setblocking(False)` las llamadas no esperan: si aún no hay nada, dan este error.",
        "Quita `setblocking(False)`, o espera antes con `selectors`.",
    )


def _tarda(caso: Caso, _: re.Match[str]) -> Explicacion:
    if "connect" in caso.codigo:
        return Explicacion(
            "Nadie contesta en esa dirección: el ordenador no existe, está apagado, o un "
            "cortafuegos no deja pasar.",
            'Comprueba la dirección; si el servidor está en tu ordenador, usa `"localhost"`.',
        )
    plazo = re.search(r"\b(wait_for|asyncio\.timeout)\(", caso.fuente.sin_comentarios)
    if plazo and "settimeout" not in caso.fuente.sin_comentarios:
        return Explicacion(
            f"Pasó el plazo que pusiste con `{plazo[1]}` y no llegó nada.",
            "Trátalo con `except TimeoutError:`, y decide si sigues esperando.",
        )
    if "accept" in caso.codigo:
        return Explicacion(
            "Pasó el tiempo que pusiste con `settimeout` y nadie se conectó.",
            "Trátalo con `except TimeoutError:` y sigue esperando (`continue`).",
        )
    return Explicacion(
        "Pasó el tiempo que pusiste con `settimeout` y no llegó nada. Que alguien calle un rato no "
        "es un error.",
        "Trátalo con `except TimeoutError:` y sigue esperando, o quita `settimeout`.",
    )


REGLAS = (
    *de_errno("ECONNRESET", "ConnectionResetError", _se_fue),
    *de_errno("ECONNABORTED", "ConnectionAbortedError", _se_fue),
    *de_errno("EPIPE", "BrokenPipeError", _se_fue),
    *de_errno("ETIMEDOUT", "TimeoutError timeout", _tarda),
    *de_errno("EBADF", "", _cerrado),
    *de_errno("ENOTCONN", "", _no_conectado),
    *de_errno(
        "EISCONN",
        "",
        frase(
            "Este socket ya está conectado: un socket se conecta una sola vez.",
            "Quita el segundo `connect`; para volver a conectar, crea otro socket.",
        ),
    ),
    *de_errno("EAGAIN", "", _sin_esperar),
    *de_errno("EINPROGRESS", "BlockingIOError", _sin_esperar),
    *de_errno("ENOTSOCK", "", _no_es_un_socket),
    *de_errno("EDESTADDRREQ", "", _sin_destino),
    *de_errno("EOPNOTSUPP", "", _no_admite),
    *de_errno(
        "EMSGSIZE",
        "",
        frase(
            "Un mensaje de UDP es demasiado largo para enviarlo, o para lo que reserva `recvfrom`.",
            "Parte el mensaje, o usa TCP (`SOCK_STREAM`), que no tiene ese límite.",
        ),
    ),
    *de_errno(
        "ENOPROTOOPT",
        "",
        frase(
            "Este sistema no tiene esa opción de `setsockopt`, o va con otro nivel.",
            "Para reusar el puerto: `setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`.",
        ),
    ),
    *de_errno(
        "EMFILE",
        "",
        frase(
            "Hay demasiados sockets o archivos abiertos a la vez: se abren y no se cierran.",
            "Cierra cada socket con `close()` cuando su cliente se va.",
        ),
    ),
)
