"""Rehace lo que las páginas incluyen: grabaciones, diagramas, cambios entre pasos y mapas.

    python docs/rehacer.py                           todo
    python docs/rehacer.py 03_difusion/paso1_hilos   solo los guiones que empiezan así

Cómo se escribe un guion está en CONTRIBUIR.md, en «El sitio». Una grabación que solo cambia en las
horas o en los números de puerto se deja como está.
"""

from __future__ import annotations

import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))

from docs.taller.cambios import cambios  # noqa: E402
from docs.taller.grabadora import en_sustancia, grabar  # noqa: E402
from docs.taller.guion import GuionMal, todos_los_guiones  # noqa: E402
from docs.taller.mapas import mapas  # noqa: E402


def principal(argumentos: list[str]) -> int:
    """Rehace lo pedido; devuelve 1 si algún guion no se entiende."""
    debajo_de = argumentos[0] if argumentos else ""
    for guion in todos_los_guiones(debajo_de):
        try:
            escribir(grabar(guion).archivos(guion))
        except GuionMal as error:
            print(error, file=sys.stderr)
            return 1
        print(guion.nombre)
    escribir(cambios())
    escribir(mapas())
    return 0


def escribir(archivos: dict[Path, str]) -> None:
    """Escribe los que cambian en sustancia."""
    for ruta, texto in archivos.items():
        if ruta.exists():
            anterior = ruta.read_text(encoding="utf-8")
            if en_sustancia(anterior) == en_sustancia(texto):
                continue
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(texto, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
