"""Tramas: de mensajes a bytes, y de bytes a mensajes.

Una trama es un mensaje con su cabecera delante: cuatro bytes que dicen cuántos
tiene. Aquí no hay sockets: ni se lee ni se escribe en ninguna parte. Los bytes
los trae y los lleva otro.
"""

from dataclasses import dataclass

BYTES_DE_CABECERA = 4
MAX_MENSAJE = 10_000


def entramar(datos):
    """Pone delante de un mensaje la cabecera que dice cuántos bytes son."""
    return len(datos).to_bytes(BYTES_DE_CABECERA, "big") + datos


@dataclass(frozen=True)
class TramaMala:
    """Una trama que no se puede leer, y por qué."""

    motivo: str


class Decodificador:
    """Junta los bytes que llegan y devuelve los mensajes que se completan.

    Da lo mismo cómo vengan cortados los bytes: salen siempre los mismos
    mensajes.
    """

    def __init__(self):
        # El principio de una trama que aún no está entera.
        self._pendiente = b""
        # Tras una trama mala no se sabe dónde empieza la siguiente.
        self._estropeado = False

    def recibir(self, datos):
        """Añade los bytes y devuelve los mensajes que se completan con ellos.

        Una trama mala sale en su sitio de la lista, y es lo último que sale.
        """
        if self._estropeado:
            return []
        self._pendiente += datos
        completos = []
        while (mensaje := self._sacar()) is not None:
            completos.append(mensaje)
        return completos

    def _sacar(self):
        """Saca el primer mensaje pendiente; None si aún no está entero."""
        if len(self._pendiente) < BYTES_DE_CABECERA:
            return None
        longitud = int.from_bytes(self._pendiente[:BYTES_DE_CABECERA], "big")
        if longitud > MAX_MENSAJE:
            self._estropeado = True
            self._pendiente = b""
            return TramaMala(
                f"anuncia {longitud} bytes, y el tope es {MAX_MENSAJE}"
            )
        final = BYTES_DE_CABECERA + longitud
        if len(self._pendiente) < final:
            return None
        mensaje = self._pendiente[BYTES_DE_CABECERA:final]
        self._pendiente = self._pendiente[final:]
        return mensaje

    def bytes_a_medias(self):
        """Cuántos bytes hay de una trama que aún no está entera."""
        return len(self._pendiente)
