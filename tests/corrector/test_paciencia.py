"""Cuánto se espera a quien no para nunca, también donde no se puede preguntar al sistema."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from chatlab.corrector.escenario import paciencia as modulo
from chatlab.corrector.escenario.paciencia import (
    BASTANTES_AGOTADOS,
    CALMA_CON_RUIDO,
    SONDEO_DE_TCP,
    Experiencia,
    Paciencia,
)


class JaulaSinNucleo:
    """Como fuera de Linux: nadie sabe decir si duermen."""

    exceso = None

    def todos_dormidos(self) -> None:
        return None

    def esperar(self, cumple: Callable[[], bool], plazo: float) -> bool:
        limite = time.monotonic() + plazo
        while not cumple() and time.monotonic() < limite:
            pass
        return cumple()

    def leer_pantallas(self) -> None:
        pass


class VistoPorElTestigo:
    """Ve a un programa que trabaja sin parar; `hambre` es la parte del tiempo que está en cola."""

    def __init__(self, hambre: float = 0.0, llega_a_la: int = 1) -> None:
        self._hambre, self._desde = hambre, time.monotonic()
        self._llega_a_la, self.preguntas = llega_a_la, 0

    def procesos(self) -> list[SimpleNamespace]:
        self.preguntas += 1
        return [SimpleNamespace(pid=1)] if self.preguntas >= self._llega_a_la else []

    def todo_quieto(self, **_: object) -> bool:
        return False

    def giran_en_vano(self, *_: object, **__: object) -> bool:
        return False

    def alguien_puede_despertar(self, **_: object) -> bool:
        return True

    def ultimo_movimiento(self) -> float:
        return time.monotonic()

    def colas_del_procesador(self) -> dict[tuple[int, int], float]:
        return {(1, 1): self._hambre * (time.monotonic() - self._desde)}


class TerminalViva:
    vivo, pid, pantalla, toques = True, 1, "", 0


def paciencia(experiencia: Experiencia, hambre: float = 0.0) -> Paciencia:
    jaula: Any = JaulaSinNucleo()
    testigo: Any = VistoPorElTestigo(hambre)
    terminales: Any = {"servidor": TerminalViva()}
    return Paciencia(jaula, testigo, terminales, experiencia)


def tarda(hacer: Callable[[], bool]) -> float:
    empieza = time.monotonic()
    assert not hacer()
    return time.monotonic() - empieza


def test_con_prisa_los_plazos_no_corren_hasta_que_el_programa_llega() -> None:
    jaula: Any = JaulaSinNucleo()
    terminal: Any = TerminalViva()
    testigo: Any = VistoPorElTestigo(llega_a_la=5)
    sabido = Experiencia()
    paciente = Paciencia(jaula, testigo, {}, sabido)

    paciente.espera_llegada(terminal)
    assert testigo.preguntas == 0  # sin prisa, los plazos son largos: no hace falta

    sabido.agotados = BASTANTES_AGOTADOS
    paciente.espera_llegada(terminal)
    assert testigo.preguntas >= 5
    assert not sabido.alguien_no_llega


def test_a_quien_no_llega_no_se_le_espera_dos_veces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "PLAZO", 0.1)
    jaula: Any = JaulaSinNucleo()
    terminal: Any = TerminalViva()
    testigo: Any = VistoPorElTestigo(llega_a_la=10**9)
    sabido = Experiencia(agotados=BASTANTES_AGOTADOS)
    paciente = Paciencia(jaula, testigo, {}, sabido)

    paciente.espera_llegada(terminal)
    assert sabido.alguien_no_llega
    antes = testigo.preguntas
    paciente.espera_llegada(terminal)
    assert testigo.preguntas == antes


def test_la_calma_que_no_llega_se_espera_entera_una_sola_vez() -> None:
    sabido = Experiencia()
    assert tarda(lambda: paciencia(sabido).espera_calma(plazo=0.2)) >= 0.2
    assert sabido.alguien_no_para

    assert tarda(lambda: paciencia(sabido).espera_calma(plazo=300)) < 150


def test_lo_que_decide_un_veredicto_se_espera_entero() -> None:
    sabido = Experiencia(alguien_no_para=True)
    plazo = CALMA_CON_RUIDO + 0.3
    assert tarda(lambda: paciencia(sabido).espera(lambda: False, plazo)) >= plazo


def test_el_rato_que_nadie_le_da_el_procesador_no_cuenta() -> None:
    sabido = Experiencia(alguien_no_para=True)
    plazo = CALMA_CON_RUIDO + 0.3
    assert tarda(lambda: paciencia(sabido, hambre=1.0).espera_calma(plazo)) >= plazo


def test_con_alguien_detenido_no_se_aprende_que_no_paren() -> None:
    sabido = Experiencia()
    una = paciencia(sabido)
    una.hay_alguien_parado = True
    assert not una.espera_calma(plazo=0.1)
    assert not sabido.alguien_no_para


def test_un_veredicto_no_se_da_por_la_falta_de_procesador() -> None:
    plazo = 0.4
    assert tarda(lambda: paciencia(Experiencia(), 0.9).espera(lambda: False, plazo)) > 2 * plazo


class JaulaDormida(JaulaSinNucleo):
    """Todos sus programas duermen."""

    def todos_dormidos(self) -> Any:
        return True


class ParadoDesdeElPrincipio(VistoPorElTestigo):
    """Nadie hace nada desde que se creó."""

    def alguien_puede_despertar(self, **_: object) -> bool:
        return False

    def ultimo_movimiento(self) -> float:
        return self._desde


def test_con_quien_no_lee_se_da_tiempo_a_que_el_sistema_vuelva_a_preguntarle() -> None:
    jaula: Any = JaulaDormida()
    testigo: Any = ParadoDesdeElPrincipio()
    terminales: Any = {"servidor": TerminalViva()}
    una = Paciencia(jaula, testigo, terminales, Experiencia())
    una.hay_alguien_parado = True

    assert tarda(lambda: una.espera(lambda: False, plazo=60)) >= SONDEO_DE_TCP
