"""A qué fallo se le carga cada error: al de ahora, y no al de antes ni al de quien se fue."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.relato.ausentes import quien_no_lee
from chatlab.corrector.escenario.elenco import Elenco
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.juicio.fallo import explicar_fallo
from chatlab.sonda import Suceso
from tests.corrector.apoyo import escribir
from tests.corrector.test_relato import ANA, CARLOS, NOMBRES, SERVIDOR, Guion

ERRATA = """Traceback (most recent call last):
  File "servidor.py", line 1, in <module>
    difundir(x)
NameError: name 'x' is not defined
"""
CORTE = """Traceback (most recent call last):
  File "cliente.py", line 1, in <module>
    conexion.recv(10)
ConnectionResetError: [Errno 104] Connection reset by peer
"""


class MandoDeMentira:
    """Un programa que no hace nada."""

    pid = SERVIDOR

    def __getattr__(self, nombre: str) -> Any:
        raise AssertionError(f"nadie debía usar {nombre}")


def terminal(pid: int, pantalla: str = "") -> Terminal:
    mando: Any = MandoDeMentira()
    mando.pid = pid
    una = Terminal("x", mando, threading.Condition())
    una.ha_escrito(pantalla.encode())
    return una


class EscenaDeMentira:
    """Lo que se mira de una escena para explicar un fallo."""

    def __init__(self, carpeta: Path, sucesos: Sequence[Suceso] = ()) -> None:
        escribir(carpeta, servidor="difundir(x)\n", cliente="conexion.recv(10)\n")
        self.jaula = SimpleNamespace(exceso=None, carpeta=carpeta)
        self.testigo = SimpleNamespace(sucesos=lambda: list(sucesos), paraderos=list)
        self.entrega = SimpleNamespace(servidor=Path("servidor.py"), cliente=Path("cliente.py"))
        self.desde = 0.0
        self.uso = SimpleNamespace(con_nombres=True)
        self.escrito: list[str] = []
        self.reparto = Elenco()
        self.terminales: dict[str, Terminal] = {}

    def entra(self, nombre: str, una: Terminal) -> Terminal:
        self.terminales[nombre] = una
        self.reparto.entra(nombre, una)
        return una

    def como_termino_solo(self) -> str:
        return ""

    def errores(self) -> list[str]:
        """«NameError de servidor» de cada error que explica el fallo."""
        escena: Any = self
        return [
            f"{uno.error.tipo} de {uno.de}"
            for uno in explicar_fallo(escena, ())
            if uno.error is not None
        ]


@pytest.fixture(autouse=True)
def solo_los_errores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Aquí no se mira lo que se deduce de los hilos, ni lo que se sospecha del código."""
    for lo_demas in ("deducir", "avisos_del_codigo"):
        monkeypatch.setattr(f"chatlab.corrector.juicio.fallo.{lo_demas}", lambda *_, **__: [])


@pytest.fixture
def escena(tmp_path: Path) -> EscenaDeMentira:
    return EscenaDeMentira(tmp_path)


def test_el_error_de_ahora_es_la_causa(escena: EscenaDeMentira) -> None:
    servidor = escena.entra("servidor", terminal(SERVIDOR))
    escena.reparto.empieza_otra_historia()
    servidor.ha_escrito(ERRATA.encode())

    assert escena.errores() == ["NameError de servidor"]


def test_un_error_de_otra_comprobacion_no_es_la_causa_de_esta(escena: EscenaDeMentira) -> None:
    escena.entra("servidor", terminal(SERVIDOR, ERRATA))
    escena.reparto.empieza_otra_historia()

    assert escena.errores() == []


def test_el_error_de_quien_ya_se_ha_ido_no_es_la_causa(escena: EscenaDeMentira) -> None:
    escena.entra("servidor", terminal(SERVIDOR))
    escena.entra("Elena", terminal(ANA, CORTE))
    escena.reparto.se_va("Elena")

    assert escena.errores() == []


def test_si_vuelve_a_entrar_su_error_cuenta(escena: EscenaDeMentira) -> None:
    escena.entra("Elena", terminal(ANA, CORTE))
    escena.reparto.se_va("Elena")
    escena.reparto.empieza_otra_historia()
    escena.entra("Elena", terminal(ANA, CORTE))

    assert escena.errores() == ["ConnectionResetError de Elena"]


def test_un_servidor_que_ya_estaba_caido_si_es_la_causa(escena: EscenaDeMentira) -> None:
    servidor = escena.entra("servidor", terminal(SERVIDOR, ERRATA))
    servidor.ha_terminado(1)
    escena.reparto.empieza_otra_historia()

    assert escena.errores() == ["NameError de servidor"]


def test_una_errata_va_antes_que_el_corte_que_provoca(escena: EscenaDeMentira) -> None:
    escena.entra("Ana", terminal(ANA, CORTE))
    escena.entra("servidor", terminal(SERVIDOR, ERRATA))

    assert escena.errores() == ["NameError de servidor"]


def test_con_un_corte_se_cuenta_tambien_lo_que_hicieron_los_sockets(tmp_path: Path) -> None:
    guion = Guion().escucha().entra(ANA).dice(ANA, b"hola")
    escena = EscenaDeMentira(tmp_path, guion.sucesos)
    escena.entra("Ana", terminal(ANA, CORTE))
    como_escena: Any = escena

    hallazgos = explicar_fallo(como_escena, ())

    assert [uno.error is not None for uno in hallazgos[:2]] == [True, False]
    assert {uno.grado for uno in hallazgos} == {Grado.VISTO}


def test_los_programas_del_corrector_no_dan_errores_del_alumno(escena: EscenaDeMentira) -> None:
    escena.entra("servidor", terminal(SERVIDOR))
    escena.terminales["callado"] = terminal(ANA, CORTE)

    assert escena.errores() == []


def test_lo_que_vio_quien_comprueba_va_detras_del_error_y_delante_de_lo_demas(
    tmp_path: Path,
) -> None:
    guion = Guion().escucha().entra(ANA).dice(ANA, b"hola")
    escena = EscenaDeMentira(tmp_path, guion.sucesos)
    escena.entra("Ana", terminal(ANA, CORTE))
    como_escena: Any = escena

    con_error = explicar_fallo(como_escena, (), "No salió nada nuevo.")
    escena.reparto.se_va("Ana")
    sin_error = explicar_fallo(como_escena, (), "No salió nada nuevo.")

    assert [uno.causa for uno in con_error].index("No salió nada nuevo.") == 1
    assert sin_error[0].causa == "No salió nada nuevo."


# --- Quién ha dejado de leer ---------------------------------------------------------------------


def no_leen(guion: Guion, desde: float = 0.0) -> set[str]:
    return quien_no_lee(guion.sucesos, NOMBRES, "servidor", desde)


def test_si_el_hilo_que_atendia_murio_antes_su_error_es_la_causa(tmp_path: Path) -> None:
    guion = Guion().escucha().entra(ANA, CARLOS).dice(ANA, b"hola")
    escena = EscenaDeMentira(tmp_path, guion.sucesos)
    escena.entra("servidor", terminal(SERVIDOR, ERRATA))
    escena.reparto.empieza_otra_historia()

    assert escena.errores() == ["NameError de servidor"]


def test_no_lee_el_servidor_al_que_se_le_envia_y_no_recibe() -> None:
    assert no_leen(Guion().escucha().entra(ANA).dice(ANA, b"hola")) == {"servidor"}


def test_no_lee_el_cliente_al_que_se_le_envia_y_no_recibe() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS).dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")

    assert no_leen(guion.el_servidor_envia(CARLOS, b"hola", leido=False)) == {"Carlos"}


def test_si_todos_leen_no_falta_nadie() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS).dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")

    assert no_leen(guion.el_servidor_envia(CARLOS, b"hola")) == set()


def test_un_servidor_que_no_acepta_no_esta_para_nadie() -> None:
    guion = Guion().escucha()
    guion.llama(ANA)

    assert no_leen(guion) == {"servidor"}
