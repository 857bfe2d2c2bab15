"""Las órdenes de un paso o de un ejercicio funcionan donde se teclean, terminal por terminal.

Quien lee llega con las terminales en la carpeta principal, o en la del paso o el ejercicio de
antes. De ahí las mueve cada `cd`, de un bloque o de una frase. La terminal principal no se mueve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatlab.corrector.taller.avance import CARPETA_DE_EJERCICIOS
from docs.taller.inclusiones import INCLUSION
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import DOCS, nombre

LECCIONES = DOCS / "lecciones"
PASOS = sorted(LECCIONES.glob("*/paso*.md"))
EJERCICIOS = sorted(LECCIONES.glob("*/ejercicio.md"))
PRINCIPAL = "la terminal principal"
NUMERADAS = ("la 1", "la 2", "la 3")
#: De qué terminales habla una frase: manda lo último que dice.
QUIENES = {
    r"terminal principal": (PRINCIPAL,),
    r"[Tt]erminal 1|la primera": NUMERADAS[:1],
    r"[Tt]erminal 2|la segunda": NUMERADAS[1:2],
    r"[Tt]erminal 3|la tercera": NUMERADAS[2:],
    r"en cada una de las otras|[Ee]n (?:las )?otras": NUMERADAS[1:],
    r"terminales|[Ee]n cada terminal|[Ee]n las (?:dos|tres)": NUMERADAS,
}
ORDEN = r"(?:cd|python3?|py) [^`]+"
SUCESO = re.compile("|".join([f"`(?P<orden>{ORDEN})`", *(f"(?:{una})" for una in QUIENES)]))
VALLA = re.compile(r"^ *```(\w*)")
SE_TECLEA = ("orden", "bash", "sh", "powershell")
PROGRAMA = re.compile(r"(?:^|\| )python3? (\S+\.py)")


class Lectura:
    """Quien sigue una página: dónde tiene cada terminal, y en cuál va a teclear."""

    def __init__(self, desde: Path) -> None:
        self._donde = {PRINCIPAL: RAIZ} | dict.fromkeys(NUMERADAS, desde)
        self._quienes: tuple[str, ...] = NUMERADAS

    def leer(self, texto: str) -> Iterator[str]:
        """Lo que no funcionaría de la página."""
        parrafo: list[str] = []
        tecleando = en_bloque = False
        for linea in [*texto.splitlines(), ""]:
            valla = VALLA.match(linea)
            if valla or (not en_bloque and not linea.strip()):
                self._frase(" ".join(parrafo))
                parrafo = []
            if valla:
                en_bloque = not en_bloque
                tecleando = en_bloque and valla[1] in SE_TECLEA
            elif tecleando:
                yield from self._teclear(linea.strip())
            elif not en_bloque:
                parrafo.append(linea.strip())

    def _frase(self, frase: str) -> None:
        sin_enlaces = re.sub(r"\]\([^)]*\)|[\[*]", "", frase)
        for suceso in SUCESO.finditer(sin_enlaces):
            if suceso["orden"] is None:
                self._quienes = next(
                    quienes for dicho, quienes in QUIENES.items() if re.fullmatch(dicho, suceso[0])
                )
            elif suceso["orden"].startswith("cd "):
                self._volver(suceso["orden"].split()[1])

    def _volver(self, destino: str) -> None:
        """«Si siguen en la de otro paso…»: quien ya está en la principal no hace nada."""
        for quien in self._quienes:
            llega = (self._donde[quien] / destino).resolve()
            if llega.is_relative_to(RAIZ):
                self._donde[quien] = llega

    def _teclear(self, orden: str) -> Iterator[str]:
        palabras = orden.split()
        for quien in self._quienes:
            aqui = self._donde[quien]
            if palabras[:1] == ["cd"]:
                self._donde[quien] = (aqui / palabras[1]).resolve()
                if quien == PRINCIPAL or not original(self._donde[quien]).is_dir():
                    yield f"en {quien}: «{orden}», desde {aqui}"
            if "-m chatlab" in orden and aqui != RAIZ:
                yield f"en {quien}: «{orden}», fuera de la carpeta principal"
            for programa in PROGRAMA.findall(orden):
                if not original((aqui / programa).resolve()).is_file():
                    yield f"en {quien}: «{orden}», y no está en {aqui}"


def original(ruta: Path) -> Path:
    """De lo de `ejercicios`, lo de `lessons` que se copia; de un reto, los programas del paso."""
    copia = RAIZ / CARPETA_DE_EJERCICIOS
    if not ruta.is_relative_to(copia):
        return ruta
    partes = [parte for parte in ruta.relative_to(copia).parts if parte != "retos"]
    return RAIZ.joinpath("lessons", *partes)


def texto_de(pagina: Path) -> str:
    """La página, con el reto o el ejercicio que incluye."""
    lineas = []
    for linea in pagina.read_text(encoding="utf-8").splitlines():
        incluido = INCLUSION.match(linea)
        if incluido and "/retos/" in incluido[1]:
            lineas.append((RAIZ / incluido[1]).read_text(encoding="utf-8"))
        elif incluido and incluido[2] == "ejercicio":
            guia = (RAIZ / incluido[1]).read_text(encoding="utf-8")
            lineas.append(guia.partition("\n## El ejercicio\n")[2])
        else:
            lineas.append(linea)
    return "\n".join(lineas)


def desde_donde(pagina: Path) -> list[Path]:
    """La principal, y la carpeta en que deja las terminales la página de antes."""
    todas = [una for leccion in sorted(LECCIONES.iterdir()) for una in paginas_de(leccion)]
    antes = todas[todas.index(pagina) - 1] if pagina != todas[0] else None
    if antes is None:
        return [RAIZ]
    carpeta = "lessons" if antes in PASOS else CARPETA_DE_EJERCICIOS
    return [RAIZ, RAIZ / carpeta / antes.parent.name / antes.stem]


def paginas_de(leccion: Path) -> list[Path]:
    """Sus pasos y, al final, su ejercicio."""
    return [*sorted(leccion.glob("paso*.md")), *leccion.glob("ejercicio.md")]


@pytest.mark.parametrize("pagina", [*PASOS, *EJERCICIOS], ids=nombre)
def test_cada_orden_funciona_en_la_terminal_en_que_se_teclea(pagina: Path) -> None:
    texto = texto_de(pagina)

    for desde in desde_donde(pagina):
        assert not list(Lectura(desde).leer(texto)), f"llegando desde {desde}"


@pytest.mark.parametrize("pagina", PASOS, ids=nombre)
def test_el_reto_no_saca_a_nadie_de_la_carpeta_del_paso(pagina: Path) -> None:
    reto = RAIZ / "docs" / "grabaciones" / "retos" / pagina.parent.name / pagina.name
    texto = reto.read_text(encoding="utf-8")

    assert "`cd " not in texto
    assert "\ncd " not in texto
    paso = RAIZ / "lessons" / pagina.parent.name / pagina.stem
    assert not list(Lectura(paso).leer(texto))
    a_mano = re.findall(r"En la terminal 1[^`]*`python (\S+)`", texto)
    assert [original((paso / programa).resolve()) for programa in a_mano] == [paso / "servidor.py"]


def test_se_nota_una_orden_que_no_esta_donde_se_teclea() -> None:
    paso = RAIZ / "lessons" / "01_bitacora" / "paso2_bucle"
    en_la_2 = "En la terminal 2:\n\n```bash\n{}\n```\n"

    assert not list(Lectura(paso).leer(en_la_2.format("python ../paso3_lineas/demostracion.py")))
    for orden in ("python demostracion.py", "cd paso2_bucle", "python -m chatlab reto 01.2"):
        assert list(Lectura(paso).leer(en_la_2.format(orden))), orden
    assert list(Lectura(paso).leer("En la terminal principal:\n\n```sh\npython servidor.py\n```\n"))
