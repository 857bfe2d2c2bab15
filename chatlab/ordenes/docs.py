"""Abre en tu navegador el sitio con las lecciones explicadas, sin conexión a internet.

    python -m chatlab docs                       la primera página
    python -m chatlab docs conceptos/socket      otra

El sitio viaja dentro del paquete instalado. En un clon se construye la primera vez, y cada vez que
sus páginas cambian.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from chatlab.errores import ErrorParaPersonas
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.entorno import PAQUETE
from chatlab.programa.instalacion import orden_de_instalar
from chatlab.programa.opciones import Argumentos, analizador
from chatlab.terminal.salida import escribir

#: Donde lo deja el paquete instalado, y donde está el clon.
EN_EL_PAQUETE = PAQUETE / "_sitio"
CLON = PAQUETE.parent
#: Segundos que puede tardar en construirse.
PLAZO = 120


class NoHaySitio(ErrorParaPersonas):
    """No hay páginas que abrir, ni manera de hacerlas."""


class NoHayPagina(ErrorParaPersonas):
    """El sitio no tiene la página que se pide."""


def principal(argumentos: Argumentos = None) -> int:
    """Abre una página del sitio; lanza `NoHaySitio` si no está ni se puede construir."""
    lector = analizador("chatlab.ordenes.docs", "docs", __doc__, uso="[PÁGINA] [opciones]")
    lector.add_argument(
        "pagina",
        nargs="?",
        default="index",
        metavar="PÁGINA",
        help="la que se abre: errores, conceptos/socket… (la primera)",
    )
    lector.add_argument("--sin-abrir", action="store_true", help="solo dice dónde está la página")
    opciones = lector.parse_args(argumentos)
    pagina = _pagina(buscar_o_construir(), opciones.pagina)
    if opciones.sin_abrir or not webbrowser.open(pagina.as_uri()):
        escribir(f"Abre esta página en tu navegador:\n{pagina.as_uri()}\n")
    else:
        escribir(f"Abierto en tu navegador: {pagina.as_uri()}\n")
    return 0


def _pagina(sitio: Path, nombre: str) -> Path:
    """El archivo de esa página; lanza `NoHayPagina`, con las más parecidas, si no existe."""
    paginas = {
        ruta.relative_to(sitio).with_suffix("").as_posix(): ruta for ruta in sitio.rglob("*.html")
    }
    pedida = nombre.removesuffix(".html").removesuffix(".md").strip("/")
    for posible in (pedida, f"{pedida}/index"):
        if posible in paginas:
            return paginas[posible]
    parecidas = get_close_matches(pedida, paginas, n=3, cutoff=0.4)
    consejo = f" ¿Querías decir {' o '.join(parecidas)}?" if parecidas else ""
    raise NoHayPagina(f"El sitio no tiene ninguna página «{nombre}».{consejo}")


def buscar_o_construir() -> Path:
    """La carpeta del sitio ya construido."""
    if (EN_EL_PAQUETE / "index.html").is_file():
        return EN_EL_PAQUETE
    if not (CLON / "mkdocs.yml").is_file():
        raise NoHaySitio(
            "Este paquete no lleva el sitio. Instala una versión publicada de chatlab, o clona el "
            "proyecto y repite la orden desde su carpeta."
        )
    sitio = CLON / "site"
    if _esta_al_dia(sitio):
        return sitio
    if importlib.util.find_spec("mkdocs") is None:
        raise NoHaySitio(
            "Para construir el sitio faltan bibliotecas. Instálalas con:\n"
            f"    {orden_de_instalar('docs')}"
        )
    _construir(sitio)
    return sitio


def _esta_al_dia(sitio: Path) -> bool:
    portada = sitio / "index.html"
    if not portada.is_file():
        return False
    construido = portada.stat().st_mtime
    return all(fuente.stat().st_mtime <= construido for fuente in _fuentes())


def _fuentes() -> Iterator[Path]:
    """Todo lo que las páginas muestran."""
    yield CLON / "mkdocs.yml"
    yield CLON / "CAMBIOS.md"
    for carpeta in ("docs", "lessons", "chatlab"):
        yield from (
            archivo
            for archivo in (CLON / carpeta).rglob("*")
            if archivo.is_file() and "__pycache__" not in archivo.parts
        )


def _construir(sitio: Path) -> None:
    escribir("Construyo el sitio; tarda unos segundos…\n")
    orden = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(sitio)]
    ejecucion = subprocess.run(
        orden, cwd=CLON, capture_output=True, encoding="utf-8", errors="replace", timeout=PLAZO
    )
    if ejecucion.returncode != 0:
        raise NoHaySitio(f"No se ha podido construir el sitio:\n{ejecucion.stderr.strip()}")


if __name__ == "__main__":
    ejecutar(principal)
