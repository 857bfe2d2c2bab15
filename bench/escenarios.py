"""Lo que se mide."""

from __future__ import annotations

from dataclasses import dataclass

#: Mensajes de ventaja que, como mucho, se le sacan al receptor más lento.
VENTANA = 20_000
#: Segundos que debe durar, más o menos, una carrera.
SEGUNDOS = 1.0


@dataclass(frozen=True, slots=True)
class Escenario:
    """Una situación. `ritmo` son mensajes por segundo; 0, tan deprisa como se pueda."""

    clave: str
    titulo: str
    receptores: int
    emisores: int = 1
    ventana: int = VENTANA
    ritmo: int = 0


@dataclass(frozen=True, slots=True)
class Ociosos:
    """Entran todos y se quedan callados: cuánto se tarda, y qué memoria cuesta cada uno."""

    clave: str
    titulo: str
    receptores: int


#: Los escenarios en los que se reparte tan deprisa como se pueda.
REPARTOS = (
    Escenario("100x1", "100 receptores, 1 emisor", 100),
    Escenario("100x10", "100 receptores, 10 emisores", 100, emisores=10),
    Escenario("1000x1", "1000 receptores, 1 emisor", 1000),
)
DE_UNO_EN_UNO = Escenario("de-uno-en-uno", "100 receptores, un mensaje cada vez", 100, ventana=1)
CON_CALMA = Escenario("latencia", "100 receptores, 100 mensajes por segundo", 100, ritmo=100)
OCIOSOS = (
    Ociosos("ociosos-5000", "5000 personas calladas", 5000),
    Ociosos("ociosos-10000", "10 000 personas calladas", 10_000),
)
ESCENARIOS: tuple[Escenario | Ociosos, ...] = (*REPARTOS, DE_UNO_EN_UNO, CON_CALMA, *OCIOSOS)
