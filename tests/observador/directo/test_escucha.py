"""Cuándo arrancan los clientes, con un plazo corto y sucesos escritos a mano."""

from __future__ import annotations

import threading

from chatlab.observador.directo.escucha import Escucha
from chatlab.sonda import Suceso
from tests.apoyo.espera import hasta


def suceso(tipo: str, detalle: str = "") -> Suceso:
    return Suceso(tipo, 1, 1, None, "servidor.py", 0.0, detalle=detalle)


def test_quien_no_escucha_a_tiempo_no_los_detiene_para_siempre() -> None:
    avisos: list[str] = []

    assert Escucha("el servidor", plazo=0.05).esperar(lambda: True, avisos.append)

    assert not avisos


def test_ante_el_teclado_se_espera_lo_que_haga_falta_y_se_dice() -> None:
    escucha, avisos, dicho = Escucha("el servidor", plazo=0.05), list[str](), list[bool]()
    escucha.mirar([suceso("espera", "teclado")])
    hilo = threading.Thread(
        target=lambda: dicho.append(escucha.esperar(lambda: True, avisos.append))
    )
    hilo.start()
    assert hasta(lambda: bool(avisos))
    assert avisos == ["El servidor espera algo del teclado. Los demás arrancarán cuando escuche."]
    assert not dicho

    escucha.mirar([suceso("sigue"), suceso("listen")])
    hilo.join(20)

    assert dicho == [True]


def test_al_terminar_todo_no_se_arranca_a_nadie() -> None:
    escucha = Escucha("el servidor")
    escucha.cancelar()

    assert not escucha.esperar(lambda: True, print)
