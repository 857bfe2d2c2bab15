"""Sin descriptores, o sin hilos, a quien llega se le dice que no cabe y los de dentro siguen."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable

import pytest

from chatlab.red import aforo
from tests.apoyo.chat import Chat
from tests.conftest import Conectar, Lanzar
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import descriptores, esperar_a_que, hilos

con_ulimit = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("sh") is None, reason="hace falta ulimit, de sh"
)

RECHAZO = f"{aforo.COMPLETO}\n".encode()

#: Abre un chat con ese `ulimit` y esas opciones.
AbrirConTope = Callable[..., Chat]


@pytest.fixture
def abrir_con_tope(motor: str, lanzar: Lanzar, conectar: Conectar) -> AbrirConTope:
    def abrir(ulimit: str, *opciones: str) -> Chat:
        servidor = f'"{sys.executable}" -m chatlab servidor {motor} --puerto 0'
        orden = f"ulimit {ulimit} && exec {servidor} {' '.join(opciones)}"
        return Chat(lanzar("-c", orden, ejecutable="sh"), lanzar, conectar)

    return abrir


@con_ulimit
def test_sin_descriptores_se_rechaza_con_motivo_y_los_de_dentro_siguen(
    abrir_con_tope: AbrirConTope, reunir: Reunir
) -> None:
    chat = abrir_con_tope("-n 64")
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    gente = reunir(chat)
    llaman = [gente.llegar() for _ in range(100)]
    gente.esperar_a(llaman, "\n")

    fuera = [persona for persona in llaman if persona.recibido == RECHAZO]
    dentro = [persona for persona in llaman if persona not in fuera]
    assert dentro, "no ha cabido nadie"
    assert fuera, "han cabido todos: la prueba no muestra nada"
    gente.esperar_fin(fuera)
    # Con el cliente de verdad, que da su nombre en cuanto conecta, el motivo también se lee.
    eva = chat.lanzar_cliente("--nombre", "Eva")
    assert eva.esperar_fin() == 1, eva.transcripcion()
    assert eva.errores.texto.endswith(f"{aforo.COMPLETO.removeprefix('! ')}\n")

    ana.enviar("¿seguimos?\n")
    luis.esperar("Ana: ¿seguimos?\n")
    luis.enviar("claro\n")
    ana.esperar("Luis: claro\n")

    # En cuanto alguien se va hay sitio, aunque no dijera su nombre.
    ocupados = descriptores(chat)
    gente.cortar(dentro[0])
    esperar_a_que(lambda: descriptores(chat) < ocupados, "el servidor suelta su descriptor")
    chat.entrar("Eva")
    chat.servidor.ctrl_c()
    assert chat.servidor.esperar_fin() == 0, chat.servidor.transcripcion()


@con_ulimit
def test_quien_llega_sin_sitio_lo_sabe_aunque_ya_haya_escrito_mucho(
    abrir_con_tope: AbrirConTope, reunir: Reunir
) -> None:
    chat = abrir_con_tope("-n 64")
    gente = reunir(chat)
    gente.esperar_a([gente.llegar() for _ in range(64)], "\n")

    llaman = [gente.llegar("x" * 1000) for _ in range(50)]
    gente.esperar_fin(llaman)
    assert all(persona.recibido == RECHAZO for persona in llaman)


@con_ulimit
def test_si_caben_menos_personas_de_las_pedidas_avisa_al_arrancar(
    abrir_con_tope: AbrirConTope,
) -> None:
    chat = abrir_con_tope("-n 64", "--max-personas", "10000")
    chat.entrar("Ana")
    chat.servidor.errores.esperar(lambda datos: datos.endswith(b"\n"))
    assert chat.servidor.errores.texto == (
        "Aviso: el sistema no me deja atender a 10000 personas, sino a unas 48; a las demás les "
        "diré que no caben. Sube el tope de descriptores (ulimit -n) o baja --max-personas.\n"
    )


@con_ulimit
def test_si_solo_estorba_el_tope_blando_lo_sube_y_caben_todos(
    abrir_con_tope: AbrirConTope, reunir: Reunir
) -> None:
    chat = abrir_con_tope("-S -n 64", "--max-personas", "200")
    gente = reunir(chat)
    personas = gente.entrar(f"P{numero}" for numero in range(200))
    gente.enviar(personas[0], "cabemos todos\n")
    gente.esperar_a(personas[1:], "P0: cabemos todos\n")
    assert chat.servidor.errores.texto == ""


#: Un servidor al que el sistema no le da más hilos a partir de ese número.
POCOS_HILOS = """
import sys, threading
from chatlab.difusion.servidor import principal

empezar = threading.Thread.start

def empezar_si_quedan(hilo):
    if threading.active_count() > int(sys.argv[1]):
        raise RuntimeError("can't start new thread")
    empezar(hilo)

threading.Thread.start = empezar_si_quedan
principal(["--puerto", "0"])
"""


@pytest.mark.parametrize("tope", [40, 41], ids=["ni el primero", "solo uno de los dos"])
def test_sin_hilos_para_otro_cliente_difusion_lo_rechaza_y_los_de_dentro_siguen(
    lanzar: Lanzar, conectar: Conectar, reunir: Reunir, tope: int
) -> None:
    chat = Chat(lanzar("-c", POCOS_HILOS, str(tope)), lanzar, conectar)
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    libres = hilos(chat)
    gente = reunir(chat)
    llaman = [gente.llegar() for _ in range(40)]
    gente.esperar_a(llaman, "\n")
    fuera = [persona for persona in llaman if persona.recibido == RECHAZO]
    assert 0 < len(fuera) < len(llaman)
    gente.esperar_fin(fuera)
    ana.enviar("¿seguimos?\n")
    luis.esperar("Ana: ¿seguimos?\n")

    for persona in llaman:
        gente.colgar(persona)
    esperar_a_que(lambda: hilos(chat) == libres, "el servidor suelta los hilos de quienes se van")
    chat.entrar("Eva")


# --- Los sistemas que no dejan preguntar, o no dejan subir ---


def test_en_windows_no_hay_tope_que_subir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aforo, "resource", None)
    assert aforo.hacer_sitio(1_000_000) == math.inf


class TopeQueNoSeSube:
    """El módulo `resource` de un sistema que dice que sí y luego no deja."""

    RLIMIT_NOFILE, RLIM_INFINITY = 7, -1

    def getrlimit(self, _que: int) -> tuple[int, int]:
        return 256, self.RLIM_INFINITY

    def setrlimit(self, _que: int, _topes: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")


def test_si_el_sistema_no_deja_subir_el_tope_se_sabe_cuantos_caben(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(aforo, "resource", TopeQueNoSeSube())
    assert aforo.hacer_sitio(100) >= 100
    assert aforo.hacer_sitio(1000) == 256 - aforo.DE_SOBRA
