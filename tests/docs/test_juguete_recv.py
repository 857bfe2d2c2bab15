"""El juguete de recv dice lo que hacen Python y un socket de verdad, y se usa con el teclado."""

from __future__ import annotations

import itertools
import queue
import socket
import sys
import threading
from typing import Any

import pytest

from tests.docs.juguete import Juguete
from tests.docs.visita import Pestana

pytestmark = pytest.mark.lento  # abre el navegador para cada una

PAGINA = "conceptos/tcp-es-un-flujo.html"
PLAZO = 10.0
PRISA, LINEAS = "prisa", "lineas"

solo_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="MSG_WAITALL con MSG_PEEK solo espera en Linux"
)

#: Lo que se envía, por dónde se corta, cuánto se pide, y en qué orden llega (L) y sigue (S).
CASOS = [
    ("La niña\nsueña\n", [6], 1024, "LSLSLS"),
    ("La niña\nsueña\n", [6], 1024, "SLSLSL"),
    ("La niña\nsueña\n", [6, 10], 1024, "LLLSLS"),
    ("uno\ndos\n", [], 3, "LSSSLS"),
    ("uno\ndos\ntres", [2, 5, 9], 4, "LSSLLSSLSLSS"),
    ("🙂 ¡olé!\n", [1, 3], 2, "LLLSSSSSSSLS"),
    ("🙂\n", [3], 1024, "LS"),
    ("🙂\n", [2], 1024, "LS"),
    ("ñ\n", [1], 1, "SLSL"),
    ("\n\na\n", [1], 1024, "LSLSLS"),
    ('it\'s "x"\t\\\n', [4], 8, "LSLSSLS"),
    ("", [], 1, "SL"),
]
#: Lo que da el modelo del juguete, con las mismas acciones.
MODELO = """(recv, [texto, cortes, pide, acciones, cual]) => {
  const uno = new recv.Recepcion(texto, cortes, pide, cual);
  const devueltos = [];
  for (const accion of acciones) {
    const antes = uno.devuelto;
    accion === "L" ? uno.llega() : uno.sigue();
    if (uno.devuelto !== antes) devueltos.push(juguetes.repr(uno.devuelto));
  }
  return { devueltos, pantalla: uno.pantalla, error: uno.error, acabado: uno.acabado };
}"""


@pytest.fixture
def juguete(pestanas: tuple[Pestana, Pestana]) -> Juguete:
    return Juguete(pestanas[0], PAGINA, "recv")


class EnPython:
    """Un programa de Python que recibe de un socket de verdad, y avanza cuando se le deja."""

    def __init__(self, codigo: str, texto: str, cortes: list[int]) -> None:
        datos = texto.encode()
        bordes = [0, *cortes, len(datos)]
        self._trozos = [datos[a:b] for a, b in itertools.pairwise(bordes) if a < b]
        with socket.create_server(("127.0.0.1", 0)) as escucha:
            self._llama = socket.create_connection(escucha.getsockname())
            self._atiende, _ = escucha.accept()
        self._llama.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._atiende.settimeout(PLAZO)
        self._le_toca: queue.Queue[None] = queue.Queue()
        #: Una cosa cada vez que el programa vuelve a su recv, o termina.
        self._vuelve: queue.Queue[None] = queue.Queue()
        self._sin_leer, self._cerrado, self._esperando = 0, False, False
        self._codigo = codigo
        self.devueltos: list[str] = []
        self.pantalla: list[str] = []
        self.error, self.acabado = "", False
        self._hilo = threading.Thread(target=self._correr)
        self._hilo.start()
        self._vuelve.get(timeout=PLAZO)

    def recv(self, cuantos: int) -> bytes:
        """El recv del programa: antes de leer, espera a que le toque."""
        self._vuelve.put(None)
        self._le_toca.get(timeout=PLAZO)
        datos = self._atiende.recv(cuantos)
        self._sin_leer -= len(datos)
        self.devueltos.append(repr(datos))
        return datos

    def _correr(self) -> None:
        try:
            exec(self._codigo, {"conexion": self, "print": self.pantalla.append})
        except UnicodeDecodeError as error:
            self.error = f"{type(error).__name__}: {error}"
        self.acabado = True
        self._vuelve.put(None)

    def llega(self) -> None:
        """Se envía el trozo siguiente, y se espera a que esté en el sistema del que recibe."""
        if self._trozos:
            trozo = self._trozos.pop(0)
            self._sin_leer += len(trozo)
            self._llama.sendall(trozo)
        else:
            self._llama.shutdown(socket.SHUT_WR)
            self._cerrado = True
        if self._esperando:
            self._esperando = False
            self._vuelve.get(timeout=PLAZO)
        elif self._sin_leer:
            self._atiende.recv(self._sin_leer, socket.MSG_PEEK | socket.MSG_WAITALL)

    def sigue(self) -> None:
        """Le toca al programa: vuelve a su recv, termina, o se queda esperando."""
        if self.acabado or self._esperando:
            return
        self._esperando = not self._sin_leer and not self._cerrado
        self._le_toca.put(None)
        if not self._esperando:
            self._vuelve.get(timeout=PLAZO)

    def visto(self) -> dict[str, Any]:
        """Lo que ha pasado hasta ahora; después termina."""
        visto = {
            "devueltos": [*self.devueltos],
            "pantalla": [*self.pantalla],
            "error": self.error,
            "acabado": self.acabado,
        }
        self._llama.close()
        while self._hilo.is_alive():
            self._le_toca.put(None)
            self._hilo.join(0.05)
        self._atiende.close()
        return visto


@solo_linux
@pytest.mark.parametrize("cual", [PRISA, LINEAS])
@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_el_juguete_hace_lo_que_python_con_un_socket(
    juguete: Juguete, caso: tuple[str, list[int], int, str], cual: str
) -> None:
    texto, cortes, pide, acciones = caso
    codigo = juguete.calcular("(recv, datos) => recv.codigo(...datos).join('\\n')", [cual, pide])
    de_verdad = EnPython(codigo, texto, cortes)
    for accion in acciones:
        de_verdad.llega() if accion == "L" else de_verdad.sigue()

    del_juguete = juguete.calcular(MODELO, [*caso, cual])

    assert del_juguete == de_verdad.visto()


def test_con_el_teclado_se_parte_una_letra_y_se_arregla(juguete: Juguete) -> None:
    juguete.pulsar("El programa sigue")
    assert "espera" in juguete.dice
    juguete.pulsar("Llega un trozo")
    assert "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 5" in juguete.dice

    juguete.elegir("El programa", "junta")
    juguete.pulsar("Llega un trozo", "El programa sigue")
    assert "se guarda en el buffer" in juguete.dice
    juguete.pulsar("Llega un trozo", "El programa sigue")
    assert juguete.dice.endswith("Sale en la pantalla: «La niña».")
    assert juguete.faltas() == []


def test_con_el_teclado_se_corta_por_donde_se_quiera(juguete: Juguete) -> None:
    juguete.escribir("Se envía", "hola\nadiós\n")
    juguete.elegir("El programa", "junta")
    juguete.pulsar("Todo junto")
    juguete.ir_a("Cortar delante del byte 2")
    juguete.pagina.keyboard.press("ArrowRight")
    juguete.pagina.keyboard.press("Space")
    assert "b'ho'\nb'la\\nadi\\xc3\\xb3s\\n'" in juguete.texto.replace("b'ho'b", "b'ho'\nb")

    juguete.pulsar("Llega un trozo", "Llega un trozo", "El programa sigue")
    assert juguete.dice.endswith("Sale en la pantalla: «hola» y «adiós».")
    juguete.pulsar("El otro cierra", "El programa sigue")
    assert "termina" in juguete.dice
