"""Lo que se prueba del ejercicio de la lección 99: un saludo."""

from __future__ import annotations

from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.marcas import basico


@basico("saludo", "El saludo aparece en el servidor", puntos=1, depende="")
def test_el_saludo_aparece_en_el_servidor(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("Buenos días a todo el mundo")
    servidor.ve("Buenos días a todo el mundo")
