"""Un texto que llegó a un programa y no está en su pantalla."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.nodos import argumento, ultimo_nombre

#: Una frase más larga puede llegar a trozos.
MAX_FRASE = 80


def lo_que_no_se_mostro(
    nombre: str,
    escrito: Iterable[str],
    recibido: bytes,
    pantalla: str,
    fuentes: Sequence[Fuente],
) -> Hallazgo | None:
    """Cuenta que al programa de `nombre` le llegó una frase que no enseñó; None si las enseñó.

    `fuentes` son los archivos de su programa: puede ser un `print` que aún no ha salido.
    """
    for frase in escrito:
        if len(frase) <= MAX_FRASE and frase.encode() in recibido and frase not in pantalla:
            llego = f"a{_l(nombre)} le llegó «{limpiar(frase)}», y no está en su pantalla"
            return _guardado(llego, fuentes) or Hallazgo(
                Grado.VISTO, causa=al_principio(f"{llego}.")
            )
    return None


def _l(nombre: str) -> str:
    """«l servidor», «l programa de Ana»: lo que sigue a la preposición «a»."""
    return el_programa_de(nombre).removeprefix("e")


def _guardado(llego: str, fuentes: Sequence[Fuente]) -> Hallazgo | None:
    """El `print` que no acaba la línea: Python guarda el texto hasta que la haya."""
    for fuente in fuentes:
        if "flush" in fuente.sin_comentarios or "reconfigure" in fuente.sin_comentarios:
            continue  # alguno lo saca: no se sabe cuál falta
        for llamada in fuente.llamadas:
            if ultimo_nombre(llamada.func) == "print" and _deja_la_linea_abierta(llamada):
                return Hallazgo(
                    Grado.SE_SIGUE,
                    causa=al_principio(
                        f"{llego}: este `print` no acaba la línea, y Python guarda lo escrito "
                        "hasta que se acabe."
                    ),
                    arreglo="Añade `flush=True` a ese `print`.",
                    lugar=Lugar(
                        fuente.nombre, llamada.lineno, limpiar(fuente.linea(llamada.lineno))
                    ),
                )
    return None


def _deja_la_linea_abierta(llamada: ast.Call) -> bool:
    final = argumento(llamada, "end")
    return isinstance(final, ast.Constant) and not str(final.value).endswith("\n")
