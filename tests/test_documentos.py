"""Lo que prometen los documentos que se leen sin construir el sitio: enlaces y órdenes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ

DOCUMENTOS = [
    RAIZ / "README.md",
    RAIZ / "CONTRIBUIR.md",
    RAIZ / "CAMBIOS.md",
    *sorted(RAIZ.glob("lessons/*/README.md")),
]
ENLACE = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("documento", DOCUMENTOS, ids=lambda ruta: str(ruta.relative_to(RAIZ)))
def test_cada_enlace_lleva_a_un_archivo(documento: Path) -> None:
    enlaces = ENLACE.findall(documento.read_text(encoding="utf-8"))

    rotos = [enlace for enlace in enlaces if not (documento.parent / enlace).exists()]
    assert not rotos


def test_cada_leccion_esta_en_el_readme() -> None:
    readme = (RAIZ / "README.md").read_text(encoding="utf-8")

    for guia in RAIZ.glob("lessons/*/README.md"):
        assert f"({guia.relative_to(RAIZ).as_posix()})" in readme


def test_cada_paso_tiene_su_pareja_y_esta_en_su_guia() -> None:
    pasos = sorted(RAIZ.glob("lessons/*/paso*"))
    assert pasos

    for paso in pasos:
        assert (paso / "servidor.py").is_file(), paso
        assert (paso / "cliente.py").is_file(), paso
        assert paso.name in (paso.parent / "README.md").read_text(encoding="utf-8"), paso


def test_la_imagen_del_readme_no_carga_nada_de_fuera() -> None:
    imagen = (RAIZ / "docs" / "imagenes" / "demo-difusion.svg").read_text(encoding="utf-8")

    fuera = set(re.findall(r"https?://[^\"' )]+", imagen)) - {"http://www.w3.org/2000/svg"}
    assert not fuera
    assert "<title" in imagen
    assert "<desc" in imagen
