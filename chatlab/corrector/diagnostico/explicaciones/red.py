"""Lo que impide empezar: el puerto ocupado, la dirección que no es, nadie que escuche."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.numeros import de_errno
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import contiene, receptor, texto_de, ultimo_nombre

_ESCUCHAN = ("bind", "create_server")
_LLAMAN = ("connect", "connect_ex", "create_connection")


# --- El servidor -------------------------------------------------------------------------------


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
    if not any(metodo in caso.codigo for metodo in (*_ESCUCHAN, "start_server")):
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


# --- El cliente --------------------------------------------------------------------------------


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
    *de_errno("EADDRINUSE", "", _ocupado),
    *de_errno("ECONNREFUSED", "ConnectionRefusedError", _rechazada),
    *de_errno("EINVAL", "", _mal_momento),
    *de_errno("EACCES", "", _sin_permiso),
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
