"""Una sesión entera: la película, su página en el navegador y, si los hay, los programas."""

from __future__ import annotations

import errno
import os
import re
import socket
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

from chatlab.errores import ErrorDeRed
from chatlab.observador.directo.butaca import Funcion
from chatlab.observador.directo.carrete import Carrete
from chatlab.observador.directo.funciones import EnDirecto, Guardada
from chatlab.observador.directo.paginas import PaginasAbiertas
from chatlab.observador.directo.pedido import Pedido
from chatlab.observador.directo.rodaje import Rodaje
from chatlab.observador.directo.seguridad import Llave
from chatlab.observador.directo.servicio import Servicio
from chatlab.observador.directo.sitio import sitio
from chatlab.observador.directo.vida import Vida
from chatlab.observador.grabacion import Grabadora
from chatlab.programa.causas import por_que
from chatlab.programa.ejecutar import al_pedir_el_final
from chatlab.terminal.salida import escribir
from chatlab.textos import sin_tildes

AQUI = "127.0.0.1"
#: Segundos que se espera a que las páginas sepan cómo acaba.
PLAZO_DE_DESPEDIDA = 3.0


class Taquilla:
    """Por dónde se entra: el puerto de la página, y si hay que abrirla en el navegador."""

    def __init__(self, puerto: int = 0, *, abrir: bool = True) -> None:
        """Con el puerto 0, uno libre. Lanza `ErrorDeRed` si está ocupado."""
        self._abrir = abrir
        try:
            # Escucha ya: quien llegue antes de que haya quien atienda, espera.
            self.escucha = socket.create_server((AQUI, puerto))
        except OSError as error:
            ocupado = error.errno == errno.EADDRINUSE
            raise ErrorDeRed(
                f"No puedo usar el puerto {puerto} para la página: "
                f"{'ya lo usa otro programa' if ocupado else por_que(error)}. "
                "Di otro con --puerto-pagina, o ninguno."
            ) from error
        self.llave = Llave(self.escucha.getsockname()[1])

    def anunciar(self, al_cerrarla: str) -> None:
        """Dice dónde está la página, y la abre si hay que hacerlo."""
        abierta = self._abrir and abrir_en_el_navegador(self.llave.direccion)
        donde = "La página está abierta en tu navegador" if abierta else "Abre en tu navegador"
        escribir(f"{donde}:\n    {self.llave.direccion}\n{al_cerrarla}\n")


def abrir_en_el_navegador(direccion: str) -> bool:
    """Abre esa dirección en el navegador de la persona; dice si ha podido."""
    try:
        navegador = webbrowser.get()
    except webbrowser.Error:
        return False
    # Uno de texto, como w3m, ocuparía esta terminal, y la página no es para él.
    if type(navegador) is webbrowser.GenericBrowser and "BROWSER" not in os.environ:
        return False
    return navegador.open(direccion)


def observar(
    pedido: Pedido, carrete: Carrete, taquilla: Taquilla, *, con_tuberias: bool = False
) -> None:
    """Arranca los programas, los enseña y vuelve cuando han terminado, con la película completa.

    Lanza `ErrorParaPersonas` si no arrancan.
    """
    vida = Vida()
    # Desde aquí, Ctrl+C no interrumpe nada: se recoge todo, y pulsarlo otra vez no estorba.
    al_pedir_el_final(vida.terminar)
    grabadora = Grabadora(carrete.anadir, titulo=pedido.titulo)
    rodaje = Rodaje(pedido, grabadora, carrete.avisar, con_tuberias=con_tuberias)
    nombre = nombre_de_archivo(pedido.titulo)
    funcion = EnDirecto(rodaje, carrete, nombre)
    with _en_el_navegador(carrete, funcion, nombre, vida, taquilla):
        try:
            rodaje.empezar()
            taquilla.anunciar("Al cerrarla, o con Ctrl+C, terminan tus programas.")
            _despedirse(vida.esperar())
        finally:
            rodaje.acabar()
            carrete.cerrar()


def proyectar(carrete: Carrete, nombre: str, taquilla: Taquilla) -> None:
    """Enseña una película guardada hasta que se cierra la página, o Ctrl+C."""
    vida = Vida()
    al_pedir_el_final(vida.terminar)
    with _en_el_navegador(carrete, Guardada(), nombre, vida, taquilla):
        taquilla.anunciar("Termina al cerrarla, o con Ctrl+C.")
        _despedirse(vida.esperar())


def _despedirse(han_cerrado_la_pagina: bool) -> None:
    # Tras Ctrl+C, la terminal se ha quedado detrás de «^C».
    escribir("Se ha cerrado la página.\n" if han_cerrado_la_pagina else "\n")


@contextmanager
def _en_el_navegador(
    carrete: Carrete, funcion: Funcion, nombre: str, vida: Vida, taquilla: Taquilla
) -> Iterator[None]:
    paginas = PaginasAbiertas(carrete, funcion, vida.hay_paginas)
    servicio = Servicio(sitio(paginas, carrete, nombre, taquilla.llave), taquilla.escucha)
    try:
        yield
        paginas.despedir(PLAZO_DE_DESPEDIDA)
    finally:
        servicio.cerrar()


def nombre_de_archivo(titulo: str) -> str:
    """El título como nombre de archivo, sin extensión, en cualquier sistema."""
    return re.sub(r"[^a-z0-9]+", "-", sin_tildes(titulo)).strip("-") or "pelicula"
