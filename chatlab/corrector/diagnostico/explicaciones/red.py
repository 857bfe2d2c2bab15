"""La dirección que no es, y nadie que escuche en ella."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.numeros import de_errno
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

_ESCUCHAN = ("bind", "create_server")
_LLAMAN = ("connect", "connect_ex", "create_connection")


def _rechazada(caso: Caso, _: re.Match[str]) -> Explicacion:
    llamado = _puerto(caso.fuente, _LLAMAN)
    if llamado == 0:
        return Explicacion(
            "En el puerto 0 no escucha nadie: al escuchar quiere decir «cualquiera», y al llamar, "
            "nada.",
            "Pon en el cliente el puerto del servidor.",
        )
    for otra in caso.fuentes:
        escucha = _puerto(otra, _ESCUCHAN)
        if llamado and escucha and llamado != escucha:
            return Explicacion(
                f"El cliente llama al puerto {llamado}, y {otra.nombre} escucha en el {escucha}: "
                f"en el {llamado} no hay nadie.",
                f"Usa el mismo puerto en los dos: {escucha}.",
            )
    if any("AF_INET6" in fuente.sin_comentarios for fuente in caso.fuentes) != all(
        "AF_INET6" in fuente.sin_comentarios for fuente in caso.fuentes
    ):
        return Explicacion(
            "Uno de tus programas usa IPv6 (`AF_INET6`) y el otro IPv4: no se encuentran.",
            "Usa `socket.AF_INET` en los dos.",
        )
    return Explicacion(
        "En ese ordenador y ese puerto no escucha ningún servidor: o no se ha arrancado, o ya "
        "terminó, o escucha en otro puerto.",
        "Arranca antes el servidor, y comprueba que los dos usan el mismo host y el mismo puerto.",
    )


def _sin_ese_nombre(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    """Lo que dice el sistema al buscar un host: cada uno lo dice a su modo."""
    escrito = re.search(
        r"=\s*[\"'](https?://[^\"']*|[\w.-]+:\d+)[\"']", caso.fuente.sin_comentarios
    )
    escrito = escrito or re.search(r"[\"'](https?://[^\"']*|[\w.-]+:\d+)[\"']", caso.codigo)
    if escrito:
        return Explicacion(
            f"`{escrito[1]}` no es el nombre de un ordenador: el host va sin `http://` y sin el "
            "puerto.",
            'Escribe solo el host, y el puerto aparte: `("localhost", 8000)`.',
        )
    if "emporary failure" in caso.mensaje:
        return Explicacion(
            "No se ha podido preguntar de quién es ese nombre: este ordenador no tiene red, o no "
            "llega a quien lo sabe.",
            'Comprueba la red; si el servidor está en tu ordenador, usa `"localhost"`.',
        )
    if re.search(r"[Ss]ervname|10109", caso.mensaje):
        return Explicacion(
            "El puerto no es un número de 0 a 65535.", "Usa un número: por ejemplo, 8000."
        )
    if re.search(r"[Aa]ddress family", caso.mensaje):
        return Explicacion(
            "La dirección es de IPv6 y el socket de IPv4, o al revés.",
            'Usa una dirección de IPv4, `"127.0.0.1"`, o crea el socket con `socket.AF_INET6`.',
        )
    return Explicacion(
        "Ese nombre no es de ningún ordenador conocido: puede estar mal escrito, o no hay red.",
        'Comprueba el host; si el servidor está en tu ordenador, usa `"localhost"`.',
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


def _direccion_ajena(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    """EADDRNOTAVAIL: al escuchar, la dirección no es de aquí; al llamar, no lleva a nadie."""
    if "'::" in caso.mensaje or "'::" in caso.codigo or '"::' in caso.codigo:
        return Explicacion(
            "Esa dirección es de IPv6, y en este ordenador IPv6 no está en marcha.",
            'Usa `"127.0.0.1"`, que es de IPv4.',
        )
    if any(ultimo_nombre(ll.func) in _LLAMAN for ll in caso.llamadas_en_la_linea()):
        return Explicacion(
            "A esa dirección no se puede llamar: `0.0.0.0` y el puerto 0 son solo para escuchar.",
            'Pon en el cliente la dirección del servidor: `"127.0.0.1"` si está en tu ordenador.',
        )
    return Explicacion(
        "La dirección que has puesto no es de este ordenador: un servidor solo puede escuchar "
        "en las suyas.",
        'Usa `"localhost"` para probar en tu ordenador; para otros, `"0.0.0.0"`.',
    )


REGLAS = (
    regla("gaierror", "", _sin_ese_nombre),
    regla(
        "UnicodeError UnicodeEncodeError",
        r"idna|label (?:empty|too long)",
        frase(
            "Ese host no está bien escrito: tiene dos puntos seguidos, un espacio, o está vacío.",
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
    *de_errno("ECONNREFUSED", "ConnectionRefusedError", _rechazada),
    *de_errno("EADDRNOTAVAIL", "", _direccion_ajena),
    *de_errno(
        "ENETUNREACH",
        "",
        frase(
            "No hay camino hasta esa dirección: casi siempre, porque este ordenador no está en "
            "ninguna red.",
            'Comprueba la dirección; si el servidor está en tu ordenador, usa `"localhost"`.',
        ),
    ),
    *de_errno(
        "ENETDOWN",
        "",
        frase("La red de este ordenador está apagada.", 'Enciéndela, o usa `"localhost"`.'),
    ),
    *de_errno(
        "EHOSTUNREACH",
        "",
        frase(
            "Nadie responde en esa dirección: no la tiene ningún ordenador encendido de tu red, o "
            "un cortafuegos no deja llegar a él.",
            'Comprueba la dirección del servidor; si está en tu ordenador, usa `"localhost"`.',
        ),
    ),
    *de_errno(
        "EAFNOSUPPORT",
        "",
        frase(
            "La dirección es de otra familia que el socket: IPv6 e IPv4 no se mezclan.",
            'Usa una dirección de IPv4, `"127.0.0.1"`, con `socket.AF_INET`.',
        ),
    ),
)
