"""Una clase en cuatro cifras, y cómo va en cada comprobación."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatlab.corrector.informes.formato import corregido
from chatlab.corrector.modelo import Comprobacion, Informe, Nivel, Veredicto


@dataclass(slots=True)
class Recuento:
    """Cuántas entregas pasan una comprobación, de las que la tienen."""

    comprobacion: Comprobacion
    bien: int = 0
    fallan: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Resumen:
    """Lo que se dice de una clase. La nota media es de las corregidas; `None` si no hay ninguna."""

    entregas: int
    corregidas: int
    aprobadas: int
    nota_media: float | None
    recuentos: list[Recuento]

    @property
    def la_que_mas_falla(self) -> Recuento | None:
        """La primera de las que más fallan; `None` si no falla ninguna."""
        peor = max(self.recuentos, key=lambda uno: uno.fallan, default=None)
        return peor if peor is not None and peor.fallan else None


def resumir(informes: Sequence[Informe]) -> Resumen:
    """Hace las cuentas de una clase."""
    corregidos = [informe for informe in informes if corregido(informe)]
    notas = [informe.nota for informe in corregidos]
    return Resumen(
        entregas=len(informes),
        corregidas=len(corregidos),
        aprobadas=sum(informe.aprobado for informe in corregidos),
        nota_media=sum(notas) / len(notas) if notas else None,
        recuentos=recontar(informes),
    )


def recontar(informes: Sequence[Informe]) -> list[Recuento]:
    """Un recuento por comprobación: primero las básicas, y en el orden en que se ejecutan."""
    recuentos: dict[str, Recuento] = {}
    for informe in informes:
        for resultado in informe.resultados:
            comprobacion = resultado.comprobacion
            recuento = recuentos.setdefault(comprobacion.clave, Recuento(comprobacion))
            recuento.total += 1
            recuento.bien += resultado.veredicto is Veredicto.BIEN
            recuento.fallan += resultado.veredicto is Veredicto.FALLA
    return sorted(recuentos.values(), key=lambda uno: uno.comprobacion.nivel is Nivel.ROBUSTO)
