"""Lo que impide empezar: el puerto ocupado, la dirección que no es, nadie que escuche."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.explicaciones.numeros import de_errno
from chatlab.corrector.fuente import Fuente, texto_de, ultimo_nombre

_ESCUCHAN = ("bind", "create_server")
_LLAMAN = ("connect", "connect_ex", "create_connection")


# --- El servidor -------------------------------------------------------------------------------


def _ocupado(caso: Caso, _: re.Match[str]) -> Explicacion:
    servidor = caso.receptor_en_la_linea("bind") or "servidor"
    opcion = f"`{servidor}.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`"
    lineas = enumerate(caso.fuente.lineas, 1)
    puesta = next((numero for numero, linea in lineas if "SO_REUSEADDR" in linea), None)
    if puesta is None:
        arreglo = f"Antes de `bind`, añade {opcion}; y cierra el otro servidor si sigue abierto."
    elif caso.linea and puesta > caso.linea:
        arreglo = f"Sube la línea {puesta}, la de SO_REUSEADDR, para que vaya antes de `bind`."
    else:
        arreglo = "Cierra el otro servidor que sigue abierto, quizá en otra terminal."
    return Explicacion(
        "Otro programa usa ya ese puerto, o lo usó hace un momento: al cerrarse un servidor, su "
        "puerto queda reservado unos segundos.",
        arreglo,
    )


def _sin_permiso(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    if not any(metodo in caso.codigo for metodo in _ESCUCHAN):
        return None
    return Explicacion(
        "Los puertos menores de 1024 están reservados para el sistema.",
        "Usa un puerto más alto: por ejemplo, 8000.",
    )


def _mal_momento(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    if "accept" in caso.codigo:
        servidor = caso.receptor_en_la_linea("accept") or "servidor"
        return Explicacion(
            f"`{servidor}` aún no escucha: antes de `accept` hay que llamar a `listen`.",
            f"Añade `{servidor}.listen()` después de `bind` y antes de `accept`.",
        )
    if "bind" in caso.codigo:
        return Explicacion(
            "Este socket ya tiene puerto: `bind` se llama una sola vez.",
            "Quita el segundo `bind`, o crea otro socket.",
        )
    return None


# --- El cliente --------------------------------------------------------------------------------


def _rechazada(caso: Caso, _: re.Match[str]) -> Explicacion:
    llamado = _puerto(caso.fuente, _LLAMAN)
    for otra in caso.fuentes:
        escucha = _puerto(otra, _ESCUCHAN)
        if llamado and escucha and llamado != escucha:
            return Explicacion(
                f"El cliente llama al puerto {llamado}, y {otra.nombre} escucha en el {escucha}: "
                f"en el {llamado} no hay nadie.",
                f"Usa el mismo puerto en los dos: {escucha}.",
            )
    return Explicacion(
        "En ese ordenador y ese puerto no escucha ningún servidor: o no se ha arrancado, o ya "
        "terminó, o escucha en otro puerto.",
        "Arranca antes el servidor, y comprueba que los dos usan el mismo host y el mismo puerto.",
    )


def _puerto(fuente: Fuente, metodos: tuple[str, ...]) -> int | None:
    """El puerto de `bind((HOST, PORT))` o de `connect(…)`, si es una constante."""
    for llamada in fuente.llamadas:
        if ultimo_nombre(llamada.func) not in metodos:
            continue
        match llamada.args[:1]:
            case [ast.Tuple(elts=[_, ast.Constant(value=int(puerto))])]:
                return puerto
            case [ast.Tuple(elts=[_, ast.Name(id=nombre)])]:
                return _constante(fuente, nombre)
    return None


def _constante(fuente: Fuente, nombre: str) -> int | None:
    """El número que vale una variable que solo recibe un valor."""
    valores = [
        nodo.value
        for nodo in fuente.nodos
        if isinstance(nodo, ast.Assign)
        and any(texto_de(destino) == nombre for destino in nodo.targets)
    ]
    match valores:
        case [ast.Constant(value=int(numero))]:
            return numero
        case _:
            return None


REGLAS = (
    regla(
        "gaierror",
        "",
        frase(
            "Ese nombre no es de ningún ordenador conocido: puede estar mal escrito, o no hay red.",
            'Comprueba el host; si el servidor está en tu ordenador, usa `"localhost"`.',
        ),
    ),
    regla(
        "OverflowError",
        r"port must be 0-65535",
        frase(
            "Un puerto es un número de 0 a 65535.",
            "Usa un puerto entre 1024 y 65535: por ejemplo, 8000.",
        ),
    ),
    *de_errno("EADDRINUSE", "", _ocupado),
    *de_errno("ECONNREFUSED", "ConnectionRefusedError", _rechazada),
    *de_errno("EINVAL", "", _mal_momento),
    *de_errno("EACCES", "", _sin_permiso),
    *de_errno(
        "EADDRNOTAVAIL",
        "",
        frase(
            "La dirección que has puesto no es de este ordenador: un servidor solo puede escuchar "
            "en las suyas.",
            'Usa `"localhost"` para probar en tu ordenador; para otros, `"0.0.0.0"`.',
        ),
    ),
    *de_errno(
        "ENETUNREACH",
        "",
        frase(
            "No hay camino hasta esa dirección: este ordenador no está en esa red.",
            'Comprueba la dirección; si el servidor está en tu ordenador, usa `"localhost"`.',
        ),
    ),
)
