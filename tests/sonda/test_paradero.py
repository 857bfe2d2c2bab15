"""Por qué línea va cada hilo de un programa que no se para, o que espera."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import PurePath

import pytest

from chatlab.sistema.procesos import esperar_a_que_pare
from chatlab.sonda import Paradero, Testigo
from tests.apoyo.transcripcion import PLAZO
from tests.sonda.conftest import Arrancar, esperar_suceso

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="se pregunta con una señal de Linux"
)


def paraderos(testigo: Testigo) -> list[Paradero]:
    """Lo que contestan; en una máquina ocupada pueden tardar más de lo que espera el testigo."""
    limite = time.monotonic() + PLAZO
    while time.monotonic() < limite:
        if encontrados := testigo.paraderos():
            return encontrados
    raise AssertionError("nadie contesta")


def por_nombre(testigo: Testigo) -> dict[str, Paradero]:
    return {paradero.hilo: paradero for paradero in paraderos(testigo)}


def linea_de(paradero: Paradero) -> str:
    return PurePath(paradero.lugar).name


def test_de_un_bucle_sin_fin_se_sabe_la_linea(testigo: Testigo, arrancar: Arrancar) -> None:
    arrancar("gira.py", "print('ya', flush=True)\nwhile True:\n    pass\n").esperar("ya")

    [principal] = paraderos(testigo)
    while linea_de(principal) == "gira.py:1":  # aún está escribiendo
        [principal] = paraderos(testigo)

    assert principal.principal
    assert linea_de(principal) in ("gira.py:2", "gira.py:3")
    assert principal.espera == ""


def test_de_cada_hilo_se_sabe_que_espera_y_si_deja_terminar(
    testigo: Testigo, arrancar: Arrancar
) -> None:
    arrancar(
        "servidor.py",
        """
        import socket, threading
        escucha = socket.create_server(("127.0.0.1", 8000))
        cliente = socket.create_connection(("127.0.0.1", 8000))
        threading.Thread(target=cliente.recv, args=(10,), name="uno").start()
        threading.Thread(target=cliente.recv, args=(10,), name="otro", daemon=True).start()
        aceptada = escucha.accept()
        escucha.accept()
        """,
    )
    esperar_suceso(testigo, "espera", detalle="recv", veces=2)
    esperar_suceso(testigo, "espera", detalle="accept", veces=2)
    hilos = por_nombre(testigo)

    assert not hilos["uno"].daemon
    assert hilos["otro"].daemon
    assert hilos["uno"].espera == hilos["otro"].espera == "recv"
    assert hilos["MainThread"].espera == "accept"
    assert linea_de(hilos["MainThread"]) == "servidor.py:8"


def test_de_quien_espera_un_candado_se_sabe_por_donde_ha_llegado(
    testigo: Testigo, arrancar: Arrancar
) -> None:
    arrancar(
        "candado.py",
        """
        import threading
        candado = threading.Lock()
        def tomar():
            with candado:
                pass
        with candado:
            tomar()
        """,
    )
    [principal] = paraderos(testigo)
    while linea_de(principal) != "candado.py:5":  # aún no ha llegado
        [principal] = paraderos(testigo)

    assert [PurePath(lugar).name for lugar in principal.pila] == ["candado.py:5", "candado.py:8"]
    assert principal.espera == ""


def test_un_programa_que_ha_acabado_y_espera_a_sus_hilos_no_va_por_ninguna_linea(
    testigo: Testigo, arrancar: Arrancar
) -> None:
    arrancar(
        "servidor.py",
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,), name="largo").start()
        """,
    )
    esperar_suceso(testigo, "espera", detalle="reloj")
    hilos = por_nombre(testigo)
    while hilos["MainThread"].lugar:  # aún no ha llegado al final
        hilos = por_nombre(testigo)

    assert hilos["MainThread"].principal
    assert not hilos["largo"].daemon


def test_preguntar_no_despierta_a_quien_espera(testigo: Testigo, arrancar: Arrancar) -> None:
    programa = arrancar("lee.py", "print(input('¿Qué? '), flush=True)\n")
    programa.esperar("¿Qué?")
    esperar_suceso(testigo, "espera", detalle="teclado")
    for _ in range(20):
        [principal] = paraderos(testigo)
        assert principal.espera == "teclado"
    programa.escribir("esto")

    programa.esperar("esto")
    assert not [suceso for suceso in testigo.sucesos() if suceso.tipo.startswith("paradero")]


def test_a_quien_no_atrapa_la_senal_no_se_le_pregunta(testigo: Testigo, arrancar: Arrancar) -> None:
    programa = arrancar(
        "sordo.py",
        """
        import signal
        signal.signal(signal.SIGRTMAX - 3, signal.SIG_DFL)
        print(input(), flush=True)
        """,
    )
    esperar_suceso(testigo, "espera", detalle="teclado")

    assert testigo.paraderos() == []
    programa.escribir("sigo")
    programa.esperar("sigo")


def test_quien_gasta_todo_su_procesador_dice_antes_por_donde_iba(
    testigo: Testigo, arrancar: Arrancar
) -> None:
    programa = arrancar(
        "gira.py",
        """
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (1, 3))
        while True:
            pass
        """,
    )
    assert programa.esperar_fin() == -signal.SIGXCPU
    [principal] = testigo.agotados()

    assert linea_de(principal) in ("gira.py:4", "gira.py:5")


def test_a_quien_esta_detenido_no_se_le_pregunta(testigo: Testigo, arrancar: Arrancar) -> None:
    """No contestaría, y se le esperaría en vano; y lo diría mucho después, al seguir."""
    programa = arrancar("espera.py", "print('ya', flush=True)\ninput()\n")
    programa.esperar("ya")
    assert paraderos(testigo)

    programa.proceso.send_signal(signal.SIGSTOP)
    esperar_a_que_pare(programa.proceso.pid)
    assert testigo.paraderos() == []

    programa.proceso.send_signal(signal.SIGCONT)
    assert paraderos(testigo)
