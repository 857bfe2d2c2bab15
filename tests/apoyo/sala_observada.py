"""Una sala sin sockets: hace lo que la sala decide, y guarda lo que vería cada conexión."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from chatlab.chat.limites import Limites
from chatlab.chat.protocolo import (
    CAMBIOS_DE_SENTIDO,
    CARACTERES_DE_CONTROL,
    MAX_LINEA_DEL_SERVIDOR,
    Recibida,
    codificar,
)
from chatlab.chat.sala import Sala
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, DifundirLote, Enviar, Tarea


class SalaObservada:
    """Conexiones numeradas desde 1, con la pantalla de cada una."""

    def __init__(self, limites: Limites | None = None) -> None:
        self.sala = Sala(limites)
        #: Todo lo que ha recibido cada conexión, desde que llegó.
        self.pantallas: dict[int, list[str]] = {}
        #: Las conexiones que la sala ha mandado cerrar.
        self.cerradas: set[int] = set()
        #: Lo que se muestra en el servidor.
        self.diario: list[str] = []
        self._numeros = count(1)

    # --- Lo que puede ocurrir ---

    def llegar(self) -> int:
        numero = next(self._numeros)
        self.pantallas[numero] = []
        self._hacer(self.sala.conectar(numero))
        return numero

    def entrar(self, nombre: str) -> int:
        """Llega alguien y da un nombre, que debe servir. Su pantalla queda vacía."""
        numero = self.llegar()
        self.decir(numero, nombre)
        assert not self.sala.espera_nombre(numero), self.pantallas[numero]
        self.pantallas[numero].clear()
        return numero

    def decir(self, numero: int, *lineas: Recibida) -> None:
        for linea in lineas:
            self._hacer(self.sala.recibir(numero, linea))

    def decir_lote(self, numero: int, *mensajes: str) -> None:
        """Varios mensajes corrientes, de una vez."""
        lineas = b"".join(map(codificar, mensajes))
        self._hacer(self.sala.recibir_lote(numero, lineas))

    def cortarse(self, numero: int) -> None:
        self._hacer(self.sala.desconectar(numero))

    def expulsar(self, numero: int, motivo: str) -> None:
        self._hacer(self.sala.expulsar(numero, motivo))

    def abandonar(self, numero: int, motivo: str) -> None:
        self._hacer(self.sala.abandonar(numero, motivo))

    def agotar_el_plazo_del_nombre(self, numero: int) -> None:
        self._hacer(self.sala.agotar_el_plazo_del_nombre(numero))

    def cerrar(self) -> None:
        self._hacer(self.sala.cerrar())

    # --- Lo que se ve ---

    def novedades(self, numero: int) -> list[str]:
        """Lo que ha recibido esa conexión desde la última vez que se miró."""
        lineas = self.pantallas[numero].copy()
        self.pantallas[numero].clear()
        return lineas

    def _dentro(self) -> set[int]:
        fuera = self.cerradas | {n for n in self.pantallas if self.sala.espera_nombre(n)}
        return self.pantallas.keys() - fuera

    def _hacer(self, tareas: Iterable[Tarea]) -> None:
        for tarea in tareas:
            match tarea:
                case Enviar(a, linea):
                    comprobar(linea)
                    assert len(set(a)) == len(a), f"dos veces a la misma conexión: {tarea}"
                    assert not self.cerradas.intersection(a), f"a quien está fuera: {tarea}"
                    for numero in a:
                        self.pantallas[numero].append(linea)
                case Difundir(menos, linea):
                    self._difundir(menos, linea)
                case DifundirLote(menos, lineas):
                    for linea in lineas.decode().split("\n")[:-1]:
                        self.diario.append(linea)
                        self._difundir(menos, linea)
                case Desconectar(numero):
                    assert numero not in self.cerradas, f"se cierra dos veces: {tarea}"
                    self.cerradas.add(numero)
                case Anotar(texto):
                    self.diario.append(texto)

    def _difundir(self, menos: int, linea: str) -> None:
        comprobar(linea)
        for numero in self._dentro() - {menos}:
            self.pantallas[numero].append(linea)


def comprobar(linea: str) -> None:
    """Lo que vale para cualquier línea de un servidor: cabe entera, y no manda en la pantalla."""
    assert len(codificar(linea)) <= MAX_LINEA_DEL_SERVIDOR, f"no cabe: {linea}"
    assert not set(linea).intersection(CARACTERES_DE_CONTROL + CAMBIOS_DE_SENTIDO), repr(linea)
