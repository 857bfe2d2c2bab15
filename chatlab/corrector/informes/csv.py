"""Las notas de una clase, para la hoja de cálculo.

El separador es «;» y la coma es la de los decimales: así las abre con dos clics un Excel en
español, que con puntos leería «7.5» como el 7 de mayo. La marca del principio (BOM, en
`CODIFICACION`) le dice que el texto es UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from chatlab.corrector.informes.causas import lo_primero
from chatlab.corrector.informes.formato import (
    bien_de,
    corregido,
    del_nivel,
    en_una_linea,
    nota_de,
    observacion,
)
from chatlab.corrector.informes.resumen import recontar
from chatlab.corrector.modelo import Informe, Nivel

CODIFICACION = "utf-8-sig"

_COLUMNAS = (
    "Estudiante",
    "Puntos",
    "Puntos posibles",
    "Nota",
    "Básico superado",
    "Básicas bien",
    "Robustas bien",
    "Observaciones",
    "Lo primero que arreglar",
)


def de_la_clase(informes: Sequence[Informe]) -> str:
    """Una fila por estudiante: lo que suma, su nota sobre 10 y los puntos de cada comprobación.

    Sin nota, y con el motivo en «Observaciones», las entregas que no se pudieron corregir.
    """
    comprobaciones = [recuento.comprobacion for recuento in recontar(informes)]
    salida = io.StringIO()
    # Excel espera \r\n, que es lo que pone «csv» si no se le dice otra cosa.
    escritor = csv.writer(salida, delimiter=";")
    escritor.writerow([*_COLUMNAS, *(_celda(una.titulo) for una in comprobaciones)])
    claves = [comprobacion.clave for comprobacion in comprobaciones]
    escritor.writerows(_fila(informe, claves) for informe in informes)
    return salida.getvalue()


def _fila(informe: Informe, claves: Sequence[str]) -> list[str | int]:
    valen = corregido(informe)
    conseguidos = {uno.comprobacion.clave: uno.puntos for uno in informe.resultados}
    return [
        _celda(informe.entrega),
        informe.puntos if valen else "",
        informe.puntos_posibles if valen else "",
        nota_de(informe),
        ("sí" if informe.aprobado else "no") if valen else "",
        _de(bien_de(del_nivel(informe, Nivel.BASICO))),
        _de(bien_de(del_nivel(informe, Nivel.ROBUSTO))),
        _celda(observacion(informe)),
        _celda(lo_primero(informe)),
        *(conseguidos.get(clave, "") for clave in claves),
    ]


def _de(cuantas: str) -> str:
    """«8 de 10»: Excel leería «8/10» como el 8 de octubre."""
    return cuantas.replace("/", " de ")


def _celda(texto: str) -> str:
    """Un texto que la hoja de cálculo no pueda tomar por una fórmula (OWASP, «CSV injection»)."""
    limpio = en_una_linea(texto)
    return f"'{limpio}" if limpio.startswith(("=", "+", "-", "@")) else limpio
