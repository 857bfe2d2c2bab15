"""Dónde están los programas de una entrega.

    entrega = Entrega.buscar(Path("clase/Ana García"))
    entrega.servidor        # «chat/servidor.py», relativo a la carpeta

Se llaman `servidor.py` o `server.py`, y `cliente.py` o `client.py`, con las mayúsculas que sean.
Pueden estar en la carpeta o en una subcarpeta; si los hay a distinta profundidad, valen los de
fuera. Cualquier otro nombre se puede decir.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from chatlab.corrector.copia import archivos
from chatlab.errores import ErrorParaPersonas
from chatlab.textos import enumerar

#: Bytes de un programa que se leen para adivinar qué hace.
_BYTES_PARA_ADIVINAR = 200_000
#: Nombres que se enseñan en un mensaje.
_MAX_NOMBRES = 5


class ErrorDeEntrega(ErrorParaPersonas):
    """En la carpeta no están los dos programas, o no se sabe cuáles son."""


@dataclass(frozen=True, slots=True)
class _Papel:
    """Lo que distingue a uno de los dos programas."""

    nombre: str  # también es el de su opción
    archivos: tuple[str, str]
    en_el_nombre: re.Pattern[str]
    en_el_codigo: re.Pattern[str]


SERVIDOR = _Papel(
    "servidor",
    ("servidor.py", "server.py"),
    re.compile(r"serv", re.IGNORECASE),
    re.compile(r"\.listen\s*\(|\b(?:create|start)_server\s*\(|TCPServer\s*\("),
)
CLIENTE = _Papel(
    "cliente",
    ("cliente.py", "client.py"),
    re.compile(r"client", re.IGNORECASE),
    re.compile(r"\.connect(?:_ex)?\s*\(|\b(?:create|open)_connection\s*\("),
)


@dataclass(frozen=True, slots=True)
class Entrega:
    """Una carpeta con un servidor y un cliente. Las rutas de los dos son relativas a ella."""

    carpeta: Path
    servidor: Path
    cliente: Path

    @classmethod
    def buscar(
        cls, carpeta: Path, servidor: str | None = None, cliente: str | None = None
    ) -> Entrega:
        """Encuentra los dos programas; `servidor` y `cliente` son sus nombres, si se saben.

        Lanza `ErrorDeEntrega` con una frase que dice qué falta y qué hacer.
        """
        absoluta, archivos_ = _leer_carpeta(carpeta)
        elegidos = {
            SERVIDOR: _elegir(SERVIDOR, servidor, archivos_),
            CLIENTE: _elegir(CLIENTE, cliente, archivos_),
        }
        if None in elegidos.values():
            raise ErrorDeEntrega(_que_falta(carpeta, absoluta, archivos_, elegidos))
        return cls(absoluta, *filter(None, elegidos.values()))


def _leer_carpeta(carpeta: Path) -> tuple[Path, list[Path]]:
    """La carpeta, absoluta, y los archivos que hay en ella, relativos."""
    if carpeta.is_file():
        if carpeta.suffix.casefold() == ".py":
            remedio = "Dame la carpeta en la que está."
        else:
            remedio = "Si es un archivo comprimido, descomprímelo antes."
        raise ErrorDeEntrega(f"«{carpeta}» es un archivo, y esperaba una carpeta. {remedio}")
    if not carpeta.is_dir():
        raise ErrorDeEntrega(f"No existe la carpeta «{carpeta}».{_parecida(carpeta)}")
    absoluta = carpeta.resolve()
    try:
        hay_algo = any(absoluta.iterdir())
    except PermissionError:
        raise ErrorDeEntrega(f"No tengo permiso para leer la carpeta «{carpeta}».") from None
    if not hay_algo:
        raise ErrorDeEntrega(f"La carpeta «{carpeta}» está vacía.")
    return absoluta, list(archivos(absoluta))


def _parecida(carpeta: Path) -> str:
    try:
        hermanas = [una.name for una in carpeta.parent.iterdir() if una.is_dir()]
    except OSError:
        return ""
    parecidas = get_close_matches(carpeta.name, hermanas, n=1)
    return f" ¿Querías decir «{carpeta.parent / parecidas[0]}»?" if parecidas else ""


# --- Elegir ------------------------------------------------------------------------------------


def _elegir(papel: _Papel, dicho: str | None, todos: Sequence[Path]) -> Path | None:
    if dicho is not None:
        return _el_dicho(papel, dicho, todos)
    candidatos = [ruta for ruta in todos if ruta.name.casefold() in papel.archivos]
    if not candidatos:
        return None
    menor = min(len(ruta.parts) for ruta in candidatos)
    return _unico(papel, [ruta for ruta in candidatos if len(ruta.parts) == menor])


def _el_dicho(papel: _Papel, dicho: str, todos: Sequence[Path]) -> Path:
    """El que se ha nombrado: su ruta, o su nombre si solo hay uno que se llame así."""
    candidatos = [ruta for ruta in todos if ruta == Path(dicho)]
    candidatos = candidatos or [ruta for ruta in todos if ruta.name == dicho]
    if candidatos:
        return _unico(papel, candidatos)
    parecidos = get_close_matches(dicho, [ruta.as_posix() for ruta in todos], n=1)
    pregunta = f" ¿Querías decir «{parecidos[0]}»?" if parecidos else ""
    raise ErrorDeEntrega(f"En la carpeta no está «{dicho}», el {papel.nombre}.{pregunta}")


def _unico(papel: _Papel, candidatos: Sequence[Path]) -> Path:
    if len(candidatos) == 1:
        return candidatos[0]
    raise ErrorDeEntrega(
        f"Hay {len(candidatos)} programas que pueden ser el {papel.nombre}: "
        f"{_lista(candidatos)}. Di cuál con {_opcion(papel, candidatos[0])}."
    )


# --- Explicar lo que falta -----------------------------------------------------------------------


def _que_falta(
    carpeta: Path, absoluta: Path, todos: Sequence[Path], elegidos: dict[_Papel, Path | None]
) -> str:
    faltan = [papel for papel, ruta in elegidos.items() if ruta is None]
    cuales = " ni ".join(f"el {papel.nombre} ({' o '.join(papel.archivos)})" for papel in faltan)
    frases = [f"En «{carpeta}» no está {'ni ' if len(faltan) > 1 else ''}{cuales}."]
    usados = set(elegidos.values())
    libres = [ruta for ruta in todos if _es_programa(ruta) and ruta not in usados]
    if libres:
        frases += filter(None, (_sugerencia(papel, absoluta, libres) for papel in faltan))
    elif len(faltan) > 1:
        frases.append(f"No hay ningún programa de Python; hay {_lista(todos)}.")
    return " ".join(frases)


def _es_programa(ruta: Path) -> bool:
    return ruta.suffix.casefold() == ".py" and not ruta.name.startswith(".")


def _sugerencia(papel: _Papel, carpeta: Path, libres: Sequence[Path]) -> str:
    """Pregunta por los programas que parecen hacer ese papel: por su nombre o por lo que hacen."""
    posibles = [ruta for ruta in libres if papel.en_el_nombre.search(ruta.stem)] or [
        ruta for ruta in libres if papel.en_el_codigo.search(_codigo(carpeta / ruta))
    ]
    if not posibles:
        return ""
    if len(posibles) == 1:
        return f"¿Es {posibles[0].as_posix()} el {papel.nombre}? Usa {_opcion(papel, posibles[0])}."
    return f"¿Es el {papel.nombre} uno de estos: {_lista(posibles)}? Dilo con --{papel.nombre}."


def _codigo(archivo: Path) -> str:
    try:
        with archivo.open("rb") as abierto:
            return abierto.read(_BYTES_PARA_ADIVINAR).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _opcion(papel: _Papel, ruta: Path) -> str:
    nombre = ruta.as_posix()
    return f'--{papel.nombre} "{nombre}"' if " " in nombre else f"--{papel.nombre} {nombre}"


def _lista(rutas: Sequence[Path]) -> str:
    nombres = [ruta.as_posix() for ruta in rutas[:_MAX_NOMBRES]]
    if len(rutas) > _MAX_NOMBRES:
        nombres.append(f"{len(rutas) - _MAX_NOMBRES} más")
    return enumerar(nombres)
