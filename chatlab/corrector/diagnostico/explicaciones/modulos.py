"""Lo que hay de verdad en los módulos de Python que usa un chat."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable

from chatlab.corrector.diagnostico.explicaciones.caso import palabras

#: Los que se pueden mirar por dentro: importar otros podría tener efectos (`antigravity` abre el
#: navegador), y no son de este tema.
CONOCIDOS = palabras(
    "socket threading time sys os json random queue select selectors socketserver asyncio datetime "
    "struct signal re string math collections pathlib logging pickle ssl subprocess argparse "
    "textwrap ipaddress hashlib base64 uuid itertools functools contextlib traceback errno"
)
#: Lo que más se usa de ellos, y por eso se reconoce aunque el módulo no esté importado.
HABITUALES = {
    "threading": "Thread Lock RLock Event Condition Semaphore Timer current_thread",
    "socket": "AF_INET SOCK_STREAM SOL_SOCKET SO_REUSEADDR SHUT_RDWR gethostname gethostbyname "
    "create_server create_connection",
    "time": "sleep perf_counter monotonic strftime",
    "sys": "argv stdin stdout exit",
    "queue": "Queue",
    "datetime": "datetime timedelta",
    "random": "randint choice",
}


def miembros(modulo: str) -> frozenset[str]:
    """Los nombres públicos de un módulo conocido; ninguno si no lo es."""
    if modulo not in CONOCIDOS:
        return frozenset()
    return frozenset(
        nombre for nombre in dir(importlib.import_module(modulo)) if not nombre.startswith("_")
    )


def es_de_python(modulo: str) -> bool:
    """Dice si un módulo viene con Python."""
    return modulo.split(".")[0] in sys.stdlib_module_names


def habitual_de(nombre: str) -> str | None:
    """«threading» para `Thread`; None si no es de los más usados."""
    return next((m for m, nombres in HABITUALES.items() if nombre in nombres.split()), None)


def modulo_con(nombre: str, modulos: Iterable[str]) -> str | None:
    """De los módulos dados, el primero que tiene ese nombre."""
    return next((modulo for modulo in sorted(modulos) if nombre in miembros(modulo)), None)
