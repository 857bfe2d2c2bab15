"""La grabadora: apunta lo que hacen unos programas mientras lo hacen.

    with Testigo(oidor=grabadora.sucesos) as testigo: ...

Lo que cuentan las sondas llega por muchos canales. Un hilo lo pone en orden, lo traduce y lo
escribe cada `RITMO`: quien llama a la grabadora solo deja lo suyo en una lista.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from chatlab.observador.grabacion.cinta import Cinta, cabecera
from chatlab.observador.grabacion.colas import FINAL, PANTALLA, TECLADO
from chatlab.observador.grabacion.en_vivo import EnVivo
from chatlab.observador.grabacion.formato import TOPE, Linea
from chatlab.observador.grabacion.salida import Destino, SalidaDeGrabacion
from chatlab.observador.grabacion.traductor import Traductor
from chatlab.sonda import Suceso

#: Segundos entre dos escrituras, y los que se espera a saber de quién es un proceso nuevo o con
#: qué código acabó.
RITMO = 0.01
PACIENCIA = 0.5


class Grabadora:
    """Escribe una grabación en un archivo, o da cada línea, sin su salto, a una función.

    `tope` son los bytes que se escriben enteros; después, muestras. `reloj` da segundos, los
    mismos que los sucesos de la sonda. Lanza `ErrorDeArchivo` si no se puede escribir: al empezar,
    o al cerrar si dejó de poderse entre medias.
    """

    def __init__(
        self,
        destino: Destino,
        *,
        titulo: str = "",
        tope: int = TOPE,
        reloj: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reloj = reloj
        self._salida = SalidaDeGrabacion(destino)
        self._cinta = Cinta(self._salida.escribir, cabecera(titulo, tope), reloj())
        self._traductor = Traductor()
        self._orden = EnVivo()
        self._pids: dict[int, int] = {}
        #: Lo que se dice de cada programa antes que nada suyo; y lo que se escribirá en su momento:
        #: por el número que lleva en su suceso.
        self._presentaciones: dict[int, list[Linea]] = {}
        self._apartado: dict[int, list[Linea]] = {}
        self._apartados = 0
        self._sin_dueno: dict[int, list[tuple[float, Suceso]]] = {}
        self._con_sonda: set[int] = set()
        self._codigos: dict[int, int | None] = {}
        self._cambio = threading.Condition()
        self._cerrada = False
        self._cinta.soltar()
        self._hilo = threading.Thread(target=self._trabajar, name="grabadora", daemon=True)
        self._hilo.start()

    # --- Lo que se le cuenta ---

    def programa(
        self,
        nombre: str,
        papel: str,
        orden: Sequence[str],
        *,
        archivo: Path | None,
        pid: int | None = None,
        terminal: str | None = None,
        filas: int = 24,
        columnas: int = 80,
    ) -> int:
        """Un programa ha arrancado; devuelve su número `p`."""
        with self._cambio:
            ahora = self._reloj()
            uno, lineas = self._traductor.programa(
                pid,
                nombre,
                papel,
                orden,
                archivo=archivo,
                terminal=terminal,
                filas=filas,
                columnas=columnas,
            )
            clave = self._pids[uno.p] = pid if pid is not None else -uno.p
            del_programa = self._sin_dueno.pop(clave, [])
            self._presentaciones[clave] = lineas
            self._apartar(clave, [], min([ahora, *(s.instante for _, s in del_programa)]))
            for _, suceso in del_programa:
                self._orden.llega(suceso)
            return uno.p

    def pantalla(self, p: int, datos: bytes, instante: float | None = None) -> None:
        """Esos bytes han salido en su terminal; `instante`, si no es ahora, de `reloj`."""
        self._de_terminal("pantalla", PANTALLA, p, datos, instante)

    def tecla(self, p: int, datos: bytes, instante: float | None = None) -> None:
        """Esos bytes se han tecleado en ella."""
        self._de_terminal("tecla", TECLADO, p, datos, instante)

    def tamano(self, p: int, filas: int, columnas: int) -> None:
        """Su terminal ha cambiado de tamaño."""
        self._poner(p, {"que": "tamano", "p": p, "filas": filas, "columnas": columnas})

    def senal(self, p: int, senal: str) -> None:
        """Se le ha enviado una señal: «SIGSTOP», «SIGCONT», «SIGKILL» o «SIGINT»."""
        self._poner(p, {"que": "senal", "p": p, "senal": senal})

    def termina(self, p: int, codigo: int | None) -> None:
        """Ha terminado con ese código, negativo si fue una señal."""
        with self._cambio:
            ahora = self._reloj()
            clave = self._pids[p]
            self._codigos[clave] = codigo
            self._orden.llega(Suceso("codigo", clave, FINAL, None, "", ahora))
            self._cambio.notify()

    def sucesos(self, sucesos: Iterable[Suceso]) -> None:
        """Lo que acaban de contar las sondas, en el orden en que llega."""
        with self._cambio:
            ahora = self._reloj()
            for suceso in sucesos:
                if self._traductor.es_de_la_sonda(suceso):
                    self._llega(suceso, ahora)
            self._cambio.notify()

    def marca(self, texto: str, p: int | None = None, clave: str | None = None) -> None:
        """Un momento por el que vale la pena abrir la grabación."""
        linea: Linea = {"que": "marca", "texto": texto}
        linea |= {
            campo: valor for campo, valor in (("p", p), ("clave", clave)) if valor is not None
        }
        self._poner(p, linea)

    def cerrar(self) -> None:
        """Escribe todo lo que falte y la línea «fin». Después no se apunta nada más.

        Lanza `ErrorDeArchivo` si algo no se pudo escribir.
        """
        with self._cambio:
            if self._cerrada:
                return
            self._cerrada = True
            self._cambio.notify()
        self._hilo.join()
        with self._cambio:
            for pid in list(self._sin_dueno):
                self._adoptar(pid)
            self._contar(self._orden.acabar())
            self._despedir_a_todos()
            self._cinta.cerrar(self._reloj())
            self._salida.cerrar()

    # --- Lo que hace con ello ---

    def _trabajar(self) -> None:
        while True:
            with self._cambio:
                while not (self._cerrada or self._orden.pendiente or self._sin_dueno):
                    self._cambio.wait()
                if self._cerrada:
                    return
                self._cambio.wait_for(lambda: self._cerrada, RITMO)
                ahora = self._reloj()
                for pid, suyos in list(self._sin_dueno.items()):
                    if ahora - suyos[0][0] > PACIENCIA:
                        self._adoptar(pid)
                self._orden.causas.faltan_procesos = bool(self._sin_dueno)
                self._contar(self._orden.listos(ahora))
                self._cinta.soltar()

    def _llega(self, suceso: Suceso, ahora: float) -> None:
        if suceso.pid_fuera and self._traductor.conoce(suceso.pid_fuera) is not None:
            suceso = suceso._replace(pid=suceso.pid_fuera)
        pid = suceso.pid
        if suceso.tipo == "arranca":
            self._con_sonda.add(pid)
        if self._traductor.conoce(pid) is not None:
            self._orden.llega(suceso)
            return
        self._sin_dueno.setdefault(pid, []).append((ahora, suceso))
        if suceso.tipo == "arranca" and self._traductor.conoce(suceso.cuantos) is not None:
            self._adoptar(pid)

    def _adoptar(self, pid: int) -> None:
        """Un proceso que nadie ha presentado: hijo de otro que sí, o un desconocido."""
        suyos = self._sin_dueno.pop(pid)
        primero = suyos[0][1]
        padre = primero.cuantos
        if self._traductor.conoce(padre) is not None and padre not in self._con_sonda:
            # En Windows, el Python de un entorno virtual arranca a otro, que es el programa.
            self._con_sonda.add(padre)
            self._traductor.es_el_mismo(pid, padre)
            presentacion: list[Linea] = []
        else:
            _, presentacion = self._traductor.aparece(primero)
        self._presentaciones[pid] = self._presentaciones.pop(padre, []) + presentacion
        for _, suceso in suyos:
            self._orden.llega(suceso)

    def _de_terminal(
        self, tipo: str, hilo: int, p: int, datos: bytes, instante: float | None
    ) -> None:
        with self._cambio:
            ahora = self._reloj()
            cuando = ahora if instante is None else instante
            suceso = Suceso(tipo, self._pids[p], hilo, None, "", cuando, datos=datos)
            self._orden.llega(suceso)
            self._cambio.notify()

    def _poner(self, p: int | None, linea: Linea) -> None:
        with self._cambio:
            clave = self._pids[p] if p is not None else 0
            self._apartar(clave, [linea], self._reloj())
            self._cambio.notify()

    def _apartar(self, clave: int, lineas: list[Linea], instante: float) -> None:
        self._apartados += 1
        self._apartado[self._apartados] = lineas
        suceso = Suceso("apartado", clave, TECLADO, None, "", instante, cuantos=self._apartados)
        self._orden.llega(suceso)

    def _contar(self, en_orden: Iterable[Suceso]) -> None:
        for suceso in en_orden:
            lineas = self._presentaciones.pop(suceso.pid, None) or []
            if suceso.tipo == "apartado":
                lineas += self._apartado.pop(suceso.cuantos)
            elif suceso.tipo == "codigo":
                lineas += self._despedir(suceso.pid)
            else:
                lineas += self._traductor.traducir(suceso)
            for linea in lineas:
                self._cinta.poner(linea, suceso.instante)

    def _despedir(self, pid: int) -> list[Linea]:
        uno = self._traductor.conoce(pid)
        assert uno is not None
        return [*self._traductor.fin(uno, self._codigos.get(pid))]

    def _despedir_a_todos(self) -> None:
        """De quien acabó sin que se sepa con qué código, también se dice."""
        finales = [
            linea for uno in self._traductor.acabados() for linea in self._traductor.fin(uno, None)
        ]
        for linea in [*finales, *self._traductor.acabar()]:
            self._cinta.poner(linea, self._reloj())
