"""El libro de una entrega: sus procesos, sus conexiones y sus sucesos. No sabe de sockets."""

from __future__ import annotations

import time

from chatlab.sonda.campos import leer_campos
from chatlab.sonda.proceso import Extremo, Proceso, es_una_vuelta
from chatlab.sonda.suceso import Suceso

#: Entre todos los procesos de una entrega: cuántos, cuántos sucesos suyos se guardan y cuántos
#: bytes de lo que se dijeron. Cada uno tiene además su tope, en `proceso.py`.
MAXIMO_DE_PROCESOS = 2000
MAXIMO_DE_SUCESOS = 300_000
MAXIMO_GUARDADO = 128 * 1024 * 1024


class Libro:
    """Apunta las líneas que llegan por los canales."""

    def __init__(self, *, de_paso: bool = False) -> None:
        #: Si alguien se los va llevando: entonces se apuntan todos, también los que se repiten.
        self._de_paso = de_paso
        self.procesos: list[Proceso] = []
        self.sucesos: list[Suceso] = []
        #: Las puntas de conexiones por sus puertos de verdad, también las ya cerradas.
        self.extremos: dict[tuple[int, int], Extremo] = {}
        #: El instante del último suceso, sin contar las vueltas de quien espera con plazo.
        self.ultima_actividad = 0.0
        self._guardado = 0

    @property
    def vivos(self) -> list[Proceso]:
        """Los procesos que no han acabado, que se sepa."""
        return [proceso for proceso in self.procesos if proceso.vivo]

    def entregar(self) -> list[Suceso]:
        """Los sucesos que hay, que dejan de estar en el libro."""
        entregados, self.sucesos = self.sucesos, []
        return entregados

    def llega(self, linea: bytes, pid_fuera: int | None = None) -> Proceso:
        """Apunta la primera línea de un canal: quién es. Lanza `ValueError` si no lo dice.

        `pid_fuera` es su PID visto desde aquí, si el sistema lo dice.
        """
        campos = leer_campos(linea)
        if campos.get("tipo") != "arranca":
            raise ValueError("un canal debe empezar por «arranca»")
        pid = campos["pid"]
        padre = int(campos.get("padre", 0))
        proceso = Proceso(pid, pid_fuera or pid, str(campos["programa"]), padre)
        proceso.sin_tope = self._de_paso
        if len(self.procesos) >= MAXIMO_DE_PROCESOS:
            raise ValueError("son demasiados procesos")
        self.procesos.append(proceso)
        self._anadir(proceso, proceso.suceso(campos), None)
        return proceso

    def anotar(self, proceso: Proceso, linea: bytes) -> None:
        """Apunta otra línea suya, salvo si ya son demasiadas. Lanza `ValueError` si está mal."""
        if proceso.desbordado:
            return
        campos = leer_campos(linea)
        reales = campos.get("reales")
        suceso = proceso.suceso(campos)
        if not self._de_paso:
            suceso = self._sin_pasarse(suceso)
            proceso.desbordado |= len(self.sucesos) > MAXIMO_DE_SUCESOS
        if not proceso.contesta(suceso):
            self._anadir(proceso, suceso, tuple(reales) if reales else None)

    def _sin_pasarse(self, suceso: Suceso) -> Suceso:
        """El mismo suceso, sin sus datos si ya se guardan demasiados."""
        self._guardado += len(suceso.datos)
        return suceso._replace(datos=b"") if self._guardado > MAXIMO_GUARDADO else suceso

    def se_va(self, proceso: Proceso) -> None:
        """Su canal se ha cerrado: ha acabado, por las buenas o por las malas."""
        proceso.terminar()
        suceso = Suceso(
            "termina",
            proceso.pid,
            0,
            None,
            proceso.programa,
            time.monotonic(),
            pid_fuera=proceso.pid_fuera,
        )
        self.sucesos.append(suceso)
        self.ultima_actividad = suceso.instante

    def _anadir(self, proceso: Proceso, suceso: Suceso, reales: tuple[int, int] | None) -> None:
        repetido = not self._de_paso and self._es_otra_vuelta(proceso, suceso)
        if reales is not None and suceso.conexion is not None and reales[1]:
            self._emparejar(proceso, suceso.conexion, reales)
        proceso.anotar(suceso, reales)
        if not repetido:
            self.sucesos.append(suceso)
        if not repetido and not es_una_vuelta(suceso):
            self.ultima_actividad = max(self.ultima_actividad, suceso.instante)

    def _emparejar(self, proceso: Proceso, numero: int, reales: tuple[int, int]) -> None:
        """Apunta la punta por sus puertos; si un proceso bifurcado ya la contó, es la misma."""
        conocido = self.extremos.get(reales)
        if conocido is not None and not conocido.cerrado:
            proceso.compartir(numero, conocido)
        else:
            self.extremos[reales] = proceso.conexiones.setdefault(numero, Extremo())

    def _es_otra_vuelta(self, proceso: Proceso, suceso: Suceso) -> bool:
        """Un bucle que espera medio segundo y vuelve a esperar no llena el libro."""
        hilo = proceso.hilos.get(suceso.hilo)
        if hilo is None or not hilo.ultima:
            return False
        anterior = hilo.anterior
        return es_una_vuelta(suceso) or (
            suceso.tipo == "espera"
            and anterior is not None
            and (anterior.detalle, anterior.conexion) == (suceso.detalle, suceso.conexion)
        )
