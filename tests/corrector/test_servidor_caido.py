"""Un servidor que se cae no se vuelve a arrancar en silencio; uno que gira no agota los plazos."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.escenario import paciencia
from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.sistema import nucleo
from chatlab.sonda import giros

solo_linux = pytest.mark.skipif(
    not nucleo.se_puede_mirar(), reason="solo Linux cuenta lo que trabaja cada hilo"
)

CLIENTE = """
    import socket
    conexion = socket.create_connection(("localhost", 9100))
    while texto := input():
        conexion.sendall(texto.encode())
"""
SE_CAE = """
    import socket
    escucha = socket.create_server(("localhost", 9100))
    conexion, _ = escucha.accept()
    conexion.recibe(1024)
"""
TERMINA_SOLO = """
    import socket
    escucha = socket.create_server(("localhost", 9100))
    escucha.accept()
"""
SONDEA = """
    import socket
    escucha = socket.create_server(("localhost", 9100))
    escucha.setblocking(False)
    dentro = []
    while True:
        try:
            conexion, _ = escucha.accept()
            conexion.setblocking(False)
            dentro.append(conexion)
        except BlockingIOError:
            pass
        for una in dentro:
            try:
                if datos := una.recv(1024):
                    print("ha llegado", datos.decode(), flush=True)
            except BlockingIOError:
                pass
"""
#: Pregunta si puede enviar, que siempre puede, y no envía nada.
PREGUNTA_SI_CABE = """
    import selectors, socket
    escucha = socket.create_server(("localhost", 9100))
    conexion, _ = escucha.accept()
    vigilante = selectors.DefaultSelector()
    vigilante.register(conexion, selectors.EVENT_WRITE)
    while True:
        vigilante.select()
"""
PREGUNTA_DE_VEZ_EN_CUANDO = """
    import select, socket
    escucha = socket.create_server(("localhost", 9100))
    conexion, _ = escucha.accept()
    while True:
        select.select([conexion], [], [], 0.1)
"""
GIRA_CON_VACIO = """
    import socket
    escucha = socket.create_server(("localhost", 9100))
    conexion, _ = escucha.accept()
    while True:
        conexion.recv(1024)
"""

Abrir = Callable[[str], Escena]


@pytest.fixture
def abrir(tmp_path: Path) -> Iterator[Abrir]:
    """Abre una escena con ese servidor; al final las cierra todas."""
    abiertas: list[Escena] = []

    def con(servidor: str) -> Escena:
        for nombre, codigo in (("servidor", servidor), ("cliente", CLIENTE)):
            (tmp_path / f"{nombre}.py").write_text(textwrap.dedent(codigo), encoding="utf-8")
        abiertas.append(Escena(Entrega.buscar(tmp_path)))
        return abiertas[-1]

    yield con
    for escena in abiertas:
        escena.cerrar()


def entra_y_se_cae(escena: Escena) -> None:
    escena.pon_servidor()
    escena.conecta_alguien_callado()
    assert escena.espera(lambda: not escena.terminales[SERVIDOR].vivo)


def test_quien_pide_el_servidor_se_entera_de_que_se_ha_caido(abrir: Abrir) -> None:
    escena = abrir(SE_CAE)
    entra_y_se_cae(escena)

    with pytest.raises(Fallo, match=r"servidor\.py siga en marcha"):
        escena.pon_servidor()
    assert "recibe" in escena.terminales[SERVIDOR].pantalla  # su error sigue ahí
    assert not escena.sana


def test_a_un_servidor_caido_no_se_le_puede_pulsar_ctrl_c(abrir: Abrir) -> None:
    escena = abrir(SE_CAE)
    entra_y_se_cae(escena)

    for cerrar in (escena.cierra_servidor_con_ctrl_c, escena.termina_el_servidor):
        with pytest.raises(Fallo, match="siga en marcha"):
            cerrar()


def test_de_quien_termina_sin_error_se_dice_que_termino_solo(abrir: Abrir) -> None:
    escena = abrir(TERMINA_SOLO)
    entra_y_se_cae(escena)

    with pytest.raises(Fallo) as fallo:
        escena.pon_servidor()
    assert "terminó solo" in fallo.value.causa
    escena.comprueba_que_no_se_ha_caido_el_servidor()  # con código 0, puede que sea a propósito


def test_el_que_cierra_el_corrector_se_puede_volver_a_arrancar(abrir: Abrir) -> None:
    escena = abrir(SONDEA)
    primero = escena.pon_servidor()
    escena.muere(SERVIDOR)

    segundo = escena.pon_servidor()
    assert segundo.vivo
    assert segundo is not primero


@solo_linux
def test_quien_sondea_sin_parar_tambien_se_calma(
    abrir: Abrir, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Aquí importa a qué conclusión se llega, y no cuánto procesador se le deja gastar antes.
    monkeypatch.setattr(giros, "GIRO", 0.5)
    monkeypatch.setattr(paciencia, "PLAZO_DE_LA_CALMA", 1.0)
    escena = abrir(SONDEA)
    escena.pon_servidor()
    escena.arranca_cliente("Ana")
    escena.terminales["Ana"].escribir("hola")

    assert escena.espera_calma(plazo=60)
    assert "ha llegado hola" in escena.terminales[SERVIDOR].pantalla
    assert not escena.espera(lambda: False, plazo=60)  # y se sabe que ya no va a pasar nada
    assert escena.paciencia.experiencia.agotados == 0
    assert escena.espera_reposo(SERVIDOR).gira  # pero no descansa


@pytest.mark.lento
@solo_linux
def test_quien_gira_no_descansa_aunque_duerma_mientras_le_leen_lo_que_cuenta(abrir: Abrir) -> None:
    escena = abrir(PREGUNTA_SI_CABE)
    escena.pon_servidor()
    escena.arranca_cliente("Ana")
    assert escena.espera(lambda: len(escena.sucesos("espera", "servidor.py")) > 100, plazo=60)

    assert escena.espera_reposo(SERVIDOR).gira


@solo_linux
def test_quien_pregunta_cada_decima_descansa(abrir: Abrir) -> None:
    escena = abrir(PREGUNTA_DE_VEZ_EN_CUANDO)
    escena.pon_servidor()
    escena.arranca_cliente("Ana")
    assert escena.espera(lambda: bool(escena.sucesos("accept", "servidor.py")), plazo=60)

    assert not escena.espera_reposo(SERVIDOR).gira


@solo_linux
def test_lo_que_se_acaba_de_teclear_no_es_dar_vueltas_en_vano(abrir: Abrir) -> None:
    escena = abrir(SONDEA)
    servidor = escena.pon_servidor()
    ana = escena.arranca_cliente("Ana")
    for vez in range(20):
        frase = f"mensaje {vez}"
        ana.escribir(frase)
        assert escena.espera(partial(sale, servidor, frase), plazo=60)


def sale(programa: Terminal, frase: str) -> bool:
    return frase in programa.pantalla


def test_de_quien_lee_vacio_una_y_otra_vez_se_sabe(abrir: Abrir) -> None:
    escena = abrir(GIRA_CON_VACIO)
    escena.pon_servidor()
    escena.conecta_alguien_callado()
    assert not escena.lecturas_vacias(SERVIDOR)
    assert escena.sana

    escena.terminales["callado"].matar()

    assert escena.espera(lambda: escena.lecturas_vacias(SERVIDOR))
    assert not escena.sana


TOCA_LOS_PUERTOS = """
import os, socket
os.mkdir(os.environ["CHATLAB_SONDA"] + "/puertos/uno-mas")
escucha = socket.create_server(("", 9000))
while True:
    escucha.accept()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="allí no hay guardián que mire el disco")
def test_lo_que_se_hace_en_un_momento_tambien_se_nota(abrir: Abrir) -> None:
    """El guardián mira el disco de vez en cuando: al acabar una comprobación lo mira otra vez."""
    escena = abrir(TOCA_LOS_PUERTOS)

    with pytest.raises(Fallo):
        escena.pon_servidor()
        escena.comprueba_que_todo_cuadra()
    assert escena.jaula.exceso
    assert "reparte los puertos" in escena.jaula.exceso
