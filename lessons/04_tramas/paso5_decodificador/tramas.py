# --8<-- [start:cabecera]
"""Tramas: de mensajes a bytes, y de bytes a mensajes.

Una trama es un mensaje con su cabecera delante: cuatro bytes que dicen cuántos tiene. Aquí no
hay sockets: ni se lee ni se escribe en ninguna parte. Los bytes los trae y los lleva otro.
"""

from dataclasses import dataclass

BYTES_DE_CABECERA = 4
MAX_MENSAJE = 10_000
# --8<-- [end:cabecera]


# --8<-- [start:entramar]
def entramar(datos):
    """Pone delante de los bytes de un mensaje la cabecera que dice cuántos son."""
    return len(datos).to_bytes(BYTES_DE_CABECERA, "big") + datos
    # --8<-- [end:entramar]


# --8<-- [start:trama_mala]
@dataclass(frozen=True)
class TramaMala:
    """Una trama que no se puede leer, y por qué."""

    motivo: str
    # --8<-- [end:trama_mala]


# --8<-- [start:memoria]
class Decodificador:
    """Junta los bytes que van llegando y devuelve los mensajes que se completan.

    Da lo mismo cómo vengan cortados los bytes: salen siempre los mismos mensajes.
    """

    def __init__(self):
        self._pendiente = b""  # el principio de una trama que aún no está entera
        self._estropeado = False  # tras una trama mala no se sabe dónde empieza la siguiente
        # --8<-- [end:memoria]

    # --8<-- [start:recibir]
    def recibir(self, datos):
        """Añade los bytes y devuelve la lista de los mensajes que se completan con ellos.

        Una trama mala sale en su sitio de la lista, y es lo último que sale.
        """
        if self._estropeado:
            return []
        self._pendiente += datos
        completos = []
        while (mensaje := self._sacar()) is not None:
            completos.append(mensaje)
        return completos
        # --8<-- [end:recibir]

    # --8<-- [start:sacar]
    def _sacar(self):
        """Saca el primer mensaje de lo pendiente; None si aún no está entero."""
        if len(self._pendiente) < BYTES_DE_CABECERA:
            return None
        longitud = int.from_bytes(self._pendiente[:BYTES_DE_CABECERA], "big")
        if longitud > MAX_MENSAJE:
            self._estropeado = True
            self._pendiente = b""
            return TramaMala(f"anuncia {longitud} bytes, y el tope es {MAX_MENSAJE}")
        final = BYTES_DE_CABECERA + longitud
        if len(self._pendiente) < final:
            return None
        mensaje = self._pendiente[BYTES_DE_CABECERA:final]
        self._pendiente = self._pendiente[final:]
        return mensaje
        # --8<-- [end:sacar]

    # --8<-- [start:a_medias]
    def bytes_a_medias(self):
        """Cuántos bytes hay de una trama que aún no está entera."""
        return len(self._pendiente)
        # --8<-- [end:a_medias]
