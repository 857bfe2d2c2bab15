"""Lo que pasa mientras se habla: el otro se va, el socket está cerrado, nadie contesta."""

from __future__ import annotations

import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, frase
from chatlab.corrector.explicaciones.numeros import de_errno
from chatlab.corrector.fuente import Fuente, receptor, ultimo_nombre


def _se_fue(caso: Caso, _: re.Match[str]) -> Explicacion:
    if equivocado := _no_es_la_conexion(caso):
        return equivocado
    envia = re.search(r"\b(?:send|sendall|sendto)\b", caso.codigo) is not None
    return Explicacion(
        "El otro lado cerró la conexión"
        + (", y le estabas enviando: ya no hay quien lo reciba." if envia else " de golpe.")
        + " En un chat pasa a menudo: alguien cierra la ventana o pierde la red.",
        "Rodea esta línea con `try:` y `except OSError:`, y ahí "
        + (
            "saca al cliente de la lista y ciérralo."
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
    cierre = next(
        (
            llamada.lineno
            for llamada in caso.fuente.llamadas
            if ultimo_nombre(llamada.func) == "close" and receptor(llamada) == socket
        ),
        None,
    )
    quien = f"`{socket}`" if socket else "el socket"
    donde = f" (se cierra en la línea {cierre})" if cierre else ""
    if "accept" in caso.codigo:
        return Explicacion(
            f"El socket que escucha, {quien}, ya estaba cerrado al llamar a `accept`{donde}.",
            f"Cierra {quien} solo al terminar el programa, fuera del bucle que acepta clientes.",
        )
    return Explicacion(
        f"Se usa {quien} cuando ya está cerrado{donde}: lo cerró antes este hilo u otro.",
        "Después de `close()` no lo uses: sal del bucle con `break`, y sácalo de la lista.",
    )


def _tarda(caso: Caso, _: re.Match[str]) -> Explicacion:
    if "connect" in caso.codigo:
        return Explicacion(
            "Nadie contesta en esa dirección: el ordenador no existe, está apagado, o un "
            "cortafuegos no deja pasar.",
            'Comprueba la dirección; si el servidor está en tu ordenador, usa `"localhost"`.',
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
    *de_errno(
        "EAGAIN",
        "BlockingIOError",
        frase(
            "Con `setblocking(False)` las llamadas no esperan: si aún no hay nada, dan este error.",
            "Quita `setblocking(False)`, o espera antes con `selectors`.",
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
