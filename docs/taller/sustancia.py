"""Si dos grabaciones dicen lo mismo: lo que cambia de una ejecución a otra no cuenta."""

from __future__ import annotations

import re
from pathlib import Path

from chatlab.observador.grabacion import EXTENSION, Grabacion

#: Lo que cambia de una ejecución a otra sin que importe.
_VARIABLE = (
    (re.compile(r"\b\d{2}:\d{2}:\d{2}\b"), "HH:MM:SS"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "AAAA-MM-DD"),
    (re.compile(r"(?<=127\.0\.0\.1', )\d+|(?<=127\.0\.0\.1[:,])\s?\d{5}"), "PUERTO"),
    (re.compile(r"0x[0-9a-f]+"), "0xDIRECCIÓN"),
    (re.compile(r"\bpython3(?:\.\d+)?(?= -m )"), "python"),  # según quién ejecute las pruebas
    (re.compile(r"^Python 3\..*$", re.MULTILINE), "Python 3"),
    (re.compile(r"\b\d+,\d+ s\b"), "SEGUNDOS"),
    (re.compile(r"\bpid \d+|fd=\d+"), "NÚMERO"),
)
#: De un diagrama contado con palabras, lo que viaja: quién llama y quién envía qué.
_VIAJA = re.compile(r"^\d+\. (.* (?:llama|envía) .*)$", re.MULTILINE)


def en_sustancia(ruta: Path, texto: str) -> str:
    """Lo que no cambia de una ejecución a otra.

    Sin horas, números de puerto ni direcciones de memoria; y de un diagrama, lo que viaja, en
    cualquier orden: dos hilos no corren igual dos veces. De una película, también sus programas.
    """
    if ruta.suffix == EXTENSION:
        texto = _de_una_pelicula(texto)
    for patron, nombre in _VARIABLE:
        texto = patron.sub(nombre, texto)
    if ruta.suffix == ".svg" and ruta.with_suffix(".md").exists():
        return ""  # dice lo mismo que sus palabras
    if ruta.suffix == ".md" and ruta.with_suffix(".svg").exists():
        return "\n".join(sorted(_VIAJA.findall(texto)))
    return texto


def _de_una_pelicula(texto: str) -> str:
    """Los programas y su código, lo que envía cada cual, en cualquier orden, y los momentos."""
    pelicula = Grabacion.leer(texto)
    nombres = {programa["p"]: programa["nombre"] for programa in pelicula.programas}
    envios = sorted(
        f"{nombres[linea['p']]} envía {linea['cuantos']}: {linea.get('texto', linea.get('b64'))}"
        for linea in pelicula.lineas
        if linea["que"] == "send"
    )
    momentos = [linea["texto"] for linea in pelicula.lineas if linea["que"] == "marca"]
    ordenes = [" ".join(programa["orden"]) for programa in pelicula.programas]
    partes = [pelicula.cabecera["titulo"], *nombres.values(), *ordenes, *momentos, *envios]
    return "\n".join([*partes, *(f"{r}: {t}" for r, t in sorted(pelicula.archivos.items()))])
