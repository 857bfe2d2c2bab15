"""Rehace las fotos de las guías, con Chromium y el sitio que haya en `site/`.

mkdocs build --strict && python docs/rehacer_fotos.py [NOMBRE…]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))

from playwright.sync_api import sync_playwright  # noqa: E402

from docs.taller.fotos import FOTOS, hacer  # noqa: E402

SITIO = RAIZ / "site"


def principal(nombres: list[str]) -> int:
    """Hace las fotos pedidas, o todas; devuelve 1 si el sitio no está construido."""
    if not (SITIO / "pelicula.html").is_file():
        print("Construye antes el sitio: mkdocs build --strict", file=sys.stderr)
        return 1
    pedidas = [foto for foto in FOTOS if not nombres or foto.nombre in nombres]
    ejecutable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ejecutable, args=["--no-sandbox"])
        for archivo, datos in hacer(chromium, SITIO.as_uri(), pedidas):
            archivo.parent.mkdir(parents=True, exist_ok=True)
            archivo.write_bytes(datos)
            print(f"{archivo.relative_to(RAIZ)}: {len(datos)} bytes")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
