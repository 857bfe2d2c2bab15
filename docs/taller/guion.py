"""Los guiones: qué se teclea en cada terminal. Cómo se escriben está en CONTRIBUIR.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
GUIONES = RAIZ / "docs" / "guiones"
GRABACIONES = RAIZ / "docs" / "grabaciones"
#: Carpetas de guiones que no son de una lección. Los de «chatlab» se ejecutan en la raíz.
CARPETAS = {"ejemplos": RAIZ / "docs" / "ejemplos"}
#: Un guion con este comentario no da lo mismo dos veces: solo se comprueba que se ejecuta.
CAMBIANTE = "# Cambia en cada ejecución."
#: De uno con este, se guarda además cuándo apareció cada línea: `docs/taller/marcha.py`.
EN_MARCHA = "# En marcha."
#: Señala un momento de la película, en lo que pasó por la acción de encima, y dice qué se ve en él.
MOMENTO = re.compile(
    r"# Momento (?P<clave>\w+), en (?:el último|la última) (?P<que>\w+)(?: en (?P<en>\w+))?"
    r"(?: de (?P<quien>[^:]+))?: (?P<texto>.+)"
)


class GuionMal(Exception):
    """Un guion que no se entiende: dice dónde y por qué."""


@dataclass(frozen=True, slots=True)
class Accion:
    """Lo que hace alguien: arrancar un programa, si `orden`, o teclear un texto."""

    quien: str
    texto: str
    orden: bool


@dataclass(frozen=True, slots=True)
class Momento:
    """Un momento de la película: el último suceso de esa clase que causó una acción, desde 0.

    `en` es dónde se espera, si es una «espera», y `quien`, el nombre de su programa; vacíos, dan
    igual.
    """

    clave: str
    accion: int
    que: str
    en: str
    quien: str
    texto: str


@dataclass(frozen=True, slots=True)
class Guion:
    """Un guion. `nombre` es su ruta sin extensión: «03_difusion/paso1_hilos/charla»."""

    nombre: str
    titulo: str
    acciones: tuple[Accion, ...]
    cambiante: bool
    en_marcha: bool = False
    momentos: tuple[Momento, ...] = ()

    @property
    def carpeta(self) -> Path:
        """La carpeta en que se ejecuta."""
        primera, *resto = Path(self.nombre).parent.parts
        if primera == "chatlab":
            return RAIZ
        return CARPETAS.get(primera, RAIZ / "lessons" / primera).joinpath(*resto)

    @property
    def destino(self) -> Path:
        """La ruta de sus grabaciones, a falta de lo que va detrás del nombre."""
        return GRABACIONES / self.nombre

    @property
    def personas(self) -> list[str]:
        """Quienes salen, por orden de aparición."""
        return list(dict.fromkeys(accion.quien for accion in self.acciones))


def todos_los_guiones(debajo_de: str = "") -> list[Guion]:
    """Los guiones cuyo nombre empieza así, por orden."""
    rutas = sorted(GUIONES.rglob("*.txt"))
    guiones = [leer_guion(ruta) for ruta in rutas]
    return [guion for guion in guiones if guion.nombre.startswith(debajo_de)]


def leer_guion(ruta: Path) -> Guion:
    """El guion de un archivo; lanza `GuionMal` si no se entiende."""
    lineas = ruta.read_text(encoding="utf-8").splitlines()
    comentarios = [linea for linea in lineas if linea.startswith("#")]
    if not comentarios:
        raise GuionMal(f"{ruta}: falta el comentario que dice qué se ve.")
    acciones = [
        _accion(ruta, numero, linea)
        for numero, linea in enumerate(lineas, start=1)
        if linea.strip() and not linea.startswith("#")
    ]
    return Guion(
        nombre=ruta.relative_to(GUIONES).with_suffix("").as_posix(),
        titulo=comentarios[0].lstrip("# ").rstrip(),
        acciones=tuple(acciones),
        cambiante=CAMBIANTE in comentarios,
        en_marcha=EN_MARCHA in comentarios,
        momentos=tuple(_momentos(lineas)),
    )


def _momentos(lineas: list[str]) -> Iterator[Momento]:
    acciones = 0
    for linea in lineas:
        if senalado := MOMENTO.fullmatch(linea):
            clave, que, en, quien, texto = senalado.groups(default="")
            yield Momento(clave, acciones - 1, que, en, quien, texto)
        acciones += bool(linea.strip()) and not linea.startswith("#")


def _accion(ruta: Path, numero: int, linea: str) -> Accion:
    quien, dos_puntos, texto = linea.partition(":")
    if not dos_puntos or not quien.strip():
        raise GuionMal(f"{ruta}, línea {numero}: se espera «quién: qué teclea», y pone «{linea}».")
    texto = texto.removeprefix(" ")
    if texto.startswith("$ "):
        return Accion(quien.strip(), texto.removeprefix("$ "), orden=True)
    return Accion(quien.strip(), texto, orden=False)
