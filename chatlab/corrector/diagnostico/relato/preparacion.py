"""Antes del primer mensaje: abrir el puerto, escuchar, llamar y aceptar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.momento import Dicho, Momento
from chatlab.corrector.diagnostico.relato.conversaciones import Direccion, LoVisto, SucesoVisto
from chatlab.textos import enumerar


def lo_que_falta(escena: LoVisto, nombres: Mapping[int, str]) -> Dicho | None:
    """El primer paso que no se dio para poder hablar; `None` si se dieron todos."""
    for pregunta in (
        _otra_maquina,
        _sin_escuchar,
        _al_volver,
        _sin_aceptar,
        _sin_clientes,
        _sin_entrar,
    ):
        if (dicho := pregunta(escena, nombres)) is not None:
            return dicho
    return None


def _otra_maquina(escena: LoVisto, nombres: Mapping[int, str]) -> Dicho | None:
    for suceso in escena.sucesos:
        if suceso.tipo == "prohibido" and not escena.conversaciones:
            quien = _de_quien(suceso, nombres)
            return Dicho(
                f"{quien} llamó a {suceso.detalle}, que no es este ordenador, y allí no había "
                "ningún servidor",
                _momento(suceso, f"Aquí {quien} llamó a {suceso.detalle}: es otro ordenador."),
            )
    return None


def _sin_escuchar(escena: LoVisto, _: Mapping[int, str]) -> Dicho | None:
    if not escena.sucesos:
        return None
    if not escena.servidores:
        for fallo in _fallos(escena, "bind"):
            frase = f"tu servidor no pudo reservar {fallo.donde} ({fallo.error})"
            return Dicho(frase, _momento(fallo.suceso, f"Aquí {frase}.", SERVIDOR))
        if udp := next((suceso for suceso in escena.sucesos if suceso.tipo == "udp"), None):
            return Dicho(
                f"tu servidor abrió un socket UDP (`SOCK_DGRAM`) en {udp.detalle}, que no lleva "
                "conexiones: ni `listen`, ni `accept`, ni nadie que se va. Aquí hace falta TCP: "
                "`socket.socket(socket.AF_INET, socket.SOCK_STREAM)`",
                _momento(udp, "Aquí tu servidor abrió un socket UDP, y no TCP.", SERVIDOR),
            )
        return Dicho("ningún programa abrió un puerto: nadie llegó a llamar a `bind`")
    enlazados = escena.de_servidor("bind")
    if enlazados and not escena.de_servidor("listen") and not escena.conversaciones:
        donde = _puerto(enlazados[0].local)
        return Dicho(
            f"tu servidor reservó {donde} pero nunca llamó a `listen`",
            _momento(enlazados[0], f"Aquí reservó {donde}; después no llamó a `listen`.", SERVIDOR),
        )
    return None


def _al_volver(escena: LoVisto, nombres: Mapping[int, str]) -> Dicho | None:
    """Un servidor que ya estuvo en marcha, y no puede volver a tener su puerto."""
    for fallo in _fallos(escena, "bind"):
        lo_tuvo_luego = any(
            uno.tipo == "bind" and uno.pid == fallo.suceso.pid for uno in escena.sucesos
        )
        if not lo_tuvo_luego and nombres.get(fallo.suceso.pid, SERVIDOR) == SERVIDOR:
            frase = (
                f"al volver a arrancar, tu servidor no pudo reservar {fallo.donde} ({fallo.error})"
            )
            return Dicho(frase, _momento(fallo.suceso, f"Aquí, {frase}.", SERVIDOR))
    return None


def _sin_aceptar(escena: LoVisto, _: Mapping[int, str]) -> Dicho | None:
    escuchan = escena.de_servidor("listen")
    # Quien usa `selectors` o `asyncio` espera en «select», y solo acepta cuando alguien llama.
    acepta = (
        escena.de_servidor("accept")
        or escena.de_servidor("espera", "accept")
        or escena.de_servidor("espera", "select")
    )
    if escuchan and not acepta and not _acabaron(escena):
        donde = _puerto(escuchan[0].local)
        return Dicho(
            f"tu servidor escucha en {donde} pero nunca llamó a `accept`",
            _momento(
                escuchan[0], f"Desde aquí escucha en {donde}, y no llama a `accept`.", SERVIDOR
            ),
        )
    return None


def _acabaron(escena: LoVisto) -> bool:
    """Dice si todos los servidores han terminado: no es que no acepten, es que no están."""
    return escena.servidores <= {s.pid for s in escena.sucesos if s.tipo == "termina"}


def _sin_clientes(escena: LoVisto, nombres: Mapping[int, str]) -> Dicho | None:
    if escena.conversaciones:
        return None
    escuchan = escena.de_servidor("listen")
    donde = _puerto(escuchan[0].local) if escuchan else "su puerto"
    for fallo in _fallos(escena, "connect"):
        quien = _de_quien(fallo.suceso, nombres)
        frase = f"{quien} llamó a {fallo.donde} y no le contestó nadie"
        return Dicho(
            f"{frase}: tu servidor escucha en {donde}", _momento(fallo.suceso, f"Aquí {frase}.")
        )
    callados = [_de_quien(suceso, nombres) for suceso in escena.de_clientes("arranca")]
    if callados and escuchan:
        verbo = "llegó" if len(callados) == 1 else "llegaron"
        return Dicho(
            f"tu servidor escucha en {donde}, y {enumerar(callados)} no {verbo} a `connect`"
        )
    return None


def _sin_entrar(escena: LoVisto, _: Mapping[int, str]) -> Dicho | None:
    sin_entrar = [c for c in escena.conversaciones if c.llamada and not c.aceptada]
    dentro = [c for c in escena.conversaciones if c.aceptada]
    if not sin_entrar:
        return None
    fuera = [c.quien for c in sin_entrar]
    llamada = sin_entrar[0].llamo
    momento = (
        _momento(llamada, f"Aquí llamó {fuera[0]}, y el servidor no llegó a aceptarlo.", SERVIDOR)
        if llamada is not None
        else None
    )
    frase = f"{enumerar(fuera)} {'llamó' if len(fuera) == 1 else 'llamaron'} y tu servidor no"
    if not dentro:
        return Dicho(f"{frase} lo{'s' if len(fuera) > 1 else ''} aceptó", momento)
    return Dicho(
        f"{frase} volvió a llamar a `accept`: solo entr"
        f"{'ó' if len(dentro) == 1 else 'aron'} {enumerar([c.quien for c in dentro])}",
        momento,
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


def _momento(suceso: SucesoVisto, frase: str, de: str = "") -> Momento:
    return Momento(suceso.instante, frase, de)


def _de_quien(suceso: SucesoVisto, nombres: Mapping[int, str]) -> str:
    nombre = nombres.get(suceso.pid)
    return f"el programa de {nombre}" if nombre else "tu cliente"


def _puerto(direccion: Direccion | None) -> str:
    return f"el puerto {direccion[1]}" if direccion else "un puerto"
