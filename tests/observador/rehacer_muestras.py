"""Rehace las grabaciones de `muestras/`, y la de ejemplo del sitio: programas mirados con la sonda.

    python -m tests.observador.rehacer_muestras

Cada programa tiene su pseudoterminal, como en `chatlab observar`. Las usan las pruebas de la
página, que no pueden arrancar programas.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect

from chatlab.observador.grabacion import Grabadora
from chatlab.sonda import Testigo
from tests.apoyo.programa import RAIZ, como_en_una_terminal
from tests.apoyo.transcripcion import PLAZO, Transcripcion

MUESTRAS = Path(__file__).with_name("muestras")
LECCIONES = RAIZ / "lessons"
#: Segundos entre dos cosas que hace una persona: más deprisa, no se vería nada al reproducirlo.
PAUSA = 0.25
RITMO = threading.Event()


class Persona:
    """Un programa en su terminal, con quien lo usa."""

    def __init__(self, orden: list[str], carpeta: Path, entorno: dict[str, str]) -> None:
        todo = {**como_en_una_terminal(), **entorno, "TERM": "xterm-256color"}
        self.proceso = pexpect.spawn(
            sys.executable, orden, cwd=carpeta, env=todo, dimensions=(24, 80)
        )
        self.pantalla = Transcripcion()
        self.p = 0

    def leer(self, grabadora: Grabadora) -> None:
        """Lee su pantalla hasta que se cierra, y la graba."""
        while True:
            try:
                datos = os.read(self.proceso.child_fd, 65536)
            except OSError:
                break  # en Linux, así acaba una pseudoterminal
            if not datos:
                break
            grabadora.pantalla(self.p, datos)
            self.pantalla.anadir(datos)
        self.pantalla.terminar()

    def teclear(self, grabadora: Grabadora, texto: str) -> None:
        """Teclea algo, y lo graba."""
        grabadora.tecla(self.p, texto.encode())
        os.write(self.proceso.child_fd, texto.encode())

    def ver(self, texto: str, veces: int = 1) -> None:
        """Espera a que eso salga en su pantalla."""
        assert self.pantalla.esperar_texto(texto.encode(), veces), self.pantalla.texto


class Rodaje:
    """Unos programas de una carpeta que se graban."""

    def __init__(self, muestra: str, titulo: str, carpeta: Path, destino: Path = MUESTRAS) -> None:
        self._carpeta = carpeta
        self._al_salir = ExitStack()
        self._destino = destino / f"{muestra}.chatlab"
        self.grabadora = Grabadora(self._destino, titulo=titulo)
        self._al_salir.callback(self.grabadora.cerrar)
        self._testigo = self._al_salir.enter_context(
            Testigo(con_lugares=True, con_candados=True, oidor=self.grabadora.sucesos)
        )

    def __enter__(self) -> Rodaje:
        return self

    def __exit__(self, *_error: object) -> None:
        self._al_salir.close()

    @contextmanager
    def programa(self, nombre: str, archivo: str, *argumentos: str) -> Iterator[Persona]:
        """Arranca un programa; al salir, pulsa Ctrl+C si sigue en marcha."""
        persona = Persona([archivo, *argumentos], self._carpeta, self._testigo.entorno())
        persona.p = self.grabadora.programa(
            nombre,
            "servidor" if nombre == "servidor" else "cliente",
            ["python", archivo, *argumentos],
            archivo=self._carpeta / archivo,
            pid=persona.proceso.pid,
            terminal="pty",
        )
        lector = threading.Thread(target=persona.leer, args=(self.grabadora,))
        lector.start()
        try:
            yield persona
        finally:
            if not persona.pantalla.terminada:
                self.teclear(persona, "\x03")
            assert persona.pantalla.esperar_fin(), persona.pantalla.texto
            lector.join()
            persona.proceso.wait()
            codigo = persona.proceso.exitstatus
            senal = persona.proceso.signalstatus
            self.grabadora.termina(persona.p, codigo if senal is None else -senal)

    def esperar(self, texto: str) -> None:
        """Espera a que eso esté en la grabación."""
        limite = time.monotonic() + PLAZO
        while texto not in self._destino.read_text("utf-8"):
            assert time.monotonic() < limite, texto
            RITMO.wait(0.01)

    def teclear(self, persona: Persona, *lineas: str) -> None:
        """Teclea eso, y graba que se ha tecleado."""
        for linea in lineas:
            RITMO.wait(PAUSA)
            persona.teclear(self.grabadora, linea)

    @contextmanager
    def parado(self, persona: Persona) -> Iterator[None]:
        """Mientras, ese programa está detenido."""
        persona.proceso.kill(signal.SIGSTOP)
        self.grabadora.senal(persona.p, "SIGSTOP")
        yield
        persona.proceso.kill(signal.SIGCONT)
        self.grabadora.senal(persona.p, "SIGCONT")


def hilos() -> None:
    """Un servidor con un hilo por cliente, y dos personas."""
    with (
        Rodaje(
            "hilos", "Difusión, paso 1: un hilo por cliente", LECCIONES / "03_difusion/paso1_hilos"
        ) as rodaje,
        rodaje.programa("servidor", "servidor.py") as servidor,
    ):
        servidor.ver("iniciado")
        with (
            rodaje.programa("Ana", "cliente.py") as ana,
            rodaje.programa("Carlos", "cliente.py") as carlos,
        ):
            rodaje.teclear(ana, "Ana\r")
            ana.ver("Tu nombre es Ana")
            rodaje.teclear(carlos, "Carlos\r")
            carlos.ver("Tu nombre es Carlos")
            ana.ver("[Carlos se ha conectado]")
            rodaje.teclear(ana, "hola\r")
            carlos.ver("[Ana] hola")
            rodaje.teclear(carlos, "¿qué tal, Ana?\r")
            ana.ver("¿qué tal, Ana?")


def pegados() -> None:
    """Dos envíos que el servidor lee de una vez, porque estaba parado."""
    carpeta = LECCIONES / "04_tramas/paso1_trozos"
    with (
        Rodaje("pegados", "Tramas, paso 1: dos mensajes en un trozo", carpeta) as rodaje,
        rodaje.programa("servidor", "servidor.py") as servidor,
    ):
        servidor.ver("iniciado")
        with rodaje.programa("Ana", "cliente.py") as ana:
            ana.ver("Mensaje: ")
            rodaje.teclear(ana, "hola\r")
            servidor.ver("Trozo 1")
            with rodaje.parado(servidor):
                rodaje.teclear(ana, "uno\r")
                ana.ver("Mensaje: ", 3)
                rodaje.teclear(ana, "dos\r")
                ana.ver("Mensaje: ", 4)
            servidor.ver("Trozo 2")
            rodaje.teclear(ana, "un mensaje más largo de treinta y dos bytes\r")
            servidor.ver("Trozo 4")


def letra_partida() -> None:
    """Un mensaje en que el byte 32 es la mitad de una letra."""
    carpeta = LECCIONES / "04_tramas/paso2_letras_partidas"
    with (
        Rodaje("letra_partida", "Tramas, paso 2: una letra partida", carpeta) as rodaje,
        rodaje.programa("servidor", "servidor.py") as servidor,
    ):
        servidor.ver("iniciado")
        with rodaje.programa("Ana", "cliente.py") as ana:
            ana.ver("Mensaje: ")
            rodaje.teclear(ana, "a" * 31 + "ñandú\r")
            servidor.ver("Trozo 2")


SERVIDOR = """\
import socket

escucha = socket.create_server(("localhost", 8000))
conexion, direccion = escucha.accept()
print(conexion.recv(1024).decode())
"""
CLIENTE = """\
import socket

conexion = socket.create_connection(("localhost", 8000))
conexion.sendall("¡Hola!".encode())
"""


def saludo() -> None:
    """La más corta que enseña algo: la del ejemplo de la página del formato."""
    with TemporaryDirectory() as carpeta:
        (Path(carpeta) / "servidor.py").write_text(SERVIDOR, encoding="utf-8")
        (Path(carpeta) / "cliente.py").write_text(CLIENTE, encoding="utf-8")
        with (
            Rodaje("saludo", "Un saludo", Path(carpeta), RAIZ / "docs/ejemplos") as rodaje,
            rodaje.programa("servidor", "servidor.py") as servidor,
        ):
            rodaje.esperar('"en":"accept"')
            with rodaje.programa("Ana", "cliente.py") as ana:
                assert ana.pantalla.esperar_fin()
            servidor.ver("¡Hola!")
            assert servidor.pantalla.esperar_fin()


def principal() -> None:
    """Todas."""
    MUESTRAS.mkdir(exist_ok=True)
    for muestra in (hilos, pegados, letra_partida, saludo):
        muestra()


if __name__ == "__main__":
    principal()
