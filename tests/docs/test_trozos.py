"""Cada trozo que enseña una página está donde su mapa dice, y los archivos no llevan señales."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from docs.taller import trozos
from docs.taller.trozos import MAPAS, Trozo, TrozoPerdido, buscar, trozos_de
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, inclusiones

PROGRAMAS = sorted(RAIZ.glob("lessons/*/paso*/*.py"))
#: Una señal como las de `pymdownx.snippets`; no, lo que una página incluye.
SENAL = re.compile(r"-8<-+ *\[")
PIDEN = {
    (incluido.archivo, incluido.trozo)
    for pagina in PAGINAS
    for incluido in inclusiones(pagina)
    if incluido.trozo
}
NOMBRADOS = {
    mapa: {
        (mapa.relative_to(MAPAS).with_suffix("") / archivo).as_posix(): list(suyos)
        for archivo, suyos in tomllib.loads(mapa.read_text("utf-8")).items()
    }
    for mapa in sorted(MAPAS.rglob("*.toml"))
}
LINEAS = """\
# Saluda.
def saludar():
    try:
        print("hola")
    except OSError:
        pass


def principal():
    try:
        saludar()
    except OSError:
        pass
"""


def relativa(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


@pytest.fixture
def con_mapa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """El mapa, por escribir, de un archivo con las `LINEAS`."""
    (tmp_path / "saludo.py").write_text(LINEAS, encoding="utf-8")
    monkeypatch.setattr(trozos, "RAIZ", tmp_path)
    monkeypatch.setattr(trozos, "MAPAS", tmp_path / "mapas")
    mapa = trozos.mapa_de("saludo.py")
    mapa.parent.mkdir()
    return mapa


# --- Los de verdad -------------------------------------------------------------------------------


@pytest.mark.parametrize("mapa", NOMBRADOS, ids=relativa)
def test_cada_trozo_esta_una_sola_vez_y_lo_pide_alguna_pagina(mapa: Path) -> None:
    for archivo, nombres in NOMBRADOS[mapa].items():
        assert list(trozos_de(archivo)) == nombres
        assert [nombre for nombre in nombres if (archivo, nombre) not in PIDEN] == []


def test_las_paginas_solo_piden_trozos_que_estan_en_un_mapa() -> None:
    for archivo, nombre in sorted(PIDEN):
        assert buscar(archivo, nombre).primera >= 1


@pytest.mark.parametrize("programa", PROGRAMAS, ids=relativa)
def test_cada_linea_de_un_paso_esta_en_un_trozo_que_se_explica(programa: Path) -> None:
    explicadas = {
        numero
        for trozo in trozos_de(relativa(programa)).values()
        for numero in range(trozo.primera, trozo.ultima + 1)
    }

    lineas = enumerate(programa.read_text(encoding="utf-8").splitlines(), start=1)
    assert [linea for numero, linea in lineas if linea.strip() and numero not in explicadas] == []


def test_ningun_archivo_lleva_senales_para_las_paginas() -> None:
    lista = subprocess.run(
        ["git", "ls-files", "-z", "lessons", "chatlab", "docs", "tests"],
        cwd=RAIZ,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    archivos = [RAIZ / uno for uno in lista.stdout.split("\0") if uno.endswith((".py", ".md"))]

    assert len(archivos) > 300
    con_senales = [
        relativa(archivo)
        for archivo in archivos
        if archivo.is_file() and SENAL.search(archivo.read_text(encoding="utf-8"))
    ]
    assert con_senales == []


# --- Cómo se buscan ------------------------------------------------------------------------------


def test_un_trozo_va_hasta_donde_empieza_el_siguiente(con_mapa: Path) -> None:
    con_mapa.write_text(
        """["saludo.py"]\nsaludo = "# Saluda."\nprincipal = "def principal():"\n""", "utf-8"
    )

    assert trozos_de("saludo.py") == {"saludo": Trozo(1, 6), "principal": Trozo(9, 13)}


def test_una_linea_repetida_se_dice_con_las_que_la_siguen(con_mapa: Path) -> None:
    con_mapa.write_text(
        "[\"saludo.py\"]\nprueba = '''\ntry:\n    saludar()\n'''\n", encoding="utf-8"
    )

    assert buscar("saludo.py", "prueba") == Trozo(10, 13)


@pytest.mark.parametrize(
    ("dicho", "donde"),
    [
        ('{ desde = "def saludar():", hasta = "except OSError:" }', Trozo(2, 5)),
        ('{ entre = ["# Saluda.", "def principal():"] }', Trozo(2, 6)),
    ],
)
def test_un_trozo_puede_decir_donde_acaba(con_mapa: Path, dicho: str, donde: Trozo) -> None:
    con_mapa.write_text(f'["saludo.py"]\nalgo = {dicho}\n', encoding="utf-8")

    assert buscar("saludo.py", "algo") == donde


@pytest.mark.parametrize(
    ("dicho", "problema"),
    [
        ('"def despedirse():"', "«def despedirse():», que no está"),
        ('"try:"', "«try:», que está 2 veces"),
        ('{ desde = "def principal():", hasta = "return" }', "no hay «return»"),
        ('{ entre = ["# Saluda.", "pass"] }', "«pass», que está 2 veces"),
    ],
)
def test_un_trozo_que_se_ha_movido_dice_cual_y_en_que_mapa(
    con_mapa: Path, dicho: str, problema: str
) -> None:
    con_mapa.write_text(f'["saludo.py"]\nalgo = {dicho}\n', encoding="utf-8")

    with pytest.raises(TrozoPerdido) as perdido:
        buscar("saludo.py", "algo")

    assert problema in str(perdido.value)
    assert "«algo»" in str(perdido.value)
    assert con_mapa.name in str(perdido.value)


def test_un_trozo_que_nadie_ha_nombrado_se_dice(con_mapa: Path) -> None:
    with pytest.raises(TrozoPerdido, match=r"no nombra el trozo «algo» de saludo\.py"):
        buscar("saludo.py", "algo")
