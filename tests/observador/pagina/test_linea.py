"""La línea del tiempo en un navegador: lo que se ve, lo que se elige y lo que cuesta."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.docs.accesibilidad import TODAS, faltas_graves
from tests.observador.pagina.cine import ORDENADOR, TELEFONO, Cine, lineas, muestra, programa
from tests.observador.pagina.conftest import Proyectar
from tests.observador.pagina.peliculas import LAS_CINCO, al_azar

pytestmark = pytest.mark.lento  # abre el navegador

#: Lo que se ha de leer en la línea, en el último momento de cada una de las cinco.
SE_LEE = {
    "pegados": ["2 envíos juntos"],
    "letra": ["letra partida: falta 1 byte", "trozo 2 de 3", "«La ni\\xc3»"],
    "accept": ["en la fila: sin accept", "recv", "6 bytes sin leer", "teclado"],
    "candado": ["un candado que ya tiene él mismo", "candado del hilo 2"],
    "no_lee": ["send: no leen", "262\u00a0140 bytes sin leer", "parado"],
}
#: Cosas que se pintan en un cuadro, como mucho: cada una cuesta menos de un microsegundo y medio.
MAX_PINTADOS = 6_000
#: Sucesos que se aplican para ir a cualquier momento y pintarlo, como mucho.
MAX_APLICADOS = 700
ANCHA = {"width": 1280, "height": 900}


def dicho(cine: Cine) -> list[str]:
    """Lo que se lee en la línea."""
    escrito: list[str] = cine.calcular(
        "({ linea }) => { linea.redibujar(); return linea.vista.dicho }"
    )
    return escrito


def en_la_ventana(cine: Cine, x: float, y: float) -> tuple[float, float]:
    """Dónde está en la ventana ese punto de la línea."""
    donde: list[float] = cine.calcular(
        """({ linea }, [x, y]) => {
            const caja = linea.lienzo.getBoundingClientRect();
            const { x0, y0 } = linea.vista.ventana;
            const nombres = linea.rollo.querySelector(".linea-nombres").offsetWidth;
            return [caja.left + nombres + x - x0, caja.top + y - y0];
        }""",
        [x, y],
    )
    return donde[0], donde[1]


@pytest.mark.parametrize("colores", ["light", "dark"])
@pytest.mark.parametrize("cual", LAS_CINCO)
def test_las_cinco_se_reconocen(proyectar: Proyectar, cual: str, colores: str) -> None:
    cine = proyectar(LAS_CINCO[cual]().texto(), colores=colores, tamano=ANCHA)

    cine.teclear("End")

    leido = dicho(cine)
    assert not [texto for texto in SE_LEE[cual] if texto not in leido], leido
    assert cine.dicho == []


def test_las_flechas_que_se_ven_son_los_envios_que_hubo(proyectar: Proyectar) -> None:
    texto = muestra("hilos")
    envios = sum(json.loads(linea).get("que") == "send" for linea in texto.splitlines())
    cine = proyectar(texto, tamano=ANCHA)

    cine.calcular("({ linea }) => linea.verTodo()")

    assert cine.calcular("({ linea }) => linea.vista.flechas.length") == envios > 5


def test_pulsar_una_flecha_va_a_su_envio_o_a_su_lectura(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("pegados"), tamano=ANCHA)
    cine.calcular("({ linea }) => linea.verTodo()")
    envio, lectura, x1, y1, x2, y2 = cine.calcular(
        "({ linea }) => { const [{ flecha, lectura, x1, y1, x2, y2 }] = linea.vista.lineas;"
        " return [flecha.envio, lectura.n, x1, y1, x2, y2]; }"
    )

    cine.pagina.mouse.click(*en_la_ventana(cine, x1 + (x2 - x1) * 0.3, y1 + (y2 - y1) * 0.3))
    assert cine.n == envio
    cine.pagina.mouse.click(*en_la_ventana(cine, x1 + (x2 - x1) * 0.7, y1 + (y2 - y1) * 0.7))
    assert cine.n == lectura


def test_al_pasar_por_encima_se_cuenta_lo_que_es(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("pegados"), tamano=ANCHA)
    cine.calcular("({ linea }) => linea.verTodo()")
    envio, x, y = cine.calcular(
        "({ linea }) => { const [una] = linea.vista.lineas;"
        " return [una.flecha.envio, una.x1 * 0.7 + una.x2 * 0.3, una.y1 * 0.7 + una.y2 * 0.3]; }"
    )

    cine.pagina.mouse.move(*en_la_ventana(cine, x, y))

    frase = cine.pagina.inner_text(".linea-globo")
    cine.calcular("(uno, n) => uno.reloj.poner(n)", envio)
    cine.esperar("() => !chatlab.abierto.porPintar")
    assert frase == cine.frase


def test_con_el_teclado_se_va_de_envio_en_envio_y_se_dice_lo_que_pasa(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("pegados"))
    envios = cine.calcular("({ mundo }) => mundo.flechas.map(({ envio }) => envio)")
    cine.pagina.focus(".linea-lienzo")

    recorridos = []
    for _ in envios:
        cine.teclear("ArrowDown")
        recorridos.append(cine.n)
    dicho_al_final = cine.pagina.get_attribute(".linea-lienzo", "aria-valuetext") or ""
    frase = cine.frase
    cine.teclear("ArrowUp", "ArrowLeft")

    assert recorridos == envios
    assert frase and frase in dicho_al_final
    assert cine.n == envios[-2] - 1


def test_las_flechas_se_leen_con_palabras_y_cada_una_lleva_a_su_envio(proyectar: Proyectar) -> None:
    cine = proyectar(LAS_CINCO["pegados"]().texto(), tamano=ANCHA)
    cine.calcular("({ linea }) => linea.verTodo()")
    cine.pagina.click(".linea-palabras summary")

    frases = cine.pagina.locator(".linea-palabras li").all_inner_texts()
    cine.pagina.click(".linea-palabras li:last-child button")

    assert len(frases) == 8
    assert frases[-1] == (
        "El servidor envía 17 bytes a Carlos, «[Ana] ¿qué tal?»: los da un recv, "
        "junto con los de otro envío."
    )
    assert cine.n == cine.calcular("({ mundo }) => mundo.flechas.at(-1).envio")


def test_en_un_telefono_cabe(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"), tamano=TELEFONO)
    cine.calcular("({ vistas }) => vistas?.elegir?.('linea')")

    sobra = cine.calcular("({ linea: { elemento: e } }) => e.scrollWidth - e.clientWidth")

    assert sobra <= 0


def test_lo_que_manda_un_programa_es_texto_y_se_ve(proyectar: Proyectar) -> None:
    malo = "<img src=x onerror=alert(1)>\u202e\x1b[2J"
    comun = {"p": 1, "h": 1, "c": 1, "lado": "llama"}
    texto = lineas(
        programa(1, f"Ana{malo}"),
        programa(2, "servidor"),
        {"que": "connect", **comun},
        {"que": "send", **comun, "desde": 0, "cuantos": len(malo.encode()), "texto": malo},
        {"que": "tecla", "p": 1, "texto": malo},
        {"que": "fallo", **comun, "operacion": malo, "error": malo, "mensaje": malo},
        {"que": "marca", "texto": malo},
        {"que": "hilo", "p": 1, "h": 2, "nombre": malo},
    )
    cine = proyectar(texto, tamano=ANCHA)
    cine.teclear("End")
    cine.calcular("({ linea }) => linea.verTodo()")
    cine.pagina.click(".linea-palabras summary")

    assert cine.pagina.locator(".linea img").count() == 0
    todo = cine.pagina.inner_text(".linea") + "".join(dicho(cine))
    assert "\u202e" not in todo and "\x1b" not in todo
    assert "\\u202e" in todo
    assert cine.dicho == []


def test_con_20_000_sucesos_cada_cuadro_pinta_poco_y_llega_pronto(proyectar: Proyectar) -> None:
    cine = proyectar(al_azar(20_000).texto(), tamano=ORDENADOR)

    gastos: list[Any] = cine.calcular(
        """({ linea, mundo }) => {
            const gastos = [];
            const mirar = () => {
                for (let i = 1; i < 40; i++) {
                    const antes = mundo.aplicados;
                    linea.poner(Math.floor((i * 7919 * 31) % mundo.sucesos.length));
                    linea.redibujar();
                    gastos.push([linea.vista.pintados, mundo.aplicados - antes]);
                }
            };
            mirar();
            linea.verTodo();
            for (let veces = 0; veces < 4; veces++, linea.aumentar(4)) mirar();
            linea.cambiarEje();
            mirar();
            return gastos;
        }"""
    )

    assert max(pintados for pintados, _ in gastos) <= MAX_PINTADOS
    assert max(aplicados for _, aplicados in gastos) <= MAX_APLICADOS


def test_no_tiene_faltas_graves_de_accesibilidad(proyectar: Proyectar) -> None:
    for colores in ("light", "dark"):
        cine = proyectar(muestra("hilos"), colores=colores, tamano=ANCHA)
        cine.teclear("End")
        cine.pagina.click(".linea-palabras summary")
        cine.pagina.click(".linea-leyenda summary")

        faltas = faltas_graves(cine.pagina, TODAS)

        assert [falta for falta in faltas if "linea" in falta] == []


def test_lo_que_llega_en_directo_se_dibuja_como_si_hubiera_estado(proyectar: Proyectar) -> None:
    texto = LAS_CINCO["pegados"]().texto()
    cine = proyectar(texto, tamano=ANCHA)
    cine.teclear("End")
    entera = dicho(cine)

    creciendo = proyectar(texto.splitlines(keepends=True)[0], tamano=ANCHA)
    creciendo.calcular(
        """(uno, lineas) => {
            for (const linea of lineas) {
                uno.pelicula.anadir(linea);
                uno.linea.redibujar();
                uno.linea.poner(uno.pelicula.sucesos.length - 1);
            }
        }""",
        texto.splitlines()[1:],
    )

    assert sorted(dicho(creciendo)) == sorted(entera)


def test_las_esperas_se_encogen_y_se_dice_cuanto_duran_salvo_en_tiempo_real(
    proyectar: Proyectar,
) -> None:
    cine = proyectar(LAS_CINCO["accept"]().texto(), tamano=ANCHA)
    cine.teclear("End")
    encogido = dicho(cine)

    cine.pagina.get_by_role("button", name="Tiempo real").click()

    assert "⋯ 4 s ⋯" in encogido
    assert not [texto for texto in dicho(cine) if texto.startswith("⋯")]
