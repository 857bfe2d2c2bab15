"""Quien se lleva los sucesos según llegan, para verlos mientras pasan."""

from __future__ import annotations

import threading

import pytest

from chatlab.sonda import Suceso, Testigo, libro, proceso
from tests.apoyo.transcripcion import PLAZO
from tests.sonda.conftest import Arrancar
from tests.sonda.oreja import Oreja
from tests.sonda.test_canal import CHARLA


def test_el_oidor_recibe_todo_en_orden_y_no_se_guarda(arrancar: Arrancar) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        programa = arrancar("charla.py", CHARLA, "100", testigo=testigo)
        programa.esperar("fin")
        testigo.todo_quieto()  # quien pregunta también lee: no debe quedarse con nada
        programa.escribir("")
        oreja.esperar_tipo("termina")
        assert testigo.sucesos() == []

    sucesos = oreja.sucesos
    assert [s.tipo for s in sucesos if s.tipo in ("send", "recv")] == ["send", "recv"] * 100
    assert [s.instante for s in sucesos] == sorted(s.instante for s in sucesos)
    assert sucesos[-1].tipo == "termina"


def test_una_inundacion_le_llega_entera(
    arrancar: Arrancar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for donde in (proceso, libro):
        monkeypatch.setattr(donde, "MAXIMO_DE_SUCESOS", 50)
        monkeypatch.setattr(donde, "MAXIMO_GUARDADO", 50)
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        arrancar("charla.py", CHARLA, "1000", testigo=testigo).esperar("fin")
        oreja.esperar_tipo("recv", veces=1000)

    assert {s.datos for s in oreja.sucesos if s.tipo == "recv"} == {"¡hola!".encode()}
    assert not testigo.procesos()[0].desbordado


def test_al_cerrar_le_llega_tambien_lo_ultimo(arrancar: Arrancar) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        programa = arrancar("charla.py", CHARLA, "2000", testigo=testigo)
        programa.esperar("fin")
        programa.escribir("")
        assert programa.esperar_fin() == 0

    assert [s.tipo for s in oreja.sucesos].count("recv") == 2000
    assert oreja.sucesos[-1].tipo == "termina"


def test_las_vueltas_de_quien_espera_con_plazo_tambien_le_llegan(arrancar: Arrancar) -> None:
    """Si no, parecería que trabaja: lo último que se supo de él es que venció un plazo."""
    codigo = """
        import socket
        servidor = socket.create_server(("", 9000))
        servidor.settimeout(0.01)
        while True:
            try:
                servidor.accept()
            except TimeoutError:
                pass
    """
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        arrancar("servidor.py", codigo, testigo=testigo)
        oreja.esperar_tipo("sigue", veces=5)

    del_bucle = [s.tipo for s in oreja.sucesos if s.detalle in ("accept", "vencido")]
    assert del_bucle[:8] == ["espera", "sigue"] * 4


def test_un_oidor_lento_no_detiene_a_los_programas(arrancar: Arrancar) -> None:
    suelta = threading.Event()

    def oir(_sucesos: list[Suceso]) -> None:
        suelta.wait(PLAZO)

    with Testigo(oidor=oir) as testigo:
        programa = arrancar("charla.py", CHARLA, "20000", testigo=testigo)
        programa.esperar("fin")
        suelta.set()


@pytest.mark.lento  # quien lee tarda en hacerlo más de lo que espera quien no ve leer a nadie
def test_quien_acaba_mientras_se_lee_lo_suyo_no_se_va_sin_contarlo_todo(
    arrancar: Arrancar,
) -> None:
    """Las cuentas de quien vuelve a llamar mil veces por segundo serían falsas."""
    codigo = """
        import socket
        servidor = socket.create_server(("", 9000))
        for _ in range(5000):
            with socket.create_connection(("localhost", 9000)):
                servidor.accept()[0].close()
        print("fin")
    """
    oreja, nunca = Oreja(), threading.Event()

    def oir(sucesos: list[Suceso]) -> None:
        nunca.wait(0.2)
        oreja(sucesos)

    with Testigo(oidor=oir) as testigo:
        assert arrancar("programa.py", codigo, testigo=testigo).esperar_fin() == 0
        oreja.esperar_tipo("termina")

    cuantos = [suceso.tipo for suceso in oreja.sucesos].count
    assert cuantos("connect") == cuantos("accept") == 5000
    assert cuantos("close") >= 10_000
