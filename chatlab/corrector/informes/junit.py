"""El informe como JUnit XML, que entienden los servicios de integración continua.

Una entrega es un `testsuite` y una comprobación un `testcase`: si falla lleva `failure`, y si no
se pudo comprobar, `error`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from chatlab.corrector.informes.causas import causas_de, depende_de
from chatlab.corrector.informes.formato import en_una_linea, limpio
from chatlab.corrector.informes.redaccion import redactar, titular
from chatlab.corrector.modelo import Informe, Resultado, Veredicto

_ELEMENTO = {Veredicto.FALLA: "failure", Veredicto.SIN_COMPROBAR: "error"}


def de_la_clase(informes: Sequence[Informe]) -> str:
    """El documento entero, con un `testsuite` por informe."""
    raiz = ET.Element("testsuites", name="chatlab")
    for informe in informes:
        raiz.append(_entrega(informe))
    ET.indent(raiz)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(raiz, encoding="unicode")}\n'


def _entrega(informe: Informe) -> ET.Element:
    causas = causas_de(informe)
    casos = [
        _caso(informe, resultado, depende_de(resultado, causas)) for resultado in informe.resultados
    ]
    if informe.problema:
        casos.append(_problema(informe))
    segundos = sum(resultado.segundos for resultado in informe.resultados)
    suite = ET.Element(
        "testsuite",
        name=en_una_linea(f"{informe.leccion}: {informe.entrega}"),
        tests=str(len(casos)),
        failures=str(sum(caso.find("failure") is not None for caso in casos)),
        errors=str(sum(caso.find("error") is not None for caso in casos)),
        skipped="0",
        time=f"{segundos:.3f}",
    )
    suite.extend(casos)
    return suite


def _caso(informe: Informe, resultado: Resultado, depende: str) -> ET.Element:
    caso = ET.Element(
        "testcase",
        classname=en_una_linea(informe.entrega),
        name=en_una_linea(resultado.comprobacion.titulo),
        time=f"{resultado.segundos:.3f}",
    )
    if elemento := _ELEMENTO.get(resultado.veredicto):
        detalle = ET.SubElement(caso, elemento, message=en_una_linea(_mensaje(resultado)))
        detalle.text = limpio(redactar(resultado, depende))
    return caso


def _problema(informe: Informe) -> ET.Element:
    caso = ET.Element(
        "testcase", classname=en_una_linea(informe.entrega), name="La entrega se puede corregir"
    )
    ET.SubElement(caso, "error", message=en_una_linea(informe.problema))
    return caso


def _mensaje(resultado: Resultado) -> str:
    if resultado.hallazgos:
        return titular(resultado.hallazgos[0])
    return resultado.motivo or resultado.esperado
