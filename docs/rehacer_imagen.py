"""Rehace las imágenes de `docs/imagenes/` a partir de ejecuciones de verdad.

    python docs/rehacer_imagen.py

Arranca `chatlab demo difusion`, guarda lo que escribe en la terminal, con sus colores, y lo
dibuja como SVG. La imagen no carga nada de fuera: usa la letra de ancho fijo del sistema.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

RAIZ = Path(__file__).resolve().parents[1]
IMAGEN = RAIZ / "docs" / "imagenes" / "demo-difusion.svg"
COLUMNAS = 72

#: La plantilla de Rich, sin su letra descargada de internet y con descripción accesible.
PLANTILLA = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img"
     aria-labelledby="titulo descripcion" xmlns="http://www.w3.org/2000/svg">
<title id="titulo">chatlab demo difusion</title>
<desc id="descripcion">Las pantallas de un servidor y de tres clientes, Ana, Carlos y Lucía, que
conversan: cada línea lleva delante el nombre de quien la ve.</desc>
<style>
.{unique_id}-matrix {{
    font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def principal() -> None:
    """Graba la demostración y escribe su imagen."""
    terminal = Console(record=True, width=COLUMNAS, file=io.StringIO())
    terminal.print(Text.from_ansi(ejecutar_demo()))
    svg = terminal.export_svg(
        title="python3 -m chatlab demo difusion",
        theme=MONOKAI,
        code_format=PLANTILLA,
        unique_id="demo",
    )
    IMAGEN.write_text(svg, encoding="utf-8")
    print(f"Escrita {IMAGEN.relative_to(RAIZ)}")


def ejecutar_demo() -> str:
    """Lo que escribe la demostración en una terminal con colores."""
    entorno = {**os.environ, "FORCE_COLOR": "1", "PYTHONUTF8": "1"}
    ejecucion = subprocess.run(
        [sys.executable, "-m", "chatlab", "demo", "difusion"],
        cwd=RAIZ,
        env=entorno,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    conversacion, _, _ = ejecucion.stdout.partition("\n\x1b[1mQué has visto")
    return conversacion.strip()


if __name__ == "__main__":
    principal()
