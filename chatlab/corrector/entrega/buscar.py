"""Dónde están los programas de una entrega.

    entrega = Entrega.buscar(Path("clase/Ana García"))
    entrega.servidor        # «chat/servidor.py», relativo a la carpeta

Se llaman `servidor.py` o `server.py`, y `cliente.py` o `client.py`, con las mayúsculas que sean.
Pueden estar en la carpeta o en una subcarpeta; si los hay a distinta profundidad, valen los de
fuera. Si falta uno y solo hay un programa que lo parezca, vale ese, y se dice. Cualquier otro
nombre se puede dar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from chatlab.corrector.entrega import que_falta
from chatlab.corrector.entrega.como_se_usa import leer_como_se_usa
from chatlab.corrector.entrega.copia import archivos
from chatlab.corrector.entrega.papeles import (
    CLIENTE,
    PAPELES,
    SERVIDOR,
    Papel,
    con_su_nombre,
    es_programa,
    hace_los_dos,
    los_que_lo_parecen,
    otro,
)
from chatlab.errores import ErrorParaPersonas

Candidatos = dict[Papel, list[Path]]


class ErrorDeEntrega(ErrorParaPersonas):
    """En la carpeta no están los dos programas, o no se sabe cuáles son."""


@dataclass(frozen=True, slots=True)
class Entrega:
    """Una carpeta con un servidor y un cliente. Las rutas de los dos son relativas a ella."""

    carpeta: Path
    servidor: Path
    cliente: Path
    #: Por qué son esos, cuando no se llaman como se pide: una frase por cada uno.
    avisos: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def buscar(
        cls, carpeta: Path, servidor: str | None = None, cliente: str | None = None
    ) -> Entrega:
        """Encuentra los dos programas; `servidor` y `cliente` son sus nombres, si se saben.

        Lanza `ErrorDeEntrega` con una frase que dice qué falta y qué hacer.
        """
        absoluta, todos = _leer_carpeta(carpeta)
        dichos = {SERVIDOR: servidor, CLIENTE: cliente}
        fijos = {
            papel: _los_dichos(papel, dicho, todos) for papel, dicho in dichos.items() if dicho
        }
        candidatos = _candidatos(absoluta, todos, fijos)
        if not fijos and (doble := _el_que_hace_los_dos(absoluta, todos, candidatos)):
            return cls(absoluta, doble, doble, (que_falta.hace_los_dos_papeles(doble),))
        if not all(candidatos.values()):
            raise ErrorDeEntrega(que_falta.explicar(carpeta, absoluta, todos, candidatos))
        elegidos = _elegir(candidatos, [papel for papel in PAPELES if papel not in fijos])
        adivinados = [
            papel
            for papel, ruta in elegidos.items()
            if papel not in fijos and ruta not in con_su_nombre(papel, todos)
        ]
        avisos = tuple(que_falta.por_que_ese(papel, elegidos[papel]) for papel in adivinados)
        return cls(absoluta, elegidos[SERVIDOR], elegidos[CLIENTE], avisos)


def nombre_si_esta(carpeta: Path, nombre: str | None) -> str | None:
    """El nombre de un programa, si en esa entrega hay uno que se llame así."""
    if nombre is None or not carpeta.is_dir():
        return nombre
    hay = any(nombre in (ruta.name, ruta.as_posix()) for ruta in archivos(carpeta.resolve()))
    return nombre if hay else None


def _leer_carpeta(carpeta: Path) -> tuple[Path, list[Path]]:
    """La carpeta, absoluta, y los archivos que hay en ella, relativos."""
    if carpeta.is_file():
        if carpeta.suffix.casefold() == ".py":
            remedio = "Dame la carpeta en la que está."
        else:
            remedio = "Si es un archivo comprimido, descomprímelo antes."
        raise ErrorDeEntrega(f"«{carpeta}» es un archivo, y esperaba una carpeta. {remedio}")
    if not carpeta.is_dir():
        raise ErrorDeEntrega(que_falta.no_existe(carpeta) + _parecida(carpeta))
    absoluta = carpeta.resolve()
    try:
        hay_algo = any(absoluta.iterdir())
    except PermissionError:
        raise ErrorDeEntrega(que_falta.no_se_puede_leer(carpeta)) from None
    if not hay_algo:
        raise ErrorDeEntrega(que_falta.esta_vacia(carpeta, absoluta))
    return absoluta, list(archivos(absoluta))


def _parecida(carpeta: Path) -> str:
    try:
        hermanas = [una.name for una in carpeta.parent.iterdir() if una.is_dir()]
    except OSError:
        return ""
    parecidas = get_close_matches(carpeta.name, hermanas, n=1)
    return f" ¿Querías decir «{carpeta.parent / parecidas[0]}»?" if parecidas else ""


# --- Elegir ------------------------------------------------------------------------------------


def _los_dichos(papel: Papel, dicho: str, todos: Sequence[Path]) -> list[Path]:
    """Los que se han nombrado: por su ruta o, si no la hay, por su nombre."""
    candidatos = [ruta for ruta in todos if ruta == Path(dicho)]
    candidatos = candidatos or [ruta for ruta in todos if ruta.name == dicho]
    if candidatos:
        return candidatos
    parecidos = get_close_matches(dicho, [ruta.as_posix() for ruta in todos], n=1)
    pregunta = f" ¿Querías decir «{parecidos[0]}»?" if parecidos else ""
    raise ErrorDeEntrega(f"En la carpeta no está «{dicho}», el {papel.nombre}.{pregunta}")


def _candidatos(carpeta: Path, todos: Sequence[Path], fijos: Candidatos) -> Candidatos:
    """De cada papel, los programas que pueden serlo: los dichos, los de su nombre o parecidos."""
    candidatos = {papel: fijos.get(papel) or con_su_nombre(papel, todos) for papel in PAPELES}
    for papel in [papel for papel in PAPELES if not candidatos[papel]]:
        del_otro = candidatos[otro(papel)]
        libres = [ruta for ruta in todos if es_programa(ruta) and ruta not in del_otro]
        candidatos[papel] = los_que_lo_parecen(papel, carpeta, libres)
        if not candidatos[papel] and del_otro:
            # Un servidor que además conecta, para saber su dirección, ya tiene papel.
            candidatos[papel] = [
                ruta for ruta in libres if hace_los_dos(carpeta / ruta) and len(libres) == 1
            ]
    return candidatos


def _el_que_hace_los_dos(
    carpeta: Path, todos: Sequence[Path], candidatos: Candidatos
) -> Path | None:
    """El programa que hace los dos papeles, si es el único y dice cómo se arranca cada uno."""
    dobles = [ruta for ruta in todos if es_programa(ruta) and hace_los_dos(carpeta / ruta)]
    if all(candidatos.values()) or len(dobles) != 1:
        return None
    uso = leer_como_se_usa(carpeta)
    return dobles[0] if uso.argumentos_del_servidor and uso.argumentos_del_cliente else None


def _elegir(candidatos: Candidatos, sin_decir: Sequence[Papel]) -> dict[Papel, Path]:
    """Uno de cada; mejor, los dos de la misma carpeta, y la de más fuera.

    Lanza `ErrorDeEntrega` si hay varias parejas posibles.
    """
    parejas = sorted(
        (
            (servidor, cliente)
            for servidor in candidatos[SERVIDOR]
            for cliente in candidatos[CLIENTE]
            if servidor.parent == cliente.parent and servidor != cliente
        ),
        key=lambda pareja: len(pareja[0].parts),
    )
    if parejas:
        _, grupo = next(groupby(parejas, key=lambda pareja: len(pareja[0].parts)))
        de_fuera = list(grupo)
        if len(de_fuera) > 1:
            raise ErrorDeEntrega(que_falta.varias_parejas(de_fuera, sin_decir))
        return dict(zip(PAPELES, de_fuera[0], strict=True))
    return {papel: _unico(papel, candidatos[papel]) for papel in PAPELES}


def _unico(papel: Papel, candidatos: Sequence[Path]) -> Path:
    menor = min(len(ruta.parts) for ruta in candidatos)
    de_fuera = [ruta for ruta in candidatos if len(ruta.parts) == menor]
    if len(de_fuera) > 1:
        raise ErrorDeEntrega(que_falta.varios(papel, de_fuera))
    return de_fuera[0]
