"""El código de un alumno, leído sin ejecutarlo.

Un programa con faltas puede no tener árbol (`ast`): entonces sus palabras sueltas aún sirven para
buscar un nombre parecido. Nada de aquí lanza excepciones por raro que sea el archivo.
"""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chatlab.corrector.diagnostico.carpetas import es_ajena
from chatlab.corrector.diagnostico.nodos import Funcion, contiene, declarados, nombres_de
from chatlab.sistema import ajeno

# Un programa de chat tiene unos miles de bytes y su carpeta, unos pocos archivos. Estos topes son
# para que uno hecho a mala idea no tenga ocupado al corrector.
MAX_ARCHIVO = 100_000
MAX_ARCHIVOS = 30
MAX_HONDURA = 6


@dataclass(frozen=True)
class Fuente:
    """Un archivo de Python: su nombre dentro de la carpeta y su texto."""

    nombre: str = ""
    texto: str = ""

    @cached_property
    def lineas(self) -> list[str]:
        """El texto, línea a línea y sin sus finales; la primera es la 0."""
        return self.texto.split("\n")

    @cached_property
    def sin_comentarios(self) -> str:
        """El texto sin lo que va detrás de cada `#`: una línea comentada no hace nada."""
        lineas = [*self.lineas]
        try:
            for pieza in tokenize.generate_tokens(io.StringIO(self.texto).readline):
                if pieza.type == tokenize.COMMENT:
                    fila, columna = pieza.start
                    lineas[fila - 1] = lineas[fila - 1][:columna]
        except (tokenize.TokenError, SyntaxError, IndexError):
            return self.texto
        return "\n".join(lineas)

    def linea(self, numero: int | None) -> str:
        """El texto de una línea, sin sangría; vacío si no existe."""
        if numero is None or not 1 <= numero <= len(self.lineas):
            return ""
        return self.lineas[numero - 1].strip()

    @cached_property
    def arbol(self) -> ast.Module | None:
        """El programa analizado, o None si tiene errores de sintaxis."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # los avisos son del código del alumno
                return ast.parse(self.texto)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def nodos(self) -> tuple[ast.AST, ...]:
        """Todos los nodos del árbol; ninguno si no lo hay."""
        return tuple(ast.walk(self.arbol)) if self.arbol else ()

    @cached_property
    def padres(self) -> dict[ast.AST, ast.AST]:
        """De cada nodo, el que lo contiene."""
        return {hijo: padre for padre in self.nodos for hijo in ast.iter_child_nodes(padre)}

    def en_un_bucle(self, nodo: ast.AST) -> bool:
        """Dice si un nodo está dentro de un bucle de su misma función."""
        padre = self.padres.get(nodo)
        while padre is not None and not isinstance(padre, Funcion):
            if isinstance(padre, ast.While | ast.For):
                return True
            padre = self.padres.get(padre)
        return False

    @cached_property
    def llamadas(self) -> tuple[ast.Call, ...]:
        """Las llamadas que hace, en el orden de `nodos`."""
        return tuple(nodo for nodo in self.nodos if isinstance(nodo, ast.Call))

    @cached_property
    def funciones(self) -> tuple[Funcion, ...]:
        """Las funciones y los métodos que define, también los de dentro de otra."""
        return tuple(nodo for nodo in self.nodos if isinstance(nodo, Funcion))

    @cached_property
    def clases(self) -> tuple[ast.ClassDef, ...]:
        """Las clases que define, también las de dentro de otra."""
        return tuple(nodo for nodo in self.nodos if isinstance(nodo, ast.ClassDef))

    def funcion_en(self, linea: int | None) -> Funcion | None:
        """La función más interior que contiene una línea."""
        dentro = [f for f in self.funciones if contiene(f, linea)]
        return max(dentro, key=lambda f: f.lineno, default=None)

    def clase_en(self, linea: int | None) -> ast.ClassDef | None:
        """La clase más interior que contiene una línea."""
        dentro = [c for c in self.clases if contiene(c, linea)]
        return max(dentro, key=lambda c: c.lineno, default=None)

    @cached_property
    def importados(self) -> dict[str, str]:
        """Cada nombre que viene de fuera y lo que es: `{"s": "socket", "L": "threading.Lock"}`."""
        nombres: dict[str, str] = {}
        for nodo in self.nodos:
            if isinstance(nodo, ast.Import):
                for alias in nodo.names:
                    entero = alias.name if alias.asname else alias.name.split(".")[0]
                    nombres[alias.asname or entero] = entero
            elif isinstance(nodo, ast.ImportFrom) and nodo.module:
                for alias in nodo.names:
                    nombres[alias.asname or alias.name] = f"{nodo.module}.{alias.name}"
        return nombres

    def delante_de(self, modulo: str) -> str:
        """Lo que el programa escribe delante de los nombres de un módulo: «socket.», «s.» o nada.

        Con `from socket import *`, `socket.SO_REUSEADDR` sería un error: ahí `socket` es la clase.
        """
        nombres = [nombre for nombre, origen in self.importados.items() if origen == modulo]
        if nombres:
            return f"{nombres[0]}."
        sueltos = any(origen.startswith(f"{modulo}.") for origen in self.importados.values())
        return "" if sueltos else f"{modulo}."

    @cached_property
    def con_asterisco(self) -> frozenset[str]:
        """Los módulos de `from modulo import *`."""
        return frozenset(
            origen.removesuffix(".*") for origen in self.importados.values() if origen[-2:] == ".*"
        )

    @cached_property
    def globales(self) -> dict[str, int]:
        """Los nombres del módulo y la primera línea que les da valor."""
        nombres = nombres_de(self.arbol.body) if self.arbol else {}
        for funcion in self.funciones:
            propios = nombres_de(funcion.body)
            for nombre in declarados(funcion, ast.Global):
                if nombre in propios:
                    nombres.setdefault(nombre, propios[nombre])
        return nombres

    @cached_property
    def palabras(self) -> frozenset[str]:
        """Los identificadores del archivo, aunque no se pueda analizar."""
        encontrados = set()
        try:
            for pieza in tokenize.generate_tokens(io.StringIO(self.texto).readline):
                if pieza.type == tokenize.NAME:
                    encontrados.add(pieza.string)
        except (tokenize.TokenError, SyntaxError, ValueError):
            # Lo que hay tras el error se busca por las bravas: pueden ser palabras de un texto.
            encontrados.update(re.findall(r"\b[^\W\d]\w*", self.texto))
        return frozenset(encontrados)


def leer_fuente(carpeta: Path, nombre: str) -> Fuente:
    """Lee un archivo de la carpeta; si no está dentro o no se puede, sin texto.

    El nombre sale de una pantalla en la que el programa escribe lo que quiere: por eso nunca se
    sigue fuera de la carpeta, ni por un enlace.
    """
    datos = ajeno.leer(carpeta, nombre, MAX_ARCHIVO)
    return Fuente(nombre) if datos is None else Fuente(nombre, descifrar(datos))


def descifrar(datos: bytes) -> str:
    """El texto de un archivo de Python, en UTF-8 o, si no lo es, en la codificación de Windows."""
    try:
        texto = datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = datos.decode("cp1252", errors="replace")
    return texto.replace("\r\n", "\n").replace("\r", "\n")


def leer_fuentes(carpeta: Path) -> list[Fuente]:
    """Los programas de una carpeta, con sus subcarpetas, por orden de nombre."""
    rutas: list[str] = []
    for raiz, subcarpetas, archivos in os.walk(carpeta):
        hondura = len(Path(raiz).relative_to(carpeta).parts)
        subcarpetas[:] = sorted(
            nombre
            for nombre in subcarpetas
            if hondura < MAX_HONDURA and not es_ajena(Path(raiz, nombre))
        )
        rutas += [Path(raiz, archivo).as_posix() for archivo in archivos if archivo[-3:] == ".py"]
        if len(rutas) > MAX_ARCHIVOS:
            break
    nombres = sorted(Path(ruta).relative_to(carpeta).as_posix() for ruta in rutas)
    fuentes = (leer_fuente(carpeta, nombre) for nombre in nombres[:MAX_ARCHIVOS])
    return [fuente for fuente in fuentes if fuente.texto]
