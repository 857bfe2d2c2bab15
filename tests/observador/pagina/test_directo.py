"""La página en directo: se teclea en las terminales, y se ve lo que va pasando."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from chatlab.observador.directo.servicio import MAX_RECADO
from tests.docs.accesibilidad import TODAS, faltas_graves
from tests.observador.pagina.cine import Cine, lineas, programa
from tests.observador.pagina.directo_de_mentira import DirectoDeMentira

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.lento  # abre el navegador

PEGAR = """(texto) => {
  const portapapeles = new DataTransfer();
  portapapeles.setData("text/plain", texto);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: portapapeles, bubbles: true, cancelable: true }));
}"""
SENALES = ["SIGINT", "SIGKILL", "SIGSTOP", "SIGCONT"]
PUEDE = {"puede": {"pty": True, "senales": SENALES, "otro_cliente": True}, "falta": []}
EMPIEZA = lineas(
    programa(1, "servidor"),
    programa(2, "Ana"),
    {"que": "pantalla", "p": 2, "texto": "Tu nombre: "},
    {"que": "espera", "p": 2, "h": 1, "en": "teclado"},
)


@pytest.fixture
def directo() -> Iterator[DirectoDeMentira]:
    with DirectoDeMentira() as servidor:
        servidor.al_entrar = [PUEDE]
        servidor.contar(EMPIEZA)
        yield servidor


@pytest.fixture
def cine(navegador: Browser, directo: DirectoDeMentira) -> Iterator[Cine]:
    with navegador.new_context() as contexto:
        uno = Cine(contexto.new_page())
        uno.abrir(directo.direccion)
        uno.esperar_suceso(3)
        yield uno


def pantalla(texto: str, t: float) -> str:
    return lineas({"que": "pantalla", "p": 2, "texto": texto, "t": t}).splitlines()[1]


def esperar_pantalla(cine: Cine, texto: str) -> None:
    cine.esperar(
        "(texto) => chatlab.abierto.terminales.paneles.get(2).terminal.texto().endsWith(texto)",
        texto,
    )


def test_lo_que_se_teclea_en_una_terminal_llega_al_programa(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    cine.pagina.click("section[aria-label='Terminal de Ana'] .xterm")
    cine.pagina.keyboard.type("ñu")
    cine.pagina.keyboard.press("Enter")
    cine.pagina.keyboard.press("Control+c")

    tecleado = [directo.esperar_orden("tecla") for _ in range(4)]
    assert [una["texto"] for una in tecleado] == ["ñ", "u", "\r", "\u0003"]
    assert {una["p"] for una in tecleado} == {2}
    assert not cine.dicho


def test_un_texto_largo_pegado_llega_entero_en_recados_que_caben(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    """Uno que no cabe corta la conexión. Los caracteres de dos mitades no se parten."""
    pegado = "🙂ñ\u001b" * 10_000
    cine.pagina.click("section[aria-label='Terminal de Ana'] .xterm")
    cine.pagina.evaluate(PEGAR, pegado)

    llegado = ""
    while len(llegado) < len(pegado):
        recado = directo.esperar_orden("tecla")
        assert len(json.dumps(recado, ensure_ascii=False).encode()) <= MAX_RECADO
        llegado += recado["texto"]
    assert llegado == pegado


def test_en_directo_no_se_cuenta_lo_que_se_repite_ni_lo_que_mide_una_terminal(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    espera = {"que": "espera", "p": 2, "h": 1, "en": "recv", "plazo": 0.5}
    vence = {"que": "sigue", "p": 2, "h": 1, "vencido": True}
    mide = {"que": "tamano", "p": 2, "filas": 10, "columnas": 40}
    for t, suceso in enumerate((espera, vence, espera, mide), start=1):
        directo.contar(json.dumps({**suceso, "t": float(t)}))

    cine.pagina.wait_for_function("chatlab.abierto.reloj.ultimo === 7")
    cine.pagina.wait_for_function("!chatlab.abierto.porPintar")
    assert cine.frase == "Ana espera en recv, como mucho 0,5 s."


def test_lo_que_pasa_se_ve_segun_pasa(cine: Cine, directo: DirectoDeMentira) -> None:
    esperar_pantalla(cine, "Tu nombre:")
    directo.contar(pantalla("Ana\r\n", 1.0))

    esperar_pantalla(cine, "Tu nombre: Ana")
    assert cine.n == 4
    assert cine.frase.startswith("En la pantalla de Ana sale")


def test_la_linea_del_tiempo_crece_con_lo_que_pasa(cine: Cine, directo: DirectoDeMentira) -> None:
    ancho = "document.querySelector('.linea-papel').style.width"
    antes = cine.pagina.evaluate(ancho)
    directo.contar("\n".join(pantalla("hola\r\n", 1 + n) for n in range(200)))

    cine.esperar(f"(antes) => parseFloat({ancho}) > parseFloat(antes) + 500", antes)


def test_quien_mira_el_pasado_no_se_mueve_de_el_hasta_que_vuelve(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    cine.teclear("Home", "ArrowRight")
    directo.contar(pantalla("Ana\r\n", 1.0))
    cine.esperar("() => chatlab.abierto.reloj.ultimo === 4")
    assert cine.n == 0
    assert cine.retrato()["terminales"]["2"] == ""

    cine.pagina.click("button.en-directo")
    esperar_pantalla(cine, "Tu nombre: Ana")
    assert cine.n == 4


def test_teclear_desde_el_pasado_vuelve_al_presente(cine: Cine, directo: DirectoDeMentira) -> None:
    cine.teclear("Home")
    cine.teclear("2", "t")
    cine.pagina.keyboard.press("x")

    assert directo.esperar_orden("tecla") == {"orden": "tecla", "p": 2, "texto": "x"}
    assert cine.n == cine.ultimo


def test_de_una_terminal_se_sale_con_el_teclado(cine: Cine, directo: DirectoDeMentira) -> None:
    cine.teclear("2", "t")
    activo = "() => document.activeElement.getAttribute('aria-label')"
    assert cine.pagina.evaluate(activo) == "Teclado de Ana"
    assert cine.pagina.is_visible("section[aria-label='Terminal de Ana'] .pista")

    cine.pagina.keyboard.press("Control+Alt+ArrowRight")
    assert cine.pagina.evaluate(activo) == "Teclado de servidor"
    cine.pagina.keyboard.press("Escape")
    assert directo.esperar_orden("tecla")["texto"] == "\u001b"
    cine.pagina.keyboard.press("Escape")
    cine.esperar("() => document.activeElement.className === 'marcha'")

    cine.teclear("2", "t")
    cine.pagina.keyboard.press("Control+Alt+ArrowUp")
    cine.esperar("() => document.activeElement.className === 'marcha'")


def test_cada_boton_de_una_terminal_manda_su_senal(cine: Cine, directo: DirectoDeMentira) -> None:
    de_ana = "section[aria-label='Terminal de Ana'] .botones >> text="
    for rotulo, senal in [("Ctrl+C", "SIGINT"), ("Parar", "SIGSTOP"), ("Matar", "SIGKILL")]:
        cine.pagina.click(de_ana + rotulo)
        assert directo.esperar_orden("senal") == {"orden": "senal", "p": 2, "senal": senal}

    directo.contar(lineas({"que": "senal", "p": 2, "senal": "SIGSTOP", "t": 2}).splitlines()[1])
    cine.pagina.click(de_ana + "Seguir")
    assert directo.esperar_orden("senal")["senal"] == "SIGCONT"


def test_en_directo_tampoco_hay_faltas_graves_de_accesibilidad(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    directo.decir({"aviso": "Un aviso cualquiera."})
    cine.pagina.wait_for_selector(".avisos p")

    assert faltas_graves(cine.pagina, TODAS) == []


def test_se_pide_otro_cliente_y_aparece_su_terminal(cine: Cine, directo: DirectoDeMentira) -> None:
    cine.pagina.click("text=+ otro cliente")
    assert directo.esperar_orden("otro_cliente") == {"orden": "otro_cliente"}

    directo.contar(lineas({**programa(3, "Carlos"), "t": 2}).splitlines()[1])
    cine.pagina.wait_for_selector("section[aria-label='Terminal de Carlos'] .xterm-screen")


def test_la_terminal_dice_lo_que_mide_en_la_pagina(cine: Cine, directo: DirectoDeMentira) -> None:
    medidas = directo.esperar_orden("tamano")
    assert medidas["p"] in {1, 2}
    assert medidas["filas"] > 2
    assert medidas["columnas"] > 20


def test_la_pagina_dice_lo_que_falta_en_este_sistema(cine: Cine, directo: DirectoDeMentira) -> None:
    directo.decir(
        {
            "puede": {"pty": False, "senales": ["SIGKILL"], "otro_cliente": False},
            "falta": ["Aquí no se puede parar un programa: este sistema no tiene SIGSTOP."],
        }
    )
    cine.pagina.wait_for_selector(".avisos >> text=no tiene SIGSTOP")

    botones = cine.pagina.locator("section[aria-label='Terminal de Ana'] .botones")
    assert botones.inner_text().split() == ["Matar"]
    assert not cine.pagina.is_visible("text=+ otro cliente")


def test_si_el_servidor_se_va_se_dice_y_la_pelicula_sigue_ahi(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    directo.cortar()
    cine.pagina.wait_for_selector(".avisos >> text=Se ha perdido la conexión")
    cine.teclear("ArrowLeft")
    assert cine.n == 2

    with cine.pagina.expect_download() as descarga:
        cine.pagina.click("text=Guardar")
    guardada = descarga.value.path().read_text(encoding="utf-8")
    assert guardada == EMPIEZA
    assert descarga.value.suggested_filename == "de-prueba.chatlab"


def test_al_volver_el_servidor_no_se_repite_lo_que_ya_se_sabia(
    cine: Cine, directo: DirectoDeMentira
) -> None:
    directo.cortar()
    cine.pagina.wait_for_selector(".avisos >> text=Se ha perdido la conexión")
    directo.lineas.append(pantalla("Ana\r\n", 1.0))
    directo.volver()

    cine.esperar("() => chatlab.abierto.reloj.ultimo === 4")
    esperar_pantalla(cine, "Tu nombre: Ana")
    assert cine.pagina.locator(".avisos p").count() == 0


def test_lo_que_contesta_la_terminal_al_repasar_no_se_teclea(
    navegador: Browser, directo: DirectoDeMentira
) -> None:
    pregunta_el_sitio_del_cursor = "\u001b[6n"
    directo.contar(pantalla(pregunta_el_sitio_del_cursor, 1.0))
    with navegador.new_context() as contexto:
        cine = Cine(contexto.new_page()).abrir(directo.direccion)
        cine.esperar_suceso(4)
        cine.retrato()  # ya está todo escrito
        cine.teclear("2", "t")
        cine.pagina.keyboard.press("x")

        assert directo.esperar_orden("tecla")["texto"] == "x"
