"""Un texto que llega cambiado: con otros signos, otras mayúsculas o sin tildes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.momento import Dicho, Momento
from chatlab.corrector.diagnostico.relato.conversaciones import Dialogo, Lado

#: Caracteres de un mensaje que se enseñan.
MAX_CITA = 60
#: Letras y cifras que debe tener una frase para reconocerla cambiada.
MINIMO = 4
#: Lo que dice de un texto que el servidor reparte con otras letras.
LLEGA_CAMBIADO = "llega cambiado"
#: Lo que dice de uno que ya sale cambiado de su cliente.
SALE_CAMBIADO = "y su programa envió"


def llega_cambiado(conversaciones: Sequence[Dialogo], escrito: Iterable[str]) -> Dicho | None:
    """La primera frase tecleada que el cliente, o el servidor, envió de otra manera; o `None`.

    Lo que va escrito en otro código (JSON con `\\\\u00e9`, base64) no está cambiado.
    """
    todas = list(escrito)
    for frase in todas:
        # «salir» está también dentro de «Voy a salir», y ahí no está cambiada.
        dentro_de_otra = any(_en_esencia(frase) in _en_esencia(o) for o in todas if o != frase)
        if len(_en_esencia(frase)) < MINIMO or dentro_de_otra:
            continue
        for conversacion in conversaciones:
            if _esta(frase, conversacion.cliente):
                if cambio := _la_cambia_el_servidor(frase, conversacion, conversaciones):
                    return cambio
            elif cambiada := _parecida(frase, conversacion.cliente):
                return Dicho(
                    f"{conversacion.quien} escribió {_cita(frase)} {SALE_CAMBIADO} "
                    f"{_cita(cambiada)}",
                    _aqui(conversacion.cliente, cambiada, conversacion.persona),
                )
    return None


def como_no_cambiarlo(frase: str) -> str:
    """Qué hacer con un texto cambiado, si es eso lo que dice la frase; vacío si no."""
    if not frase.endswith(LLEGA_CAMBIADO) and SALE_CAMBIADO not in frase:
        return ""
    quien = "el servidor" if frase.endswith(LLEGA_CAMBIADO) else "el cliente"
    return (
        f"Busca en {quien} qué línea toca el texto antes de enviarlo (`replace`, `upper`, "
        "`split`…), y envíalo tal como era."
    )


def _la_cambia_el_servidor(
    frase: str, de: Dialogo, conversaciones: Sequence[Dialogo]
) -> Dicho | None:
    otras = [una for una in conversaciones if una is not de]
    if any(_esta(frase, una.servidor) for una in otras):
        return None
    for una in otras:
        if cambiada := _parecida(frase, una.servidor):
            return Dicho(
                f"{de.quien} envió {_cita(frase)} y tu servidor envió a {una.quien} "
                f"{_cita(cambiada)}: {LLEGA_CAMBIADO}",
                _aqui(una.servidor, cambiada, SERVIDOR),
            )
    return None


def _aqui(extremo: Lado, cambiada: str, de: str) -> Momento | None:
    """El envío en que va el texto, si va entero en uno."""
    for envio in extremo.enviado:
        if cambiada.encode() in envio.datos:
            return Momento(envio.instante, f"Aquí se envía cambiado: {_cita(cambiada)}.", de)
    return None


def _esta(frase: str, extremo: Lado) -> bool:
    return frase.encode() in extremo.lo_enviado


def _parecida(frase: str, extremo: Lado) -> str:
    """La línea enviada que dice lo mismo con otras letras; vacía si ninguna."""
    for linea in extremo.lo_enviado.decode("utf-8", errors="replace").splitlines():
        if "\\" not in linea and _en_esencia(frase) in _en_esencia(linea):
            return linea
    return ""


@lru_cache(maxsize=1024)  # cada frase se compara con todas las demás
def _en_esencia(texto: str) -> str:
    """Solo las letras y las cifras, sin tildes ni mayúsculas."""
    sueltas = unicodedata.normalize("NFKD", texto)
    return "".join(letra for letra in sueltas if letra.isalnum()).casefold()


def _cita(texto: str) -> str:
    return f"«{texto if len(texto) <= MAX_CITA else f'{texto[: MAX_CITA - 1]}…'}»"
