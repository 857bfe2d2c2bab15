"""Poner en marcha al guardián de una celda, y decirle lo que tiene que vigilar."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from chatlab.corrector.jaula.bubblewrap import DISCOS_PROPIOS, Muros
from chatlab.corrector.jaula.ejecutor import RAIZ, Condiciones
from chatlab.corrector.jaula.nucleo import hilos_ajenos

#: Dónde está chatlab para un guardián encerrado.
CHATLAB_DENTRO = Path("/chatlab")
#: Lo que abre cualquier programa de Linux: los dispositivos de siempre y lo que las bibliotecas
#: consultan en /etc, que no tiene nada secreto.
DISPOSITIVOS = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")
DE_ETC = tuple(
    f"/etc/{nombre}"
    for nombre in (
        *("ld.so.cache", "localtime", "passwd", "group", "hosts", "host.conf", "nsswitch.conf"),
        *("resolv.conf", "services", "protocols", "gai.conf"),
    )
)
#: Segundos entre dos miradas a los procesos. Sin jaula hay que mirar los de toda la máquina.
RITMO_EN_JAULA = 0.05
RITMO_SIN_JAULA = 0.25

#: El guardián es un módulo de este mismo chatlab, esté donde esté, y nada de fuera de Python.
_ARRANQUE = (
    "import json, sys; sys.path.append(sys.argv[1]); "
    "from chatlab.corrector.jaula.guardian import principal; "
    "principal(int(sys.argv[2]), json.loads(sys.argv[3]))"
)


def _cerca(
    escribibles: Mapping[Path, Path], legibles: Sequence[Path] | None
) -> dict[str, list[str]] | None:
    if legibles is None:
        return None
    escribir = [*map(str, escribibles), *DISPOSITIVOS]
    return {"leer": [*map(str, legibles), *DE_ETC], "escribir": escribir}


def poner_guardian(
    condiciones: Condiciones,
    canal: socket.socket,
    escribibles: Mapping[Path, Path],
    muros: Muros | None,
    reparto: Path | None,
    legibles: Sequence[Path] | None,
) -> subprocess.Popen[bytes]:
    """Arranca el guardián, que hablará por `canal`. Lo demás es como en `Celda`."""
    encargo = asdict(condiciones.limites) | {
        "ritmo": RITMO_EN_JAULA if muros else RITMO_SIN_JAULA,
        "del_nucleo": condiciones.limites.del_nucleo(hilos_ajenos(encerrados=muros is not None)),
        "carpetas": [str(carpeta) for carpeta in escribibles],
        "reparto": str(reparto) if reparto else None,
        "discos_propios": DISCOS_PROPIOS if muros else (),
        "cerca": _cerca(escribibles, legibles),
    }
    orden = [sys.executable, "-I", "-S", "-c", _ARRANQUE]
    orden += [str(CHATLAB_DENTRO if muros else RAIZ), str(canal.fileno()), json.dumps(encargo)]
    if muros is not None:
        orden = muros.encerrar(orden, escribibles)
    return subprocess.Popen(
        orden,
        env=dict(condiciones.entorno),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[canal.fileno()],
        start_new_session=True,
    )
