"""Qué se contesta a un programa que va preguntando, sin arrancar ninguno."""

from __future__ import annotations

import threading

import pytest

from chatlab.corrector.entrega.como_se_usa import ComoSeUsa
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.entrevista import Entrevista


class Teclado:
    """El mando de una terminal en la que solo se teclea: guarda lo tecleado, y lo deja ver."""

    pid = None

    def __init__(self) -> None:
        self.tecleado: list[str] = []
        self.terminal: Terminal

    def teclear(self, datos: bytes) -> None:
        self.tecleado.append(datos.decode().rstrip("\r\n"))
        self.terminal.ha_escrito(datos.replace(b"\r", b"\r\n"))

    def espera_teclado(self) -> bool:
        return True


class Charla:
    """Un programa que pregunta lo que se le diga, y quien le contesta."""

    def __init__(self, *dictadas: str, del_servidor: bool = False) -> None:
        self.enviado = 0
        self._teclado = Teclado()
        terminal = Terminal("Ana", self._teclado, threading.Condition())  # type: ignore[arg-type]
        self._teclado.terminal = terminal
        self.entrevista = Entrevista(
            terminal,
            "Ana",
            ComoSeUsa().con_respuestas(dictadas),
            enviado=lambda: self.enviado,
            puerto=lambda: 9100,
            del_servidor=del_servidor,
        )

    def pregunta(self, texto: str) -> str | None:
        """Lo que se le contesta; `None` si nada."""
        self.entrevista.terminal.ha_escrito(texto.replace("\n", "\r\n").encode())
        pedido = self.entrevista.pide()
        if pedido is None:
            return None
        self.entrevista.contesta(*pedido)
        return self._teclado.tecleado[-1]


def test_contesta_a_varias_preguntas_seguidas() -> None:
    charla = Charla()

    assert charla.pregunta("server_ip: ") == "localhost"
    assert charla.pregunta("server_port: ") == "9100"
    assert charla.pregunta("Nick: ") == "Ana"
    assert charla.entrevista.apodo == "Ana"
    assert charla.pregunta("> ") is None


def test_si_la_respuesta_no_vale_da_otra() -> None:
    charla = Charla()

    assert charla.pregunta("IP: ") == "localhost"
    assert charla.pregunta("Eso no es una IP válida.\nIP: ") == "127.0.0.1"
    assert charla.pregunta("Nombre: ") == "Ana"
    otro = charla.pregunta("Demasiado corto. Nombre: ")
    assert otro is not None
    assert otro != "Ana"
    assert charla.entrevista.apodo == otro


def test_si_la_piden_dos_veces_la_contrasena_es_la_misma() -> None:
    charla = Charla()

    assert charla.pregunta("Contraseña: ") == charla.pregunta("Repite la contraseña: ")


def test_si_piden_lo_mismo_otra_vez_es_lo_mismo_salvo_que_no_valga() -> None:
    charla = Charla()

    assert charla.pregunta("Nombre: ") == "Ana"
    assert charla.pregunta("Otra vez, por favor, tu nombre: ") == "Ana"
    assert charla.pregunta("Demasiado corto. Otra vez, tu nombre: ") != "Ana"


def test_la_etiqueta_de_quien_ya_ha_entrado_no_se_contesta() -> None:
    charla = Charla()
    charla.pregunta("Usuario: ")
    charla.enviado += 4

    assert charla.pregunta("Usuario Ana> ") is None
    assert charla.pregunta("\nUsuario: ") is None


def test_lo_dictado_manda() -> None:
    charla = Charla("palabra=abracadabra", "nombre=Emperatriz")

    assert charla.pregunta("Palabra mágica: ") == "abracadabra"
    assert charla.pregunta("Tu NOMBRE: ") == "Emperatriz"


def test_lo_dictado_puede_llevar_el_nombre_de_cada_persona() -> None:
    assert Charla("ficha={nombre}-7").pregunta("Ficha: ") == "Ana-7"


def test_lo_dictado_que_no_vale_no_se_repite_sin_fin() -> None:
    charla = Charla("palabra=abracadabra")
    respuestas = [charla.pregunta("Palabra: ") for _ in range(6)]

    assert respuestas[-1] is None


def test_una_pregunta_sin_fin_se_deja() -> None:
    charla = Charla()
    respuestas = list(iter(lambda: charla.pregunta("No es válida. Contraseña: "), None))

    assert 1 < len(set(respuestas)) == len(respuestas) < 10
    assert charla.entrevista.pregunta_sin_salida == "No es válida. Contraseña:"


@pytest.mark.parametrize(
    ("texto", "orden"),
    [
        ("Escribe /connect HOST PUERTO para conectarte.\n> ", "/connect localhost 9100"),
        ("Usa /nick <nombre> para entrar\n", "/nick Ana"),
    ],
)
def test_teclea_la_orden_que_hace_falta_para_entrar_una_vez(texto: str, orden: str) -> None:
    charla = Charla()

    assert charla.pregunta(texto) == orden
    assert charla.pregunta(texto) != orden


def test_el_servidor_tambien_tiene_nombre() -> None:
    assert Charla(del_servidor=True).pregunta("Nombre del servidor: ") == "Ana"
