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
    alguno = False
    for autora in conversaciones:
        suyas = [frase for frase in frases if frase in autora.cliente.lo_enviado]
        alguno |= bool(suyas)
        demas = [otra.servidor for otra in conversaciones if otra is not autora]
        if suyas and not any(_van_sueltas(suyas, frases, uno) for uno in demas):
            return False
    return alguno


def _van_sueltas(suyas: Sequence[bytes], todas: Sequence[bytes], servidor: Lado) -> bool:
    """Si van todas, cada una en un envío o en una línea, y con lo mismo delante: el nombre.

    Quien reenvía de una vez dos líneas pegadas solo pone el nombre en la primera.
    """
    lo_de_delante = [set(_delante(frase, todas, servidor)) for frase in suyas]
    return bool(set.intersection(*lo_de_delante))


def _delante(frase: bytes, todas: Sequence[bytes], servidor: Lado) -> Iterator[bytes]:
    """Lo que va delante de la frase en cada trozo que no lleva ninguna de las demás."""
    ajenas = [otra for otra in todas if otra not in frase]
    for trozo in _trozos(servidor):
        delante, esta, _ = trozo.partition(frase)
        if esta and not any(otra in trozo for otra in ajenas):
            yield delante


def _trozos(lado: Lado) -> Iterator[bytes]:
    yield from (suceso.datos for suceso in lado.enviado if lado.cuenta(suceso))
    yield from lado.lo_enviado.split(b"\n")
