"""Lo que se comprueba de los retos de la lección 04, cuyos textos están en `retos.toml`.

chatlab reto 04.1
"""

from __future__ import annotations

from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.marcas import reto

#: El punto con que se acaba un mensaje de varias líneas.
FIN = "."
MAL_CARACTER = "\N{REPLACEMENT CHARACTER}"


@reto
def test_paso1_trozos(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("¡Olé!")
    bitacora.escena.espera_calma()
    if "Trozo 2" not in servidor.nuevo or "Trozo 3" in servidor.nuevo:
        raise Fallo("Que «¡Olé!», que ocupa 7 bytes, llegue en dos trozos.")


@reto
def test_paso2_letras_partidas(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("x" * 31 + "ñandú")
    bitacora.escena.espera_calma()
    if MAL_CARACTER not in servidor.nuevo:
        raise Fallo("Que al partirse una «ñ» entre dos trozos se vean dos � en su lugar.")


@reto
def test_paso3_delimitador(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("¡Feliz cumpleaños!")
    servidor.ve("¡Feliz cumpleaños!")
    ana.escribe("Veintiuna letras son.")
    bitacora.escena.espera_calma()
    if "Veintiuna letras son." in servidor.nuevo or "La corto" not in servidor.nuevo:
        raise Fallo("Que una línea de 21 bytes pase del tope, y el servidor la corte.")


@reto
def test_paso4_longitud(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("hola")
    ana.escribe(FIN)
    bitacora.escena.espera_calma()
    if not bitacora.escena.datos("send", "Ana").startswith((4).to_bytes(4, "little")):
        raise Fallo("Que el cliente envíe la longitud con el byte más pequeño delante.")
    servidor.ve("'hola'")


@reto
def test_paso5_decodificador(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("hola")
    ana.escribe(FIN)
    bitacora.escena.espera_calma()
    if not bitacora.escena.datos("send", "Ana").startswith((4).to_bytes(2, "big") + b"hola"):
        raise Fallo("Que delante de cada mensaje vayan solo dos bytes con su longitud.")
    servidor.ve("'hola'")
