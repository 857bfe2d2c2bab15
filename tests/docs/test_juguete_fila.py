"""El juguete de la fila cuenta los que caben como Linux, y se usa con el teclado."""

from __future__ import annotations

import select
import socket
import sys
import time

import pytest

from tests.docs.juguete import Juguete
from tests.docs.visita import Pestana

pytestmark = pytest.mark.lento  # abre el navegador para cada una

PAGINA = "conceptos/socket.html"
#: Segundos en los que quien cabe ya ha conectado, y en los que quien espera ha vuelto a llamar.
CABE, REINTENTA = 0.2, 5.0

#: Los que conectan cuando llaman cinco, y los que hay dentro tras un accept y volver a llamar.
MODELO = """(fila, caben) => {
  const una = new fila.Fila(caben);
  for (const quien of "abcdef".slice(0, caben + 2)) una.llama(quien);
  const antes = una.fila.length;
  una.acepta();
  una.reintentan();
  return [antes, una.atendidos.length + una.fila.length];
}"""


@pytest.fixture
def juguete(pestanas: tuple[Pestana, Pestana]) -> Juguete:
    return Juguete(pestanas[0], PAGINA, "fila")


def conectados(clientes: list[socket.socket], espera: float, cuantos: int) -> int:
    """Cuántos han conectado, sin esperar más de esos segundos ni a más de `cuantos`."""
    limite = time.monotonic() + espera
    while True:
        _, listos, _ = select.select([], clientes, [], max(0.0, limite - time.monotonic()))
        bien = [c for c in listos if not c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)]
        if len(bien) >= cuantos or time.monotonic() >= limite:
            return len(bien)


@pytest.mark.skipif(sys.platform != "linux", reason="cada sistema cuenta la fila a su manera")
@pytest.mark.parametrize("caben", [0, 2])
def test_en_linux_caben_los_que_dice_el_juguete(juguete: Juguete, caben: int) -> None:
    clientes = [socket.socket() for _ in range(caben + 2)]
    with socket.socket() as servidor:
        servidor.bind(("127.0.0.1", 0))
        servidor.listen(caben)
        for uno in clientes:
            uno.setblocking(False)
            uno.connect_ex(servidor.getsockname())
            conectados([uno], CABE, 1)
        antes = conectados(clientes, 0, len(clientes))
        aceptado, _ = servidor.accept()
        despues = conectados(clientes, REINTENTA, len(clientes))
    for uno in [*clientes, aceptado]:
        uno.close()

    assert juguete.calcular(MODELO, caben) == [antes, despues] == [caben + 1, caben + 2]


def test_con_el_teclado_se_llena_la_fila_y_se_hace_sitio(juguete: Juguete) -> None:
    juguete.elegir("El servidor ha hecho", "listen(1)")
    juguete.pulsar(*["Llama otro cliente"] * 2)
    assert juguete.dice.startswith("Llama Carlos, y su connect ha vuelto")
    juguete.pulsar("Llama otro cliente")
    assert juguete.dice == "Llama Lucía, y no cabe en la fila: espera en connect."

    juguete.pulsar("El servidor hace accept", "Quien espera vuelve a llamar")
    assert juguete.dice == "Vuelven a llamar, y ya no espera nadie en connect."
    assert "En la fila: 2 de 2" in juguete.texto
    assert juguete.faltas() == []


def test_quien_hace_accept_con_la_fila_vacia_espera_a_que_llamen(juguete: Juguete) -> None:
    juguete.pulsar("El servidor hace accept")
    assert "el servidor espera, parado en accept" in juguete.dice

    juguete.pulsar("Llama otro cliente")
    assert juguete.dice == "Llama Ana, y accept vuelve con su conexión."
