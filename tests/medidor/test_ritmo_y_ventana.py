"""Cuánto se envía y cuándo: el ritmo pedido, y la ventaja sobre el receptor más lento."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatlab.medidor.avance import SinBarra
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.objetivos import ModoPropio
from chatlab.medidor.ronda import medir
from tests.medidor.conftest import AbrirSala
from tests.medidor.sala_de_prueba import SalaDePrueba

VENTANA = 20


class SalaQueEsperaLaVentana(SalaDePrueba):
    """No reparte nada hasta que tiene una ventana entera."""

    def __init__(self) -> None:
        self.guardadas: list[bytes] = []
        self.mas_guardadas = 0
        super().__init__()

    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        if lineas[0].startswith(b"calma"):
            self.repartir(nombre, lineas)
            return
        self.guardadas += lineas
        self.mas_guardadas = max(self.mas_guardadas, len(self.guardadas))
        if len(self.guardadas) >= VENTANA:
            self.repartir(nombre, self.guardadas)
            self.guardadas = []


def test_la_ventana_se_llena_y_no_se_pasa(abrir_sala: AbrirSala) -> None:
    sala = abrir_sala(SalaQueEsperaLaVentana)
    assert isinstance(sala, SalaQueEsperaLaVentana)
    encargo = Encargo(clientes=10, mensajes=10 * VENTANA, ventana=VENTANA)

    resultado = medir(sala.destino, encargo, SinBarra())

    assert resultado.entregas == encargo.entregas
    assert sala.mas_guardadas == VENTANA
    assert resultado.atraso_maximo == VENTANA


def test_con_ritmo_no_salen_todos_de_golpe() -> None:
    encargo = Encargo(clientes=10, mensajes=21, ritmo=100)

    resultado = medir(ModoPropio("eventos"), encargo, SinBarra())

    assert resultado.entregas == encargo.entregas
    assert resultado.segundos >= 0.2  # el último, el 21, toca a las veinte centésimas


@given(ritmo=st.integers(1, 10**7), segundos=st.floats(0, 1000), mensajes=st.integers(1, 10**6))
def test_lo_que_toca_enviar_sigue_al_reloj(ritmo: int, segundos: float, mensajes: int) -> None:
    encargo = Encargo(mensajes=mensajes, ritmo=ritmo)

    vencidos = encargo.vencidos(segundos)

    assert 1 <= vencidos <= mensajes
    assert vencidos == mensajes or abs(vencidos - segundos * ritmo) <= 1


def test_sin_ritmo_tocan_todos_desde_el_principio() -> None:
    assert Encargo(mensajes=1000).vencidos(0) == 1000
