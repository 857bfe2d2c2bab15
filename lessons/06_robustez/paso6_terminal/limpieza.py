"""Limpia un texto que viene de la red antes de mostrarlo."""

# No se ven, y todos mandan: en la terminal, o en cómo se lee lo que tienen
# alrededor.
PELIGROSOS = [
    *range(0x20),  # los controles C0: ESC, el retorno de carro, el que pita…
    # El de borrar y los controles C1: uno de ellos vale por ESC [.
    *range(0x7F, 0xA0),
    *range(0x2028, 0x202A),  # los que separan líneas y párrafos
    *range(0x202A, 0x202F),  # los que cambian el sentido de la escritura
    *range(0x2066, 0x206A),  # los que lo cambian solo por un rato
]
# El tabulador se queda en un espacio.
LIMPIEZA = dict.fromkeys(PELIGROSOS) | {ord("\t"): " "}


def limpiar(texto):
    """Quita los caracteres peligrosos, y los espacios de los lados."""
    return texto.translate(LIMPIEZA).strip()
