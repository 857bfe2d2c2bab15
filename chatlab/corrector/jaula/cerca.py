"""La cerca de un programa suelto: sin bubblewrap, lo que Linux deja negarle (landlock(7)).

Cualquiera puede ponérsela a sí mismo, sin permisos y sin instalar nada, y ya no se la quita: solo
abre los archivos que se le digan. Desde Linux 6.12, además, no manda señales a quien está fuera. No
le quita la red, ni le esconde qué otros programas hay. Donde no la hay, `hacer` devuelve `None`.
"""

from __future__ import annotations

import os
import struct
import sys

#: Iguales en todas las arquitecturas (asm-generic/unistd.h).
CREAR, ANADIR, ENTRAR = 444, 445, 446
#: Preguntar por la versión, y una regla sobre lo que hay bajo una ruta (linux/landlock.h).
VERSION = 1
BAJO_UNA_RUTA = 1
PR_SET_NO_NEW_PRIVS = 38
#: Bits de linux/landlock.h: ejecutar, leer un archivo y ver una carpeta.
EJECUTAR, ESCRIBIR_ARCHIVO, LEER_ARCHIVO, VER_CARPETA, TRUNCAR = 1, 2, 4, 8, 1 << 14
LEER = EJECUTAR | LEER_ARCHIVO | VER_CARPETA
#: Lo que vale para algo que no es una carpeta.
DE_ARCHIVO = EJECUTAR | ESCRIBIR_ARCHIVO | LEER_ARCHIVO | TRUNCAR
#: Todo lo que se puede hacer con archivos en cada versión; y desde la sexta, lo que se aísla:
#: sockets abstractos y señales.
TODO = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
AISLAR = 3
CON_SENALES = 6


def version_del_nucleo() -> int:
    """La de sus cercas; 0 o menos si no las hay."""
    return _llamar(CREAR, None, 0, VERSION)


def hacer(leer: list[str], escribir: list[str]) -> int | None:
    """El descriptor de una cerca con esas rutas; `None` si el núcleo no sabe hacerla."""
    version = version_del_nucleo()
    if version < 1:
        return None
    todo = TODO[min(version, 3)]
    que = struct.pack("=QQQ", todo, 0, AISLAR if version >= CON_SENALES else 0)
    largo = 24 if version >= CON_SENALES else 8
    cerca = _llamar(CREAR, que, largo, 0)
    if cerca < 0:
        return None
    for rutas, derechos in ((leer, LEER), (escribir, todo)):
        for ruta in rutas:
            abrir_paso(cerca, ruta, derechos & todo)
    return cerca


def abrir_paso(cerca: int, ruta: str, derechos: int) -> None:
    """Permite eso en una ruta y en lo que haya debajo; si no existe, nada."""
    try:
        donde = os.open(ruta, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(ruta):  # noqa: PTH112 - sin `pathlib`: va en el guardián
        derechos &= DE_ARCHIVO
    _llamar(ANADIR, cerca, BAJO_UNA_RUTA, struct.pack("=Qi", derechos, donde), 0)
    os.close(donde)


def entrar(cerca: int) -> None:
    """Este proceso y los que arranque quedan dentro, ya para siempre."""
    import ctypes

    # Su terminal, y lo que /proc cuenta de él.
    abrir_paso(cerca, os.ttyname(0), LEER | ESCRIBIR_ARCHIVO)
    abrir_paso(cerca, f"/proc/{os.getpid()}", LEER)
    ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _llamar(ENTRAR, cerca, 0) != 0:
        raise OSError("no se puede entrar en la cerca")


def _llamar(numero: int, *argumentos: object) -> int:
    """El resultado de una llamada al sistema; negativo si falla o no la hay."""
    if sys.platform != "linux":
        return -1
    import ctypes  # tarda, y dentro de bubblewrap no hace falta

    resultado: int = ctypes.CDLL(None).syscall(numero, *argumentos)
    return resultado
