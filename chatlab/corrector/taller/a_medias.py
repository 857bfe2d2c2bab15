"""Una corrección que no se pudo acabar: lo que ya se sabía vale, y lo demás queda sin comprobar.

El informe se guarda después de cada comprobación, con las que aún faltan. Si se acaba el tiempo, si
muere quien corrige o si alguien pulsa Ctrl+C, de ahí sale una nota provisional.
"""

from __future__ import annotations

from chatlab.corrector.modelo import Comprobacion, Informe, Resultado, Veredicto
from chatlab.textos import contar


def completar(informe: Informe, motivo: str) -> None:
    """Da por no comprobado lo que falta; `motivo` es por qué no se pudo acabar, sin punto."""
    pendientes, informe.pendientes = informe.pendientes, []
    if not pendientes:
        return
    informe.resultados += [
        _sin_comprobar(comprobacion, a_medias=lugar == 0)
        for lugar, comprobacion in enumerate(pendientes)
    ]
    quedan = contar(len(pendientes), "comprobación", "comprobaciones")
    verbo = "quedó" if len(pendientes) == 1 else "quedaron"
    informe.provisional = (
        f"La nota es provisional: {motivo}, y {verbo} {quedan} sin hacer, que no suman. "
        f"Se detuvo en «{pendientes[0].titulo}»."
    )


def _sin_comprobar(comprobacion: Comprobacion, *, a_medias: bool) -> Resultado:
    motivo = "No hubo tiempo de terminarla." if a_medias else "No hubo tiempo."
    return Resultado(comprobacion, Veredicto.SIN_COMPROBAR, motivo=motivo)
