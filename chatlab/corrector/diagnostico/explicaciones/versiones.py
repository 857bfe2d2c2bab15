"""Lo que unas versiones de Python tienen y otras no: módulos, nombres y maneras de escribir.

La pantalla puede ser de otra versión que la que ejecuta chatlab: por eso está escrito aquí, y no se
pregunta al Python que corre. Fuente: https://docs.python.org/es/3/whatsnew/
"""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Explicacion, palabras

_ASYNCIO = "`asyncio` (o `selectors`)"
#: Módulos que venían con Python: desde qué versión no están, y qué se usa en su lugar.
_MODULOS_QUITADOS = {
    **dict.fromkeys(("asyncore", "asynchat", "smtpd"), ("3.12", _ASYNCIO)),
    "imp": ("3.12", "`importlib`"),
    "distutils": ("3.12", "`shutil` o `sysconfig`"),
    "telnetlib": ("3.13", "`socket`"),
    "nntplib": ("3.13", "`socket`"),
    "crypt": ("3.13", "`hashlib`"),
    "pipes": ("3.13", "`subprocess`"),
    **dict.fromkeys(
        palabras("cgi cgitb aifc audioop chunk imghdr mailcap msilib nis ossaudiodev sndhdr spwd "
                 "sunau uu xdrlib lib2to3"),
        ("3.13", ""),
    ),
}  # fmt: skip
#: Los que solo hubo en Python 2, con su nombre de ahora.
_DE_PYTHON_2 = {
    "Queue": "queue",
    "SocketServer": "socketserver",
    "StringIO": "io",
    "Tkinter": "tkinter",
    "cPickle": "pickle",
    "commands": "subprocess",
    "httplib": "http.client",
    "thread": "_thread",
    "urllib2": "urllib.request",
}
SOLO_EN_WINDOWS = palabras("msvcrt winreg winsound nt _winapi")
SOLO_SIN_WINDOWS = palabras("fcntl termios tty pty pwd grp resource readline curses syslog posix")
#: Lo que se quitó de un módulo o de un objeto, desde cuándo, y qué se escribe ahora.
_QUITADOS = {
    ("ssl", "wrap_socket"): ("3.12", "`ssl.create_default_context().wrap_socket(…)`"),
    ("asyncio", "coroutine"): ("3.11", "`async def` delante de la función"),
    ("asyncio", "async"): ("3.7", "`asyncio.create_task(…)`"),
    ("time", "clock"): ("3.8", "`time.perf_counter()`"),
    ("string", "letters"): ("3.0", "`string.ascii_letters`"),
    ("string", "join"): ("3.0", '`", ".join(lista)`'),
    ("sys", "maxint"): ("3.0", "`sys.maxsize`"),
    ("os", "getcwdu"): ("3.0", "`os.getcwd()`"),
    ("inspect", "getargspec"): ("3.11", "`inspect.signature(…)`"),
    ("locale", "format"): ("3.12", "`locale.format_string(…)`"),
    ("Thread", "isAlive"): ("3.9", "`is_alive()`"),
    ("dict", "iteritems"): ("3.0", "`items()`"),
    ("dict", "itervalues"): ("3.0", "`values()`"),
    ("dict", "iterkeys"): ("3.0", "`keys()`"),
}
#: Lo que llegó después de Python 3.11, y cuándo.
_NUEVOS = {
    ("queue", "ShutDown"): "3.13",
    ("Queue", "shutdown"): "3.13",
    ("LifoQueue", "shutdown"): "3.13",
    ("PriorityQueue", "shutdown"): "3.13",
    ("asyncio", "QueueShutDown"): "3.13",
    ("asyncio", "eager_task_factory"): "3.12",
    ("Server", "close_clients"): "3.13",
    ("Server", "abort_clients"): "3.13",
    ("itertools", "batched"): "3.12",
    ("PosixPath", "walk"): "3.12",
    ("WindowsPath", "walk"): "3.12",
    ("typing", "override"): "3.12",
    ("warnings", "deprecated"): "3.13",
    ("copy", "replace"): "3.13",
    ("uuid", "uuid7"): "3.14",
}
#: Maneras de escribir que solo entienden versiones posteriores a Python 3.11.
_ESCRITURAS = (
    (r"^lazy\s+(?:import|from)\b", "3.15", "`lazy`, delante de un `import`,", "Quita `lazy`."),
    (
        r"(?<![\w\"'])[rR]?[tT][rR]?(?=[\"'])",
        "3.14",
        "La `t` delante de un texto",
        'Usa una `f`: `f"Hola {nombre}"`.',
    ),
    (
        r"^type\s+\w+\s*=",
        "3.12",
        "`type`, para dar nombre a un tipo,",
        "Quita `type`: `Nombre = …`.",
    ),
    (
        r"^(?:async\s+)?def\s+\w+\s*\[|^class\s+\w+\s*\[",
        "3.12",
        "Los corchetes detrás del nombre de una función o de una clase",
        "Quítalos.",
    ),
)  # fmt: skip


def modulo_de_otra_version(modulo: str) -> Explicacion | None:
    """Un módulo que venía con Python y ya no está, o cambió de nombre; None si no es de esos."""
    if nuevo := _DE_PYTHON_2.get(modulo):
        return Explicacion(
            f"`{modulo}` es el nombre que tenía en Python 2.",
            f"Escribe `{nuevo}` donde pone `{modulo}`.",
        )
    if quitado := _MODULOS_QUITADOS.get(modulo.split(".")[0]):
        version, otro = quitado
        en_su_lugar = f"Usa {otro} en vez de" if otro else "Haz el programa sin"
        return Explicacion(
            f"`{modulo}` venía con Python, pero se quitó en Python {version}: tu programa solo "
            "funciona con versiones anteriores.",
            f"{en_su_lugar} `{modulo}`.",
        )
    return None


def de_otra_version(dueno: str, nombre: str) -> Explicacion | None:
    """Lo que un módulo o un objeto tuvo o tendrá, pero en otra versión; None si no se sabe."""
    if quitado := _QUITADOS.get((dueno, nombre)):
        version, otro = quitado
        cuando = "Python 3 no lo tiene" if version == "3.0" else f"se quitó en Python {version}"
        return Explicacion(
            f"`{dueno}` tuvo `{nombre}`, pero {cuando}.",
            f"Usa {otro}.",
        )
    if desde_cual := _NUEVOS.get((dueno, nombre)):
        return Explicacion(
            f"`{nombre}` existe desde Python {desde_cual}, y el que ha ejecutado tu programa es "
            "anterior.",
            f"Hazlo sin `{nombre}`, o usa Python {desde_cual} o uno más nuevo.",
        )
    return None


def escritura_de_otra_version(codigo: str) -> Explicacion | None:
    """Una línea que solo entiende un Python más nuevo; None si no se reconoce."""
    for patron, version, que, arreglo in _ESCRITURAS:
        if re.search(patron, codigo):
            return Explicacion(
                f"{que} es de Python {version}, y el que ha ejecutado tu programa es anterior."
                if not que.startswith("Los")
                else f"{que} son de Python {version}, y el que ha ejecutado tu programa es "
                "anterior.",
                arreglo,
            )
    return None
