"""En qué se reconoce al servidor y al cliente: en su nombre, en su carpeta o en lo que hacen."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from chatlab.sistema.ajeno import leer_ajeno

#: Bytes de un programa que se leen para adivinar qué hace.
BYTES_PARA_ADIVINAR = 200_000


@dataclass(frozen=True, slots=True)
class Papel:
    """Lo que distingue a uno de los dos programas."""

    nombre: str  # también es el de su opción
    archivos: tuple[str, str]
    en_el_nombre: re.Pattern[str]
    en_el_codigo: re.Pattern[str]

    @property
    def opcion(self) -> str:
        """La opción con la que se dice cuál es: `--servidor` o `--cliente`."""
        return f"--{self.nombre}"


SERVIDOR = Papel(
    "servidor",
    ("servidor.py", "server.py"),
    # «observer» y «servicio» no son servidores.
    re.compile(r"servidor|(?<!ob)server|(?<![a-z])(?:serv|srv)(?![a-z])", re.IGNORECASE),
    re.compile(r"\.\s*(?:listen|accept)\s*\(|\b(?:create|start)_server\s*\(|TCPServer\s*\("),
)
CLIENTE = Papel(
    "cliente",
    ("cliente.py", "client.py"),
    re.compile(r"client|(?<![a-z])cli(?![a-z])", re.IGNORECASE),
    # Los de una base de datos y los de un botón no llaman a nadie.
    re.compile(
        r"(?<!sqlite3)(?<!sqlite3 )(?<!clicked)(?<!clicked )\.\s*connect(?:_ex)?\s*\("
        r"|\b(?:create|open)_connection\s*\("
    ),
)
PAPELES = (SERVIDOR, CLIENTE)


def otro(papel: Papel) -> Papel:
    """El papel del programa con el que habla."""
    return CLIENTE if papel is SERVIDOR else SERVIDOR


def es_programa(ruta: Path) -> bool:
    """Si es un programa de Python que alguien arrancaría: no una prueba ni un archivo oculto."""
    nombre = ruta.name.casefold()
    return nombre.endswith(".py") and not nombre.startswith((".", "test_", "__"))


def con_su_nombre(papel: Papel, rutas: Sequence[Path]) -> list[Path]:
    """Los que se llaman como se pide, con las mayúsculas que sean."""
    return [ruta for ruta in rutas if ruta.name.casefold() in papel.archivos]


def los_que_lo_parecen(papel: Papel, carpeta: Path, programas: Sequence[Path]) -> list[Path]:
    """Los que pueden hacer ese papel: por su nombre, por su carpeta o por lo que hacen.

    Lo primero que dé alguno es lo que vale. Si da varios, se quedan los que además lo hacen.
    """
    for parecidos in (
        [ruta for ruta in programas if _lo_dice(papel, ruta.stem)],
        [ruta for ruta in programas if any(_lo_dice(papel, parte) for parte in ruta.parts[:-1])],
        [ruta for ruta in programas if _lo_hace(papel, carpeta / ruta)],
    ):
        if len(parecidos) > 1:
            return [r for r in parecidos if hace(papel, carpeta / r)] or parecidos
        if parecidos:
            return parecidos
    return []


def hace_los_dos(archivo: Path) -> bool:
    """Si el mismo programa escucha y también conecta."""
    return all(hace(papel, archivo) for papel in PAPELES)


def hace(papel: Papel, archivo: Path) -> bool:
    """Si su código llama a lo que llama ese papel."""
    return papel.en_el_codigo.search(codigo_de(archivo)) is not None


def codigo_de(archivo: Path) -> str:
    """El código, sin comentarios ni textos si se entiende; vacío si no se puede leer."""
    try:
        datos = leer_ajeno(archivo, BYTES_PARA_ADIVINAR, seguir_enlaces=True)
    except (OSError, ValueError):
        return ""
    return _sin_comentarios(datos.decode("utf-8", errors="replace"))


def _lo_dice(papel: Papel, nombre: str) -> bool:
    """Si el nombre es de ese papel, y no también del otro."""
    suyo = papel.en_el_nombre.search(nombre) is not None
    return suyo and otro(papel).en_el_nombre.search(nombre) is None


def _lo_hace(papel: Papel, archivo: Path) -> bool:
    """Si hace ese papel y no el otro; un servidor puede conectar para saber su dirección."""
    return hace(papel, archivo) and not hace(otro(papel), archivo)


def _sin_comentarios(texto: str) -> str:
    lineas: list[str] = []
    try:
        for trozo in tokenize.generate_tokens(StringIO(texto).readline):
            if trozo.type not in (tokenize.COMMENT, tokenize.STRING):
                lineas.append(trozo.string)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return texto
    return " ".join(lineas)
