"""Las películas del sitio: el cuadro «Míralo» de cada página, y lo que hace falta para abrirlas.

MkDocs lo llama por su nombre: está en `hooks`, en mkdocs.yml. Una página pide una película así, con
el nombre de su guion y, si hace falta, la clave del momento en que se abre:

    <div data-pelicula="03_difusion/paso1_hilos/pegados" data-momento="juntos"></div>

Al construir el sitio, cada grabación que alguien pide queda como un programa que la entrega,
`peliculas/….js`: desde el disco, un navegador no deja leer otra cosa. `pelicula.html` la pone en el
reproductor de `chatlab observar`. Nada de esto se carga hasta que se pide.
"""

from __future__ import annotations

import json
import posixpath
import re
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import estilo_del_reproductor, guion_del_reproductor
from docs.taller.compas import Linea
from docs.taller.inclusiones import PAGINAS, PROYECCION, Proyeccion, proyecciones

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

#: La página que las enseña todas, y la carpeta de lo que carga.
SALA = "pelicula.html"
CARPETA = "peliculas"
_PROGRAMA = '<script src="{}" defer></script>'


class PeliculaMal(Exception):
    """Una página pide una película, o un momento, que no existe."""


def on_post_page(output: str, page: Page, **_: object) -> str:
    """La página, con un cuadro en cada sitio en que pide una película.

    Se pone al final, cuando el buscador ya ha leído la página: no busca en él.
    """
    if not PROYECCION.search(output):
        return output
    raiz = posixpath.relpath(".", posixpath.dirname(page.url) or ".")

    def cuadro(pedida: re.Match[str]) -> str:
        return _cuadro(Proyeccion(pedida[1], pedida[2] or ""), raiz, page.file.src_uri)

    programa = _PROGRAMA.format(posixpath.normpath(f"{raiz}/javascripts/miralo.js"))
    return PROYECCION.sub(cuadro, output).replace("</body>", f"{programa}</body>")


def _cuadro(pedida: Proyeccion, raiz: str, pagina: str) -> str:
    if not pedida.archivo.is_file():
        raise PeliculaMal(f"{pagina}: no está grabada la película «{pedida.guion}».")
    grabacion = Grabacion.leer(pedida.archivo)
    titulo = escape(grabacion.cabecera["titulo"])
    destino = posixpath.normpath(f"{raiz}/{SALA}") + f"?g={pedida.guion}"
    if pedida.momento:
        marca, suceso = momento(grabacion, pedida.momento, pagina)
        destino += f"#t={suceso['t']}"
        titulo = escape(marca["texto"])
    return (
        '<div class="miralo solo-pantalla" role="group" aria-label="Míralo">'
        f"<p><strong>Míralo.</strong> {titulo}</p>"
        f'<p><a class="miralo-abrir" href="{escape(destino)}" data-titulo="{titulo}">'
        "Mira esta ejecución paso a paso</a></p></div>"
    )


def momento(grabacion: Grabacion, clave: str, pagina: str) -> tuple[Linea, Linea]:
    """La marca con esa clave y el suceso que señala; lanza `PeliculaMal` si no está."""
    for marca, suceso in pairwise(grabacion.lineas):
        if marca["que"] == "marca" and marca.get("clave") == clave:
            return marca, suceso
    titulo = grabacion.cabecera["titulo"]
    raise PeliculaMal(f"{pagina}: «{titulo}» no tiene el momento «{clave}».")


def on_post_build(config: Any, **_: object) -> None:
    """Deja en el sitio el reproductor y, cada una en su archivo, las películas que se piden."""
    carpeta = Path(config.site_dir) / CARPETA
    pedidas = {una.guion: una.archivo for pagina in PAGINAS for una in proyecciones(pagina)}
    for nombre, archivo in pedidas.items():
        destino = carpeta / f"{nombre}.js"
        destino.parent.mkdir(parents=True, exist_ok=True)
        destino.write_text(_como_programa(archivo.read_text(encoding="utf-8")), encoding="utf-8")
    (carpeta / "reproductor.js").write_text(guion_del_reproductor(), encoding="utf-8")
    (carpeta / "reproductor.css").write_text(estilo_del_reproductor(), encoding="utf-8")


def _como_programa(grabacion: str) -> str:
    """La grabación, dentro de una llamada: todo lo que dijo un programa es un texto de JSON."""
    return f"proyectar({json.dumps(grabacion, ensure_ascii=False)});\n"
