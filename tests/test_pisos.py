"""La casa tiene pisos: cada módulo importa solo de los pisos que tiene debajo.

La tabla es la de `chatlab/__init__.py`. Lo que un módulo importa se lee en su código, sin
ejecutarlo; que un clon sin nada instalado funciona se prueba, además, en un Python sin paquetes.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.apoyo.programa import RAIZ

PAQUETE = RAIZ / "chatlab"

SUELO, COMUN, RED, MOTOR, MODOS, HERRAMIENTAS, ORDENES, ENTRADA = range(8)
#: Las habitaciones de cada piso: los módulos y carpetas de chatlab/, también los que vendrán.
HABITACIONES = {
    SUELO: "__init__ textos errores modos chat",
    COMUN: "programa terminal sistema",
    RED: "red",
    MOTOR: "motor",
    MODOS: "bitacora turnos difusion eventos web",
    HERRAMIENTAS: "curso sonda corrector observador espia medidor demo",
    ORDENES: "ordenes",
    ENTRADA: "cli __main__",
}
#: Las que, en el mismo piso, usan otra: de quién a quién. Las demás no se conocen.
SE_CONOCEN = {
    "chat": "textos",
    "corrector": "curso sonda observador",
    "observador": "curso sonda",
    "__main__": "cli",
}
PISOS = {
    habitacion: piso
    for piso, habitaciones in HABITACIONES.items()
    for habitacion in habitaciones.split()
}
#: Las carpetas del corrector, de abajo arriba; y, al final, lo que usan las pruebas de una lección.
DEL_CORRECTOR = [
    "diagnostico",
    "base",
    "entrega",
    "jaula",
    "escenario",
    "trato",
    "historias",
    "informes",
    "juicio",
    "pruebas",
    "taller",
]
DE_LAS_PRUEBAS = ("comunes", "plugin")

#: Lo que la lógica pura puede usar de la biblioteca estándar: nada de esto lee ni escribe.
SIN_ENTRADA_NI_SALIDA = {
    "__future__",
    "collections",
    "dataclasses",
    "difflib",
    "enum",
    "functools",
    "itertools",
    "math",
    "re",
    "string",
    "typing",
    "unicodedata",
}
#: Lo que lee, escribe o ejecuta sin importar nada.
FUNCIONES_QUE_SE_SALEN = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}

MODULOS = sorted(PAQUETE.rglob("*.py"))


def habitacion(nombre: str) -> str:
    """El módulo o la carpeta de chatlab/: «chatlab.difusion.cola» está en «difusion»."""
    partes = nombre.split(".")
    return partes[1] if len(partes) > 1 else "__init__"


def nombre_de(ruta: Path) -> str:
    partes = ruta.relative_to(RAIZ).with_suffix("").parts
    return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)


def piso_de(nombre: str) -> int:
    # Lo que no está en la tabla, arriba del todo: que no lo importe nadie hasta que tenga piso.
    return PISOS.get(habitacion(nombre), ENTRADA + 1)


def es_modulo(nombre: str) -> bool:
    return (PAQUETE / nombre).is_dir() or (PAQUETE / f"{nombre}.py").is_file()


def importados(arbol: ast.AST) -> Iterator[str]:
    """Los módulos que se importan en cualquier parte del código, con su nombre completo."""
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            assert nodo.level < 2, "un import relativo no sale de su carpeta"
            if nodo.module is None or nodo.level == 1:
                continue  # de su misma carpeta: está en su mismo piso
            if nodo.module == "chatlab":
                # «from chatlab import modos» importa chatlab.modos; «__version__» no es un módulo.
                yield from (
                    f"chatlab.{alias.name}" for alias in nodo.names if es_modulo(alias.name)
                )
            else:
                yield nodo.module


@cache
def leer(ruta: Path) -> ast.Module:
    return ast.parse(ruta.read_text(encoding="utf-8"))


@cache
def de_chatlab(ruta: Path) -> frozenset[str]:
    return frozenset(
        nombre for nombre in importados(leer(ruta)) if nombre.split(".")[0] == "chatlab"
    )


def de_chatlab_con_su_archivo(ruta: Path) -> set[str]:
    """Como `de_chatlab`, con el módulo entero: de `from chatlab.red import puerto`, el puerto."""
    nombres = set(de_chatlab(ruta))
    for nodo in ast.walk(leer(ruta)):
        if isinstance(nodo, ast.ImportFrom) and nodo.level == 0 and nodo.module in nombres:
            enteros = {f"{nodo.module}.{alias.name}" for alias in nodo.names}
            nombres |= {entero for entero in enteros if es_archivo(entero)}
    # De un paquete del que solo se toman módulos no se usa nada más.
    return nombres - {nombre for nombre in nombres if es_carpeta(nombre)} | {
        nombre for nombre in nombres if es_carpeta(nombre) and toma_algo_de(ruta, nombre)
    }


def es_archivo(nombre: str) -> bool:
    return RAIZ.joinpath(*nombre.split(".")).with_suffix(".py").is_file()


def es_carpeta(nombre: str) -> bool:
    return RAIZ.joinpath(*nombre.split(".")).is_dir()


def toma_algo_de(ruta: Path, carpeta: str) -> bool:
    """Si de ese paquete se importa algo que no es un módulo suyo."""
    return any(
        not es_archivo(f"{carpeta}.{alias.name}") and not es_carpeta(f"{carpeta}.{alias.name}")
        for nodo in ast.walk(leer(ruta))
        if isinstance(nodo, ast.ImportFrom) and nodo.module == carpeta
        for alias in nodo.names
    )


def carpeta_del_corrector(nombre: str) -> str | None:
    """«jaula» de «chatlab.corrector.jaula.celda»; `None` si no es del corrector."""
    partes = nombre.split(".")
    if partes[:2] != ["chatlab", "corrector"]:
        return None
    suya = partes[2] if len(partes) > 2 else "base"
    if suya in DE_LAS_PRUEBAS:
        return "pruebas"
    return suya if suya in DEL_CORRECTOR else "base"


def de_fuera(ruta: Path) -> set[str]:
    """Las bibliotecas que no son de Python ni de este proyecto."""
    nombres = {nombre.split(".")[0] for nombre in importados(leer(ruta))}
    return nombres - sys.stdlib_module_names - {"chatlab"}


def en_pisos(*pisos: int) -> list[Path]:
    rutas = [ruta for ruta in MODULOS if piso_de(nombre_de(ruta)) in pisos]
    assert rutas, f"no hay nada en los pisos {pisos}"
    return rutas


def culpables(importan_mal: Iterable[tuple[Path, Iterable[str]]]) -> dict[str, list[str]]:
    """Los módulos que importan, o usan, algo que no deben, y qué es."""
    return {nombre_de(ruta): sorted(malos) for ruta, malos in importan_mal if malos}


def test_cada_modulo_tiene_su_piso() -> None:
    assert {habitacion(nombre_de(ruta)) for ruta in MODULOS} <= PISOS.keys()


def test_nadie_importa_de_un_piso_mas_alto() -> None:
    """«Each floor imports only from floors below it.»"""

    def de_arriba(ruta: Path) -> set[str]:
        mio = piso_de(nombre_de(ruta))
        return {nombre for nombre in de_chatlab(ruta) if piso_de(nombre) > mio}

    assert not culpables((ruta, de_arriba(ruta)) for ruta in MODULOS)


def test_en_un_piso_solo_se_usan_las_habitaciones_que_la_tabla_dice() -> None:
    def desconocidas(ruta: Path) -> set[str]:
        mia = habitacion(nombre_de(ruta))
        vecinas = {
            habitacion(nombre) for nombre in de_chatlab(ruta) if piso_de(nombre) == PISOS[mia]
        }
        return vecinas - {"__init__", mia, *SE_CONOCEN.get(mia, "").split()}

    assert not culpables((ruta, desconocidas(ruta)) for ruta in MODULOS)


def test_ningun_archivo_se_importa_a_si_mismo_dando_un_rodeo() -> None:
    modulos = {nombre_de(ruta): ruta for ruta in MODULOS}
    flechas = {
        nombre: {modulo for modulo in de_chatlab_con_su_archivo(ruta) if modulo in modulos}
        for nombre, ruta in modulos.items()
    }

    # Se quita una y otra vez a quien ya no usa a nadie: lo que queda es un círculo.
    while sueltos := {nombre for nombre, usados in flechas.items() if not usados}:
        flechas = {
            nombre: usados - sueltos for nombre, usados in flechas.items() if nombre not in sueltos
        }
    assert not flechas


def test_en_el_corrector_nadie_importa_de_una_carpeta_mas_alta() -> None:
    def de_arriba(ruta: Path) -> set[str]:
        mia = carpeta_del_corrector(nombre_de(ruta))
        if mia is None:
            return set()
        altas = DEL_CORRECTOR[DEL_CORRECTOR.index(mia) + 1 :]
        return {
            nombre
            for nombre in de_chatlab_con_su_archivo(ruta)
            if carpeta_del_corrector(nombre) in altas
        }

    assert not culpables((ruta, de_arriba(ruta)) for ruta in en_pisos(HERRAMIENTAS))


def test_la_logica_pura_no_lee_ni_escribe() -> None:
    """«Standard library, nothing that does I/O.»"""

    def se_sale(ruta: Path) -> set[str]:
        arbol = leer(ruta)
        bibliotecas = {nombre.split(".")[0] for nombre in importados(arbol)} - {"chatlab"}
        nombres = {nodo.id for nodo in ast.walk(arbol) if isinstance(nodo, ast.Name)}
        if nombre_de(ruta) == "chatlab":
            bibliotecas -= {"sys"}  # solo para mirar la versión de Python
        return bibliotecas - SIN_ENTRADA_NI_SALIDA | nombres & FUNCIONES_QUE_SE_SALEN

    assert not culpables((ruta, se_sale(ruta)) for ruta in en_pisos(SUELO))


def test_un_modo_solo_usa_la_biblioteca_estandar_los_pisos_de_abajo_y_lo_suyo() -> None:
    """«Nobody imports upward or sideways between modes.»"""

    def ajenos(ruta: Path) -> set[str]:
        mia = habitacion(nombre_de(ruta))
        return de_fuera(ruta) | {
            nombre
            for nombre in de_chatlab(ruta)
            if piso_de(nombre) > MOTOR and habitacion(nombre) != mia
        }

    assert not culpables((ruta, ajenos(ruta)) for ruta in en_pisos(MODOS))


def test_una_herramienta_no_importa_los_modos_los_arranca() -> None:
    """«They start modes as processes and never import them.»"""

    def modos(ruta: Path) -> set[str]:
        return {nombre for nombre in de_chatlab(ruta) if piso_de(nombre) == MODOS}

    assert not culpables((ruta, modos(ruta)) for ruta in en_pisos(HERRAMIENTAS, ORDENES))


def test_los_programas_no_importan_por_un_nombre_que_se_decide_al_ejecutarlos() -> None:
    """Lo que se importa así no se ve en el código: valdría para saltarse los pisos."""

    def por_su_nombre(ruta: Path) -> set[str]:
        codigo = ruta.read_text(encoding="utf-8")
        return {funcion for funcion in ("import_module", "__import__") if funcion in codigo}

    programas = en_pisos(SUELO, COMUN, RED, MOTOR, MODOS)
    assert not culpables((ruta, por_su_nombre(ruta)) for ruta in programas)


def test_la_orden_no_importa_ningun_programa_hasta_que_se_elige() -> None:
    """«Everything, lazily.»"""

    def de_entrada(ruta: Path) -> set[str]:
        arriba = {
            nombre
            for nodo in leer(ruta).body
            if isinstance(nodo, ast.Import | ast.ImportFrom)
            for nombre in importados(nodo)
            if nombre.split(".")[0] == "chatlab"
        }
        return {nombre for nombre in arriba if piso_de(nombre) in (MODOS, HERRAMIENTAS, ORDENES)}

    assert not culpables((ruta, de_entrada(ruta)) for ruta in en_pisos(ENTRADA))


# --- Bibliotecas -------------------------------------------------------------------------------


def test_solo_dos_puertas_dan_a_bibliotecas_que_no_son_de_python() -> None:
    puertas = {
        ruta.name: de_fuera(ruta)
        for ruta in en_pisos(SUELO, COMUN, RED, MOTOR, MODOS)
        if de_fuera(ruta)
    }

    assert puertas == {"con_prompt_toolkit.py": {"prompt_toolkit"}, "consumo.py": {"psutil"}}


def test_solo_se_importa_si_prompt_toolkit_esta_instalado() -> None:
    quienes = [
        ruta for ruta in MODULOS if "chatlab.terminal.con_prompt_toolkit" in de_chatlab(ruta)
    ]
    assert [ruta.name for ruta in quienes] == ["abrir.py"]
    abrir = leer(quienes[0])

    condicionadas = [
        importado
        for nodo in ast.walk(abrir)
        if isinstance(nodo, ast.If) and "find_spec('prompt_toolkit')" in ast.unparse(nodo.test)
        for linea in nodo.body
        for importado in importados(linea)
    ]

    todas = [
        nombre for nombre in importados(abrir) if nombre == "chatlab.terminal.con_prompt_toolkit"
    ]
    assert condicionadas == todas


# --- Un clon recién hecho ----------------------------------------------------------------------

SIN_PAQUETES = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for nombre in sys.argv[2:]:
    importlib.import_module(nombre)
print(*sorted({nombre.partition(".")[0] for nombre in sys.modules} - sys.stdlib_module_names))
"""


def importar_sin_paquetes(*nombres: str) -> subprocess.CompletedProcess[str]:
    """Importa en un Python aislado (`-I`) que no ve los paquetes instalados (`-S`)."""
    return subprocess.run(
        [sys.executable, "-S", "-I", "-c", SIN_PAQUETES, str(RAIZ), *nombres],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )


def test_sin_ningun_paquete_instalado_se_pueden_importar_todas_las_parejas() -> None:
    """«A clone with no package installed runs every pair.»"""
    parejas = [nombre_de(ruta) for ruta in en_pisos(MODOS) if ruta.stem in ("servidor", "cliente")]

    ejecucion = importar_sin_paquetes("chatlab.cli", *parejas)

    assert ejecucion.returncode == 0, ejecucion.stderr
    assert set(ejecucion.stdout.split()) - {"__main__"} == {"chatlab"}


def test_el_python_sin_paquetes_lo_es_de_verdad() -> None:
    assert "No module named 'pytest'" in importar_sin_paquetes("pytest").stderr


# --- Windows -----------------------------------------------------------------------------------

#: Módulos de Python que en Windows no existen (docs.python.org, «Availability»).
SOLO_EN_UNIX = "fcntl grp pty pwd readline resource syslog termios tty"
SIN_UNIX = f"""
import importlib, sys
sys.modules.update(dict.fromkeys({SOLO_EN_UNIX!r}.split()))
for nombre in sys.argv[1:]:
    importlib.import_module(nombre)
"""


def test_ningun_programa_importa_al_arrancar_lo_que_en_windows_no_existe() -> None:
    programas = [
        nombre_de(ruta) for ruta in en_pisos(MODOS) if ruta.stem in ("servidor", "cliente")
    ]
    programas += [nombre_de(ruta) for ruta in en_pisos(ORDENES)]
    programas += ["chatlab.corrector.plugin", "chatlab.corrector.jaula.tuberias"]

    ejecucion = subprocess.run(
        [sys.executable, "-c", SIN_UNIX, *programas],
        cwd=RAIZ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )

    assert ejecucion.returncode == 0, ejecucion.stderr
