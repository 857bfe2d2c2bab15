"""Por qué ha fallado un programa, dicho para quien lo escribió.

    explicar_error        el error que se ve en su pantalla, con su línea y su arreglo
    avisos_del_codigo     lo que se ve en su código sin ejecutarlo
    explicar_sockets      lo que hicieron sus sockets

Todo lo que entra aquí lo ha escrito un programa cualquiera: nada lanza excepciones por raro que
sea, y lo que sale está limpio de caracteres de control.
"""

from __future__ import annotations

from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.avisos import avisos_del_codigo
from chatlab.corrector.diagnostico.explicaciones import explicar
from chatlab.corrector.diagnostico.explicaciones.caso import Caso
from chatlab.corrector.diagnostico.explicaciones.eleccion import elegir, marco_del_alumno
from chatlab.corrector.diagnostico.explicaciones.rastro import Rastro, leer_rastros
from chatlab.corrector.diagnostico.explicaciones.sueltos import buscar_suelto
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuente
from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.relato import explicar_sockets

__all__ = ["avisos_del_codigo", "explicar_error", "explicar_sockets"]

#: Caracteres que se muestran de un mensaje de Python o de una línea de código.
MAX_TEXTO = 160
#: Caracteres de una línea de código en los que se busca su falta.
MAX_CODIGO = 500
_MOSTRADO = " Tu programa capturó el error con `except` y solo mostró su mensaje."


def explicar_error(pantalla: str, carpeta: Path) -> Hallazgo | None:
    """Busca en una pantalla el error del programa del alumno y lo explica.

    `carpeta` es la de la entrega: el lugar del error es el último suyo, no el de la biblioteca.
    Devuelve None si no hay ningún error, o solo la interrupción con Ctrl+C.
    """
    rastros = leer_rastros(pantalla)
    rastro = elegir(rastros, carpeta) or buscar_suelto(
        pantalla, carpeta, [rastro.mensaje for rastro in rastros]
    )
    return _diagnosticar(rastro, carpeta) if rastro else None


def _diagnosticar(rastro: Rastro, carpeta: Path) -> Hallazgo:
    marco = marco_del_alumno(rastro, carpeta)
    fuente = leer_fuente(carpeta, marco.ruta) if marco else Fuente()
    linea = marco.linea if marco else None
    escrito = marco.codigo if marco else ""
    caso = Caso(rastro, carpeta, fuente, linea, (fuente.linea(linea) or escrito)[:MAX_CODIGO])
    explicacion = explicar(caso)
    codigo = caso.codigo
    if explicacion.archivo:
        fuente, linea = leer_fuente(carpeta, explicacion.archivo), explicacion.linea
        codigo = fuente.linea(linea)
    archivo = _presentable(fuente.nombre)
    return Hallazgo(
        Grado.PUEDE_AYUDAR if rastro.es_advertencia else Grado.VISTO,
        causa=limpiar(explicacion.explicacion + _ademas(rastro)),
        arreglo=limpiar(explicacion.arreglo),
        lugar=Lugar(archivo, linea, _presentable(codigo)) if archivo else None,
        error=ErrorDePython(
            _presentable(rastro.tipo), _presentable(caso.mensaje), _presentable(rastro.hilo)
        ),
    )


def _ademas(rastro: Rastro) -> str:
    """Lo que hay que saber de cómo se vio el error, además de su causa."""
    if rastro.mostrado:
        return _MOSTRADO
    if rastro.despues:
        return f" Después falló también el `finally`: «{_presentable(rastro.despues)}»."
    return ""


def _presentable(texto: str) -> str:
    limpio = limpiar(texto).strip()
    return limpio if len(limpio) <= MAX_TEXTO else f"{limpio[: MAX_TEXTO - 1]}…"
