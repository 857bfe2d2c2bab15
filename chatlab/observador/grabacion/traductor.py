"""De los sucesos de la sonda, ya en orden, a las líneas de una grabación."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from chatlab.observador.grabacion.elenco import PRINCIPAL, EnEscena
from chatlab.observador.grabacion.enlaces import Enlaces, Lateral
from chatlab.observador.grabacion.formato import Linea, con_principio
from chatlab.observador.grabacion.fuentes import Fuentes
from chatlab.observador.grabacion.letras import LetrasEnteras
from chatlab.sonda import Suceso

#: Los sucesos que dan nombre a un hilo.
PRESENTAN = frozenset({"arranca", "hilo_arrancado"})
#: Lo que interrumpe una espera sin que el socket haya fallado.
NO_ES_DEL_SOCKET = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})
#: Cómo llama la sonda a lo que espera un hilo, si aquí se llama de otro modo.
_EN = {"candado": "hilo"}


class Traductor:
    """Sabe lo que ya ha pasado, y con eso numera hilos y conexiones y cuenta bytes."""

    def __init__(self) -> None:
        self._programas: dict[int, EnEscena] = {}
        self._cuantos = 0
        self._enlaces = Enlaces()
        self._fuentes = Fuentes()
        self._letras: dict[int, LetrasEnteras] = {}
        self._como: dict[str, Callable[[Suceso, EnEscena], Iterator[Linea]]] = {
            "arranca": self._nada,
            "hilo_creado": self._hilo_creado,
            "hilo_arrancado": self._hilo_arrancado,
            "hilo_terminado": self._hilo_terminado,
            "listen": self._listen,
            "connect": self._abre,
            "accept": self._abre,
            "hereda": self._hereda,
            "send": self._send,
            "recv": self._recv,
            "shutdown": self._shutdown,
            "close": self._close,
            "espera": self._espera,
            "sigue": self._sigue,
            "candado": self._candado,
            "fallo": self._fallo,
            "prohibido": self._detalle,
            "udp": self._detalle,
            "bind": self._detalle,
            "pantalla": self._pantalla,
            "tecla": self._tecla,
            "termina": self._termina,
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

    def aparece(self, suceso: Suceso) -> tuple[EnEscena, list[Linea]]:
        """Un proceso que nadie presentó: si lo bifurcó uno conocido, se llama como él."""
        padre = self._programas.get(suceso.cuantos) if suceso.tipo == "arranca" else None
        if padre is None:
            nombre = suceso.programa or "programa"
            return self.programa(suceso.pid, nombre, "programa", [nombre])
        padre.hijos += 1
        uno, lineas = self.programa(
            suceso.pid,
            f"{padre.nombre}, hijo {padre.hijos}",
            padre.papel,
            padre.orden,
            archivo=padre.archivo,
            padre=padre.p,
        )
        uno.padre = suceso.cuantos
        return uno, lineas

    def acabados(self) -> list[int]:
        """Los PID de los programas que han acabado sin que se haya escrito."""
        return [pid for pid, uno in self._programas.items() if uno.acabado and not uno.terminado]

    def traducir(self, suceso: Suceso) -> Iterator[Linea]:
        """Las líneas que cuentan ese suceso, sin su `t`."""
        uno = self._programas.get(suceso.pid)
        como = self._como.get(suceso.tipo)
        if uno is None or como is None:
            return
        if suceso.hilo > 0 and suceso.hilo not in uno.hilos and suceso.tipo not in PRESENTAN:
            # De quien arranca un hilo sin `threading` no se sabe más.
            h = uno.hilo_nuevo(suceso.hilo)
            yield {"que": "hilo", "p": uno.p, "h": h, "nombre": f"hilo {h}"}
        for linea in como(suceso, uno):
            yield from self._archivos()
            yield linea

    def _archivos(self) -> Iterator[Linea]:
        for ruta, texto in self._fuentes.recoger():
            yield {"que": "archivo", "ruta": ruta, "texto": texto}

    def _de(self, que: str, suceso: Suceso, uno: EnEscena) -> Linea:
        """Lo que llevan todas las líneas de un hilo."""
        return {"que": que, "p": uno.p, "h": uno.hilos[suceso.hilo]}

    def _con_lugar(self, linea: Linea, suceso: Suceso, uno: EnEscena) -> Linea:
        if suceso.lugar:
            linea["lugar"] = self._fuentes.lugar(suceso.lugar, uno.archivo)
        return linea

    def _nada(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.con_sonda = True
        uno.hilos = {}
        uno.nombrados = 0
        uno.hilo_nuevo(suceso.hilo)
        yield self._de("hilo", suceso, uno) | {"nombre": "principal"}

    # --- Hilos ---

    def _hilo_creado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.creados[suceso.cuantos] = suceso.lugar
        yield from ()

    def _hilo_arrancado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        uno.hilo_nuevo(suceso.hilo)
        linea = self._de("hilo", suceso, uno) | {"nombre": suceso.detalle}
        if lugar := uno.creados.pop(suceso.cuantos, ""):
            linea["lugar"] = self._fuentes.lugar(lugar, uno.archivo)
        yield linea

    def _hilo_terminado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        yield self._de("hilo_termina", suceso, uno)
        uno.hilos.pop(suceso.hilo, None)

    def _espera(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = self._de("espera", suceso, uno)
        linea["en"] = suceso.detalle if suceso.candado else _EN.get(suceso.detalle, suceso.detalle)
        if suceso.candado:
            linea["candado"] = suceso.candado
        if suceso.dueno:
            linea["dueno"] = uno.hilos.get(suceso.dueno) or uno.hilo_nuevo(suceso.dueno)
        lateral = self._lateral(suceso)
        if lateral is not None:
            linea["c"] = lateral.enlace.c
            if suceso.detalle == "send":
                lateral.caudal.empezar((suceso.pid, suceso.hilo), suceso.cuantos)
        if suceso.plazo is not None:
            linea["plazo"] = suceso.plazo
        if suceso.cuantos:
            linea["cuantos"] = suceso.cuantos
        yield self._con_lugar(linea, suceso, uno)

    def _sigue(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        lateral = self._lateral(suceso)
        if lateral is not None:
            lateral.caudal.en_curso.pop((suceso.pid, suceso.hilo), None)
        linea = self._de("sigue", suceso, uno)
        if suceso.detalle == "vencido":
            linea["vencido"] = True
        yield linea

    def _candado(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = self._de("candado", suceso, uno)
        linea |= {"candado": suceso.candado, "que_hace": suceso.detalle}
        yield self._con_lugar(linea, suceso, uno)

    # --- Conexiones ---

    def _lateral(self, suceso: Suceso) -> Lateral | None:
        if suceso.conexion is None:
            return None
        return self._enlaces.de((suceso.pid, suceso.conexion))

    def _de_lado(self, que: str, suceso: Suceso, uno: EnEscena, lateral: Lateral) -> Linea:
        return self._de(que, suceso, uno) | {"c": lateral.enlace.c, "lado": lateral.lado}

    def _listen(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = self._de("listen", suceso, uno) | {"direccion": _direccion(suceso.local)}
        yield self._con_lugar(linea, suceso, uno)

    def _abre(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        if suceso.conexion is None:
            return
        lateral = self._enlaces.abrir((suceso.pid, suceso.conexion), suceso, uno.p)
        yield self._puntas(suceso, uno, lateral)

    def _hereda(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        if suceso.conexion is None or suceso.remoto is None:
            return  # lo que solo escucha no es una conexión
        clave = (suceso.pid, suceso.conexion)
        lateral = self._enlaces.heredar(clave, suceso, uno.padre, uno.p)
        yield self._puntas(suceso, uno, lateral)

    def _puntas(self, suceso: Suceso, uno: EnEscena, lateral: Lateral) -> Linea:
        linea = self._de_lado(suceso.tipo, suceso, uno, lateral)
        linea |= {"local": _direccion(suceso.local), "remoto": _direccion(suceso.remoto)}
        return self._con_lugar(linea, suceso, uno)

    def _send(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        lateral = self._lateral(suceso)
        if lateral is None:
            return
        quien = (suceso.pid, suceso.hilo)
        lateral.caudal.en_curso.pop(quien, None)
        lateral.ultimo = quien
        desde, cuantos = lateral.caudal.enviar(suceso.cuantos)
        linea = self._de_lado("send", suceso, uno, lateral) | {"desde": desde, "cuantos": cuantos}
        if suceso.veces > 1:
            linea["veces"] = suceso.veces
        if cuantos == suceso.cuantos:
            linea |= con_principio(suceso.datos, suceso.cuantos)
        elif not cuantos:
            return  # ya se dedujo entero
        yield self._con_lugar(linea, suceso, uno)

    def _recv(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        lateral = self._lateral(suceso)
        if lateral is None:
            return
        desde = lateral.caudal.leer(suceso.cuantos)
        otro = lateral.otro
        if otro is not None and (faltan := otro.caudal.faltan(lateral.caudal.leidos)):
            yield self._deducido(otro, faltan, suceso)
        linea = self._de_lado("recv", suceso, uno, lateral)
        linea |= {"desde": desde, "cuantos": suceso.cuantos}
        if suceso.veces > 1:
            linea["veces"] = suceso.veces
        linea |= con_principio(suceso.datos, suceso.cuantos)
        yield self._con_lugar(linea, suceso, uno)

    def _deducido(self, otro: Lateral, cuantos: int, lectura: Suceso) -> Linea:
        """Lo que salió de un programa que no llegó a contarlo: se sabe porque ha llegado."""
        desde = otro.caudal.deducir(cuantos)
        p, h = self._quien_pudo_enviar(otro)
        linea: Linea = {"que": "send", "p": p, "h": h, "c": otro.enlace.c, "lado": otro.lado}
        linea |= {"desde": desde, "cuantos": cuantos, "deducido": True}
        if len(lectura.datos) == lectura.cuantos:
            linea |= con_principio(lectura.datos[-cuantos:], cuantos)
        return linea

    def _quien_pudo_enviar(self, lateral: Lateral) -> tuple[int, int]:
        """El último que envió por ahí, si no lo ha cerrado; si no, otro que lo tenga."""
        if lateral.ultimo is not None:
            quien = self._programas[lateral.ultimo[0]]
            if quien.p in lateral.duenos or not lateral.duenos:
                return quien.p, quien.hilos.get(lateral.ultimo[1], PRINCIPAL)
        return min(lateral.duenos, default=lateral.abrio), PRINCIPAL

    def _shutdown(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        lateral = self._lateral(suceso)
        if lateral is not None:
            linea = self._de_lado("shutdown", suceso, uno, lateral) | {"sentido": suceso.detalle}
            yield self._con_lugar(linea, suceso, uno)

    def _close(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        if suceso.conexion is None:
            return
        lateral = self._enlaces.soltar((suceso.pid, suceso.conexion), uno.p)
        if lateral is not None:
            linea = self._de_lado("close", suceso, uno, lateral)
            yield self._con_lugar(linea, suceso, uno)

    def _fallo(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        operacion, _, error = suceso.detalle.partition(": ")
        nombre, _, mensaje = error.partition(": ")
        if nombre in NO_ES_DEL_SOCKET:
            yield self._de("sigue", suceso, uno)
            return
        linea = self._de("fallo", suceso, uno)
        lateral = self._lateral(suceso)
        if lateral is not None:
            linea |= {"c": lateral.enlace.c, "lado": lateral.lado}
            if operacion == "send":
                # Los bytes de un envío que falla pueden haber salido o no.
                lateral.caudal.fallar((suceso.pid, suceso.hilo))
        linea |= {"operacion": operacion, "error": nombre, "mensaje": mensaje}
        yield self._con_lugar(linea, suceso, uno)

    def _detalle(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = self._de(suceso.tipo, suceso, uno)
        linea["detalle"] = suceso.detalle or _direccion(suceso.local)
        yield self._con_lugar(linea, suceso, uno)

    # --- Terminales y finales ---

    def _pantalla(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        letras = self._letras.setdefault(uno.p, LetrasEnteras())
        for campos in letras.llegan(suceso.datos):
            yield {"que": "pantalla", "p": uno.p, **campos}

    def _tecla(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        yield {"que": "tecla", "p": uno.p, "texto": suceso.datos.decode("utf-8", "replace")}

    def _termina(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        """Acaba: el sistema cierra lo que dejó abierto, y en su pantalla no saldrá más."""
        for clave in self._enlaces.de_un_programa(suceso.pid):
            lateral = self._enlaces.soltar(clave, uno.p)
            if lateral is not None:
                linea: Linea = {"que": "close", "p": uno.p, "h": 1, "c": lateral.enlace.c}
                yield linea | {"lado": lateral.lado, "por": "fin"}
        uno.acabado = True

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


def _direccion(direccion: Any) -> str:
    """«127.0.0.1:8000»; vacío si no se sabe."""
    if direccion is None:
        return ""
    host = f"[{direccion[0]}]" if ":" in direccion[0] else direccion[0]
    return f"{host}:{direccion[1]}"
