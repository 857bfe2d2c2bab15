"""En qué llamadas al sistema se duerme un programa de Linux, y qué espera en cada una."""

from __future__ import annotations

# Como en `proc.py`: el guardián arranca con cada entrega, y aquí no se carga nada que tarde.

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Sin plazo, según cómo lo diga la llamada.
MENOS_UNO = 0xFFFFFFFF


class LlamadaAlSistema:
    """Una llamada al sistema en la que se puede dormir esperando.

    `plazo` es qué argumento lleva el plazo: en milisegundos si `en_ms` (-1 es sin plazo), o un
    puntero que es nulo cuando no hay plazo. None si no lo lleva.
    """

    __slots__ = ("en_ms", "plazo", "que")

    def __init__(self, que: str, plazo: int | None = None, *, en_ms: bool = False) -> None:
        self.que, self.plazo, self.en_ms = que, plazo, en_ms

    def lleva_plazo(self, argumentos: Sequence[int]) -> bool:
        """Si, llamada con esos argumentos, solo se espera un tiempo."""
        if self.plazo is None:
            return False
        valor = argumentos[self.plazo]
        return valor & MENOS_UNO != MENOS_UNO if self.en_ms else valor != 0


_LEER, _HIJOS, _SENAL = (
    LlamadaAlSistema("leer"),
    LlamadaAlSistema("hijos"),
    LlamadaAlSistema("señal"),
)
_CANDADO = LlamadaAlSistema("candado", 3)
#: `time.sleep`: el plazo es el tiempo que se pide, y siempre lo hay.
_SIESTA, _SIESTA_CON_RELOJ = LlamadaAlSistema("reloj", 0), LlamadaAlSistema("reloj", 2)
#: Números de arch/x86/entry/syscalls/syscall_64.tbl y de include/uapi/asm-generic/unistd.h.
TABLAS: dict[str, dict[int, LlamadaAlSistema]] = {
    "x86_64": {
        **dict.fromkeys((0, 19, 45, 47, 43, 288), _LEER),
        **dict.fromkeys((61, 247), _HIJOS),
        **dict.fromkeys((34, 130), _SENAL),
        202: _CANDADO,
        35: _SIESTA,
        230: _SIESTA_CON_RELOJ,
        7: LlamadaAlSistema("sondear", 2, en_ms=True),
        **dict.fromkeys((232, 281), LlamadaAlSistema("sondear", 3, en_ms=True)),
        441: LlamadaAlSistema("sondear", 3),
        271: LlamadaAlSistema("sondear", 2),
        **dict.fromkeys((23, 270), LlamadaAlSistema("sondear", 4)),
    },
    "aarch64": {
        **dict.fromkeys((63, 65, 207, 212, 202, 242), _LEER),
        **dict.fromkeys((260, 95), _HIJOS),
        133: _SENAL,
        98: _CANDADO,
        101: _SIESTA,
        115: _SIESTA_CON_RELOJ,
        22: LlamadaAlSistema("sondear", 3, en_ms=True),
        441: LlamadaAlSistema("sondear", 3),
        73: LlamadaAlSistema("sondear", 2),
        72: LlamadaAlSistema("sondear", 4),
    },
}
