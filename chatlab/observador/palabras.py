"""Una secuencia contada con palabras: lo mismo que el diagrama, para quien no lo ve."""

from __future__ import annotations

from chatlab.observador.secuencia import DESCONOCIDO, Flecha, Paso, Secuencia
from chatlab.protocolo import limpiar
from chatlab.textos import contar

#: Caracteres que se citan de lo que viaja.
MAX_CITADO = 60


def contar_secuencia(secuencia: Secuencia) -> list[str]:
    """Una frase por cada paso, en orden."""
    return [_frase(paso) for paso in secuencia.pasos]


def citar(datos: bytes, maximo: int = MAX_CITADO) -> str:
    """Los bytes como texto entre comillas, con «\\n» a la vista y sin nada que rompa una página."""
    texto = datos.decode("utf-8", errors="replace")
    visible = texto.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    limpio = limpiar(visible)
    return f"«{limpio if len(limpio) <= maximo else limpio[: maximo - 1] + '…'}»"


def _frase(paso: Paso) -> str:
    if not isinstance(paso, Flecha):
        return f"{_sujeto(paso.actor)}: {paso.texto}."
    quien, a_quien = _sujeto(paso.origen), _con_articulo(paso.destino)
    match paso.que:
        case "connect":
            detalle = f" {paso.detalle}" if paso.detalle else ""
            return f"{quien} llama {_a(a_quien)} (connect{detalle})."
        case "close":
            detalle = f": {paso.detalle}" if paso.detalle else ""
            return f"{quien} cierra su conexión con {a_quien}{detalle}."
        case _:
            bytes_ = contar(paso.cuantos, "byte")
            return f"{quien} envía {bytes_} {_a(a_quien)}: {citar(paso.datos)}."


def _con_articulo(actor: str) -> str:
    """«el servidor», pero «Ana»: los papeles llevan artículo."""
    return f"el {actor}" if actor.islower() and actor != DESCONOCIDO else actor


def _sujeto(actor: str) -> str:
    nombre = _con_articulo(actor)
    return nombre[:1].upper() + nombre[1:]


def _a(alguien: str) -> str:
    return "al" + alguien.removeprefix("el") if alguien.startswith("el ") else f"a {alguien}"
