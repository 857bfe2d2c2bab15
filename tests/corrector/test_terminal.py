"""Una terminal con un programa: lo que se ve, lo que se teclea y lo que se espera."""

from __future__ import annotations

import signal
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.corrector.jaula.pantalla import Pantalla
from chatlab.corrector.jaula.rollo import SUELTOS, Rollo
from tests.apoyo.transcripcion import PLAZO
from tests.corrector.apoyo_de_jaula import de_las_dos_formas, jaula_con

# --- La pantalla: de bytes a texto limpio ---


def lo_que_se_ve(*trozos: bytes) -> str:
    pantalla = Pantalla(threading.Condition())
    for trozo in trozos:
        pantalla.anadir(trozo)
    pantalla.cerrar()
    return pantalla.texto


@pytest.mark.parametrize(
    ("bytes_", "texto"),
    [
        ("\x1b[1;31mAna\x1b[0m: hola\r\n", "Ana: hola\n"),
        ("\x1b]0;mi chat\x07hola \x1b]8;;http://x\x1b\\enlace", "hola enlace"),
        ("\x1b[2J\x1b[Hlimpia\x1b(B\x1b=\x1b>\x1b[?2004h", "limpia"),
        ("a\r\r\nb\nc\r\n\r\n", "a\nb\nc\n\n"),
        ("Tú: \rAna: hola\r\n", "Tú: \nAna: hola\n"),
        ("Tú: \r      \rAna: hola", "Tú: \nAna: hola"),
        ("fin\r\n\rprincipio", "fin\nprincipio"),
        ("una\r\a\notra\r\x1b[K tres", "una\notra\n tres"),
        ("hoka\b \b\b \bla", "hokala"),
        ("campana\x07 nulo\x00 borrado\x7f C1\x9b tab\t.", "campana nulo borrado C1 tab\t."),
        ("¿Año? 😀👩‍👩‍👧 ñandú", "¿Año? 😀👩‍👩‍👧 ñandú"),
        ("sin acabar\x1b[31", "sin acabar31"),
    ],
)
def test_la_pantalla_es_texto_limpio(bytes_: str, texto: str) -> None:
    assert lo_que_se_ve(bytes_.encode()) == texto


def test_los_bytes_que_no_son_utf8_se_ven_como_un_rombo() -> None:
    assert lo_que_se_ve("Año".encode("latin-1")) == "A\N{REPLACEMENT CHARACTER}o"


@given(
    texto=st.text("añ😀\r\n \b\x1b[]m;0\x07\\K", max_size=30),
    cortes=st.lists(st.integers(0, 60), max_size=4),
)
def test_da_igual_por_donde_vengan_cortados_los_bytes(texto: str, cortes: list[int]) -> None:
    datos = texto.encode()
    bordes = sorted({0, len(datos), *(min(corte, len(datos)) for corte in cortes)})
    trozos = [datos[desde:hasta] for desde, hasta in pairwise(bordes)]

    assert lo_que_se_ve(*trozos) == lo_que_se_ve(datos)


def test_una_orden_que_no_termina_no_esconde_lo_que_sigue() -> None:
    assert lo_que_se_ve(b"\x1b]" + b"x" * 5000, b" hola").endswith("x hola")


def test_el_rollo_de_quien_escribe_letra_a_letra_no_crece_sin_fin() -> None:
    rollo = Rollo(threading.Condition())
    for letra in range(SUELTOS * 4):
        rollo.anotar("pantalla", b"%d" % (letra % 10))

    assert rollo.crudo == b"0123456789" * (SUELTOS * 4 // 10) + b"0123"
    assert len(rollo.trazos) < SUELTOS * 2


# --- Un programa en una terminal ---

PREGUNTA = """
    import sys
    print("Terminal:", sys.stdin.isatty(), sys.stdout.isatty(), sys.stdout.encoding)
    nombre = input("Tu nombre: ")
    print(f"Hola, {nombre}. {len(nombre)} letras")
"""


@de_las_dos_formas
def test_se_teclea_y_se_lee_como_en_una_terminal(tmp_path: Path, aislar: bool) -> None:
    with jaula_con(tmp_path, cliente=PREGUNTA, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente", nombre="Ana")
        assert ana.nombre == "Ana"
        assert ana.esperar(lambda pantalla: pantalla.endswith("Tu nombre: "), PLAZO)
        assert ana.vivo
        assert ana.codigo is None

        ana.escribir("Íñigo 😀")

        assert ana.esperar_fin(PLAZO) == 0
        assert not ana.vivo
        assert ana.pantalla == (
            "Terminal: True True utf-8\nTu nombre: Íñigo 😀\nHola, Íñigo 😀. 7 letras\n"
        )


@de_las_dos_formas
def test_una_linea_de_3000_caracteres_llega_entera(tmp_path: Path, aislar: bool) -> None:
    with jaula_con(tmp_path, cliente=PREGUNTA, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda pantalla: "Tu nombre: " in pantalla, PLAZO)

        ana.escribir("x" * 3000)

        assert ana.esperar_fin(PLAZO) == 0
        assert ana.pantalla.endswith(f"Hola, {'x' * 3000}. 3000 letras\n")


@de_las_dos_formas
def test_una_linea_larga_no_se_parte_al_mostrarla(tmp_path: Path, aislar: bool) -> None:
    with jaula_con(tmp_path, cliente="print('palabra ' * 100)", aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert ana.esperar_fin(PLAZO) == 0
        assert ana.pantalla.count("\n") == 1


@de_las_dos_formas
def test_se_sabe_si_un_programa_espera_al_teclado(tmp_path: Path, aislar: bool) -> None:
    trabaja_y_espera = "input('a? '); print('trabajo'); n = 0\nwhile True: n += 1"
    with jaula_con(tmp_path, cliente=trabaja_y_espera, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda pantalla: "a? " in pantalla, PLAZO)
        if ana.esperando_teclado is None:
            pytest.skip("este sistema no lo cuenta")
        limite = time.monotonic() + PLAZO
        while not ana.esperando_teclado:
            assert time.monotonic() < limite

        ana.escribir("b")

        assert not ana.esperando_teclado
        assert ana.esperar(lambda pantalla: "trabajo" in pantalla, PLAZO)
        assert not ana.esperando_teclado
        ana.matar()
        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        assert not ana.esperando_teclado


def test_una_linea_que_no_cabe_en_la_terminal_es_un_error_de_quien_corrige(tmp_path: Path) -> None:
    with jaula_con(tmp_path, aislar=False) as jaula:
        ana = jaula.arrancar("cliente")

        with pytest.raises(ValueError, match="4095"):
            ana.escribir("ñ" * 2048)


SIN_CTRL_C = """
    import signal
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    input("listo")
"""


@de_las_dos_formas
@pytest.mark.parametrize(
    ("programa", "codigo", "ultima"),
    [
        pytest.param("input('listo')", -signal.SIGINT, "KeyboardInterrupt", id="sin atenderlo"),
        pytest.param(
            "try: input('listo')\nexcept KeyboardInterrupt: print('adiós')",
            0,
            "adiós",
            id="atendiéndolo",
        ),
        pytest.param(SIN_CTRL_C, None, "listo^C", id="sin hacerle caso"),
    ],
)
def test_ctrl_c(
    tmp_path: Path, aislar: bool, programa: str, codigo: int | None, ultima: str
) -> None:
    # Quien corrige en segundo plano no oye Ctrl+C, y sus hijos lo heredan.
    antes = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
            ana = jaula.arrancar("cliente")
            assert ana.esperar(lambda pantalla: "listo" in pantalla, PLAZO)

            ana.ctrl_c()

            assert ana.esperar(lambda pantalla: "^C" in pantalla, PLAZO)
            trazos = ana.rollo.trazos
            [pulsado] = [n for n, trazo in enumerate(trazos) if trazo.que == "tecla"]
            assert not [trazo for trazo in trazos[:pulsado] if b"^C" in trazo.datos]
            if codigo is not None:
                assert ana.esperar_fin(PLAZO) == codigo
            assert ana.vivo == (codigo is None)
            assert ana.pantalla.rstrip().endswith(ultima)
    finally:
        signal.signal(signal.SIGINT, antes)


@de_las_dos_formas
def test_ctrl_d_es_el_fin_de_la_entrada(tmp_path: Path, aislar: bool) -> None:
    programa = "import sys\nprint('listo')\nprint('leído:', sys.stdin.read().split())"
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda pantalla: "listo" in pantalla, PLAZO)

        ana.escribir("una")
        ana.ctrl_d()

        assert ana.esperar_fin(PLAZO) == 0
        assert "leído: ['una']" in ana.pantalla


@de_las_dos_formas
def test_el_rollo_dice_cuando_salio_y_se_tecleo_cada_cosa(tmp_path: Path, aislar: bool) -> None:
    antes = time.monotonic()
    with jaula_con(tmp_path, cliente=PREGUNTA, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda p: "nombre" in p, PLAZO), ana.pantalla
        ana.escribir("Ana")
        assert ana.esperar_fin(PLAZO) == 0, ana.pantalla
        trazos = ana.rollo.trazos

    assert all(trazo.datos for trazo in trazos)
    instantes = [antes, *(trazo.instante for trazo in trazos), time.monotonic()]
    assert instantes == sorted(instantes)
    teclas = [trazo for trazo in trazos if trazo.que == "tecla"]
    assert [tecla.datos for tecla in teclas] == [b"Ana\r"]
    salido = {
        cuando: b"".join(
            trazo.datos
            for trazo in trazos
            if trazo.que == "pantalla" and (trazo.instante < teclas[0].instante) == cuando
        )
        for cuando in (True, False)
    }
    assert b"Tu nombre" in salido[True] and b"Hola" not in salido[True]
    assert b"Hola, Ana" in salido[False]


@de_las_dos_formas
def test_en_pausa_no_hace_nada_y_despues_sigue_donde_estaba(tmp_path: Path, aislar: bool) -> None:
    eco = "print('listo')\nwhile True: print('eco', input())"
    with jaula_con(tmp_path, servidor=eco, cliente=eco, aislar=aislar) as jaula:
        ana, testigo = jaula.arrancar("cliente"), jaula.arrancar("servidor")
        for terminal in (ana, testigo):
            assert terminal.esperar(lambda pantalla: "listo" in pantalla, PLAZO)

        ana.pausar()
        ana.escribir("uno")
        ana.escribir("dos")
        testigo.escribir("hola")
        assert testigo.esperar(lambda pantalla: "eco hola" in pantalla, PLAZO)
        assert "eco" not in ana.pantalla
        assert ana.vivo
        ana.seguir()

        assert ana.esperar(lambda pantalla: "eco uno\neco dos\n" in pantalla, PLAZO)


@de_las_dos_formas
def test_esperar_no_agota_el_plazo_si_el_programa_ha_terminado(
    tmp_path: Path, aislar: bool
) -> None:
    with jaula_con(tmp_path, cliente="print('adiós')", aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert not ana.esperar(lambda pantalla: "nunca" in pantalla, 1000)
        assert ana.pantalla == "adiós\n"
        ana.escribir("ya no hay nadie")
        ana.ctrl_c()
        ana.matar()
        assert ana.codigo == 0


@de_las_dos_formas
def test_la_pantalla_tiene_todo_lo_que_escribio_antes_de_morir(
    tmp_path: Path, aislar: bool
) -> None:
    programa = "import os\nfor n in range(20000): print(n)\nos.kill(os.getpid(), 9)"
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert ana.esperar_fin(PLAZO) == -9
        assert ana.pantalla.split() == [str(n) for n in range(20000)]


@de_las_dos_formas
def test_un_nieto_que_se_queda_con_la_pantalla_no_la_deja_abierta(
    tmp_path: Path, aislar: bool
) -> None:
    programa = """
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
        print("me voy")
    """
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert ana.esperar_fin(PLAZO) == 0
        assert not ana.esperar(lambda pantalla: "nunca" in pantalla, 1000)


# --- Con tuberías, como en Windows ---


def test_con_tuberias_tambien_se_teclea_y_se_ve_lo_tecleado(tmp_path: Path) -> None:
    with jaula_con(tmp_path, cliente=PREGUNTA, tuberias=True) as jaula:
        assert jaula.aislamiento.startswith("parcial: ")
        ana = jaula.arrancar("cliente", nombre="Ana")
        assert ana.esperar(lambda pantalla: "Tu nombre: " in pantalla, PLAZO)
        assert ana.esperando_teclado is None
        assert jaula.todos_dormidos() is None

        ana.escribir("Íñigo 😀")

        assert ana.esperar_fin(PLAZO) == 0
        assert "Tu nombre: Íñigo 😀\nHola, Íñigo 😀. 7 letras\n" in ana.pantalla


@pytest.mark.skipif(sys.platform == "win32", reason="es Ctrl+Inter, y acaba con otro código")
def test_con_tuberias_se_pulsa_ctrl_c_ctrl_d_se_mata_y_se_pausa(tmp_path: Path) -> None:
    eco = "print('listo')\nwhile True: print('eco', input())"
    with jaula_con(tmp_path, servidor=eco, cliente=eco, tuberias=True) as jaula:
        personas = [jaula.arrancar("cliente") for _ in range(3)]
        assert all(p.esperar(lambda pantalla: "listo" in pantalla, PLAZO) for p in personas)
        una, otra, tercera = personas

        una.pausar()
        una.escribir("hola")
        otra.ctrl_d()
        assert otra.esperar_fin(PLAZO) == 1
        assert "EOFError" in otra.pantalla
        tercera.matar()
        assert tercera.esperar_fin(PLAZO) == -signal.SIGKILL
        assert "eco" not in una.pantalla
        una.seguir()
        assert una.esperar(lambda pantalla: "eco hola" in pantalla, PLAZO)
        una.ctrl_c()
        assert una.esperar_fin(PLAZO) == -signal.SIGINT
