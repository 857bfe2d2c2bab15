"""La página que enseña una película, junta en un guion, en un estilo o en un solo archivo HTML.

Los archivos de esta carpeta son módulos de JavaScript, y un navegador no los carga desde el disco
(file://): para que una película se abra ahí, se juntan en un solo guion de los de siempre. Se
escriben uno detrás de otro, cada uno después de los que importa, sin las palabras `import` y
`export`. Por eso cada nombre de fuera de las funciones es distinto en todos los módulos.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.apretar import apretar_css, apretar_js

PAGINA = Path(__file__).parent
#: El módulo por el que se empieza.
ENTRADA = "abrir.js"

_IMPORTA = re.compile(r'^import (?:\{ [\w, ]+ \} from )?"(\.{1,2}/[\w./-]+)";\n', re.MULTILINE)
_EXPORTA = re.compile(r"^export (?=(?:async )?function|class |const )", re.MULTILINE)
#: Lo que no hemos escrito nosotros.
_DE_OTROS = PAGINA / "xterm"


@cache
def guion_del_reproductor() -> str:
    """Todo el JavaScript de la página en un solo guion, que no es un módulo.

    Deja `chatlab.montar` y `chatlab.desplegar` a la vista de la página que lo cargue.
    """
    modulos = "\n".join(_sin_palabras_de_modulo(ruta) for ruta in _en_orden(PAGINA / ENTRADA))
    guion = f'(() => {{\n"use strict";\n{modulos}\n}})();\n'
    # Dentro de una página acabaría antes de tiempo.
    return guion.replace("</script", r"<\/script").replace("<!--", r"<\!--")


@cache
def estilo_del_reproductor() -> str:
    """Todo el CSS de la página, con el de las terminales."""
    hojas = [*sorted(PAGINA.glob("*.css")), *sorted((PAGINA / "linea").glob("*.css"))]
    nuestras = [apretar_css(_leer(hoja)) for hoja in hojas]
    return "\n".join([_leer(_DE_OTROS / "xterm.css"), *nuestras])


def huella(texto: str) -> str:
    """La de un guion o un estilo, para que una página deje usar ese y ningún otro.

    Es el «hash-source» de CSP, nivel 3.
    """
    resumen = hashlib.sha256(texto.encode()).digest()
    return f"'sha256-{base64.b64encode(resumen).decode()}'"


def huella_del_guion() -> str:
    """La del guion del reproductor."""
    return huella(guion_del_reproductor())


def comprimido(texto: str) -> str:
    """El texto comprimido con gzip y en base 64: así no puede acabar la etiqueta en que va."""
    return base64.b64encode(gzip.compress(texto.encode("utf-8", "replace"), mtime=0)).decode()


def politica_de_seguridad() -> str:
    """La de una película suelta: solo se ejecuta su guion, y nada se pide a la red.

    El estilo va sin huella porque las terminales escriben el suyo al crearse.
    """
    return (
        f"default-src 'none'; script-src {huella_del_guion()}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def pagina_autonoma(grabacion: Grabacion, *, momento: float | None = None) -> str:
    """La película y quien la enseña en un solo HTML, que se abre sin red desde cualquier sitio.

    `momento` son los segundos en los que se abre; sin él, se abre al principio. La película va
    comprimida y en base 64: nada de lo que dijo un programa puede acabar el guion antes de tiempo.
    """
    titulo = escape(str(grabacion.cabecera.get("titulo") or "Una película de chatlab"))
    se_abre_en = "" if momento is None else f' data-momento="{json.dumps(float(momento))}"'
    return f"""<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{politica_de_seguridad()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{titulo}</title>
<style>
html, body {{ height: 100%; margin: 0; }}
{estilo_del_reproductor()}</style>
</head>
<body>
<main id="reproductor" style="height: 100%"></main>
<noscript>Para ver esta película hace falta JavaScript.</noscript>
<script type="application/gzip" id="pelicula"{se_abre_en}>
{comprimido(grabacion.texto())}
</script>
<script>{guion_del_reproductor()}</script>
</body>
</html>
"""


def _en_orden(entrada: Path) -> Iterator[Path]:
    """Los módulos, cada uno detrás de los que importa.

    Lanza `ValueError` si dos se importan el uno al otro.
    """
    acabados: dict[Path, bool] = {}

    def visitar(ruta: Path) -> Iterator[Path]:
        if acabados.get(ruta):
            return
        if ruta in acabados:
            raise ValueError(f"{ruta.name} se importa a sí mismo, dando una vuelta")
        acabados[ruta] = False
        for otra in _IMPORTA.findall(_leer(ruta)):
            yield from visitar((ruta.parent / otra).resolve())
        acabados[ruta] = True
        yield ruta

    return visitar(entrada.resolve())


def _sin_palabras_de_modulo(ruta: Path) -> str:
    texto = _leer(ruta)
    if _DE_OTROS in ruta.parents:
        # Su licencia pide ir con cada copia. En una función, sus nombres no chocan con otros.
        licencia = _leer(ruta.with_name("LICENSE"))
        return f"/*! {ruta.name}\n{licencia}*/\n(() => {{\n{texto}\n}})();"
    return apretar_js(_EXPORTA.sub("", _IMPORTA.sub("", texto)))


def _leer(ruta: Path) -> str:
    return ruta.read_text(encoding="utf-8")
