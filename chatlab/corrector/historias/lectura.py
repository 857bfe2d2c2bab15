"""Qué es cada línea de una pantalla: algo que alguien ha dicho, una etiqueta vacía o un aviso.

Un chat enseña lo que se dice a su manera: «Ana: hola», «Ana dice «hola»», `b'Ana: hola'`, con la
hora delante o detrás, en mayúsculas, como JSON. No hace falta conocerla: se quita de la línea lo
dicho y los nombres, y se mira lo que queda. Si no queda nada, o lo mismo que en las líneas de otros
mensajes, alguien lo ha dicho.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: Letras a partir de las que una frase no está en una línea por casualidad.
FRASE_LARGA = 12

#: Lo que suele acompañar a un mensaje sin ser un aviso de nada.
_DE_HABLAR = """
    a al b de del el ella en ha la las le los para por su te tu un una usted y yo
    dice dicho dijo envia enviado enviaste envio escribe escribio escrito
    contesta contestacion contesto responde respondio respuesta
    recibe recibes recibido recibidos recibio recibiste
    anonimo apodo autor cliente nick nombre otra otro persona remitente servidor usuaria usuario
    chat contenido cuerpo data datos eco fecha hora linea mensaje mensajes msj nueva nuevo
    privado publico sala socket texto tipo todos
    answer author body broadcast client content date echo from got message messages msg name new
    received reply said says sender sent server text the time to type user username you
"""

_ESCAPES_DE_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_ESCAPES_DE_JSON = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
#: Unas comillas sin nada dentro, al final: `b''`, «», "".
_COMILLAS_VACIAS = re.compile(r"""\s*(?:b?(['"])\1|«\s*»|“\s*”|\[\s*\]|\(\s*\)|\bNone)\s*$""")

_DICHO, _NOMBRE = "§", "¶"


@lru_cache(maxsize=4096)  # las mismas líneas se leen en cada comprobación
def llana(texto: str) -> str:
    """El texto sin mayúsculas ni tildes; lo que se enseña con escapes (`\\xc3\\xb1`), deshecho."""
    texto = _ESCAPES_DE_BYTES.sub(_de_bytes, texto)
    texto = _ESCAPES_DE_JSON.sub(_de_json, texto)
    if texto.isascii():
        return texto.lower()
    letras = unicodedata.normalize("NFD", texto.casefold())
    return "".join(letra for letra in letras if not unicodedata.combining(letra))


def _de_bytes(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("\\x", "")).decode("utf-8", "replace")


def _de_json(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("\\u", "")).decode("utf-16-be", "replace")


def nombra(linea: str, nombre: str) -> bool:
    """Si en la línea está ese nombre, con mayúsculas o sin ellas y no dentro de otra palabra."""
    return _buscar_nombre(nombre).search(llana(linea)) is not None


def _buscar_nombre(nombre: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){re.escape(llana(nombre))}(?![^\W\d_])")


class LecturaDePantalla:
    """Sabe leer las pantallas de un chat.

    `nombres` son los de quienes están; `dichas`, lo que se ha tecleado, y `lineas`, lo que hay ya
    en sus pantallas: de ahí se aprende cómo enseña los mensajes.
    """

    def __init__(
        self, nombres: Iterable[str], dichas: Iterable[str], lineas: Iterable[str] = ()
    ) -> None:
        self._nombres = [_buscar_nombre(nombre) for nombre in nombres]
        llanas = {llana(dicha).strip() for dicha in dichas}
        #: De la más larga a la más corta: «salir» está también dentro de «/salir».
        self._dichas = sorted(llanas - {""}, key=len, reverse=True)
        self._largas = [dicha for dicha in self._dichas if len(dicha) >= FRASE_LARGA]
        self._conocidas = set(_DE_HABLAR.split())
        for linea in lineas:
            resto = self._quitar(linea, self._largas)
            if _DICHO in resto:
                self._conocidas |= _palabras(resto)

    def es_un_mensaje(self, linea: str) -> bool:
        """Si la línea es lo que alguien ha tecleado, lo enseñe como lo enseñe."""
        # Dos nombres en la línea son, quizá, un mensaje y un aviso pegados.
        larga = self._quitar(linea, self._largas)
        if _DICHO in larga and larga.count(_NOMBRE) < 2:
            return True
        resto = self._quitar(linea, self._dichas)
        return _DICHO in resto and _palabras(resto) <= self._conocidas

    def es_una_etiqueta(self, linea: str) -> bool:
        """Si es lo que va delante de un mensaje, y detrás no hay nada: «El servidor contesta:»."""
        sin_comillas = _COMILLAS_VACIAS.sub("", linea).rstrip()
        if not sin_comillas:
            return True
        acaba_esperando = sin_comillas[-1] in ":>=" or sin_comillas != linea.rstrip()
        resto = self._quitar(sin_comillas, ())
        return acaba_esperando and _palabras(resto) <= self._conocidas

    def avisos(self, pantalla: str) -> list[str]:
        """Las líneas que no son un mensaje, ni una etiqueta, ni quien firma el de debajo."""
        lineas = [linea for linea in pantalla.split("\n") if linea.strip()]
        son_mensajes = [self.es_un_mensaje(linea) for linea in lineas]
        return [
            linea
            for linea, es_mensaje, debajo in zip(
                lineas, son_mensajes, [*son_mensajes, False][1:], strict=True
            )
            if not es_mensaje
            and not self.es_una_etiqueta(linea)
            and not (debajo and self._es_una_firma(linea, lineas))
        ]

    def _es_una_firma(self, linea: str, lineas: Sequence[str]) -> bool:
        """Si solo dice quién ha escrito el mensaje de debajo, que no lo dice."""
        debajo = lineas[lineas.index(linea) + 1]
        return _palabras(self._quitar(linea, ())) <= self._conocidas and not any(
            nombre.search(llana(debajo)) for nombre in self._nombres
        )

    def _quitar(self, linea: str, dichas: Iterable[str]) -> str:
        resto = llana(linea)
        for dicha in dichas:
            resto = resto.replace(dicha, f" {_DICHO} ")
        for nombre in self._nombres:
            resto = nombre.sub(_NOMBRE, resto)
        return resto


def _palabras(resto: str) -> set[str]:
    """Las que quedan, sin números, marcas ni signos."""
    return set(re.findall(r"[^\W\d_]+", resto))
