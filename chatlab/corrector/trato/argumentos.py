"""Qué argumentos pide un programa que los necesita: «Uso: python servidor.py HOST PUERTO».

Lo dice él mismo, en la pantalla, antes de terminar; o lo dice su código, si termina con un
`IndexError` porque no hay `sys.argv[1]`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from chatlab.corrector.diagnostico.explicaciones.rastro import leer_rastros
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import texto_de
from chatlab.corrector.trato.preguntas import cita, que_pide
from chatlab.corrector.trato.respuestas import candidatas
from chatlab.corrector.trato.vocabulario import Pregunta
from chatlab.textos import en_llano

#: La línea que dice cómo se arranca.
_USO = re.compile(r"\b(?:uso|us|usage|modo de empleo|sintaxis|ejemplo)\b\s*:|python\S* \S+\.py\b")
#: Lo que escribe Python, o argparse, cuando faltan argumentos.
_FALTAN = re.compile(
    r"arguments are required|los siguientes argumentos|falta\w* .{0,20}(?:argumento|parametro)"
    r"|(?:argumento|parametro)s? .{0,20}(?:falta|necesari|requerid|obligatori)"
    r"|list index out of range|not enough values to unpack"
)
#: La última línea de quien acaba con un error de Python.
_ERROR = re.compile(r"(?:[A-Z]\w*(?:Error|Exception))\b(?:: |\s*$)")
#: Nombres que `que_pide` no reconoce sueltos, como los escribe quien programa.
_SUELTOS = {
    "dir": Pregunta.HOST, "addr": Pregunta.HOST, "destino": Pregunta.HOST,
    "p": Pregunta.PUERTO, "n": Pregunta.NOMBRE, "h": Pregunta.HOST,
}  # fmt: skip
MAX_ARGUMENTOS = 8
#: Nodos del código que se miran: unas dos mil líneas.
MAX_NODOS = 20_000
#: Una contraseña escrita en el código, y las que se prueban.
_CLAVE_ESCRITA = re.compile(
    r"\b\w*(?:clave|contras|passw|secret)\w*\s*[!=]?=\s*b?([\"'])([^\"'\\\n{}]{1,30})\1",
    re.IGNORECASE,
)
MAX_CLAVES = 2
#: `if texto.startswith("/join")`, `if texto == "CONNECT"`.
_ORDEN_ESCRITA = re.compile(
    r"(?:==|startswith\(|\bin \(|\bcase )\s*b?[\"']"
    r"((?:/(?:connect|conect\w+|join|unir\w*|entrar?|login|nick)"
    r"|(?:CONNECT|CONECT\w+|JOIN|UNIR\w*|ENTRAR?|LOGIN|NICK))(?: \w+)?) ?[\"']"
)
MAX_ORDENES = 3
#: `PUERTO = 9100`, `connect(("localhost", 9100))`.
_PUERTO_ESCRITO = re.compile(
    r"\b(?:\w*puerto|\w*port)\s*=\s*(\d{2,5})\b|connect\w*\(\s*\(\s*[^,()]+,\s*(\d{2,5})\s*\)",
    re.IGNORECASE,
)


def pide_argumentos(pantalla: str, codigo: str) -> str:
    """La línea con la que pide argumentos un programa que ha terminado; vacío si no los pide."""
    if "sys.argv" not in codigo and "argparse" not in codigo and "argv" not in codigo:
        return ""
    lineas = [linea for linea in pantalla.split("\n") if linea.strip()]
    de_uso = next((linea for linea in lineas if _USO.search(en_llano(linea))), "")
    # Quien mira cuántos hay y termina sin más los está pidiendo, lo diga como lo diga.
    # Un error al leer el programa no lleva la cabecera de los demás.
    hay_error = bool(leer_rastros(pantalla)) or bool(lineas and _ERROR.match(lineas[-1]))
    mira_cuantos = re.search(r"\blen\(\s*(?:sys\.)?argv\s*\)", codigo) and not hay_error
    faltan = next((linea for linea in lineas if _FALTAN.search(en_llano(linea))), "")
    if hay_error and not faltan:
        return ""
    ultima = lineas[-1] if lineas and mira_cuantos else ""
    return cita(de_uso or faltan or ultima)


def deducir(
    pantalla: str, codigo: str, programa: str, *, nombre: str, puerto: int
) -> list[str] | None:
    """Los argumentos con los que se puede arrancar; `None` si no se sabe."""
    pedidos = _del_uso(pantalla, programa) or _del_codigo(codigo)
    if not pedidos or len(pedidos) > MAX_ARGUMENTOS:
        return None
    return [
        uno if uno.startswith("-") else _valor(uno, nombre=nombre, puerto=puerto) for uno in pedidos
    ]


def _valor(pedido: str, *, nombre: str, puerto: int) -> str:
    palabra = en_llano(pedido).strip()
    pregunta = _SUELTOS.get(palabra) or que_pide(f"{palabra}: ")
    if pregunta is None:
        return "1"
    return candidatas(pregunta, palabra, nombre=nombre, puerto=puerto)[0]


def _del_uso(pantalla: str, programa: str) -> list[str]:
    """Lo que va detrás del nombre del programa, sin lo que está entre corchetes."""
    for linea in pantalla.split("\n"):
        _, estaba, resto = linea.partition(programa)
        if not estaba or "File " in linea:
            continue
        obligatorios = re.sub(r"\[[^\[\]]*\]", " ", resto).strip("\"'`». ")
        pedidos = [uno.strip("<>{}\"'`,.") for uno in obligatorios.split()]
        pedidos = [uno for uno in pedidos if re.search(r"\w", uno)]
        if pedidos:
            return pedidos
    return []


def _del_codigo(codigo: str) -> list[str]:
    """Cómo llama el código a cada argumento: `HOST = sys.argv[1]`, `host, port = sys.argv[1:]`."""
    nodos = Fuente(texto=codigo).nodos[:MAX_NODOS]
    nombres: dict[int, str] = {}
    for nodo in nodos:
        if isinstance(nodo, ast.Assign) and len(nodo.targets) == 1:
            _anotar(nodo.targets[0], nodo.value, nombres)
        elif (numero := _numero_de_argumento(nodo)) is not None:
            nombres.setdefault(numero, "")
    for nodo in nodos:  # `int(sys.argv[1])`, sin nombre, solo puede ser el puerto
        if isinstance(nodo, ast.Call) and texto_de(nodo.func) == "int" and nodo.args:
            numero = _numero_de_argumento(nodo.args[0])
            if numero is not None and not nombres.get(numero):
                nombres[numero] = "puerto"
    return [nombres.get(numero, "") or "dato" for numero in range(1, max(nombres, default=0) + 1)]


def _anotar(destino: ast.expr, valor: ast.expr, nombres: dict[int, str]) -> None:
    destinos: Sequence[ast.expr] = getattr(destino, "elts", [destino])
    valores: Sequence[ast.expr] = getattr(valor, "elts", [valor])
    if len(valores) == len(destinos):
        for uno, suyo in zip(destinos, valores, strict=True):
            numeros = [_numero_de_argumento(nodo) for nodo in ast.walk(suyo)]
            for numero in filter(None, numeros):
                nombres[numero] = getattr(uno, "id", "")
    elif re.fullmatch(r"(?:sys\.)?argv(?:\[1:\d*\])?", texto_de(valor)):
        primero = 1 if "[" in texto_de(valor) else 0
        for numero, uno in enumerate(destinos, primero):
            if numero:
                nombres[numero] = getattr(uno, "id", "")


def _numero_de_argumento(nodo: ast.AST) -> int | None:
    """El `1` de `sys.argv[1]`."""
    if not isinstance(nodo, ast.Subscript) or not texto_de(nodo.value).endswith("argv"):
        return None
    match nodo.slice:
        case ast.Constant(value=int(numero)) if 0 < numero <= MAX_ARGUMENTOS:
            return numero
        case _:
            return None


def claves_escritas(codigo: str) -> list[str]:
    """Las contraseñas que el código compara o guarda: `if clave != "abracadabra"`."""
    halladas = [una[2] for una in _CLAVE_ESCRITA.finditer(codigo)]
    return list(dict.fromkeys(halladas))[:MAX_CLAVES]


def puerto_escrito_en(codigo: str) -> int | None:
    """El puerto al que llama un cliente, si está escrito en su código."""
    hallado = _PUERTO_ESCRITO.search(codigo)
    return int(hallado[1] or hallado[2]) if hallado else None


def ordenes_escritas(codigo: str) -> list[str]:
    """Las órdenes que un cliente entiende y quizá haga falta teclear antes de hablar: «/join»."""
    halladas = [una[1] for una in _ORDEN_ESCRITA.finditer(codigo)]
    return list(dict.fromkeys(halladas))[:MAX_ORDENES]
