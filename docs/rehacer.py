"""Rehace lo que las páginas incluyen, y los minutos que dicen: grabaciones, mapas, retos…

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
from docs.taller.estados import estados  # noqa: E402
from docs.taller.grabadora import grabar  # noqa: E402
from docs.taller.guion import GRABACIONES, GuionMal, todos_los_guiones  # noqa: E402
from docs.taller.ideas import ideas  # noqa: E402
from docs.taller.inclusiones import archivos_incluidos  # noqa: E402
from docs.taller.mapas import mapas  # noqa: E402
from docs.taller.minutos import con_sus_minutos, paginas_medidas  # noqa: E402
from docs.taller.plan import tablas_con_minutos  # noqa: E402
from docs.taller.python_nuevo import pythones  # noqa: E402
from docs.taller.retos import retos  # noqa: E402
from docs.taller.sustancia import en_sustancia  # noqa: E402


def principal(argumentos: list[str]) -> int:
    """Rehace lo pedido; devuelve 1 si algún guion no se entiende."""
    debajo_de = argumentos[0] if argumentos else ""
    hechos: set[Path] = set()
    for guion in todos_los_guiones(debajo_de):
        try:
            hechos |= escribir(grabar(guion).archivos(guion))
        except GuionMal as error:
            print(error, file=sys.stderr)
            return 1
        print(guion.nombre)
    poner_minutos()
    for de_datos in (cambios, mapas, estados, retos, pythones, ideas):
        hechos |= escribir(de_datos())
    if not debajo_de:
        borrar_las_demas(hechos)
    return 0


def poner_minutos() -> None:
    """Mide las páginas, y apunta los minutos en ellas y en las tablas que los repiten."""
    for pagina in paginas_medidas():
        pagina.write_text(con_sus_minutos(pagina), encoding="utf-8")
    for pagina, texto in tablas_con_minutos().items():
        pagina.write_text(texto, encoding="utf-8")


def escribir(archivos: dict[Path, str]) -> set[Path]:
    """Escribe los que alguna página incluye, si alguno cambia en sustancia; devuelve cuáles son."""
    archivos = {ruta: texto for ruta, texto in archivos.items() if ruta in archivos_incluidos()}
    if any(_cambia(ruta, texto) for ruta, texto in archivos.items()):
        for ruta, texto in archivos.items():
            ruta.parent.mkdir(parents=True, exist_ok=True)
            ruta.write_text(texto, encoding="utf-8")
    return set(archivos)


def _cambia(ruta: Path, texto: str) -> bool:
    if not ruta.exists():
        return True
    return en_sustancia(ruta, ruta.read_text(encoding="utf-8")) != en_sustancia(ruta, texto)


def borrar_las_demas(hechos: set[Path]) -> None:
    """Borra las grabaciones de guiones que ya no existen, y las que ya no incluye nadie."""
    for ruta in GRABACIONES.rglob("*"):
        if ruta.is_file() and ruta not in hechos:
            ruta.unlink()


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
