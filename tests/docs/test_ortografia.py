"""Las páginas están escritas en buen español: lo mira un diccionario de verdad.

Las palabras del oficio, los nombres y lo demás que el diccionario no trae están en
`docs/palabras.txt`, una en cada línea.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.paginas import DOCS, PAGINAS, nombre

TEXTOS = [
    *PAGINAS,
    *sorted(RAIZ.glob("lessons/*/README.md")),
    *(
        RAIZ / nombre
        for nombre in ("README.md", "CAMBIOS.md", "CONTRIBUIR.md", "findings/README.md")
    ),
]
PALABRAS = DOCS / "palabras.txt"
#: Lo que no es español corrido: código, rutas, enlaces, atributos y etiquetas de HTML.
NO_ES_TEXTO = (
    re.compile(r"^---\n.*?\n---\n", re.DOTALL),
    re.compile(r"^( *)(`{3,}).*?^ *\2 *$", re.DOTALL | re.MULTILINE),
    re.compile(r"``.+?``|`[^`]*`", re.DOTALL),
    re.compile(r"^.*--8<--.*$|^::: .*$|^ *(?:\?\?\?\+?|!!!) \w+", re.MULTILINE),
    re.compile(r"\]\([^)]*\)|\{[^}\n]*\}|<[^>]*>|https?://\S+"),
    re.compile(r"\b\w+(?:[./]\w+)+\b|\b\w*[_\d]\w*\b"),
)


def solo_texto(archivo: Path) -> str:
    texto = archivo.read_text(encoding="utf-8")
    for patron in NO_ES_TEXTO:
        texto = patron.sub(" ", texto)
    return texto


@pytest.mark.skipif(
    shutil.which("hunspell") is None and "CHATLAB_SIN_SALTOS" not in os.environ,
    reason="no está instalado hunspell (en Debian: sudo apt install hunspell hunspell-es)",
)
def test_no_hay_faltas_de_ortografia() -> None:
    textos = {archivo.relative_to(RAIZ).as_posix(): solo_texto(archivo) for archivo in TEXTOS}
    # Todo de una vez: hunspell tarda más en leer su diccionario que en mirar las páginas.
    orden = ["hunspell", "-d", "es_ES", "-i", "utf-8", "-p", str(PALABRAS), "-l"]
    ejecucion = subprocess.run(
        orden, input="\n".join(textos.values()), capture_output=True, encoding="utf-8", check=True
    )
    desconocidas = {
        palabra: [ruta for ruta, texto in textos.items() if palabra in texto]
        for palabra in set(ejecucion.stdout.split())
    }
    assert not desconocidas


def test_cada_palabra_de_la_lista_se_usa() -> None:
    todo = "\n".join(solo_texto(archivo) for archivo in TEXTOS).lower()
    palabras = PALABRAS.read_text(encoding="utf-8").split()

    assert palabras == sorted(palabras, key=str.lower)
    assert not [palabra for palabra in palabras if palabra.lower() not in todo]


#: Palabras que el glosario dice de otra manera, y cuál es la suya.
DE_OTRA_MANERA = {
    r"threads?": "hilo",
    r"hebras?": "hilo",
    r"locks?": "candado",
    r"cerrojos?": "candado",
    r"mutex": "candado",
    r"búfer(?:es)?": "buffer",
    r"broadcast": "difusión",
    r"sockets? de escucha": "socket que escucha",
    r"string": "texto",
    r"parsear": "interpretar",
    r"loguear": "apuntar",
    r"inicializar": "empezar",
    r"deadlock": "interbloqueo",
}


@pytest.mark.parametrize("archivo", TEXTOS, ids=lambda ruta: ruta.relative_to(RAIZ).as_posix())
def test_los_terminos_son_los_del_glosario(archivo: Path) -> None:
    if archivo.name == "glosario.md":
        return  # allí está también cómo se llaman en inglés
    # En cursiva va el nombre inglés de algo que se acaba de decir en español.
    texto = re.sub(r"\*[^*]+\*", " ", solo_texto(archivo).replace("**", ""))
    mal = {
        f"«{encontrada[0]}»: se dice «{bien}»"
        for patron, bien in DE_OTRA_MANERA.items()
        for encontrada in re.finditer(rf"\b{patron}\b", texto, re.IGNORECASE)
    }
    assert not mal, f"{nombre(archivo) if archivo in PAGINAS else archivo.name}: {mal}"


#: Palabras corrientes en un país y groseras en otro, y lo que se escribe en su lugar.
GROSERAS_EN_ALGUN_SITIO = {
    r"cog(?:e[rns]?|id[oa]s?|ió|iendo|ía[ns]?|emos|er\w+)|coj(?:a[ns]?|o)": "tomar",
    r"concha": "caparazón",
    r"pajas?": "pajita",
}


def test_ninguna_palabra_es_grosera_en_otro_pais() -> None:
    dichas = {
        f"{archivo.relative_to(RAIZ).as_posix()}: {encontrada[0]}": mejor
        for archivo in TEXTOS
        for palabra, mejor in GROSERAS_EN_ALGUN_SITIO.items()
        for encontrada in re.finditer(rf"\b(?:{palabra})\b", archivo.read_text("utf-8"), re.I)
    }
    assert not dichas
