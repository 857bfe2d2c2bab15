"""Antes del primer mensaje: abrir el puerto, escuchar, llamar y aceptar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.relato.conversaciones import Direccion, LoVisto, SucesoVisto
from chatlab.textos import enumerar


def lo_que_falta(escena: LoVisto, nombres: Mapping[int, str]) -> str:
    """El primer paso que no se dio para poder hablar; vacío si se dieron todos."""
    for pregunta in (
        _otra_maquina,
        _sin_escuchar,
        _al_volver,
        _sin_aceptar,
        _sin_clientes,
        _sin_entrar,
    ):
        if frase := pregunta(escena, nombres):
            return frase
    return ""


def _otra_maquina(escena: LoVisto, nombres: Mapping[int, str]) -> str:
    for suceso in escena.sucesos:
        if suceso.tipo == "prohibido" and not escena.conversaciones:
            return (
                f"{_de_quien(suceso, nombres)} llamó a {suceso.detalle}, que no es este ordenador, "
                "y allí no había ningún servidor"
            )
    return ""


def _sin_escuchar(escena: LoVisto, _: Mapping[int, str]) -> str:
    if not escena.sucesos:
        return ""
    if not escena.servidores:
        for fallo in _fallos(escena, "bind"):
            return f"tu servidor no pudo reservar {fallo.donde} ({fallo.error})"
        if udp := next((suceso for suceso in escena.sucesos if suceso.tipo == "udp"), None):
            return (
                f"tu servidor abrió un socket UDP (`SOCK_DGRAM`) en {udp.detalle}, que no lleva "
                "conexiones: ni `listen`, ni `accept`, ni nadie que se va. Aquí hace falta TCP: "
                "`socket.socket(socket.AF_INET, socket.SOCK_STREAM)`"
            )
        return "ningún programa abrió un puerto: nadie llegó a llamar a `bind`"
    enlazados = escena.de_servidor("bind")
    if enlazados and not escena.de_servidor("listen") and not escena.conversaciones:
        return f"tu servidor reservó {_puerto(enlazados[0].local)} pero nunca llamó a `listen`"
    return ""


def _al_volver(escena: LoVisto, nombres: Mapping[int, str]) -> str:
    """Un servidor que ya estuvo en marcha, y no puede volver a tener su puerto."""
    for fallo in _fallos(escena, "bind"):
        lo_tuvo_luego = any(
            uno.tipo == "bind" and uno.pid == fallo.suceso.pid for uno in escena.sucesos
        )
        if not lo_tuvo_luego and nombres.get(fallo.suceso.pid, SERVIDOR) == SERVIDOR:
            return (
                f"al volver a arrancar, tu servidor no pudo reservar {fallo.donde} ({fallo.error})"
            )
    return ""


def _sin_aceptar(escena: LoVisto, _: Mapping[int, str]) -> str:
    escuchan = escena.de_servidor("listen")
    # Quien usa `selectors` o `asyncio` espera en «select», y solo acepta cuando alguien llama.
    acepta = (
        escena.de_servidor("accept")
        or escena.de_servidor("espera", "accept")
        or escena.de_servidor("espera", "select")
    )
    if escuchan and not acepta and not _acabaron(escena):
        return f"tu servidor escucha en {_puerto(escuchan[0].local)} pero nunca llamó a `accept`"
    return ""


def _acabaron(escena: LoVisto) -> bool:
    """Dice si todos los servidores han terminado: no es que no acepten, es que no están."""
    return escena.servidores <= {s.pid for s in escena.sucesos if s.tipo == "termina"}


def _sin_clientes(escena: LoVisto, nombres: Mapping[int, str]) -> str:
    if escena.conversaciones:
        return ""
    escuchan = escena.de_servidor("listen")
    donde = _puerto(escuchan[0].local) if escuchan else "su puerto"
    for fallo in _fallos(escena, "connect"):
        quien = _de_quien(fallo.suceso, nombres)
        return (
            f"{quien} llamó a {fallo.donde} y no le contestó nadie: tu servidor escucha en {donde}"
        )
    callados = [_de_quien(suceso, nombres) for suceso in escena.de_clientes("arranca")]
    if callados and escuchan:
        verbo = "llegó" if len(callados) == 1 else "llegaron"
        return f"tu servidor escucha en {donde}, y {enumerar(callados)} no {verbo} a `connect`"
    return ""


def _sin_entrar(escena: LoVisto, _: Mapping[int, str]) -> str:
    fuera = [c.quien for c in escena.conversaciones if c.llamada and not c.aceptada]
    dentro = [c for c in escena.conversaciones if c.aceptada]
    if not fuera:
        return ""
    frase = f"{enumerar(fuera)} {'llamó' if len(fuera) == 1 else 'llamaron'} y tu servidor no"
    if not dentro:
        return f"{frase} lo{'s' if len(fuera) > 1 else ''} aceptó"
    return (
        f"{frase} volvió a llamar a `accept`: solo entr"
        f"{'ó' if len(dentro) == 1 else 'aron'} {enumerar([c.quien for c in dentro])}"
    )


class _Fallo(NamedTuple):
    """Un error que dio un socket al programa: «connect localhost:8000: OSError: …»."""

    suceso: SucesoVisto
    donde: str
    error: str


def _fallos(escena: LoVisto, operacion: str) -> Iterator[_Fallo]:
    for suceso in escena.sucesos:
        leido = re.match(rf"{operacion} (\S+): (.+)", suceso.detalle)
        if suceso.tipo == "fallo" and leido:
            yield _Fallo(suceso, leido[1], leido[2])


def _de_quien(suceso: SucesoVisto, nombres: Mapping[int, str]) -> str:
    nombre = nombres.get(suceso.pid)
    return f"el programa de {nombre}" if nombre else "tu cliente"


def _puerto(direccion: Direccion | None) -> str:
    return f"el puerto {direccion[1]}" if direccion else "un puerto"
