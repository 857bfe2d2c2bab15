"""De lo que pasa en las conexiones, a líneas de una grabación: quién, por dónde y qué bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from chatlab.observador.grabacion.elenco import PRINCIPAL, EnEscena
from chatlab.observador.grabacion.enlaces import Enlaces, Lateral
from chatlab.observador.grabacion.formato import Linea, con_principio
from chatlab.observador.grabacion.fuentes import Fuentes
from chatlab.sonda import Direccion, Suceso

#: Lo que interrumpe una espera sin que el socket haya fallado.
NO_ES_DEL_SOCKET = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})

#: Cómo se traduce un suceso de un programa.
Traduce = Callable[[Suceso, EnEscena], Iterator[Linea]]


class DeConexiones:
    """Sabe por qué byte va cada conexión."""

    def __init__(self, programas: Mapping[int, EnEscena], fuentes: Fuentes) -> None:
        self._programas = programas
        self._fuentes = fuentes
        self._enlaces = Enlaces()
        #: Qué hace con cada suceso.
        self.como: dict[str, Traduce] = {
            "listen": self._listen,
            "connect": self._abre,
            "accept": self._abre,
            "hereda": self._hereda,
            "send": self._send,
            "recv": self._recv,
            "shutdown": self._shutdown,
            "close": self._close,
            "fallo": self._fallo,
            "prohibido": self._detalle,
            "udp": self._detalle,
            "bind": self._detalle,
        }

    def espera(self, suceso: Suceso) -> Linea:
        """Lo que hay que añadir a una espera, si es en una conexión."""
        lateral = self._lateral(suceso)
        if lateral is None:
            return {}
        if suceso.detalle == "send":
            lateral.caudal.empezar((suceso.pid, suceso.hilo), suceso.cuantos)
        return {"c": lateral.enlace.c}

    def sigue(self, suceso: Suceso) -> None:
        """Ese hilo deja de esperar: tampoco envía nada."""
        if (lateral := self._lateral(suceso)) is not None:
            lateral.caudal.en_curso.pop((suceso.pid, suceso.hilo), None)

    def cerrar_las_de(self, pid: int, uno: EnEscena) -> Iterator[Linea]:
        """Ese programa acaba, y el sistema cierra las que dejó abiertas."""
        for clave in self._enlaces.de_un_programa(pid):
            lateral = self._enlaces.soltar(clave, uno.p)
            if lateral is not None:
                linea: Linea = {"que": "close", "p": uno.p, "h": PRINCIPAL, "c": lateral.enlace.c}
                yield linea | {"lado": lateral.lado, "por": "fin"}

    # --- Cada suceso ---

    def _lateral(self, suceso: Suceso) -> Lateral | None:
        if suceso.conexion is None:
            return None
        return self._enlaces.de((suceso.pid, suceso.conexion))

    def _de_lado(self, que: str, suceso: Suceso, uno: EnEscena, lateral: Lateral) -> Linea:
        return uno.linea(que, suceso) | {"c": lateral.enlace.c, "lado": lateral.lado}

    def _listen(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = uno.linea("listen", suceso) | {"direccion": _direccion(suceso.local)}
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

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
        return self._fuentes.con_lugar(linea, suceso, uno.archivo)

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
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

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
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

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
            yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

    def _close(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        if suceso.conexion is None:
            return
        lateral = self._enlaces.soltar((suceso.pid, suceso.conexion), uno.p)
        if lateral is not None:
            linea = self._de_lado("close", suceso, uno, lateral)
            yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

    def _fallo(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        operacion, _, error = suceso.detalle.partition(": ")
        nombre, _, mensaje = error.partition(": ")
        if nombre in NO_ES_DEL_SOCKET:
            yield uno.linea("sigue", suceso)
            return
        linea = uno.linea("fallo", suceso)
        lateral = self._lateral(suceso)
        if lateral is not None:
            linea |= {"c": lateral.enlace.c, "lado": lateral.lado}
            if operacion == "send":
                # Los bytes de un envío que falla pueden haber salido o no.
                lateral.caudal.fallar((suceso.pid, suceso.hilo))
        linea |= {"operacion": operacion, "error": nombre, "mensaje": mensaje}
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)

    def _detalle(self, suceso: Suceso, uno: EnEscena) -> Iterator[Linea]:
        linea = uno.linea(suceso.tipo, suceso)
        linea["detalle"] = suceso.detalle or _direccion(suceso.local)
        yield self._fuentes.con_lugar(linea, suceso, uno.archivo)


def _direccion(direccion: Direccion | None) -> str:
    """«127.0.0.1:8000»; vacío si no se sabe."""
    if direccion is None:
        return ""
    host = f"[{direccion[0]}]" if ":" in direccion[0] else direccion[0]
    return f"{host}:{direccion[1]}"
