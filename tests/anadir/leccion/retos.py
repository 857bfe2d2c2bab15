"""Lo que se comprueba de los retos de la lección 99, cuyos textos están en `retos.toml`."""

from __future__ import annotations

from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.marcas import reto


@reto
def test_paso1_saludo(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("Buenos días")
    servidor.ve("BUENOS DÍAS")
