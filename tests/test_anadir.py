"""Añadir algo a chatlab es tocar los archivos que dice CONTRIBUIR.md, y ninguno más.

Cada archivo de sus listas existe; y dos de ellas se siguen, en una copia, hasta ver funcionar lo
añadido: una falta del espía y una lección. Lo que se añade está en `tests/anadir/`.
"""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.apoyo.chat import Chat
from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Conectar, Lanzar
from tests.corrector.banco import Cambio

MUESTRAS = RAIZ / "tests" / "anadir"
#: Lo que en una lista está en lugar de un nombre de verdad.
HUECOS = {
    "NN_tema": "[0-9][0-9]_*",
    "_NN": "_[0-9][0-9]",
    "pasoN_idea": "paso[0-9]_*",
    "NOMBRE": "[!_]*",
}
APARTADO = re.compile(r"^### (Una? .+)\n((?:(?!#).*\n)+)", re.MULTILINE)
#: Segundos que puede tardar una orden en una máquina ocupada: la más larga corrige una entrega.
PLAZO = 90.0


def listas() -> dict[str, list[str]]:
    """De cada cosa que se puede añadir, los archivos que se tocan, con huecos."""
    texto = (RAIZ / "CONTRIBUIR.md").read_text(encoding="utf-8")
    _, _, anadir = texto.partition("\n## Añadir…\n")
    anadir = anadir.partition("\n## ")[0]
    return {que: _archivos(pasos) for que, pasos in APARTADO.findall(anadir)}


def _archivos(pasos: str) -> list[str]:
    """Los que van delante de los dos puntos en cada línea numerada."""
    lineas = re.findall(r"^\d+\. ([^:]+):", pasos, re.MULTILINE)
    return [archivo for linea in lineas for archivo in re.findall(r"`([^`]+)`", linea)]


def patron(archivo: str) -> str:
    """El de `glob`: con «*» en los huecos."""
    for hueco, comodin in HUECOS.items():
        archivo = archivo.replace(hueco, comodin)
    return archivo


LISTAS = listas()


def test_hay_una_lista_para_cada_cosa_que_se_puede_anadir() -> None:
    assert list(LISTAS) == [
        "Una lección",
        "Un paso",
        "Una comprobación",
        "Una falta del espía",
        "Una explicación",
        "Un aviso",
        "Un modo",
        "Una orden",
    ]


@pytest.mark.parametrize("que", LISTAS)
def test_cada_archivo_de_una_lista_existe(que: str) -> None:
    assert len(LISTAS[que]) > 3
    assert not [archivo for archivo in LISTAS[que] if not any(RAIZ.glob(patron(archivo)))]


# --- Dos listas, seguidas en una copia -----------------------------------------------------------


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    """Un clon con lo que hace falta para ejecutar chatlab."""
    sin_restos = shutil.ignore_patterns("__pycache__", ".*", "_lecciones")
    for carpeta in ("chatlab", "lessons"):
        shutil.copytree(RAIZ / carpeta, tmp_path / "clon" / carpeta, ignore=sin_restos)
    return tmp_path / "clon"


def tocados(copia: Path) -> set[str]:
    """Los archivos de la copia que no son como los del original, sin los restos de ejecutarlos."""
    return {
        ruta.relative_to(copia).as_posix()
        for ruta in copia.rglob("*")
        if ruta.is_file() and "__pycache__" not in ruta.parts
        if not _es_igual(ruta, RAIZ / ruta.relative_to(copia))
    }


def _es_igual(copiado: Path, original: Path) -> bool:
    return original.is_file() and copiado.read_bytes() == original.read_bytes()


def fuera_de_la_lista(que: str, copia: Path) -> set[str]:
    patrones = [patron(archivo) for archivo in LISTAS[que]]
    return {
        tocado
        for tocado in tocados(copia)
        if not any(fnmatch(tocado, uno) or fnmatch(tocado, f"{uno}*") for uno in patrones)
    }


def en_la_copia(lanzar: Lanzar, copia: Path, *orden: str) -> Programa:
    """Ejecuta `chatlab ORDEN` con el chatlab de la copia, desde su carpeta."""
    return lanzar("-m", "chatlab", *orden, carpeta=copia, entorno={"PYTHONPATH": str(copia)})


def lo_que_dice(programa: Programa) -> str:
    assert programa.esperar_fin(PLAZO) == 0, programa.transcripcion()
    return programa.pantalla


def anadir_la_falta(copia: Path) -> None:
    faltas = copia / "chatlab" / "espia" / "faltas"
    shutil.copy(MUESTRAS / "mayusculas.py", faltas)
    tabla = "FALTAS: dict[str, type[Falta]] = {\n"
    importa = "from chatlab.espia.faltas.mayusculas import Mayusculas\n\n"
    fila = '    "mayusculas": Mayusculas,\n'
    Cambio("__init__.py", tabla, importa + tabla + fila).aplicar(faltas)


def test_una_falta_del_espia_es_su_archivo_y_una_linea_en_la_tabla(
    copia: Path, lanzar: Lanzar, conectar: Conectar
) -> None:
    anadir_la_falta(copia)

    assert not fuera_de_la_lista("Una falta del espía", copia)
    ayuda = lo_que_dice(en_la_copia(lanzar, copia, "espia", "--ayuda"))
    assert "  mayusculas     las letras sin tilde salen en mayúsculas (0; subida)\n" in ayuda

    servidor = en_la_copia(lanzar, copia, "servidor", "difusion", "--puerto", "0")
    carlos = Chat(servidor, lanzar, conectar).entrar("Carlos")
    espia = en_la_copia(
        lanzar, copia, "espia", "--escucha", "0", "--hacia", f"127.0.0.1:{servidor.puerto()}",
        "--falta", "mayusculas",
    )  # fmt: skip
    ana = Chat(espia, lanzar, conectar).conectar()
    ana.enviar("Ana\n")
    ana.enviar("hola a todos\n")

    carlos.esperar("ANA: HOLA A TODOS\n")
    assert "Falta, del cliente al servidor: las letras sin tilde salen" in espia.pantalla


def anadir_la_leccion(copia: Path) -> None:
    leccion, muestra = copia / "lessons" / "99_saludo", MUESTRAS / "leccion"
    for carpeta in ("paso1_saludo", "ejercicio", "solucion"):
        (leccion / carpeta).mkdir(parents=True)
        for programa in ("servidor.py", "cliente.py"):
            shutil.copy(muestra / programa, leccion / carpeta)
    # Lo que tiene que hacer quien la estudia.
    ensena = '            print(linea, end="", flush=True)\n'
    Cambio("servidor.py", ensena, "            pass  # TAREA 1\n").aplicar(leccion / "ejercicio")
    for archivo in ("README.md", "leccion.toml", "pistas.toml", "retos.toml", "retos.py"):
        shutil.copy(muestra / archivo, leccion)
    # Con otro nombre aquí, para que pytest no la tome por una prueba de chatlab.
    shutil.copy(muestra / "comprobaciones.py", leccion / "test_ejercicio.py")


def test_una_leccion_es_su_carpeta_y_las_ordenes_la_encuentran(copia: Path, lanzar: Lanzar) -> None:
    anadir_la_leccion(copia)

    assert not fuera_de_la_lista("Una lección", copia)
    lista = lo_que_dice(en_la_copia(lanzar, copia, "lecciones"))
    assert re.search("^   99  Saludo +retos 0 de 1 · sin corregir$", lista, re.MULTILINE)
    ejercicios = copia.parent / "ejercicios"
    empezar = lo_que_dice(en_la_copia(lanzar, copia, "empezar", str(ejercicios)))
    assert "99_saludo: 3 archivos nuevos\n" in empezar
    assert (ejercicios / "99_saludo" / "ejercicio" / "servidor.py").is_file()


def test_la_comprobacion_de_una_leccion_nueva_corrige(copia: Path, lanzar: Lanzar) -> None:
    anadir_la_leccion(copia)
    leccion = copia / "lessons" / "99_saludo"

    bien = lo_que_dice(en_la_copia(lanzar, copia, "corregir", "saludo", str(leccion / "solucion")))
    assert "El saludo aparece en el servidor" in bien
    pista = lo_que_dice(en_la_copia(lanzar, copia, "pista", "99", "saludo"))
    assert "¿Qué hace el servidor con lo que recibe?" in pista


def test_el_reto_de_un_paso_nuevo_se_propone_y_se_comprueba(copia: Path, lanzar: Lanzar) -> None:
    anadir_la_leccion(copia)
    ejercicios = copia.parent / "ejercicios"
    orden = ("reto", "99.1", "--carpeta", str(ejercicios))

    assert "Reto 99.1 · A gritos" in lo_que_dice(en_la_copia(lanzar, copia, *orden))
    copiado = ejercicios / "99_saludo" / "retos" / "paso1_saludo"
    Cambio("servidor.py", "print(linea, ", "print(linea.upper(), ").aplicar(copiado)
    assert "✓ Reto 99.1" in lo_que_dice(en_la_copia(lanzar, copia, *orden))
