"""Lo que se comprueba de los retos de la lección 01, cuyos textos están en `retos.toml`.

chatlab reto 01.2
"""

from __future__ import annotations

import re

from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.marcas import reto


@reto
def test_paso1_un_mensaje(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("¡Olé!")
    servidor.ve("¡Olé!")
    bitacora.escena.espera_calma()
    numeros = re.findall(r"\b\d+\b", servidor.nuevo.partition("¡Olé!")[2])
    if "5" in numeros:
        raise Fallo("Que diga cuántos bytes ha recibido, y dice cuántas letras.")
    if "7" not in numeros:
        raise Fallo("Que detrás del mensaje diga cuántos bytes ha recibido: «¡Olé!» son 7.")


@reto
def test_paso2_bucle(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("primer aviso")
    ana.escribe("segundo aviso")
    servidor.ve("segundo aviso")
    # En la pantalla se pueden pegar por casualidad: se mira cómo han salido. El servidor puede
    # enseñarlos antes de que se sepa que el cliente ha acabado de enviarlos.
    bitacora.escena.espera_calma()
    envios = bitacora.escena.sucesos("send", bitacora.escena.entrega.cliente.name)
    if not any(b"primer" in uno.datos and b"segundo" in uno.datos for uno in envios):
        raise Fallo(
            "Que el cliente envíe los dos mensajes en un solo `sendall`, y los ha enviado por "
            "separado."
        )


@reto
def test_paso3_lineas(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    with bitacora.servidor_ocupado():
        ana.escribe("primer aviso")
        ana.escribe("segundo aviso")
        bitacora.espera_a_que_salga("segundo aviso", de=ana)
    enviado = bitacora.escena.datos("send", "Ana")
    if b"|" not in enviado or b"\n" in enviado:
        raise Fallo("Que el cliente acabe cada mensaje con «|», y no con un salto de línea.")
    servidor.ve_separados("primer aviso", "segundo aviso", de=ana)
    if "|" in servidor.nuevo:
        raise Fallo("Que el servidor muestre el mensaje sin su final, y muestra también «|».")


@reto
def test_paso4_archivo(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("primer aviso")
    ana.escribe("")
    ana.escribe("segundo aviso")
    servidor.ve("segundo aviso")
    lineas = [linea for linea in servidor.nuevo.split("\n") if "«" in linea]
    if any("«»" in linea for linea in lineas):
        raise Fallo("Que el mensaje vacío no se apunte.")
    if not lineas[-1].lstrip().startswith("2"):
        raise Fallo("Que «segundo aviso» sea la anotación 2: la vacía no se cuenta.")
