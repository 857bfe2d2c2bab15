"""Cómo se usa una entrega, cuando ella misma o quien la corrige lo dice.

Un archivo `como_se_usa.toml` en la carpeta de los programas dice lo que no se puede adivinar:

    [respuestas]
    "Contraseña" = "secreta"

    [servidor]
    argumentos = ["localhost", "5000"]

    [cliente]
    argumentos = ["localhost", "5000"]
    antes = ["/connect", "/join general"]
    mensaje = "/msg todos {mensaje}"
    salida = "/quit"

Donde ponga `{nombre}` va el de cada persona. Es lo que ha escrito cualquiera: se lee con un tope, y
sus errores se cuentan con una frase.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chatlab.chat.protocolo import limpiar
from chatlab.errores import ErrorParaPersonas
from chatlab.sistema.ajeno import leer_ajeno
from chatlab.textos import en_llano

ARCHIVO = "como_se_usa.toml"
#: Bytes del archivo, letras de cada texto y textos de cada lista que se admiten.
MAX_BYTES, MAX_LETRAS, MAX_TEXTOS = 16_384, 200, 20
#: Letras de lo que se teclea alrededor de un mensaje: juntos tienen que caber en una línea.
MAX_PLANTILLA = 60

#: Lo que puede haber en cada tabla, y si es un texto o una lista de textos.
_TABLAS: Mapping[str, Mapping[str, type]] = {
    "servidor": {"argumentos": list},
    "cliente": {"argumentos": list, "antes": list, "mensaje": str, "salida": str},
}


class ErrorDeUso(ErrorParaPersonas):
    """Lo que se dice de cómo se usa una entrega no se entiende."""


@dataclass(frozen=True, slots=True)
class ComoSeUsa:
    """Lo que se sabe, porque lo han dicho, de cómo se usan los programas."""

    #: Parte de una pregunta, sin tildes ni mayúsculas, y lo que se le contesta.
    respuestas: tuple[tuple[str, str], ...] = ()
    argumentos_del_servidor: tuple[str, ...] = ()
    argumentos_del_cliente: tuple[str, ...] = ()
    #: Lo que se teclea después de las respuestas y antes del primer mensaje.
    antes: tuple[str, ...] = ()
    #: Cómo se teclea un mensaje.
    mensaje: str = "{mensaje}"
    #: Con qué palabra se sale; vacío si no se dice.
    salida: str = ""

    def contesta_a(self, pregunta: str) -> str | None:
        """La respuesta dictada para esa pregunta, si la hay."""
        limpia = en_llano(pregunta)
        return next((que for parte, que in self.respuestas if parte in limpia), None)

    def con_respuestas(self, dictadas: Sequence[str]) -> ComoSeUsa:
        """Añade las de `--responde "PREGUNTA=RESPUESTA"`, que mandan sobre las del archivo."""
        nuevas = tuple(leer_respuesta(una) for una in dictadas)
        return replace(self, respuestas=(*nuevas, *self.respuestas))

    def tecleado(self, frase: str) -> str:
        """Un mensaje, tal como hay que teclearlo."""
        return self.mensaje.replace("{mensaje}", frase)


def leer_respuesta(dictada: str) -> tuple[str, str]:
    """«Sala=general»; lanza `ErrorDeUso` si no se entiende."""
    parte, igual, respuesta = dictada.partition("=")
    if not igual or not parte.strip():
        raise ErrorDeUso(
            f"No entiendo --responde «{limpiar(dictada)}». Escribe una parte de la pregunta, un "
            'igual y la respuesta: --responde "Sala=general".'
        )
    return en_llano(parte.strip()), respuesta.strip()


def leer_como_se_usa(carpeta: Path) -> ComoSeUsa:
    """Lo que diga el archivo de esa carpeta; si no lo hay, nada. Lanza `ErrorDeUso`."""
    contenido = _leer_con_tope(carpeta / ARCHIVO)
    if contenido is None:
        return ComoSeUsa()
    try:
        datos = tomllib.loads(contenido.decode("utf-8"))
    except RecursionError:
        raise ErrorDeUso(f"No entiendo {ARCHIVO}: mete demasiadas listas unas en otras.") from None
    except ValueError as error:  # no es TOML, no es UTF-8 o tiene un número que no acaba
        raise ErrorDeUso(f"No entiendo {ARCHIVO}: {limpiar(str(error))[:MAX_LETRAS]}.") from None
    tablas = {nombre: _tabla(datos, nombre) for nombre in _TABLAS}
    sobran = sorted(datos.keys() - _TABLAS.keys() - {"respuestas"})
    if sobran:
        raise ErrorDeUso(
            f"En {ARCHIVO} no sé qué es «{limpiar(sobran[0])[:MAX_LETRAS]}». Las tablas son "
            "[respuestas], [servidor] y [cliente]."
        )
    cliente = tablas["cliente"]
    mensaje = _mensaje(cliente.get("mensaje", "{mensaje}"))
    return ComoSeUsa(
        respuestas=_respuestas(datos.get("respuestas", {})),
        argumentos_del_servidor=tuple(tablas["servidor"].get("argumentos", ())),
        argumentos_del_cliente=tuple(cliente.get("argumentos", ())),
        antes=tuple(cliente.get("antes", ())),
        mensaje=mensaje,
        salida=cliente.get("salida", ""),
    )


def _leer_con_tope(archivo: Path) -> bytes | None:
    """Los bytes de un archivo normal; `None` si no existe. No sigue enlaces ni espera a nadie."""
    try:
        contenido = leer_ajeno(archivo, MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError:
        raise ErrorDeUso(f"No puedo leer {ARCHIVO}: tiene que ser un archivo normal.") from None
    if len(contenido) > MAX_BYTES:
        raise ErrorDeUso(f"{ARCHIVO} es demasiado largo: el máximo es {MAX_BYTES} bytes.")
    return contenido


def _tabla(datos: Mapping[str, Any], nombre: str) -> dict[str, Any]:
    tabla = datos.get(nombre, {})
    if not isinstance(tabla, dict):
        raise ErrorDeUso(f"En {ARCHIVO}, «{nombre}» tiene que ser una tabla: [{nombre}].")
    for clave, valor in tabla.items():
        clase = _TABLAS[nombre].get(clave)
        if clase is None:
            conocidas = ", ".join(_TABLAS[nombre])
            raise ErrorDeUso(
                f"En {ARCHIVO}, en [{nombre}], no sé qué es «{limpiar(clave)[:MAX_LETRAS]}». "
                f"Puede haber: {conocidas}."
            )
        textos = valor if isinstance(valor, list) else [valor]
        if not isinstance(valor, clase) or len(textos) > MAX_TEXTOS:
            que = "una lista de textos" if clase is list else "un texto"
            raise ErrorDeUso(f"En {ARCHIVO}, «{clave}» tiene que ser {que}.")
        for texto in textos:
            _comprobar_texto(texto, clave)
    return tabla


def _mensaje(plantilla: str) -> str:
    """Con el hueco para la frase, que va al final si no lo dice."""
    completa = plantilla if "{mensaje}" in plantilla else plantilla + "{mensaje}"
    if completa.count("{mensaje}") > 1 or len(completa) > MAX_PLANTILLA:
        raise ErrorDeUso(
            f"En {ARCHIVO}, «mensaje» tiene que llevar {{mensaje}} una vez, y {MAX_PLANTILLA} "
            "letras como mucho."
        )
    return completa


def _respuestas(tabla: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(tabla, dict) or len(tabla) > MAX_TEXTOS:
        raise ErrorDeUso(f"En {ARCHIVO}, «respuestas» tiene que ser una tabla: [respuestas].")
    for pregunta, respuesta in tabla.items():
        _comprobar_texto(respuesta, pregunta)
    return tuple((en_llano(pregunta.strip()), que) for pregunta, que in tabla.items())


def _comprobar_texto(texto: Any, clave: str) -> None:
    """Lo que se va a teclear: corto, de una línea y sin caracteres de control."""
    if not isinstance(texto, str) or len(texto) > MAX_LETRAS or texto != limpiar(texto):
        raise ErrorDeUso(
            f"En {ARCHIVO}, «{limpiar(clave)[:MAX_LETRAS]}» tiene que ser un texto entre comillas, "
            f"de una línea y con {MAX_LETRAS} letras como mucho."
        )
