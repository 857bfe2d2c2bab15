"""El tiempo de una película: las teclas, la dirección, y que volver atrás enseñe lo mismo."""

from __future__ import annotations

import random

import pytest

from tests.observador.pagina.cine import lineas, muestra, programa
from tests.observador.pagina.conftest import Proyectar

pytestmark = pytest.mark.lento  # abre el navegador

#: Momentos a los que se va, hacia delante, hacia atrás y a saltos.
MOMENTOS = 200


def test_yendo_y_viniendo_se_ve_lo_mismo_en_cada_momento(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    paso = max(1, (cine.ultimo + 2) // MOMENTOS)
    momentos = [*range(-1, cine.ultimo + 1, paso)]
    momentos = (momentos * (MOMENTOS // len(momentos) + 1))[:MOMENTOS]
    a_saltos = random.Random(13).sample(momentos, len(momentos))

    adelante = {uno["n"]: uno for uno in cine.retratos(sorted(momentos))}
    atras = cine.retratos(sorted(momentos, reverse=True))
    saltando = cine.retratos(a_saltos)

    assert len(atras) == len(saltando) == MOMENTOS
    for retrato in [*atras, *saltando]:
        assert retrato == adelante[retrato["n"]]
    assert any(retrato["terminales"]["2"] for retrato in atras)


def test_volver_atras_sin_que_de_tiempo_a_escribir_no_deja_restos(proyectar: Proyectar) -> None:
    cine = proyectar(
        lineas(programa(1, "servidor"), {"que": "pantalla", "p": 1, "texto": "Escuchando\r\n"})
    )
    cine.calcular(
        "(uno) => { uno.reloj.poner(1); uno.pintar(); uno.reloj.poner(0); uno.pintar(); }"
    )

    assert cine.retrato()["terminales"]["1"] == ""


def test_cada_tecla_mueve_lo_que_dice_la_ayuda(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    assert cine.n == -1
    cine.teclear("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert cine.n == 1
    cine.teclear("End")
    assert cine.n == cine.ultimo
    un_segundo_antes = cine.calcular("(uno) => uno.reloj.sucesoEn(uno.reloj.t - 1)")
    cine.teclear("Shift+ArrowLeft")
    assert cine.n == un_segundo_antes
    cine.teclear("Home")
    assert cine.n == -1
    assert cine.frase == "Aún no ha pasado nada."


def test_la_barra_espaciadora_reproduce_hasta_el_final_y_se_para(proyectar: Proyectar) -> None:
    cine = proyectar(lineas(programa(1, "servidor"), {"que": "marca", "texto": "ya"}))
    for _ in range(6):
        cine.teclear("+")

    cine.teclear("Space")
    cine.esperar_suceso(1)

    assert cine.frase == "Ya"
    assert cine.pagina.inner_text(".marcha") == "▶ Reproducir"


def test_una_cifra_elige_el_programa_y_deja_de_seguir_a_quien_actua(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    cine.teclear("End", "2")

    assert cine.pagina.inner_text(".elegir [aria-pressed=true]") == "Ana"
    assert not cine.pagina.is_checked(".seguir input")
    assert cine.pagina.input_value("select[aria-label=Archivo]") == "cliente.py"


def test_la_interrogacion_abre_la_ayuda_y_esc_la_cierra(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("pegados"))
    cine.teclear("?")
    assert "Un suceso adelante o atrás" in cine.pagina.inner_text("dialog[open]")
    cine.teclear("Escape")
    assert cine.pagina.locator("dialog[open]").count() == 0


def test_la_direccion_lleva_el_momento_y_lleva_a_el(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"), almohadilla="#t=1.2")
    assert cine.n == cine.calcular("(uno) => uno.reloj.sucesoEn(1.2)") > 0

    cine.teclear("ArrowRight")
    t = cine.calcular("(uno) => uno.reloj.t")
    cine.esperar("(t) => location.hash === `#t=${t}`", t)
    siguiente = cine.n

    cine.pagina.evaluate("location.hash = '#t=0'")
    cine.esperar_suceso(-1)
    cine.pagina.evaluate("t => { location.hash = `#t=${t}`; }", t)
    cine.esperar_suceso(siguiente)


def test_una_pelicula_se_abre_en_el_momento_que_se_pidio_al_hacerla(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"), momento=1.2)

    assert cine.n == cine.calcular("(uno) => uno.reloj.sucesoEn(1.2)") > 0


def test_los_momentos_marcados_son_botones_que_llevan_a_ellos(proyectar: Proyectar) -> None:
    cine = proyectar(
        lineas(
            programa(1, "servidor"),
            {"que": "marca", "texto": "aquí llegan juntos"},
            {"que": "termina", "p": 1, "codigo": 0},
        )
    )
    cine.pagina.click("nav >> text=aquí llegan juntos")

    cine.esperar_suceso(1)
    assert cine.pagina.get_attribute("nav button", "aria-current") == "step"


def test_mientras_corre_no_se_lee_en_voz_alta_cada_frase(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    assert cine.pagina.get_attribute(".frase", "aria-live") == "polite"

    cine.teclear("-", "-", "Space")
    cine.esperar("() => chatlab.abierto.reloj.marchando")

    assert cine.pagina.get_attribute(".frase", "aria-live") == "off"
    cine.teclear("Space")
    assert cine.pagina.get_attribute(".frase", "aria-live") == "polite"
