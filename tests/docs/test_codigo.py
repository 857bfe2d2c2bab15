"""Ninguna página enseña código ni consolas que no salgan de lo que se ejecuta."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from chatlab.modos import MODOS
from docs.taller.guion import todos_los_guiones
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import INCLUSION, PAGINAS, bloques, inclusiones, nombre, proyecciones

#: Lo único que se teclea en una página: las órdenes que debe dar quien la lee.
SE_TECLEAN = frozenset({"orden", "bash", "powershell", "toml", "yaml"})
SE_INCLUYEN = frozenset({"python", "console", "pycon", "diff", "text"})
#: Sin contar el código ni lo que sale en las pantallas: unos doce minutos de lectura.
PALABRAS_DE_UN_PASO = 2500
#: La cabecera de la página, adónde llevan los enlaces, las etiquetas y los atributos.
NO_SE_LEE = re.compile(r"\A---\n.*?\n---\n|\]\([^)]*\)|<[^>]*>|\{ data-[^}]*\}", re.DOTALL)
CODIGO = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
PASOS = sorted(RAIZ.glob("lessons/*/paso*"))


def relativa(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_el_codigo_y_las_consolas_se_incluyen(pagina: Path) -> None:
    for bloque in bloques(pagina):
        donde = f"{nombre(pagina)}, línea {bloque.linea}"
        assert bloque.lenguaje in SE_TECLEAN | SE_INCLUYEN, f"{donde}: «{bloque.lenguaje}»"
        if bloque.lenguaje in SE_INCLUYEN:
            tecleadas = [x for x in bloque.lineas if x.strip() and not INCLUSION.match(x)]
            assert not tecleadas, f"{donde}: está tecleado, y debe incluirse"


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_las_ordenes_que_se_teclean_existen(pagina: Path) -> None:
    for bloque in bloques(pagina):
        if bloque.lenguaje not in ("orden", "bash", "powershell"):
            continue
        for linea in bloque.lineas:
            orden = re.search(
                r"(?:^|\s)(?:python3?|py) -m (chatlab\S*)(.*)|^\s*chatlab (.*)", linea
            )
            if orden:
                modulo, resto, directa = orden.groups()
                problema = _problema(modulo or "chatlab", shlex.split(resto or directa or ""))
                assert not problema, f"{nombre(pagina)}: «{linea.strip()}»: {problema}"


def _problema(modulo: str, palabras: list[str]) -> str:
    """Por qué no se entiende una orden de chatlab; vacío si se entiende."""
    if modulo != "chatlab":
        archivo = RAIZ / Path(*modulo.split(".")).with_suffix(".py")
        ayuda = _ayuda_de(modulo.removeprefix("chatlab.").split("."))
        if not archivo.is_file():
            return f"no hay módulo {modulo}"
    else:
        if not palabras or palabras[0].startswith("-"):
            return ""
        if palabras[0] not in _ORDENES:
            return f"no hay orden {palabras[0]}"
        de_modo = palabras[0] in ("servidor", "cliente")
        if de_modo and palabras[1] not in MODOS:
            return f"no hay modo {palabras[1]}"
        ayuda = _ayuda_de([palabras[1], palabras[0]] if de_modo else palabras[:1])
    opciones = [palabra for palabra in palabras if palabra.startswith("--")]
    malas = [opcion for opcion in opciones if opcion not in ayuda]
    return f"no hay opción {malas[0]}" if malas else ""


_ORDENES = frozenset(
    [
        "servidor",
        "cliente",
        *re.findall(
            r"^    (\w+) ",
            (RAIZ / "docs/grabaciones/chatlab/ordenes/chatlab.terminal.txt").read_text("utf-8"),
            re.MULTILINE,
        ),
    ]
)


def _ayuda_de(partes: list[str]) -> str:
    """La ayuda de un programa, tal como está grabada: ["difusion", "servidor"] o ["demo"]."""
    nombre_ = "_".join(reversed(partes))
    return (RAIZ / f"docs/grabaciones/chatlab/ordenes/{nombre_}.terminal.txt").read_text("utf-8")


@pytest.mark.parametrize("paso", PASOS, ids=relativa)
def test_cada_paso_tiene_su_pagina_con_sus_dos_programas(paso: Path) -> None:
    pagina = RAIZ / "docs" / "lecciones" / paso.parent.name / f"{paso.name}.md"
    assert pagina.is_file()

    enteros = {incluido.archivo for incluido in inclusiones(pagina) if not incluido.trozo}
    assert {relativa(paso / "servidor.py"), relativa(paso / "cliente.py")} <= enteros


def test_cada_ejemplo_y_cada_guion_sirven_en_alguna_pagina() -> None:
    incluidos = {incluido.archivo for pagina in PAGINAS for incluido in inclusiones(pagina)}

    ejemplos = [relativa(ruta) for ruta in (RAIZ / "docs" / "ejemplos").rglob("*.py")]
    assert not [ejemplo for ejemplo in ejemplos if ejemplo not in incluidos]
    abiertas = {abierta.guion for pagina in PAGINAS for abierta in proyecciones(pagina)}
    sin_usar = [
        guion.nombre
        for guion in todos_los_guiones()
        if guion.nombre not in abiertas
        and not any(
            archivo.startswith(f"docs/grabaciones/{guion.nombre}.") for archivo in incluidos
        )
    ]
    assert not sin_usar


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_cada_pagina_dice_cuanto_se_tarda(pagina: Path) -> None:
    texto = pagina.read_text(encoding="utf-8")

    assert re.match(r"---\n(?:.*\n)*?minutos: \d+\n", texto)


@pytest.mark.parametrize("pagina", [p for p in PAGINAS if p.match("paso*.md")], ids=nombre)
def test_un_paso_se_lee_de_una_sentada(pagina: Path) -> None:
    lineas = pagina.read_text(encoding="utf-8").split("\n")
    for bloque in bloques(pagina):
        ultima = bloque.linea + len(bloque.lineas)
        lineas[bloque.linea - 1 : ultima + 1] = [""] * (ultima - bloque.linea + 2)
    retos = [
        RAIZ / incluido.archivo for incluido in inclusiones(pagina) if "/retos/" in incluido.archivo
    ]
    prosa = [linea for linea in lineas if not INCLUSION.match(linea)]
    prosa += [CODIGO.sub("", reto.read_text(encoding="utf-8")) for reto in retos]

    texto = NO_SE_LEE.sub(" ", "\n".join(prosa))
    assert len(re.findall(r"\w+", texto)) <= PALABRAS_DE_UN_PASO


@pytest.mark.parametrize("pagina", [p for p in PAGINAS if "lecciones" in p.parts], ids=nombre)
def test_cada_pagina_de_una_leccion_lleva_su_mapa(pagina: Path) -> None:
    relativo = pagina.relative_to(RAIZ / "docs" / "lecciones").as_posix()

    assert f"docs/grabaciones/mapas/{relativo}" in [x.archivo for x in inclusiones(pagina)]


def test_cada_comprobacion_lleva_a_una_pagina_que_existe() -> None:
    fuentes = [*RAIZ.glob("lessons/*/test_ejercicio.py"), RAIZ / "chatlab/corrector/comunes.py"]
    enlaces = [
        enlace
        for fuente in fuentes
        for enlace in re.findall(r'enlace="([^"]*)"', fuente.read_text(encoding="utf-8"))
    ]

    assert enlaces
    assert not [e for e in enlaces if not (RAIZ / "docs" / f"{e}.md").is_file()]
