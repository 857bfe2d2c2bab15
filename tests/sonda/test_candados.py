"""Quién espera un candado del programa, y quién lo tiene."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso
from tests.sonda.oreja import Oreja


@pytest.fixture
def testigo() -> Iterator[Testigo]:
    with Testigo(con_candados=True, con_lugares=True) as uno:
        yield uno


def linea_de(suceso: Suceso) -> str:
    return PurePath(suceso.lugar).name


#: Un hilo tiene un candado mientras no se pulsa Intro, y otro lo espera.
DISPUTA = """
    import threading
    libre, {candado}
    tomado = threading.Event()

    def tener():
        with candado:
            tomado.set()
            input(){despues}

    def querer():
        with candado:
            pass
        print("lo tengo", flush=True)

    tiene = threading.Thread(target=tener)
    quiere = threading.Thread(target=querer)
    tiene.start()
    tomado.wait()
    with libre:
        quiere.start()
    quiere.join()
"""


@pytest.mark.parametrize(
    ("candado", "despues"),
    [
        ("candado = threading.Lock(), threading.Lock()", ""),
        (
            "candado = threading.RLock(), threading.RLock()",
            "; candado.acquire(); candado.release()",
        ),
    ],
)
def test_se_sabe_quien_espera_un_candado_y_quien_lo_tiene(
    arrancar: Arrancar, testigo: Testigo, candado: str, despues: str
) -> None:
    programa = arrancar("programa.py", DISPUTA.format(candado=candado, despues=despues))
    espera = esperar_suceso(testigo, "espera", detalle="candado")
    esperar_suceso(testigo, "espera", detalle="hilo")
    tiene, quiere = (s.hilo for s in de_tipo(testigo.sucesos(), "hilo_arrancado"))

    assert (espera.hilo, espera.dueno, espera.candado) == (quiere, tiene, 2)
    assert linea_de(espera) == "programa.py:12"
    assert de_tipo(testigo.sucesos(), "candado") == []

    programa.escribir("")
    programa.esperar("lo tengo")
    esperar_suceso(testigo, "candado", veces=3)
    suelta, toma, _ = de_tipo(testigo.sucesos(), "candado")
    assert [s.detalle for s in de_tipo(testigo.sucesos(), "candado")] == [
        "suelta",
        "toma",
        "suelta",
    ]
    assert (suelta.hilo, toma.hilo) == (tiene, quiere)
    assert suelta.candado == toma.candado == 2
    assert suelta.instante <= toma.instante
    assert (linea_de(suelta), linea_de(toma)) == ("programa.py:7", "programa.py:12")


def test_un_candado_tomado_dos_veces_se_ve(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import threading
        candado = threading.Lock()

        def apuntar():
            candado.acquire()

        with candado:
            apuntar()
    """
    arrancar("programa.py", codigo)
    espera = esperar_suceso(testigo, "espera", detalle="candado")

    assert espera.dueno == espera.hilo
    assert linea_de(espera) == "programa.py:6"


def test_quien_no_disputa_no_cuenta_nada(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import threading
        candado, otro = threading.Lock(), threading.RLock()
        for _ in range(1000):
            with candado, otro, otro:
                assert not candado.acquire(False)
                assert not candado.acquire(blocking=False)
        input()
    """
    arrancar("programa.py", codigo)
    esperar_suceso(testigo, "espera", detalle="teclado")

    assert {s.tipo for s in testigo.sucesos()} == {"arranca", "espera"}


ESPERAS = {
    "Event": "threading.Event().wait()",
    "Condition": "c = threading.Condition()\nwith c: c.wait()",
    "Condition con su candado": "c = threading.Condition(threading.Lock())\nwith c: c.wait()",
    "Semaphore": "threading.Semaphore(0).acquire()",
    "Barrier": "threading.Barrier(2).wait()",
    "Queue": "import queue; queue.Queue().get()",
}


@pytest.mark.parametrize("codigo", ESPERAS.values(), ids=ESPERAS.keys())
def test_quien_espera_a_otro_hilo_se_ve(arrancar: Arrancar, testigo: Testigo, codigo: str) -> None:
    arrancar("programa.py", "import threading\n" + codigo)

    espera = esperar_suceso(testigo, "espera")

    assert (espera.detalle, espera.dueno) == ("hilo", 0)
    assert linea_de(espera).startswith("programa.py:")


def test_de_join_se_sabe_a_quien_se_espera(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import threading
        acabado = threading.Thread(target=print)
        acabado.start()
        acabado.join()
        while acabado.is_alive(): pass
        acabado.join()
        hilo = threading.Thread(target=input)
        hilo.start()
        hilo.join()
    """
    arrancar("programa.py", codigo)
    esperar_suceso(testigo, "espera", detalle="teclado")
    arrancado = de_tipo(testigo.sucesos(), "hilo_arrancado")[-1]
    espera = esperar_suceso(testigo, "espera", detalle="hilo", dueno=arrancado.hilo)

    assert linea_de(espera) == "programa.py:10"
    lineas = {linea_de(s) for s in testigo.sucesos() if s.detalle == "hilo"}
    assert "programa.py:7" not in lineas


def test_un_join_con_plazo_que_vence_se_distingue(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import threading
        hilo = threading.Thread(target=input, daemon=True)
        hilo.start()
        hilo.join(0.1)
        hilo.join()
    """
    arrancar("programa.py", codigo)
    vencido = esperar_suceso(testigo, "sigue", detalle="vencido")

    assert vencido.hilo == vencido.pid


def test_al_final_se_ve_que_python_espera_a_los_hilos(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("programa.py", "import threading\nthreading.Thread(target=input).start()\n")
    espera = esperar_suceso(testigo, "espera", detalle="hilo")

    assert espera.hilo == espera.pid
    assert espera.dueno == esperar_suceso(testigo, "hilo_arrancado").hilo
    assert espera.lugar == ""


def test_un_plazo_que_vence_deja_de_esperar(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import threading
        candado = threading.Lock()
        candado.acquire()
        print(candado.acquire(timeout=0.1), candado.acquire(True, 0.1), flush=True)
        input()
    """
    arrancar("programa.py", codigo).esperar("False False")
    esperar_suceso(testigo, "sigue", detalle="vencido")

    vistos = [(s.tipo, s.detalle, s.plazo) for s in testigo.sucesos() if s.tipo != "arranca"]
    assert vistos[:2] == [("espera", "candado", 0.1), ("sigue", "vencido", None)]


def test_a_quien_disputa_sin_parar_se_le_cuentan_solo_las_esperas_largas(
    arrancar: Arrancar,
) -> None:
    codigo = """
        import sys, threading
        sys.setswitchinterval(1e-5)
        candado = threading.Lock()
        def disputar():
            for _ in range(100_000):
                with candado: sum(range(20))
        hilos = [threading.Thread(target=disputar) for _ in range(4)]
        for hilo in hilos: hilo.start()
        for hilo in hilos: hilo.join()
        candado.acquire()
        candado.acquire()
    """
    oreja = Oreja()
    with Testigo(con_candados=True, oidor=oreja) as testigo:
        programa = arrancar("programa.py", codigo, testigo=testigo)
        principal = programa.proceso.pid
        oreja.esperar(
            lambda suceso: suceso.detalle == "candado" and suceso.hilo == suceso.dueno == principal
        )

    disputas = [s for s in oreja.sucesos if s.tipo == "espera" and s.detalle == "candado"]
    assert 1 <= len(disputas) < 5000
