"""El rodaje: los programas arrancan a su tiempo, se les teclea, y al final no queda ninguno."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from chatlab.errores import ErrorParaPersonas
from chatlab.observador.actores import con_articulo
from chatlab.observador.directo.abrir import abrir
from chatlab.observador.directo.en_pantalla import EnPantalla
from chatlab.observador.directo.escucha import Escucha
from chatlab.observador.directo.final import terminar
from chatlab.observador.directo.pedido import Pedido, ProgramaPedido
from chatlab.observador.directo.terminal import COLUMNAS, FILAS
from chatlab.observador.directo.vigilante import Vigilante
from chatlab.observador.grabacion import Grabadora
from chatlab.programa.causas import por_que
from chatlab.programa.entorno import PAQUETE
from chatlab.sonda import Suceso, Testigo

#: Programas que se arrancan, como mucho, en un rodaje.
MAX_PROGRAMAS = 40
#: Por esta variable, con su valor, se reconoce a todo lo que haya arrancado un programa.
MARCA = "CHATLAB_SONDA"
#: Lo que dice cómo es la terminal de quien mira, y no la de sus programas.
DE_OTRA_TERMINAL = frozenset({"COLUMNS", "LINES", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"})


class Rodaje:
    """Los programas de un pedido, en marcha y mirados.

    `avisar` recibe las frases que debe leer quien mira. Con `con_tuberias`, los programas van sin
    terminal.
    """

    def __init__(
        self,
        pedido: Pedido,
        grabadora: Grabadora,
        avisar: Callable[[str], None],
        *,
        con_tuberias: bool = False,
    ) -> None:
        self._pedido = pedido
        self._grabadora = grabadora
        self._avisar = avisar
        self._con_tuberias = con_tuberias
        self._programas: dict[int, EnPantalla] = {}
        self._primeros: set[int] = set()
        self._nombres: set[str] = set()
        # Lo tiene quien arranca un programa hasta que la grabación sabe quién es: si la sonda
        # hablara antes, sería un desconocido.
        self._presentando = threading.RLock()
        self._escucha = Escucha(con_articulo(pedido.primeros[0].nombre))
        self._acabando = False
        self._testigo = Testigo(
            con_lugares=True, con_candados=True, puertos_de_verdad=True, oidor=self._oir
        )
        self._marca = f"{MARCA}={self._testigo.entorno()[MARCA]}"
        self._vigilante = Vigilante(self._marca)

    def _oir(self, sucesos: list[Suceso]) -> None:
        with self._presentando:
            self._grabadora.sucesos(sucesos)
        self._escucha.mirar(sucesos)

    # --- Empezar ---------------------------------------------------------------------------------

    def empezar(self) -> None:
        """Arranca los primeros programas y, en otro hilo, los demás cuando haya quien los escuche.

        Lanza `ErrorParaPersonas` si alguno de los primeros no arranca.
        """
        for pedido in self._pedido.primeros:
            self._arrancar(pedido)
        if self._pedido.demas:
            threading.Thread(target=self._seguir, daemon=True).start()

    def _seguir(self) -> None:
        if not self._escucha.esperar(lambda: any(uno.vivo for uno in self._todos), self._avisar):
            return
        for pedido in self._pedido.demas:
            self._arrancar_o_avisar(pedido)

    def _arrancar_o_avisar(self, pedido: ProgramaPedido) -> None:
        try:
            self._arrancar(pedido)
        except ErrorParaPersonas as error:
            self._avisar(str(error))

    def _arrancar(self, pedido: ProgramaPedido) -> None:
        with self._presentando:
            if self._acabando:
                return
            try:
                terminal = abrir(
                    pedido.argumentos,
                    pedido.carpeta,
                    self._entorno(pedido),
                    con_tuberias=self._con_tuberias,
                )
            except OSError as error:
                raise ErrorParaPersonas(
                    f"No se puede arrancar «{pedido.nombre}»: {por_que(error)}."
                ) from error
            p = self._grabadora.programa(
                pedido.nombre,
                pedido.papel,
                list(pedido.mostrada),
                archivo=pedido.archivo,
                pid=terminal.pid,
                terminal=terminal.tipo,
                filas=FILAS,
                columnas=COLUMNAS,
            )
            self._nombres.add(pedido.nombre)
            self._programas[p] = EnPantalla(p, terminal, self._grabadora)
            if pedido in self._pedido.primeros:
                self._primeros.add(p)

    def _entorno(self, pedido: ProgramaPedido) -> dict[str, str]:
        """El de quien mira, más la sonda y menos lo que dice cómo es su terminal."""
        de_la_sonda = self._testigo.entorno()
        rutas = [
            de_la_sonda["PYTHONPATH"],
            str(PAQUETE.parent) if pedido.de_chatlab else "",
            os.environ.get("PYTHONPATH", ""),
        ]
        return {
            **{que: dicho for que, dicho in os.environ.items() if que not in DE_OTRA_TERMINAL},
            **de_la_sonda,
            "PYTHONPATH": os.pathsep.join(filter(None, rutas)),
            "PWD": str(pedido.carpeta),
            "TERM": "xterm-256color",
            # La línea de entrada avanzada pregunta dónde está el cursor, y antes de que se abra la
            # página no hay quien conteste.
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }

    # --- Mientras tanto --------------------------------------------------------------------------

    @property
    def _todos(self) -> list[EnPantalla]:
        with self._presentando:
            return list(self._programas.values())

    def programa(self, p: int) -> EnPantalla | None:
        """El programa con ese número; `None` si no es de los que se arrancaron aquí."""
        return self._programas.get(p)

    def otro_cliente(self) -> None:
        """Arranca uno más como el último cliente."""
        with self._presentando:
            pedido = self._pedido.otro_cliente(self._nombres)
            if pedido is None:
                self._avisar("Aquí no hay clientes que arrancar.")
            elif len(self._programas) >= MAX_PROGRAMAS:
                self._avisar(f"Ya se han arrancado {MAX_PROGRAMAS} programas, y no caben más.")
            else:
                self._arrancar_o_avisar(pedido)

    def lo_que_se_puede(self) -> tuple[dict[str, object], list[str]]:
        """Lo que se puede hacer con los programas, y en frases lo que no, para contarlo."""
        terminales = [uno.terminal for uno in self._todos]
        una = terminales[0] if terminales else None
        puede = {
            "pty": una is not None and una.tipo == "pty",
            "senales": list(una.senales) if una else [],
            "otro_cliente": bool(self._pedido.demas),
        }
        return puede, list(una.falta) if una else []

    # --- Acabar ----------------------------------------------------------------------------------

    def _tandas(self) -> list[list[EnPantalla]]:
        """En el orden en que terminan: los últimos, antes que los que arrancaron primero."""
        primeros = [uno for uno in self._todos if uno.p in self._primeros]
        return [[uno for uno in self._todos if uno.p not in self._primeros], primeros]

    def acabar(self) -> None:
        """Termina los programas, por las buenas o por las malas, y cierra la grabación."""
        with self._presentando:
            self._acabando = True
        self._escucha.cancelar()
        terminar(self._tandas(), self._marca)
        self._vigilante.cerrar()
        self._testigo.cerrar()
        self._grabadora.cerrar()
