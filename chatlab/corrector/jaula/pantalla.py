"""Lo que un programa escribe, como texto limpio que solo crece.

Un programa escribe bytes: pueden venir cortados por mitad de una letra, y llevan órdenes para la
terminal (colores, mover el cursor) que aquí se quitan. Lo ya escrito no cambia nunca, así que la
longitud del texto sirve de marca: «lo que salió después de aquí». Por eso un programa que vuelve
al principio de la línea para escribirla de nuevo empieza aquí una línea nueva.
"""

from __future__ import annotations

import codecs
import re
import threading

#: Lo que no se ve: las órdenes de ECMA-48, un borrado (atrás, un espacio encima y atrás) y los
#: demás caracteres de control.
_INVISIBLE = re.compile(
    r"""
    \x1b (?:
        \[ [0-?]* [ -/]* [@-~]                   # colores, mover el cursor, borrar
      | \] [^\x07\x1b]* (?: \x07 | \x1b\\ )      # el título de la ventana, un enlace
      | [PX^_] [^\x1b]* \x1b\\                   # otras que llevan texto
      | [ -/]* [0-~]                             # elegir el juego de caracteres, y demás
    )
    | \x08\ \x08
    | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]
    """,
    re.VERBOSE,
)
_INVISIBLE_A_MEDIAS = re.compile(
    r"(?:\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|[ -/]*)|\x08 ?)\Z"
)
#: Un fin de línea, o volver al principio de la línea, quizá borrándola con espacios.
_RETORNO = re.compile(r"\r+\n|\r(?:[\r ]*\r)?")
_RETORNO_A_MEDIAS = re.compile(r"\r[\r ]*\Z")
#: Una orden más larga no es una orden: alguien escribe bytes cualesquiera.
_MAX_A_MEDIAS = 4096


class Pantalla:
    """El texto que ha salido en una pantalla. Avisa de cada cambio en `cambio`."""

    def __init__(self, cambio: threading.Condition) -> None:
        self._cambio = cambio
        self._letras = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._invisibles = _Pendiente(_INVISIBLE_A_MEDIAS)
        self._retornos = _Pendiente(_RETORNO_A_MEDIAS)
        self._trozos = [""]  # se juntan cuando alguien mira: hay programas que escriben sin fin
        self._cerrada = False

    @property
    def texto(self) -> str:
        """Todo lo que ha salido hasta ahora."""
        with self._cambio:
            if len(self._trozos) > 1:
                self._trozos = ["".join(self._trozos)]
            return self._trozos[0]

    @property
    def cerrada(self) -> bool:
        """Si ya no puede salir nada más."""
        with self._cambio:
            return self._cerrada

    def anadir(self, datos: bytes) -> None:
        """Añade lo que el programa acaba de escribir."""
        with self._cambio:
            self._poner(self._letras.decode(datos))

    def cerrar(self) -> None:
        """El programa ya no escribirá más."""
        with self._cambio:
            self._poner(self._letras.decode(b"", final=True), final=True)
            self._cerrada = True
            self._cambio.notify_all()

    def _poner(self, nuevo: str, *, final: bool = False) -> None:
        with self._cambio:
            visible = _INVISIBLE.sub("", self._invisibles.completar(nuevo, final=final))
            if texto := self._volver(self._retornos.completar(visible, final=final)):
                self._trozos.append(texto)
                self._cambio.notify_all()

    def _volver(self, texto: str) -> str:
        """El texto con una línea nueva donde el programa volvía al principio de una ya escrita."""
        previo = self._trozos[-1][-1:]

        def linea_nueva(retorno: re.Match[str]) -> str:
            anterior = texto[retorno.start() - 1] if retorno.start() else previo
            return "" if anterior in ("", "\n") and not retorno[0].endswith("\n") else "\n"

        return _RETORNO.sub(linea_nueva, texto)


class _Pendiente:
    """Guarda el final de un trozo de texto cuando puede ser el principio de algo del siguiente."""

    def __init__(self, a_medias: re.Pattern[str]) -> None:
        self._a_medias = a_medias
        self._guardado = ""

    def completar(self, nuevo: str, *, final: bool) -> str:
        """Lo que estaba guardado y el trozo nuevo, salvo lo que haya que guardar ahora."""
        texto = self._guardado + nuevo
        corte = None if final else self._a_medias.search(texto)
        if corte is None or len(texto) - corte.start() > _MAX_A_MEDIAS:
            self._guardado = ""
            return texto
        self._guardado = texto[corte.start() :]
        return texto[: corte.start()]
