"""El veredicto de una comprobación, y por qué."""

from __future__ import annotations

import time

import pytest

from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.historias.escena import Escena, Fallo, NoCuadra, SinComprobar
from chatlab.corrector.juicio.correccion import Correccion
from chatlab.corrector.juicio.fallo import explicar_fallo
from chatlab.corrector.modelo import Comprobacion, Juzga, Resultado, Veredicto
from chatlab.errores import ErrorParaPersonas

#: Caracteres que se guardan del final de una pantalla.
MAX_PANTALLA = 4000


def juzgar(
    call: pytest.CallInfo[None], comprobacion: Comprobacion, correccion: Correccion
) -> Resultado:
    """El resultado de una comprobación que acaba de hacerse, con todo lo que se sabe de ella."""
    hasta = time.monotonic()
    resultado = Resultado(comprobacion, Veredicto.BIEN, segundos=call.duration)
    escena = correccion.escena
    if escena is not None:
        resultado.hecho = list(escena.hecho)
    if call.excinfo is None:
        return resultado
    if escena is not None:
        resultado.visto = {nombre: _final(t.pantalla) for nombre, t in escena.terminales.items()}
    error = call.excinfo.value
    if isinstance(error, Fallo):
        _falla(resultado, error, correccion)
    else:
        _sin_comprobar(resultado, error, correccion)
    if isinstance(error, Fallo | NoSeSabeUsar) and escena is not None:
        _rodar(resultado, error, correccion, escena, hasta)
    return resultado


def _rodar(
    resultado: Resultado,
    error: Fallo | NoSeSabeUsar,
    correccion: Correccion,
    escena: Escena,
    hasta: float,
) -> None:
    """Deja la película del fallo, si se ha pedido. Sin ella, el veredicto es el mismo."""
    if correccion.peliculas is None:
        return
    from chatlab.corrector.juicio.rodaje import rodar  # cuesta cargarlo, y casi nadie lo pide

    try:
        rodar(correccion.peliculas, escena, resultado, error, hasta)
    except Exception:  # noqa: BLE001 - por una película no se pierde una nota
        pass


def _falla(resultado: Resultado, fallo: Fallo, correccion: Correccion) -> None:
    resultado.veredicto = Veredicto.FALLA
    resultado.esperado = str(fallo)
    escena, comprobacion = correccion.escena, resultado.comprobacion
    if escena is None:
        return
    resultado.hallazgos = list(fallo.hallazgos) or explicar_fallo(
        escena,
        comprobacion.pasa,
        fallo.causa,
        al_arrancar=comprobacion.juzga is Juzga.ARRANQUE,
    )
    if not comprobacion.depende:  # sin esta no puede salir bien ninguna
        correccion.sin_servidor = fallo


def _sin_comprobar(resultado: Resultado, error: BaseException, correccion: Correccion) -> None:
    resultado.veredicto = Veredicto.SIN_COMPROBAR
    if isinstance(error, NoCuadra):
        correccion.no_creer(error)
    if isinstance(error, SinComprobar):
        resultado.motivo = str(error)
    elif isinstance(error, ErrorParaPersonas):
        resultado.motivo = str(error)
        if correccion.informe is not None:
            correccion.informe.problema = str(error)
    else:
        resultado.motivo = f"Error del corrector: {error!r}"


def _final(pantalla: str) -> str:
    """Lo último de una pantalla; si no cabe entera, dice cuánto falta."""
    sobran = len(pantalla) - MAX_PANTALLA
    return f"[… {sobran} caracteres …]\n{pantalla[sobran:]}" if sobran > 0 else pantalla
