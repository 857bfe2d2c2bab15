"""`chatlab observar` en marcha, y una página que lo mira: su WebSocket, sin navegador."""

from __future__ import annotations

import base64
import json
import os
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO

Linea = dict[str, Any]
_DIRECCION = re.compile(rb"http://(127\.0\.0\.1:\d+)/\?llave=([\w-]+)")


class PaginaDePrueba:
    """Lo que recibe una página, y lo que manda."""

    def __init__(self, maquina: str, llave: str) -> None:
        self.lineas: list[Linea] = []
        self.avisos: list[str] = []
        self.puede: dict[str, Any] = {}
        self.falta: list[str] = []
        self.fin = False
        self.cerrada = False
        self._cambio = threading.Condition()
        self._pila = ExitStack()
        self._socket = self._pila.enter_context(
            connect(
                f"ws://{maquina}/ws?llave={llave}",
                origin=Origin(f"http://{maquina}"),
                max_size=None,
            )
        )
        self._lector = threading.Thread(target=self._leer, daemon=True)
        self._lector.start()

    def _leer(self) -> None:
        try:
            for mensaje in self._socket:
                with self._cambio:
                    self._anotar(json.loads(mensaje))
                    self._cambio.notify_all()
        except ConnectionClosed:
            pass
        with self._cambio:
            self.cerrada = True
            self._cambio.notify_all()

    def _anotar(self, mensaje: dict[str, Any]) -> None:
        self.lineas += map(json.loads, mensaje.get("lineas", ()))
        if "aviso" in mensaje:
            self.avisos.append(mensaje["aviso"])
        self.puede = mensaje.get("puede", self.puede)
        self.falta = mensaje.get("falta", self.falta)
        self.fin |= "fin" in mensaje

    def mandar(self, **recado: Any) -> None:
        self.mandar_texto(json.dumps(recado))

    def mandar_texto(self, texto: str | bytes) -> None:
        self._socket.send(texto)

    def teclear(self, p: int, texto: str) -> None:
        self.mandar(orden="tecla", p=p, texto=texto)

    def esperar(self, cumple: Callable[[], Any], que: str = "", plazo: float = PLAZO) -> None:
        with self._cambio:
            if not self._cambio.wait_for(cumple, plazo):
                raise AssertionError(f"No pasó {que!r}.\n{self.resumen()}")

    def de(self, que: str, **campos: Any) -> list[Linea]:
        """Las líneas de esa clase con esos campos."""
        return [
            linea
            for linea in list(self.lineas)
            if linea.get("que") == que
            and all(linea.get(campo) == valor for campo, valor in campos.items())
        ]

    def programa(self, nombre: str) -> int:
        """Espera a que arranque el programa con ese nombre, y da su número."""
        self.esperar(lambda: self.de("programa", nombre=nombre), f"que arranque {nombre}")
        return int(self.de("programa", nombre=nombre)[0]["p"])

    def pantalla(self, p: int) -> str:
        trozos = (
            base64.b64decode(linea["b64"]) if "b64" in linea else linea["texto"].encode()
            for linea in self.de("pantalla", p=p)
        )
        return b"".join(trozos).decode("utf-8", errors="replace")

    def esperar_en_pantalla(self, p: int, texto: str) -> str:
        self.esperar(lambda: texto in self.pantalla(p), f"{texto} en la pantalla {p}")
        return self.pantalla(p)

    def codigo(self, p: int) -> Any:
        """Espera a que termine ese programa, y da su código."""
        self.esperar(lambda: self.de("termina", p=p), f"que termine {p}")
        return self.de("termina", p=p)[0]["codigo"]

    def resumen(self) -> str:
        nombres = {linea["p"]: linea["nombre"] for linea in self.de("programa")}
        pantallas = [f"--- {nombres[p]}\n{self.pantalla(p)[-2000:]}" for p in nombres]
        return "\n".join([*pantallas, *self.avisos, *(str(x)[:200] for x in self.lineas[-15:])])

    def cerrar(self) -> None:
        self._pila.close()
        self._lector.join(PLAZO)


class Observacion:
    """La orden en marcha."""

    def __init__(
        self, *palabras: str, carpeta: Path = RAIZ, entorno: dict[str, str] | None = None
    ) -> None:
        entorno = {"PYTHONPATH": os.pathsep.join([str(RAIZ), os.environ.get("PYTHONPATH", "")])} | (
            entorno or {}
        )
        orden = ["-m", "chatlab", "observar", "--sin-abrir", *palabras]
        self.orden = Programa(orden, carpeta=carpeta, entorno=entorno)
        self._paginas: list[PaginaDePrueba] = []

    def _direccion(self) -> tuple[str, str]:
        if not self.orden.salida.esperar(lambda datos: _DIRECCION.search(datos) is not None):
            raise AssertionError(f"No dijo su dirección.\n{self.orden.transcripcion()}")
        encontrada = _DIRECCION.search(self.orden.salida.datos)
        assert encontrada is not None
        return encontrada[1].decode(), encontrada[2].decode()

    @property
    def maquina(self) -> str:
        """«127.0.0.1:43521»."""
        return self._direccion()[0]

    @property
    def llave(self) -> str:
        return self._direccion()[1]

    def abrir_pagina(self) -> PaginaDePrueba:
        self._paginas.append(PaginaDePrueba(*self._direccion()))
        return self._paginas[-1]

    @property
    def pids(self) -> set[int]:
        """Todo lo que la orden tiene en marcha."""
        try:
            hijos = psutil.Process(self.orden.proceso.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return set()
        return {hijo.pid for hijo in hijos}

    def terminar(self) -> int:
        """Ctrl+C, y su código."""
        self.orden.ctrl_c()
        return self.orden.esperar_fin()

    def cerrar(self) -> None:
        for pagina in self._paginas:
            pagina.cerrar()
        if self.orden.proceso.poll() is None:
            self.terminar()
        self.orden.cerrar()


def quedan_vivos(pids: Sequence[int] | set[int]) -> set[int]:
    """Los que siguen en marcha, sin contar a los que ya han muerto y nadie ha recogido."""
    return {
        pid
        for pid in pids
        if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    }
