"""Qué hay que arreglar, y en qué orden: los fallos de una entrega, reunidos por su causa.

Si no llega ningún mensaje, tampoco llegan los avisos ni los mensajes largos: es un solo fallo, y
se cuenta una vez, con la lista de lo que cae con él. Cada comprobación dice de cuál depende (en
`marcas.py`), y un mismo error de Python es siempre la misma causa.

Primero va lo básico, en el orden en que unas cosas dependen de otras; lo de estilo, que el puerto
quede libre o que Ctrl+C termine el servidor, va detrás de que el programa haga su trabajo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.informes.formato import en_orden, en_una_linea
from chatlab.corrector.informes.redaccion import titular
from chatlab.corrector.modelo import Informe, Nivel, Resultado, Veredicto

#: Errores que da la red cuando el otro programa se ha ido, o no está: suelen venir de otro fallo.
_DE_RED = frozenset(
    {
        "OSError",
        "BrokenPipeError",
        "ConnectionAbortedError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "TimeoutError",
    }
)


@dataclass(slots=True)
class Causa:
    """Lo que explica uno o varios fallos: el de la raíz, y los que caen con él."""

    raiz: Resultado
    #: Los que fallan por el mismo error.
    iguales: list[Resultado] = field(default_factory=list)
    #: Los que dependen de alguno de los anteriores, y no tienen otro error que los explique.
    dependen: list[Resultado] = field(default_factory=list)

    @property
    def resultados(self) -> list[Resultado]:
        """Todo lo que falla por ella, y lo primero la raíz."""
        return [self.raiz, *self.iguales, *self.dependen]

    @property
    def hallazgos(self) -> list[Hallazgo]:
        """Lo que explica su raíz."""
        return self.raiz.hallazgos

    @property
    def error(self) -> Hallazgo | None:
        """El error de Python que la explica, si lo hay."""
        return error_de(self.raiz)

    def es_la_de(self, resultado: Resultado) -> bool:
        """Si ese resultado falla por lo mismo: el mismo error, o el mismo fallo sin explicar."""
        error, otro = error_de(resultado), self.error
        if error is not None or otro is not None:
            return error is not None and otro is not None and _senas(error) == _senas(otro)
        sin_explicar = not resultado.hallazgos or resultado.hallazgos == self.hallazgos
        return sin_explicar and resultado.esperado == self.raiz.esperado != ""


def causas_de(informe: Informe) -> list[Causa]:
    """Las causas de los fallos: primero, la más importante."""
    fondo = _fondo(informe)
    por_fondo = sorted(en_orden(informe), key=lambda uno: fondo[uno.comprobacion.clave])
    fallan = {uno.comprobacion.clave: uno for uno in por_fondo if uno.veredicto is Veredicto.FALLA}
    causas: list[Causa] = []
    for resultado in fallan.values():
        if (igual := next((una for una in causas if una.es_la_de(resultado)), None)) is not None:
            igual.iguales.append(resultado)
        elif (otra := _de_quien_depende(resultado, fallan, causas)) is not None:
            otra.dependen.append(resultado)
        else:
            causas.append(Causa(resultado))
    return _por_importancia(causas, fondo)


def causa_de(resultado: Resultado, causas: Sequence[Causa]) -> Causa | None:
    """La causa con la que cae un resultado; `None` si no falla o si es él quien la cuenta."""
    return next((una for una in causas if resultado in [*una.iguales, *una.dependen]), None)


def depende_de(resultado: Resultado, causas: Sequence[Causa]) -> str:
    """El título de la que tiene que salir bien para que esta pueda, si tampoco sale."""
    causa = causa_de(resultado, causas)
    return causa.raiz.comprobacion.titulo if causa and resultado in causa.dependen else ""


def lo_primero(informe: Informe) -> str:
    """Lo primero que hay que arreglar, en una línea; vacío si no falla nada."""
    for causa in causas_de(informe):
        if causa.error is not None and causa.error.error is not None:
            return en_una_linea(f"{titular(causa.error)} ({causa.error.error.tipo})")
        titulo = causa.raiz.comprobacion.titulo
        # Una sospecha no es la causa: sin nada más seguro, basta con decir qué falla.
        seguros = [uno for uno in causa.hallazgos if uno.grado is not Grado.PUEDE_AYUDAR]
        frases = [f"Falla «{titulo}».", *(titular(uno) for uno in seguros[:1])]
        return en_una_linea(" ".join(frases))
    return ""


def por_arreglar(informe: Informe) -> list[Resultado]:
    """Lo que no va bien, en el orden en que conviene arreglarlo: primero las raíces."""
    causas = causas_de(informe)
    raices = [causa.raiz for causa in causas]
    demas = [uno for causa in causas for uno in [*causa.iguales, *causa.dependen]]
    dudosos = [uno for uno in en_orden(informe) if uno.veredicto is Veredicto.SIN_COMPROBAR]
    return [*raices, *demas, *dudosos]


def error_de(resultado: Resultado) -> Hallazgo | None:
    """El error de Python que explica un resultado, si lo hay."""
    vistos = (uno for uno in resultado.hallazgos if uno.grado is Grado.VISTO)
    return next((uno for uno in vistos if uno.error is not None), None)


def _de_quien_depende(
    resultado: Resultado, fallan: dict[str, Resultado], causas: Sequence[Causa]
) -> Causa | None:
    error = error_de(resultado)
    if error is not None and error.error is not None and error.error.tipo not in _DE_RED:
        return None  # tiene una explicación propia, y merece contarse
    for clave in _antecesoras(resultado.comprobacion.clave, _dependencias(fallan.values())):
        for causa in causas:
            if fallan.get(clave) in causa.resultados:
                return causa
    return None


def _dependencias(resultados: Iterable[Resultado]) -> dict[str, str]:
    return {uno.comprobacion.clave: uno.comprobacion.depende for uno in resultados}


def _antecesoras(clave: str, dependencias: Mapping[str, str]) -> list[str]:
    """De quién depende una comprobación, de la más cercana a la más lejana."""
    vistas: list[str] = []
    while (clave := dependencias.get(clave, "")) and clave not in vistas:
        vistas.append(clave)
    return vistas


def _fondo(informe: Informe) -> dict[str, int]:
    """De cuántas depende cada una, una detrás de otra."""
    dependencias = _dependencias(informe.resultados)
    return {clave: len(_antecesoras(clave, dependencias)) for clave in dependencias}


def _por_importancia(causas: list[Causa], fondo: Mapping[str, int]) -> list[Causa]:
    hay_algo_basico = any(
        causa.raiz.comprobacion.nivel is Nivel.BASICO and not causa.raiz.comprobacion.de_estilo
        for causa in causas
    )

    def importancia(causa: Causa) -> tuple[bool, bool, int, bool]:
        comprobacion = causa.raiz.comprobacion
        robusta = comprobacion.nivel is Nivel.ROBUSTO
        al_final = comprobacion.de_estilo and (robusta or hay_algo_basico)
        return al_final, robusta, fondo[comprobacion.clave], causa.error is None

    return sorted(causas, key=importancia)


def _senas(hallazgo: Hallazgo) -> tuple[object, ...]:
    """Lo que distingue un error de otro: ni el hilo ni de quién es la pantalla cuentan."""
    error = hallazgo.error
    return hallazgo.lugar, error and error.tipo, hallazgo.arreglo
