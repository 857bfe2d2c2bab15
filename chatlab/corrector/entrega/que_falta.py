"""Lo que se dice cuando en una carpeta no están los dos programas, o no se sabe cuáles son."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatlab.corrector.entrega.papeles import (
    PAPELES,
    Papel,
    con_su_nombre,
    es_programa,
    hace_los_dos,
)
from chatlab.textos import enumerar

#: Nombres que se enseñan en un mensaje.
MAX_NOMBRES = 5
#: Lo que llega en lugar de un programa, y qué hacer con ello.
_NO_SON_PROGRAMAS = {
    ".ipynb": "es un cuaderno de Jupyter: exporta de él cada programa a su archivo .py "
    "(en Jupyter, «File», «Save and Export Notebook As», «Executable Script»)",
    ".zip": "es un archivo comprimido: descomprímelo en esta carpeta",
    ".rar": "es un archivo comprimido: descomprímelo en esta carpeta",
    ".7z": "es un archivo comprimido: descomprímelo en esta carpeta",
    ".gz": "es un archivo comprimido: descomprímelo en esta carpeta",
    ".tgz": "es un archivo comprimido: descomprímelo en esta carpeta",
    ".docx": "es un documento: copia cada programa en su archivo .py",
    ".odt": "es un documento: copia cada programa en su archivo .py",
    ".pyc": "es un programa ya compilado: hace falta el .py del que salió",
}


def no_existe(carpeta: Path) -> str:
    """Se ha dicho una carpeta que no está."""
    return f"No existe la carpeta «{carpeta}»."


def no_se_puede_leer(carpeta: Path) -> str:
    """La carpeta está, y el sistema no deja mirarla."""
    return f"No tengo permiso para leer la carpeta «{carpeta}»."


def esta_vacia(carpeta: Path, absoluta: Path) -> str:
    """La carpeta no tiene nada: cuál es, y qué hacer."""
    return (
        f"La carpeta {_cual(carpeta, absoluta)} está vacía. Guarda en ella tus dos programas, "
        "servidor.py y cliente.py, o di en qué carpeta están."
    )


def explicar(
    carpeta: Path,
    absoluta: Path,
    todos: Sequence[Path],
    candidatos: Mapping[Papel, Sequence[Path]],
) -> str:
    """Qué programas faltan, qué hay en su lugar y qué hacer."""
    faltan = [papel for papel in PAPELES if not candidatos[papel]]
    cuales = " ni ".join(f"el {papel.nombre} ({' o '.join(papel.archivos)})" for papel in faltan)
    falta = f"En {_cual(carpeta, absoluta)} no está {'ni ' if len(faltan) > 1 else ''}{cuales}."
    usados = [ruta for rutas in candidatos.values() for ruta in rutas]
    remedio = _no_es_un_archivo(absoluta, faltan) or _remedio(absoluta, todos, faltan, usados)
    return f"{falta} {remedio}"


def _no_es_un_archivo(carpeta: Path, faltan: Sequence[Papel]) -> str:
    """Lo que se dice de algo que tiene el nombre de un programa y no se puede leer como tal."""
    for nombre in (nombre for papel in faltan for nombre in papel.archivos):
        try:
            modo = (carpeta / nombre).lstat().st_mode
        except OSError:
            continue
        if stat.S_ISLNK(modo):
            return f"«{nombre}» es un enlace a otro sitio: pon ahí el archivo de verdad."
        if not stat.S_ISREG(modo):
            return f"Lo que se llama «{nombre}» no es un archivo: pon ahí el programa."
    return ""


def _remedio(
    carpeta: Path, todos: Sequence[Path], faltan: Sequence[Papel], usados: Sequence[Path]
) -> str:
    if mal_llamados := [ruta for ruta in todos if _quitarle_txt(ruta, faltan)]:
        return _hay_que_renombrar(mal_llamados)
    libres = [ruta for ruta in todos if es_programa(ruta) and ruta not in usados]
    dudosos = [ruta for ruta in usados if not any(con_su_nombre(p, [ruta]) for p in PAPELES)]
    if dobles := [ruta for ruta in [*libres, *dudosos] if hace_los_dos(carpeta / ruta)]:
        return _hay_que_partir(dobles[0])
    for sufijo, que_es in _NO_SON_PROGRAMAS.items():
        if suyos := [ruta for ruta in todos if ruta.suffix.casefold() == sufijo]:
            return f"«{suyos[0].as_posix()}» {que_es}."
    if libres:
        opciones = " o ".join(papel.opcion for papel in faltan)
        return f"Hay {lista(libres)}: si es alguno de estos, dilo con {opciones}."
    if len(faltan) > 1:
        hay = f"No hay ningún programa de Python; hay {lista(todos)}. " if todos else ""
        return f"{hay}¿Es esa tu carpeta? Si no, di en cuál están tus programas."
    return f"Guárdalo ahí con el nombre {faltan[0].archivos[0]}."


def _cual(carpeta: Path, absoluta: Path) -> str:
    """«.» no dice nada a quien no sabe dónde está: entonces, también la ruta entera."""
    if carpeta == absoluta:
        return f"«{carpeta}»"
    return f"«{carpeta}» ({absoluta})"


# --- Los nombres y los programas que hay que cambiar ---------------------------------------------


def _quitarle_txt(ruta: Path, faltan: Sequence[Papel]) -> str:
    """El nombre que debería tener «servidor.py.txt» o «servidor.txt»; vacío si no es el caso."""
    nombre = ruta.name
    if not nombre.casefold().endswith(".txt"):
        return ""
    sin_txt = nombre[: -len(".txt")]
    if sin_txt.casefold().endswith(".py"):
        return sin_txt
    de_papel = [papel for papel in faltan if papel.en_el_nombre.search(sin_txt)]
    return f"{sin_txt}.py" if de_papel else ""


def _hay_que_renombrar(rutas: Sequence[Path]) -> str:
    cambios = [f"«{ruta.name}» debe llamarse «{_quitarle_txt(ruta, PAPELES)}»" for ruta in rutas]
    return (
        f"{enumerar(cambios[:MAX_NOMBRES])}: cámbiale el nombre, que lleva «.txt» al final. "
        "Windows esconde esa parte; para verla, en el Explorador de archivos: «Ver», «Mostrar», "
        "«Extensiones de nombre de archivo»."
    )


def _hay_que_partir(ruta: Path) -> str:
    return (
        f"«{ruta.as_posix()}» hace de servidor y de cliente, y no se sabe cómo se arranca cada "
        "uno. "
        "Si se elige con un argumento, escribe en un archivo como_se_usa.toml, en su carpeta, "
        '`servidor = {argumentos = ["servidor"]}` y, en otra línea, `cliente = {argumentos = '
        '["cliente"]}`, con los tuyos. Si no, parte el programa en servidor.py y cliente.py.'
    )


# --- Lo que hay de más ---------------------------------------------------------------------------


def por_que_ese(papel: Papel, ruta: Path) -> str:
    """Cuál se ha usado, si nadie lo ha dicho ni se llama como se pide."""
    return f"Como {papel.nombre} he usado {ruta.as_posix()}: es el único que lo parece."


def hace_los_dos_papeles(ruta: Path) -> str:
    """Se ha usado el mismo programa dos veces."""
    return (
        f"Como servidor y como cliente he usado {ruta.as_posix()}, con los argumentos que dice "
        "como_se_usa.toml."
    )


def varios(papel: Papel, candidatos: Sequence[Path]) -> str:
    """Hay varios programas que pueden ser uno: cuántos, cuáles y cómo se dice el bueno."""
    return (
        f"Hay {len(candidatos)} programas que pueden ser el {papel.nombre}: "
        f"{lista(candidatos)}. Di cuál con {_opcion(papel, candidatos[0])}."
    )


def varias_parejas(parejas: Sequence[tuple[Path, Path]], sin_decir: Sequence[Papel]) -> str:
    """Hay varias parejas posibles: cuáles, y cómo se dice la buena, de una misma carpeta."""
    por_papel = {
        papel: list(dict.fromkeys(pareja[lugar] for pareja in parejas))
        for lugar, papel in enumerate(PAPELES)
    }
    dudosos = [papel for papel in sin_decir if len(por_papel[papel]) > 1]
    if len(dudosos) == 1:
        return varios(dudosos[0], por_papel[dudosos[0]])
    carpetas = list(dict.fromkeys(servidor.parent for servidor, _ in parejas))
    primera = " ".join(
        _opcion(papel, ruta) for papel, ruta in zip(PAPELES, parejas[0], strict=True)
    )
    donde = f" en {lista(carpetas)}" if len(carpetas) > 1 else ""
    clase = " Si cada carpeta es de una persona, usa --clase." if len(carpetas) > 1 else ""
    return (
        f"Hay {len(parejas)} parejas de programas{donde}. "
        f"Di los dos, de la misma carpeta: {primera}.{clase}"
    )


def _opcion(papel: Papel, ruta: Path) -> str:
    nombre = ruta.as_posix()
    return f'{papel.opcion} "{nombre}"' if " " in nombre else f"{papel.opcion} {nombre}"


def lista(rutas: Sequence[Path]) -> str:
    """Los primeros nombres, y cuántos más hay."""
    nombres = [ruta.as_posix() for ruta in rutas[:MAX_NOMBRES]]
    if len(rutas) > MAX_NOMBRES:
        nombres.append(f"{len(rutas) - MAX_NOMBRES} más")
    return enumerar(nombres)
