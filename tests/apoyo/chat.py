"""Un chat de verdad: su servidor, y personas que entran, escriben y leen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import Programa

if TYPE_CHECKING:
    from tests.conftest import Conectar, Lanzar


class Chat:
    """Un servidor en marcha y quien se conecta con él, con nuestro cliente o sin él."""

    def __init__(self, servidor: Programa, lanzar: Lanzar, conectar: Conectar) -> None:
        self.servidor = servidor
        self.puerto = servidor.puerto()
        self._lanzar = lanzar
        self._conectar = conectar

    def conectar(self, *, leer: bool = True) -> Conexion:
        """Alguien se conecta, y aún no dice su nombre."""
        return self._conectar(self.puerto, leer=leer)

    def entrar(self, nombre: str) -> Conexion:
        """Alguien entra en la sala con ese nombre."""
        conexion = self.conectar()
        conexion.enviar(f"{nombre}\n")
        conexion.esperar(f"* Hola, {nombre}.")
        return conexion

    def entrar_sin_leer(self, nombre: str, *, lo_ve: Conexion) -> Conexion:
        """Alguien entra y no lee nada; se sabe que ha entrado porque otra persona lo ve."""
        conexion = self.conectar(leer=False)
        conexion.enviar(f"{nombre}\n")
        lo_ve.esperar(f"* {nombre} se ha unido al chat\n")
        return conexion

    def lanzar_cliente(self, *opciones: str) -> Programa:
        """Arranca `chatlab cliente difusion`, que vale para cualquier motor."""
        return self._lanzar(
            *("-m", "chatlab", "cliente", "difusion", "--puerto", str(self.puerto)), *opciones
        )

    def cliente(self, nombre: str) -> Programa:
        """Alguien entra en la sala con nuestro cliente."""
        programa = self.lanzar_cliente("--nombre", nombre)
        programa.esperar(f"* Hola, {nombre}.")
        return programa


def lineas_entre(conexion: Conexion, desde: str, hasta: str) -> list[str]:
    """Espera la línea `hasta` y devuelve lo que llegó entre las dos, sin ellas."""
    conexion.esperar(f"{hasta}\n")
    lineas = conexion.lineas
    return lineas[lineas.index(desde) + 1 : lineas.index(hasta)]


def mensajes_de(conexion: Conexion, nombre: str) -> list[str]:
    """Los mensajes de esa persona que han llegado, sin su nombre delante."""
    principio = f"{nombre}: "
    return [
        linea.removeprefix(principio) for linea in conexion.lineas if linea.startswith(principio)
    ]
