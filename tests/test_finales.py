"""Cerrar la terminal es despedirse, y una salida que no espera no se pierde ni gasta un núcleo."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.apoyo.chat import Chat
from tests.apoyo.programa import RAIZ, como_en_una_terminal
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar

if sys.platform == "win32":
    pytest.skip("en Windows no hay SIGHUP ni O_NONBLOCK", allow_module_level=True)

from chatlab.terminal import sin_esperar

#: Segundos de CPU que no gasta, en cada `sin_esperar.PAUSA`, quien espera; sí quien insiste.
POCA_CPU = 0.05


@pytest.fixture(params=["difusion", "eventos"])
def chat(request: pytest.FixtureRequest, lanzar: Lanzar, conectar: Conectar) -> Chat:
    orden = ("-m", "chatlab", "servidor", request.param, "--puerto", "0")
    return Chat(lanzar(*orden), lanzar, conectar)


# --- Cerrar la terminal --------------------------------------------------------------------------


def test_al_cerrarse_la_terminal_del_servidor_se_despide(chat: Chat) -> None:
    luis = chat.entrar("Luis")

    chat.servidor.proceso.send_signal(signal.SIGHUP)

    luis.esperar("* El servidor se cierra. ¡Hasta pronto!\n")
    assert chat.servidor.termina_bien()


def test_al_cerrarse_la_terminal_de_un_cliente_se_despide(chat: Chat, lanzar: Lanzar) -> None:
    luis = chat.entrar("Luis")
    ana = lanzar("-m", "chatlab", "cliente", "difusion", "--puerto", str(chat.puerto))
    ana.escribir("Ana")
    luis.esperar("* Ana se ha unido al chat\n")

    ana.proceso.send_signal(signal.SIGHUP)

    luis.esperar("* Ana ha salido del chat\n")
    assert ana.termina_bien()


@pytest.mark.parametrize("python", [["-m"], ["-S", "-m"]], ids=["avanzada", "de_terminal"])
def test_quien_cierra_su_ventana_se_despide(python: list[str], chat: Chat) -> None:
    """La ventana ya no existe: tampoco se puede escribir en ella ni dejarla como estaba."""
    luis = chat.entrar("Luis")
    opciones = ["--puerto", str(chat.puerto), "--nombre", "Ana"]
    ventana, dentro = os.openpty()
    ana = subprocess.Popen(
        [sys.executable, *python, "chatlab.difusion.cliente", *opciones],
        cwd=RAIZ,
        preexec_fn=lambda: os.login_tty(dentro),
    )
    os.close(dentro)
    try:
        visto = b""
        while "Tú:".encode() not in visto:
            visto += os.read(ventana, 4096)

        os.close(ventana)

        luis.esperar("* Ana ha salido del chat\n")
        assert ana.wait(PLAZO) in (0, 1)
    finally:
        ana.kill()
        ana.wait(PLAZO)


def test_con_nohup_el_servidor_sigue(lanzar: Lanzar, conectar: Conectar) -> None:
    orden = f"trap '' HUP; exec '{sys.executable}' -m chatlab servidor difusion --puerto 0"
    chat = Chat(lanzar("-c", orden, ejecutable="sh"), lanzar, conectar)
    luis = chat.entrar("Luis")

    chat.servidor.proceso.send_signal(signal.SIGHUP)

    ana = chat.entrar("Ana")
    luis.esperar("* Ana se ha unido al chat\n")
    ana.enviar("aquí seguimos\n")
    luis.esperar("Ana: aquí seguimos\n")


# --- Una salida que no espera --------------------------------------------------------------------


class SalidaLlena:
    """Un programa cuya salida es una tubería que no espera, y que nadie lee todavía."""

    def __init__(self, *orden: str) -> None:
        self._leer, escribir = os.pipe()
        os.set_blocking(escribir, False)
        self.proceso = subprocess.Popen(
            [sys.executable, *orden],
            cwd=RAIZ,
            env=como_en_una_terminal(),
            stdin=subprocess.PIPE,
            stdout=escribir,
        )
        os.close(escribir)

    def primera_linea(self) -> str:
        linea = b""
        while not linea.endswith(b"\n"):
            linea += os.read(self._leer, 1)
        return linea.decode()

    def leer_hasta(self, texto: str) -> str:
        leido = b""
        while texto.encode() not in leido:
            datos = os.read(self._leer, 65536)
            assert datos, leido[-2000:]
            leido += datos
        return leido.decode()

    def cerrar(self) -> None:
        self.proceso.kill()
        self.proceso.wait(PLAZO)
        assert self.proceso.stdin is not None
        self.proceso.stdin.close()
        os.close(self._leer)


@pytest.fixture(params=["bitacora", "difusion"])
def servidor(request: pytest.FixtureRequest) -> Iterator[SalidaLlena]:
    """Uno escribe en su pantalla desde el hilo principal, y el otro desde el de su diario."""
    salida = SalidaLlena("-m", "chatlab", "servidor", request.param, "--puerto", "0")
    yield salida
    salida.cerrar()


def test_una_salida_llena_que_no_espera_no_pierde_nada_ni_gasta_un_nucleo(
    servidor: SalidaLlena, conectar: Conectar
) -> None:
    puerto = int(servidor.primera_linea().rpartition(":")[2])
    ana = conectar(puerto)
    ana.enviar("Ana\n" + "".join(f"línea {numero} {'x' * 1000}\n" for numero in range(300)))
    proceso = psutil.Process(servidor.proceso.pid)
    hilos_ocupados = esperar_a_que_descanse(proceso)

    assert not hilos_ocupados
    visto = servidor.leer_hasta("línea 299 ")
    assert all(f"línea {numero} x" in visto for numero in range(299))


def esperar_a_que_descanse(proceso: psutil.Process) -> bool:
    """Espera a que apenas gaste CPU en dos miradas seguidas; dice si sigue sin parar."""
    seguidas = 0
    gastado = segundos_de_cpu(proceso)
    for _ in range(int(PLAZO / sin_esperar.PAUSA)):
        signal.sigtimedwait([], sin_esperar.PAUSA)  # deja pasar ese tiempo
        antes, gastado = gastado, segundos_de_cpu(proceso)
        seguidas = seguidas + 1 if gastado - antes < POCA_CPU else 0
        if seguidas == 2:
            return False
    return True


def segundos_de_cpu(proceso: psutil.Process) -> float:
    tiempos = proceso.cpu_times()
    return tiempos.user + tiempos.system


def test_una_entrada_que_no_espera_no_es_una_entrada_acabada(chat: Chat, tmp_path: Path) -> None:
    luis = chat.entrar("Luis")
    leer, escribir = os.pipe()
    os.set_blocking(leer, False)
    orden = [sys.executable, "-m", "chatlab", "cliente", "difusion", "--puerto", str(chat.puerto)]
    with (tmp_path / "pantalla").open("wb") as pantalla:
        ana = subprocess.Popen(
            orden, cwd=RAIZ, env=como_en_una_terminal(), stdin=leer, stdout=pantalla
        )
    os.close(leer)
    try:
        os.write(escribir, b"Ana\n")
        luis.esperar("* Ana se ha unido al chat\n")
        os.write(escribir, "sigo aquí\n".encode())
        luis.esperar("Ana: sigo aquí\n")
        os.close(escribir)
        luis.esperar("* Ana ha salido del chat\n")
        assert ana.wait(PLAZO) == 0
    finally:
        ana.kill()
        ana.wait(PLAZO)


@pytest.mark.parametrize("interrumpido, codigo", [(True, 0), (False, 1)])
def test_un_ctrl_c_que_llega_en_medio_de_un_candado_tambien_es_despedirse(
    interrumpido: bool, codigo: int
) -> None:
    """Dentro de `Condition.wait`, Python se queja del candado al salir, y tapa a Ctrl+C."""
    motivo = "KeyboardInterrupt" if interrumpido else "ValueError"
    programa = f"""
from chatlab.programa.ejecutar import ejecutar

def principal(argumentos):
    try:
        raise {motivo}
    finally:
        raise RuntimeError("cannot release un-acquired lock")

ejecutar(principal)
"""
    final = subprocess.run([sys.executable, "-c", programa], cwd=RAIZ, capture_output=True)

    assert final.returncode == codigo
    assert bool(final.stderr) is not interrumpido
