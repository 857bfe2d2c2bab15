"""Una secuencia contada con palabras: lo mismo que el diagrama, para quien no lo ve."""

from __future__ import annotations

from chatlab.chat.protocolo import limpiar
from chatlab.observador.actores import a, con_articulo
from chatlab.observador.secuencia import Flecha, Paso, Secuencia
from chatlab.textos import contar

#: Caracteres que se citan de lo que viaja.
MAX_CITADO = 60


def contar_secuencia(secuencia: Secuencia) -> list[str]:
    """Una frase por cada paso, en orden."""
    return [_frase(paso) for paso in secuencia.pasos]


def contar_esperas(secuencia: Secuencia) -> list[str]:
    """Una frase por cada espera: quién, dónde y entre qué pasos, contados desde 1."""
    return [
        f"{_sujeto(una.actor)} espera {una.donde} {_entre(una.desde, una.hasta)}."
        for una in secuencia.esperas
    ]


def _entre(desde: int, hasta: int | None) -> str:
    principio = f"desde el {desde}" if desde else "desde el principio"
    return f"{principio} hasta el {'final' if hasta is None else hasta + 1}"


def citar(datos: bytes, maximo: int = MAX_CITADO) -> str:
    """Los bytes como texto entre comillas, con «\\n» a la vista y sin nada que rompa una página."""
    texto = datos.decode("utf-8", errors="replace")
    visible = texto.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    limpio = limpiar(visible)
    return f"«{limpio if len(limpio) <= maximo else limpio[: maximo - 1] + '…'}»"


def _frase(paso: Paso) -> str:
    if not isinstance(paso, Flecha):
        return f"{_sujeto(paso.actor)}: {paso.texto}."
    quien = _sujeto(paso.origen)
    match paso.que:
        case "connect":
            detalle = f" {paso.detalle}" if paso.detalle else ""
            return f"{quien} llama {a(paso.destino)} (connect{detalle})."
        case "shutdown":
            return f"{quien} deja de enviar {a(paso.destino)} (shutdown)."
        case "fin":
            return f"{quien} deja de enviar {a(paso.destino)}."
        case "close":
            detalle = f": {paso.detalle}" if paso.detalle else ""
            return f"{quien} cierra su conexión con {con_articulo(paso.destino)}{detalle}."
        case _:
            bytes_ = contar(paso.cuantos, "byte")
            return f"{quien} envía {bytes_} {a(paso.destino)}: {citar(paso.datos)}."


def _sujeto(actor: str) -> str:
    nombre = con_articulo(actor)
    return nombre[:1].upper() + nombre[1:]
