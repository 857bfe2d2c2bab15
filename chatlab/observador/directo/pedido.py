"""Qué programas se miran: de lo que se teclea en la orden a la línea con que arranca cada uno."""

from __future__ import annotations

import os
import re
import shlex
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import count
from pathlib import Path

from chatlab.curso.ficha import leer_ficha
from chatlab.curso.lecciones import EN_EL_CLON, EN_EL_PAQUETE, Leccion
from chatlab.curso.pasos import buscar_paso
from chatlab.errores import ErrorParaPersonas
from chatlab.modos import MODOS, Modo
from chatlab.programa.entorno import PAQUETE
from chatlab.textos import sin_tildes

SERVIDOR, CLIENTE, PROGRAMA = "servidor", "cliente", "programa"
#: Cómo puede llamarse el archivo de cada uno.
NOMBRES = {SERVIDOR: ("servidor.py", "server.py"), CLIENTE: ("cliente.py", "client.py")}
#: Los clientes de una carpeta de la que no se sabe si su chat es para muchos.
CLIENTES = 2


class NoSeQueMirar(ErrorParaPersonas):
    """Lo que se ha tecleado no es un modo, ni un paso, ni un programa."""

    codigo = 2


@dataclass(frozen=True, slots=True)
class ProgramaPedido:
    """Un programa que hay que arrancar.

    `argumentos` son los de Python, y `mostrada`, la orden como la teclearía una persona.
    """

    nombre: str
    papel: str
    argumentos: tuple[str, ...]
    mostrada: tuple[str, ...]
    archivo: Path
    carpeta: Path
    #: Si es de chatlab, y hay que decirle dónde está chatlab.
    de_chatlab: bool = False


@dataclass(frozen=True, slots=True)
class Pedido:
    """Lo que se va a mirar: un título y los programas, en el orden en que se arrancan."""

    titulo: str
    programas: tuple[ProgramaPedido, ...]

    @property
    def primeros(self) -> list[ProgramaPedido]:
        """Los que arrancan sin esperar a nadie: los servidores o, si no se ve cuáles son, uno."""
        servidores = [uno for uno in self.programas if uno.papel == SERVIDOR]
        return servidores or list(self.programas[:1])

    @property
    def demas(self) -> list[ProgramaPedido]:
        """Los que arrancan cuando ya hay quien los escuche."""
        primeros = self.primeros
        return [uno for uno in self.programas if uno not in primeros]

    def otro_cliente(self, usados: Collection[str]) -> ProgramaPedido | None:
        """Uno más como el último, con un nombre que no esté entre los usados; `None` si no hay."""
        if not self.demas:
            return None
        ultimo = self.demas[-1]
        raiz = re.sub(r" \d+$", "", ultimo.nombre)
        numero = next(n for n in count(2) if f"{raiz} {n}" not in usados)
        return replace(ultimo, nombre=f"{raiz} {numero}")


def leer_pedido(
    palabras: Sequence[str], para_todos: Sequence[str], clientes: int | None = None
) -> Pedido:
    """Lo que hay que mirar, según las palabras de la orden.

    Son un modo («difusion»), un paso («03.1», «03/paso1_hilos»), una carpeta con su servidor y su
    cliente, o programas: cada uno, un archivo, o un archivo y sus argumentos entre comillas.
    `para_todos` son los argumentos que se añaden a todos los programas; `clientes`, cuántos, si no
    los que convienen. Lanza `NoSeQueMirar`.
    """
    if len(palabras) == 1:
        (palabra,) = palabras
        if modo := MODOS.get(sin_tildes(palabra)):
            return _de_un_modo(modo, para_todos, clientes or modo.clientes)
        if not _es_un_programa(palabra) and (carpeta := _carpeta(palabra)):
            return _de_una_carpeta(carpeta, palabra, para_todos, clientes)
    if clientes is not None:
        raise NoSeQueMirar(
            "--clientes es para un modo, un paso o una carpeta. Con programas sueltos, escribe el "
            "del cliente las veces que quieras."
        )
    sueltos = [_suelto(palabra, para_todos) for palabra in palabras]
    titulo = ", ".join(dict.fromkeys(uno.archivo.name for uno in sueltos))
    return Pedido(titulo, tuple(_con_nombre(sueltos)))


# --- Modos, pasos y carpetas ---------------------------------------------------------------------


def _de_un_modo(modo: Modo, para_todos: Sequence[str], clientes: int) -> Pedido:
    programas = [
        ProgramaPedido(
            papel,
            papel,
            ("-m", modo.modulo(papel), *para_todos),
            ("chatlab", papel, modo.nombre, *para_todos),
            PAQUETE.parent.joinpath(*modo.modulo(papel).split(".")).with_suffix(".py"),
            Path.cwd(),
            de_chatlab=True,
        )
        for papel in (SERVIDOR, *[CLIENTE] * clientes)
    ]
    return Pedido(f"chatlab: {modo.titulo}", tuple(_con_nombre(programas)))


def _carpeta(palabra: str) -> Path | None:
    """La carpeta de esas palabras: una de verdad, o la del paso que nombran."""
    if palabra and Path(palabra).is_dir():  # «» sería esta carpeta
        return Path(palabra).resolve()
    try:
        return buscar_paso(palabra)
    except ArgumentTypeError as error:
        raise NoSeQueMirar(_frase(f"{error}")) from error


def _frase(texto: str) -> str:
    return f"{texto[:1].upper()}{texto[1:]}."


def _de_una_carpeta(
    carpeta: Path, palabra: str, para_todos: Sequence[str], clientes: int | None
) -> Pedido:
    archivos = {papel: _archivo_de(carpeta, papel) for papel in (SERVIDOR, CLIENTE)}
    faltan = [NOMBRES[papel][0] for papel, archivo in archivos.items() if archivo is None]
    if faltan:
        raise NoSeQueMirar(
            f"En «{palabra}» no está {' ni '.join(faltan)}. Di los programas, uno detrás de otro."
        )
    papeles = (SERVIDOR, *[CLIENTE] * (clientes or _clientes_de(carpeta)))
    programas = [
        ProgramaPedido(
            papel,
            papel,
            (archivo.name, *para_todos),
            ("python", archivo.name, *para_todos),
            archivo,
            carpeta,
        )
        for papel in papeles
        if (archivo := archivos[papel]) is not None
    ]
    return Pedido(_titulo_de(carpeta), tuple(_con_nombre(programas)))


def _archivo_de(carpeta: Path, papel: str) -> Path | None:
    candidatos = (carpeta / nombre for nombre in NOMBRES[papel])
    return next((ruta for ruta in candidatos if ruta.is_file()), None)


def _es_de_leccion(carpeta: Path) -> bool:
    return carpeta.parent.parent in (EN_EL_PAQUETE, EN_EL_CLON)


def _clientes_de(carpeta: Path) -> int:
    """En una lección donde quien escribe no tiene nombre no hay más que una persona."""
    if not _es_de_leccion(carpeta):
        return CLIENTES
    return CLIENTES if leer_ficha(Leccion(carpeta.parent, "").ficha).con_nombres else 1


def _titulo_de(carpeta: Path) -> str:
    return f"{carpeta.parent.name}/{carpeta.name}" if _es_de_leccion(carpeta) else carpeta.name


# --- Programas sueltos ---------------------------------------------------------------------------


def _es_un_programa(palabra: str) -> bool:
    return Path(palabra).is_file() or Path(_separar(palabra)[0]).suffix == ".py"


def _separar(palabra: str) -> list[str]:
    """El archivo y sus argumentos: van juntos entre comillas, como «cliente.py --nombre Ana»."""
    if Path(palabra).is_file():
        return [palabra]  # su nombre puede tener espacios
    try:
        # En Windows, la barra invertida separa carpetas: no puede quitar su significado a nada.
        partes = shlex.split(palabra, posix=os.name == "posix")
    except ValueError as error:
        raise NoSeQueMirar(f"A «{palabra}» le falta cerrar unas comillas.") from error
    return [parte.strip("\"'") if os.name != "posix" else parte for parte in partes] or [palabra]


def _suelto(palabra: str, para_todos: Sequence[str]) -> ProgramaPedido:
    archivo, *suyos = _separar(palabra)
    ruta = Path(archivo)
    if not ruta.is_file():
        raise NoSeQueMirar(_que_no_es(palabra, ruta))
    argumentos = (*suyos, *para_todos)
    return ProgramaPedido(
        ruta.stem,
        _papel_de(ruta),
        (archivo, *argumentos),
        ("python", archivo, *argumentos),
        ruta.resolve(),
        Path.cwd(),
    )


def _que_no_es(palabra: str, ruta: Path) -> str:
    if palabra and ruta.is_dir():
        return f"«{palabra}» es una carpeta: se mira ella sola, o los programas de uno en uno."
    if ruta.suffix == ".py":
        donde = f"la carpeta «{ruta.parent}»" if str(ruta.parent) != "." else "esta carpeta"
        return f"No encuentro «{ruta.name}» en {donde}."
    parecidos = get_close_matches(sin_tildes(palabra), MODOS, n=1)
    propuesta = f" ¿Querías decir {parecidos[0]}?" if parecidos else ""
    return (
        f"No sé qué es «{palabra}».{propuesta} Di un modo ({', '.join(MODOS)}), un paso (03.1) o "
        "tus programas (servidor.py cliente.py)."
    )


def _papel_de(archivo: Path) -> str:
    """El papel que dice su nombre: «mi_servidor.py», «chat_client.py»."""
    nombre = sin_tildes(archivo.stem)
    for papel, suyos in NOMBRES.items():
        if any(Path(suyo).stem in nombre for suyo in suyos):
            return papel
    return PROGRAMA


def _con_nombre(programas: Iterable[ProgramaPedido]) -> Iterator[ProgramaPedido]:
    """Numera los clientes, y los que se llaman igual: «servidor», «cliente 1», «cliente 2»."""
    todos = list(programas)
    cuantos = Counter(uno.nombre for uno in todos)
    van: Counter[str] = Counter()
    for uno in todos:
        van[uno.nombre] += 1
        if cuantos[uno.nombre] > 1 or f"{uno.nombre}.py" in NOMBRES[CLIENTE]:
            yield replace(uno, nombre=f"{uno.nombre} {van[uno.nombre]}")
        else:
            yield uno
