"""La jaula de una entrega: una copia suya, sus programas en marcha, y nada más.

    with Jaula(entrega, testigo) as jaula:
        servidor = jaula.arrancar("servidor")
        ana = jaula.arrancar("cliente", nombre="Ana")
        ana.escribir("hola")

En Linux con bubblewrap, los programas no ven la red, los demás procesos ni más archivos que los
suyos y los de Python, y solo pueden escribir en su copia. Sin él se ejecutan con los mismos
límites, pero sueltos, y `aislamiento` lo dice. En cualquier caso al salir no queda en marcha
ninguno de ellos.
"""

from __future__ import annotations

import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from chatlab.corrector.entrega import copia
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.jaula import bubblewrap, enseres
from chatlab.corrector.jaula.aislamiento import (
    SIN_CERCA,
    buscar_bubblewrap,
    entorno_limpio,
    lo_que_no_contiene,
)
from chatlab.corrector.jaula.bubblewrap import Muros
from chatlab.corrector.jaula.ejecutor import RAIZ, Condiciones, Ejecutor, ErrorDeJaula, Orden
from chatlab.corrector.jaula.evidencia import Vista
from chatlab.corrector.jaula.limites import LimitesDeJaula
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.programa.entorno import PAQUETE
from chatlab.sistema import ajeno

#: Dónde ve los módulos del espía quien está encerrado.
ESPIA_DENTRO = Path("/espia")


class ConSonda(Protocol):
    """Lo que la jaula necesita de `chatlab.sonda.Testigo`."""

    @property
    def carpeta(self) -> Path:
        """La carpeta del testigo, que los programas ven."""

    @property
    def escribible(self) -> Path:
        """Dónde escriben los programas, dentro de ella."""

    def entorno(self) -> Mapping[str, str]:
        """Las variables que hay que añadir a los programas."""

    def asomarse_a_su_red(self, red: int, ventana: socket.socket) -> None:
        """Deja que el testigo mire la red de los programas por una ventana, y que la cierre."""


class Jaula:
    """Ejecuta los programas de una entrega sin que puedan hacer daño.

    Con `aislar=False` no se usa bubblewrap. Con `tuberias=True`, como en Windows, los programas
    no tienen terminal ni guardián.
    """

    #: Lo que protege a la máquina: «completo», o «parcial: » y el motivo.
    aislamiento: str
    #: La copia de la entrega, con el nombre que ven los programas. Encerrados, es de quien corrige:
    #: lo que ellos cambien queda en `trabajo`, y el código que se cita es siempre el entregado.
    carpeta: Path
    #: La copia en la que escriben.
    trabajo: Path

    def __init__(
        self,
        entrega: Entrega,
        testigo: ConSonda,
        limites: LimitesDeJaula | None = None,
        *,
        aislar: bool = True,
        tuberias: bool = sys.platform == "win32",
    ) -> None:
        self.entrega = entrega
        self.limites = limites or LimitesDeJaula()
        #: Avisa de todo lo que cambia en cualquiera de sus terminales.
        self.cambio = threading.Condition()
        #: Todos los programas que se han arrancado, en orden; y los que son de la entrega.
        self.terminales: list[Terminal] = []
        self.de_la_entrega: list[Terminal] = []
        #: Qué límites se han pasado, en orden y en español.
        self.excesos: list[str] = []
        self._testigo = testigo
        self._aislar = aislar
        self._tuberias = tuberias
        #: Una carpeta de quien corrige que los programas pueden leer, y dónde la ven ellos.
        self._prestado: Path | None = None
        self._espia_dentro = ESPIA_DENTRO
        self._al_salir = ExitStack()

    def __enter__(self) -> Jaula:
        with ExitStack() as si_falla:
            temporal = Path(tempfile.mkdtemp(prefix="chatlab-")).resolve()
            si_falla.callback(ajeno.borrar, temporal)
            self.carpeta = temporal / "copia" / (self.entrega.carpeta.name or "entrega")
            try:
                copia.copiar(self.entrega.carpeta, self.carpeta, self.limites.copia)
            except OSError as error:
                raise ErrorDeJaula(f"No se puede copiar la entrega: {error}.") from error
            self.trabajo = self.carpeta
            self._ejecutor, self.aislamiento = self._elegir_ejecutor(temporal)
            si_falla.callback(self._ejecutor.cerrar)
            self._al_salir = si_falla.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._al_salir.close()

    def raiz_para_el_espia(self) -> Path:
        """La carpeta desde la que un programa de quien corrige puede importar `chatlab.espia`."""
        if self._prestado is None:
            return RAIZ
        enseres.poner_espia(self._prestado)
        return self._espia_dentro

    @property
    def exceso(self) -> str | None:
        """El primer límite que se ha pasado: «Ana» arrancó más de 200 hilos a la vez."""
        with self.cambio:
            return self.excesos[0] if self.excesos else None

    def arrancar(
        self, papel: str, nombre: str | None = None, argumentos: Sequence[str] = ()
    ) -> Terminal:
        """Arranca un programa como se hace en una terminal: desde su carpeta, `python cliente.py`.

        `papel` es «servidor» o «cliente»; `nombre`, cómo se llama la terminal si no es así.
        Lanza `ErrorDeJaula` si no se puede, y no por culpa del programa.
        """
        papeles = {"servidor": self.entrega.servidor, "cliente": self.entrega.cliente}
        programa = self.carpeta / papeles[papel]
        self._comprobar_que_sigue(papeles[papel])
        orden = Orden(
            nombre or papel, (sys.executable, programa.name, *argumentos), programa.parent
        )
        terminal = self._ejecutor.arrancar(orden)
        self.terminales.append(terminal)
        self.de_la_entrega.append(terminal)
        return terminal

    def ejecutar(self, codigo: str, nombre: str, argumentos: Sequence[str] = ()) -> Terminal:
        """Arranca dentro de la jaula un programa de quien corrige: `python -c codigo`.

        No importa nada de la carpeta en la que está ni de la casa de los programas.
        """
        orden = Orden(nombre, (sys.executable, "-Psc", codigo, *argumentos), self.carpeta)
        terminal = self._ejecutor.arrancar(orden)
        self.terminales.append(terminal)
        return terminal

    def esperar(self, cumple: Callable[[], bool], plazo: float) -> bool:
        """Espera hasta `plazo` segundos a que se cumpla algo en cualquiera de las terminales."""
        with self.cambio:
            return self.cambio.wait_for(cumple, plazo)

    def leer_pantallas(self) -> None:
        """Vuelve cuando está en las pantallas todo lo que los programas ya habían escrito."""
        self._ejecutor.leer_pantallas()

    def mirar_la_red(self) -> Vista | None:
        """Los sockets de los programas, según el sistema; `None` si no se pueden ver."""
        return self._ejecutor.mirar_la_red()

    def todos_dormidos(self, plazo: float = 0.0) -> bool | None:
        """Si ya no va a ocurrir nada mientras no se teclee algo; `None` si no se sabe.

        Espera a que sea así hasta `plazo` segundos. Todos los hilos esperan: a la red, por la que
        no viaja nada; al teclado, del que han leído lo que había; a otro hilo, o al reloj. Un
        programa en pausa también duerme. Quien pone un plazo a sus esperas (`settimeout`,
        `time.sleep`) puede despertar solo.
        """
        return self._ejecutor.todos_dormidos(plazo)

    def _comprobar_que_sigue(self, programa: Path) -> None:
        try:
            sigue = stat.S_ISREG((self.trabajo / programa).lstat().st_mode)
        except OSError:
            self._anotar(f"uno de los programas borró {programa.name} de su carpeta")
        else:
            if not sigue:
                self._anotar(
                    f"uno de los programas puso en el sitio de {programa.name} "
                    "algo que no es un archivo"
                )
            elif self._ha_cambiado(programa):
                self._anotar(f"uno de los programas cambió {programa.name}: ya no es el entregado")

    def _ha_cambiado(self, programa: Path) -> bool:
        """Si en la copia en la que escriben ya no está lo entregado; sin muros no se sabe."""
        entregado, ahora = (
            ajeno.leer(carpeta, programa, self.limites.copia)
            for carpeta in (self.carpeta, self.trabajo)
        )
        return entregado != ahora

    def _anotar(self, exceso: str) -> None:
        with self.cambio:
            if exceso not in self.excesos:
                self.excesos.append(exceso)
            self.cambio.notify_all()

    # --- Quién los ejecuta ---------------------------------------------------------------------

    def _elegir_ejecutor(self, temporal: Path) -> tuple[Ejecutor, str]:
        """Quien va a ejecutar los programas, y cuánto aísla."""
        casa = temporal / "casa"
        casa.mkdir()
        sueltos = self._condiciones(entorno_limpio(casa, temporal=casa))
        if self._tuberias:
            from chatlab.corrector.jaula.tuberias import Tuberias

            motivo = "con tuberías, como en Windows, no hay jaula"
            return Tuberias(sueltos), f"parcial: {motivo}. {SIN_CERCA}"
        from chatlab.corrector.jaula.celda import Celda

        motivo, bwrap = (
            buscar_bubblewrap() if self._aislar else ("se ha pedido no usar bubblewrap", None)
        )
        if bwrap is not None:
            encerrados = self._condiciones(entorno_limpio(casa, temporal=Path("/tmp")))
            try:
                return self._encerrar(encerrados, temporal, casa, bwrap), "completo"
            except ErrorDeJaula as error:
                self.trabajo = self.carpeta
                motivo = f"bubblewrap no funciona en este equipo ({error})"
        escribibles = (self.carpeta, casa, self._testigo.escribible)
        self._prestado = self._espia_dentro = temporal / "espia"
        self._prestado.mkdir(exist_ok=True)
        legibles = [*bubblewrap.lo_necesario(), self._testigo.carpeta, self._prestado]
        reparto = self._testigo.escribible
        celda = Celda(sueltos, {una: una for una in escribibles}, None, reparto, legibles)
        return celda, f"parcial: {motivo}. {lo_que_no_contiene(celda.cerca)}"

    def _encerrar(
        self, condiciones: Condiciones, temporal: Path, casa: Path, bwrap: str
    ) -> Ejecutor:
        """Una celda en la que se ve lo que se ejecuta y lo que pone el testigo, y nada más."""
        from chatlab.corrector.jaula.celda import Celda
        from chatlab.corrector.jaula.poner_guardian import CHATLAB_DENTRO

        self.trabajo = temporal / "trabajo"
        copia.copiar(self.carpeta, self.trabajo, self.limites.copia)
        enseres.poner_etc(temporal / "etc")
        prestado = temporal / "espia"
        prestado.mkdir()
        prestados = {Path("/etc"): temporal / "etc", ESPIA_DENTRO: prestado}
        prestados |= enseres.guardian(CHATLAB_DENTRO)
        muros = Muros(bwrap, (self._testigo.carpeta,), prestados, tapar=(PAQUETE,))
        propias = {una: una for una in (casa, self._testigo.escribible)}
        escribibles = {self.carpeta: self.trabajo, **propias}
        celda = Celda(condiciones, escribibles, muros, self._testigo.escribible)
        self._prestado, self._espia_dentro = prestado, ESPIA_DENTRO
        return celda

    def _condiciones(self, entorno: Mapping[str, str]) -> Condiciones:
        entorno = {**entorno, **self._testigo.entorno()}
        asomarse = self._testigo.asomarse_a_su_red
        return Condiciones(entorno, self.limites, self.cambio, self._anotar, asomarse)
