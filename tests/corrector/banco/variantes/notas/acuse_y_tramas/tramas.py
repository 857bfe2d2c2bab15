"""De bytes sueltos a notas: «128:» y los bytes de la nota, sin sockets por medio."""

MAX_NOTA = 1_000_000


class NotaImposible(Exception):
    """Lo que ha llegado no es una nota."""


def codificar(nota):
    datos = nota.encode("utf-8")
    return f"{len(datos)}:".encode("ascii") + datos


class Decodificador:
    def __init__(self):
        self._pendiente = bytearray()

    def recibir(self, datos):
        """Devuelve las notas que se completan con estos bytes."""
        self._pendiente += datos
        notas = []
        while (nota := self._sacar()) is not None:
            notas.append(nota)
        return notas

    def _sacar(self):
        longitud, dos_puntos, _ = self._pendiente[:8].partition(b":")
        if not dos_puntos:
            if len(self._pendiente) >= 8:
                raise NotaImposible("no empieza por su longitud")
            return None
        if not longitud.isdigit() or int(longitud) > MAX_NOTA:
            raise NotaImposible(f"longitud {bytes(longitud)!r}")
        fin = len(longitud) + 1 + int(longitud)
        if len(self._pendiente) < fin:
            return None
        cuerpo = bytes(self._pendiente[len(longitud) + 1 : fin])
        del self._pendiente[:fin]
        try:
            return cuerpo.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotaImposible("no es UTF-8") from error
