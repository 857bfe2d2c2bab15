"""Un mensaje que llega al servidor, y que él no envía a quien lo espera."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.momento import Dicho, Momento
from chatlab.corrector.diagnostico.relato.conversaciones import Dialogo, SucesoVisto
from chatlab.textos import enumerar

#: Una frase más larga puede viajar a trozos; una más corta está en cualquier parte.
MIN_FRASE, MAX_FRASE = 8, 200
#: Personas que se nombran una a una.
MAX_NOMBRADAS = 4


def sin_repartir(conversaciones: Sequence[Dialogo], escrito: Iterable[str]) -> Dicho | None:
    """A quién no se envió la última frase que se perdió; `None` si ninguna.

    Solo se dice si a esa persona no se le envió después ni la mitad de bytes: el servidor puede
    enviar lo mismo escrito de otra manera.
    """
    for frase in reversed([frase for frase in escrito if MIN_FRASE <= len(frase) <= MAX_FRASE]):
        datos = frase.encode()
        for autora in conversaciones:
            llegada = next((uno for uno in autora.servidor.leido if datos in uno.datos), None)
            if llegada is None or not autora.servidor.cuenta(llegada):
                continue
            demas = [uno for uno in conversaciones if uno is not autora and _sigue(uno)]
            faltan = [uno for uno in demas if _le_falta(uno, datos, llegada)]
            if not faltan:
                break
            llego = f"a tu servidor le llegó «{frase}», de {autora.quien}, y no se lo envió"
            if len(faltan) == len(demas) and _le_falta(autora, datos, llegada):
                a_quien = "a nadie"
            elif len(faltan) == len(demas):
                a_quien = f"más que a {autora.quien}, que es quien lo escribió"
            elif len(faltan) <= MAX_NOMBRADAS:
                a_quien = f"a {enumerar([uno.quien for uno in faltan])}"
            else:
                continue
            momento = Momento(llegada.instante, f"Aquí {llego} {a_quien}.", SERVIDOR)
            return Dicho(f"{llego} {a_quien}", momento)
    return None


def _sigue(conversacion: Dialogo) -> bool:
    """Si es de alguien que sigue conectado: a quien ya no está no hay que enviarle nada."""
    return bool(conversacion.persona) and not conversacion.cliente.cerrado


def _le_falta(conversacion: Dialogo, datos: bytes, llegada: SucesoVisto) -> bool:
    """Si al otro lado no se le envió el mensaje, ni nada que pudiera serlo."""
    despues = [uno for uno in conversacion.servidor.enviado if uno.instante >= llegada.instante]
    enviados = b"".join(uno.datos for uno in despues)
    cuantos = sum(uno.cuantos for uno in despues)
    return datos not in enviados and cuantos < len(datos) // 2
