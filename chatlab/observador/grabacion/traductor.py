"""De los sucesos de la sonda, ya en orden, a las líneas de una grabación."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from chatlab.observador.grabacion.de_conexiones import DeConexiones
from chatlab.observador.grabacion.elenco import EnEscena
from chatlab.observador.grabacion.formato import Linea
from chatlab.observador.grabacion.fuentes import Fuentes
from chatlab.observador.grabacion.letras import LetrasEnteras
from chatlab.sonda import Suceso

#: Los sucesos que dan nombre a un hilo, o que no son de ninguno.
PRESENTAN = frozenset({"arranca", "hilo_arrancado", "termina"})
#: Lo que no cuentan las sondas, sino quien tiene las terminales.
DE_QUIEN_GRABA = frozenset({"pantalla", "tecla"})
#: Cómo llama la sonda a lo que espera un hilo, si aquí se llama de otro modo.
_EN = {"candado": "hilo"}


class Traductor:
    """Sabe lo que ya ha pasado, y con eso numera hilos y conexiones y cuenta bytes."""

    def __init__(self) -> None:
        self._programas: dict[int, EnEscena] = {}
        self._cuantos = 0
        self._fuentes = Fuentes()
        self._conexiones = DeConexiones(self._programas, self._fuentes)
        self._letras: dict[int, LetrasEnteras] = {}
        self._como: dict[str, Callable[[Suceso, EnEscena], Iterator[Linea]]] = {
            "arranca": self._nada,
            "hilo_creado": self._hilo_creado,
            "hilo_arrancado": self._hilo_arrancado,
            "hilo_terminado": self._hilo_terminado,
            "espera": self._espera,
            "sigue": self._sigue,
            "candado": self._candado,
            "pantalla": self._pantalla,
            "tecla": self._tecla,
            "termina": self._termina,
            **self._conexiones.como,
        }

    # --- Quién es quién ---

    def conoce(self, pid: int) -> EnEscena | None:
        """El programa con ese PID, si está en la grabación."""
        return self._programas.get(pid)

    def programa(
        self,
        pid: int | None,
        nombre: str,
        papel: str,
        orden: Sequence[str],
        *,
        archivo: Path | None = None,
        padre: int | None = None,
        terminal: str | None = None,
        filas: int = 24,
        columnas: int = 80,
    ) -> tuple[EnEscena, list[Linea]]:
        """Un programa más, y las líneas que lo dicen. Sin PID, no llevará la sonda."""
        self._cuantos += 1
        uno = EnEscena(self._cuantos, nombre, papel, list(orden), archivo)
        self._programas[pid if pid is not None else -uno.p] = uno
        if archivo is not None:
            uno.ruta = self._fuentes.principal(archivo)
        linea: Linea = {"que": "programa", "p": uno.p, "nombre": nombre, "papel": papel}
        linea |= {"orden": uno.orden, "archivo": uno.ruta, "padre": padre, "pid": pid}
        linea |= {"terminal": terminal, "filas": filas, "columnas": columnas}
        return uno, [*self._archivos(), linea]

    def es_de_la_sonda(self, suceso: Suceso) -> bool:
        """Si lo puede contar una sonda: por su canal puede escribir cualquiera otra cosa."""
        return suceso.tipo in self._como and suceso.tipo not in DE_QUIEN_GRABA

    def aparece(self, suceso: Suceso) -> tuple[EnEscena, list[Linea]]:
        """Un proceso que nadie presentó: si lo bifurcó uno conocido, se llama como él."""
        padre = self._programas.get(suceso.cuantos) if suceso.tipo == "arranca" else None
        if padre is None:
            nombre = suceso.programa or "programa"
            uno, lineas = self.programa(suceso.pid, nombre, "programa", [nombre])
            uno.presentado = False
            return uno, lineas
        padre.hijos += 1
        uno, lineas = self.programa(
            suceso.pid,
            f"{padre.nombre}, hijo {padre.hijos}",
            padre.papel,
            padre.orden,
            archivo=padre.archivo,
            padre=padre.p,
        )
        uno.padre, uno.presentado = suceso.cuantos, False
        return uno, lineas

    def es_el_mismo(self, pid: int, lanzador: int) -> None:
        """Ese proceso es el programa que arrancó otro que no lleva sonda: un lanzador."""
        self._programas[pid] = self._programas[lanzador]

    def acabados(self) -> list[EnEscena]:
        """Los programas que han acabado sin que se haya escrito."""
        unicos = {uno.p: uno for uno in self._programas.values()}
        return [uno for uno in unicos.values() if uno.acabado and not uno.terminado]

    def traducir(self, suceso: Suceso) -> Iterator[Linea]:
        """Las líneas que cuentan ese suceso, sin su `t`."""
        uno = self._programas.get(suceso.pid)
        como = self._como.get(suceso.tipo)
        if uno is None or como is None:
            return
        if suceso.tipo not in PRESENTAN:
            yield from self._presentar(suceso.hilo, uno)
        for linea in como(suceso, uno):
            yield from self._archivos()
            yield linea

    def _archivos(self) -> Iterator[Linea]:
        for ruta, texto in self._fuentes.recoger():
            yield {"que": "archivo", "ruta": ruta, "texto": texto}

    def _nada(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.con_sonda = True
        uno.hilos = {}
        uno.nombrados = 0
        uno.hilo_nuevo(suceso.hilo)
        yield uno.linea("hilo", suceso) | {"nombre": "principal"}

    # --- Hilos ---

    def _presentar(self, hilo: int, uno: EnEscena) -> Iterator[Linea]:
        """De quien no arranca sus hilos con `threading` solo se sabe que existen."""
        if hilo >= 0 and hilo not in uno.hilos:
            h = uno.hilo_nuevo(hilo)
            yield {"que": "hilo", "p": uno.p, "h": h, "nombre": f"hilo {h}"}

    def _hilo_creado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.creados[suceso.cuantos] = suceso.lugar
        yield from ()

    def _hilo_arrancado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.hilo_nuevo(suceso.hilo)
        linea = uno.linea("hilo", suceso) | {"nombre": suceso.detalle}
        if lugar := uno.creados.pop(suceso.cuantos, ""):
            linea["lugar"] = self._fuentes.lugar(lugar, uno.archivo)
        yield linea

    def _hilo_terminado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        yield uno.linea("hilo_termina", suceso)
        uno.hilos.pop(suceso.hilo, None)

    def _espera(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        if suceso.dueno:
            yield from self._presentar(suceso.dueno, uno)
        linea = uno.linea("espera", suceso)
        linea["en"] = suceso.detalle if suceso.candado else _EN.get(suceso.detalle, suceso.detalle)
        if suceso.candado:
            linea["candado"] = suceso.candado
        if suceso.dueno:
            linea["dueno"] = uno.hilos[suceso.dueno]
        linea |= self._conexiones.espera(suceso)
        if suceso.plazo is not None:
            linea["plazo"] = suceso.plazo
        if suceso.cuantos:
            linea["cuantos"] = suceso.cuantos
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

    def _sigue(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        self._conexiones.sigue(suceso)
        linea = uno.linea("sigue", suceso)
        if suceso.detalle == "vencido":
            linea["vencido"] = True
        yield linea

    def _candado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = uno.linea("candado", suceso)
        linea |= {"candado": suceso.candado, "que_hace": suceso.detalle}
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

    # --- Terminales y finales ---

    def _pantalla(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        letras = self._letras.setdefault(uno.p, LetrasEnteras())
        for campos in letras.llegan(suceso.datos):
            yield {"que": "pantalla", "p": uno.p, **campos}

    def _tecla(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        yield {"que": "tecla", "p": uno.p, "texto": suceso.datos.decode("utf-8", "replace")}

    def _termina(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        """Acaba: el sistema cierra lo que dejó abierto, y en su pantalla no saldrá más."""
        yield from self._conexiones.cerrar_las_de(suceso.pid, uno)
        uno.acabado = True
        if not uno.presentado:
            yield from self.fin(uno, None)

    def fin(self, uno: EnEscena, codigo: int | None) -> Iterator[Linea]:
        """La línea «termina» de un programa, con lo que quedaba de su pantalla."""
        yield from self._acaba_la_pantalla(uno.p)
        uno.terminado = True
        yield {"que": "termina", "p": uno.p, "codigo": codigo}

    def acabar(self) -> Iterator[Linea]:
        """No se graba más: lo que quedaba de las pantallas de quienes siguen en marcha."""
        for p in list(self._letras):
            yield from self._acaba_la_pantalla(p)

    def _acaba_la_pantalla(self, p: int) -> Iterator[Linea]:
        for campos in self._letras.pop(p, LetrasEnteras()).acaban():
            yield {"que": "pantalla", "p": p, **campos}
