"""Conexiones medio abiertas: el otro extremo ya no está, y nadie se lo ha dicho al servidor.

Hay dos maneras de que ocurra, y aquí se imitan las dos en una sola máquina:

- El otro programa está, pero parado: se detiene un cliente de verdad (SIGSTOP). Su sistema sigue
  confirmando lo que le llega hasta que no le cabe más.
- La otra máquina se apagó y volvió a encenderse: no recuerda la conexión. Linux deja cerrar un
  socket sin enviar nada (TCP_REPAIR, que pide permisos de administrador). Es lo que el RFC 9293,
  apartado 3.5.1, llama una conexión medio abierta: se descubre al enviar algo.

La tercera, una máquina que no vuelve a contestar nunca, no se puede imitar sin tocar la red. De
ella se encarga el sistema, con las preguntas que pide `red.vigilar_si_sigue_viva` (test_red.py).
"""

from __future__ import annotations

import signal
import socket
import sys

import pytest

from tests.apoyo.chat import mensajes_de
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir
from tests.robustez.gente import Persona

#: De <linux/tcp.h>; Python no le da nombre.
TCP_REPAIR = 19


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no puede detener un proceso así")
def test_un_cliente_detenido_no_detiene_a_nadie_y_al_seguir_sabe_por_que_se_fue(
    abrir_chat: AbrirChat,
) -> None:
    chat = abrir_chat("--callado", "--max-ritmo", "0", "--espera-lento", "1")
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    parado = chat.cliente("Parado")
    parado.proceso.send_signal(signal.SIGSTOP)
    lineas = [f"{numero:05} ".ljust(4000, "x") for numero in range(3000)]  # 12 MB
    ana.enviar("".join(f"{linea}\n" for linea in lineas))

    luis.esperar("* Parado se ha desconectado\n")
    luis.esperar(f"Ana: {lineas[-1]}\n")
    assert mensajes_de(luis, "Ana") == lineas
    parado.proceso.send_signal(signal.SIGCONT)
    parado.esperar("! Te desconecto: no has leído nada en 1 s.\n")
    parado.esperar_fin()


@pytest.mark.skipif(sys.platform != "linux", reason="TCP_REPAIR es de Linux")
@pytest.mark.parametrize("nombre", ["Apagado", ""], ids=["con nombre", "sin nombre"])
def test_de_una_maquina_que_se_apago_y_volvio_se_sabe_al_enviarle_algo(
    abrir_chat: AbrirChat, reunir: Reunir, nombre: str
) -> None:
    chat = abrir_chat("--espera-nombre", "1")
    gente = reunir(chat)
    apagado = gente.llegar(nombre)
    gente.esperar_a([apagado], "* Hola, " if nombre else "* Bienvenido")
    cerrar_sin_decir_nada(apagado)
    gente.colgar(apagado)

    (ana,) = gente.entrar(["Ana"])  # para Apagado, un aviso
    if nombre:
        gente.esperar_a([ana], "* Apagado se ha desconectado\n")
        (apagado,) = gente.entrar(["Apagado"])  # su nombre vuelve a estar libre
    (luis,) = gente.entrar(["Luis"])
    gente.enviar(luis, "hola\n")
    gente.esperar_a([ana], "Luis: hola\n")


def cerrar_sin_decir_nada(persona: Persona) -> None:
    try:
        persona.socket.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    except PermissionError:
        pytest.skip("hace falta ser administrador para usar TCP_REPAIR")
