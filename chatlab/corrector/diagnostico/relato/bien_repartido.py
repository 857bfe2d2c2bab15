"""Si el servidor repartió bien los mensajes: entonces, lo que falle al leerlos no es suyo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chatlab.corrector.diagnostico.relato.conversaciones import Dialogo, Lado

#: Caracteres de una frase más corta, que puede estar por casualidad dentro de otra cosa.
MIN_FRASE = 8


def bien_repartido(conversaciones: Sequence[Dialogo], escrito: Iterable[str]) -> bool:
    """Si envió a los demás, cada uno por su lado, todos los mensajes que le enviaron.

    Que `recv` se los diera pegados, o a trozos, no le ha estorbado. Sin mensajes, no se sabe.
    """
    frases = [frase.encode() for frase in escrito if len(frase) >= MIN_FRASE]
    enviadas = [
        (frase, autora)
        for frase in frases
        for autora in conversaciones
        if frase in _todo(autora.cliente)
    ]
    return bool(enviadas) and all(
        any(_va_suelta(frase, frases, otra.servidor) for otra in conversaciones if otra is not de)
        for frase, de in enviadas
    )


def _va_suelta(frase: bytes, frases: Sequence[bytes], servidor: Lado) -> bool:
    """Si va en un envío, o en una línea, sin ninguna de las demás."""
    ajenas = [otra for otra in frases if otra not in frase]
    return any(
        frase in trozo and not any(otra in trozo for otra in ajenas) for trozo in _trozos(servidor)
    )


def _trozos(lado: Lado) -> Iterator[bytes]:
    yield from (suceso.datos for suceso in lado.enviado if lado.cuenta(suceso))
    yield from _todo(lado).split(b"\n")


def _todo(lado: Lado) -> bytes:
    return b"".join(suceso.datos for suceso in lado.enviado if lado.cuenta(suceso))
