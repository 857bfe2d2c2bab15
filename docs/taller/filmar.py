"""La película de un guion: lo que hicieron sus programas, en un archivo que el reproductor enseña.

Sale de la misma ejecución que las consolas y el diagrama. De la máquina no lleva nada, y los
tiempos son los de `docs/taller/compas.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

from chatlab.corrector.jaula.rollo import Trazo
from chatlab.observador.grabacion import (
    DePantalla,
    Grabacion,
    ProgramaGrabado,
    datos_de,
    grabar_sucesos,
)
from chatlab.observador.grabacion.formato import con_principio
from chatlab.sonda import Suceso
from docs.taller.compas import NADA, Linea, a_compas
from docs.taller.guion import Guion, GuionMal, Momento
from docs.taller.pantalla import COLUMNAS

#: Las filas con las que se enseña una terminal; la del rodaje tiene más.
FILAS = 24
#: Bytes de una película que se guarda entera; de una más larga, menos bytes de cada envío.
LIGERA = 40_000
MUESTRA = 16


@dataclass(frozen=True, slots=True)
class EnEscena:
    """Un programa del rodaje: quién lo arrancó, con qué orden y lo que pasó en su terminal."""

    quien: str
    orden: str
    archivo: Path | None
    pid: int | None
    codigo: int | None
    trazos: Sequence[Trazo]


def filmar(
    guion: Guion,
    programas: Sequence[EnEscena],
    sucesos: Sequence[Suceso],
    cortes: Sequence[float],
    rutas: dict[str, str],
) -> str:
    """El texto de la película. `cortes` son los instantes en que empieza cada acción.

    `rutas` son las de esta máquina, y lo que se enseña en su lugar. Lanza `GuionMal` si un momento
    del guion no ocurre.
    """
    hecha = grabar_sucesos(
        list(_finales_a_su_hora(sucesos, programas)),
        list(_presentar(programas)),
        list(_pantallas(programas, rutas)),
        titulo=guion.titulo,
        desde=cortes[0],
    )
    relativos = [corte - cortes[0] for corte in cortes]
    ultimas = [_de_quien(guion, momento, hecha, relativos) for momento in guion.momentos]
    lineas = a_compas(hecha.lineas, relativos)
    for lugar, momento in sorted(
        zip(ultimas, guion.momentos, strict=True), reverse=True, key=itemgetter(0)
    ):
        lineas.insert(lugar, _marca(momento, lineas[lugar]))
    pelicula = Grabacion(hecha.cabecera, lineas)
    if len(pelicula.texto().encode()) > LIGERA:
        pelicula.lineas = [_con_menos_datos(linea) for linea in lineas]
    return pelicula.texto()


def _con_menos_datos(linea: Linea) -> Linea:
    """La misma, con el principio de lo que se envió o se recibió: cuántos bytes eran no cambia."""
    datos = datos_de(linea)
    if linea["que"] not in ("send", "recv") or len(datos) <= MUESTRA:
        return linea
    resto = {campo: valor for campo, valor in linea.items() if campo not in ("texto", "b64")}
    return resto | con_principio(datos[:MUESTRA].rstrip(b"\0"), linea["cuantos"])


def _presentar(programas: Sequence[EnEscena]) -> Iterator[ProgramaGrabado]:
    veces: dict[str, int] = {}
    for programa in programas:
        vez = veces[programa.quien] = veces.get(programa.quien, 0) + 1
        yield ProgramaGrabado(
            nombre=programa.quien if vez == 1 else f"{programa.quien} ({vez})",
            papel=_papel(programa.orden),
            orden=programa.orden.split(" "),
            archivo=programa.archivo,
            pid=programa.pid,
            terminal="pty",
            filas=FILAS,
            columnas=COLUMNAS,
            codigo=programa.codigo,
        )


def _finales_a_su_hora(
    sucesos: Sequence[Suceso], programas: Sequence[EnEscena]
) -> Iterator[Suceso]:
    """Los mismos, y el final de cada programa justo detrás de lo último que hizo.

    Del final se sabe cuando ya ha pasado, y sin adelantarlo otro contaría en su pantalla que se ha
    ido quien, en la película, aún está.
    """
    ultimos = {p.pid: max((t.instante for t in p.trazos), default=0.0) for p in programas}
    for suceso in sucesos:
        if suceso.tipo != "termina" and suceso.pid in ultimos:
            ultimos[suceso.pid] = max(ultimos[suceso.pid], suceso.instante)
    for suceso in sucesos:
        if suceso.tipo == "termina" and suceso.pid in ultimos:
            despues_de = ultimos[suceso.pid] + 1e-6
            yield suceso._replace(instante=min(suceso.instante, despues_de))
        else:
            yield suceso


def _papel(orden: str) -> str:
    for papel in ("servidor", "cliente"):
        if papel in orden:
            return papel
    return "programa"


def _pantallas(programas: Sequence[EnEscena], rutas: dict[str, str]) -> Iterator[DePantalla]:
    for numero, programa in enumerate(programas):
        for trazo in con_el_eco_a_su_hora(sin_rutas(programa.trazos, rutas)):
            if trazo.que != "senal":
                tecleado = trazo.que == "tecla"
                yield DePantalla(numero, trazo.instante, trazo.datos, tecleado=tecleado)


def sin_rutas(trazos: Sequence[Trazo], rutas: dict[str, str]) -> list[Trazo]:
    """Los mismos trazos, con otra cosa donde salía una ruta, también si salió en dos veces."""
    limpios = list(trazos)
    salidas = [n for n, trazo in enumerate(trazos) if trazo.que == "pantalla"]
    for anterior, siguiente in pairwise(salidas):
        cortada = _empieza_una_ruta(limpios[anterior].datos, limpios[siguiente].datos, rutas)
        if cortada:
            primero, segundo = limpios[anterior], limpios[siguiente]
            limpios[anterior] = primero._replace(datos=primero.datos[:-cortada])
            limpios[siguiente] = segundo._replace(datos=primero.datos[-cortada:] + segundo.datos)
    return [_cambiar(trazo, rutas) for trazo in limpios]


def con_el_eco_a_su_hora(trazos: Sequence[Trazo]) -> list[Trazo]:
    """Los mismos trazos, con lo tecleado en la pantalla en cuanto se teclea.

    La terminal lo enseña entonces; quien lee lo que sale lo hace más tarde, quizá ya con lo que
    contesta el programa.
    """
    puestos = list(trazos)
    for lugar in [n for n, trazo in enumerate(trazos) if trazo.que == "tecla"][::-1]:
        sale = next((n for n in range(lugar, len(puestos)) if puestos[n].que == "pantalla"), None)
        eco = puestos[lugar].datos.replace(b"\r", b"\r\n")
        if sale is not None and len(eco) > 2 and puestos[sale].datos.startswith(eco):
            puestos[sale] = puestos[sale]._replace(datos=puestos[sale].datos.removeprefix(eco))
            puestos.insert(lugar + 1, puestos[lugar]._replace(que="pantalla", datos=eco))
    return [trazo for trazo in puestos if trazo.datos]


def _empieza_una_ruta(datos: bytes, siguen: bytes, rutas: dict[str, str]) -> int:
    """Cuántos bytes del final son el principio de una ruta que acaba en el trozo siguiente."""
    for ruta in map(str.encode, rutas):
        for cuantos in range(min(len(ruta) - 1, len(datos)), 0, -1):
            if datos.endswith(ruta[:cuantos]) and siguen.startswith(ruta[cuantos:]):
                return cuantos
    return 0


def _cambiar(trazo: Trazo, rutas: dict[str, str]) -> Trazo:
    datos = trazo.datos.replace(b"\0", b"")  # en una terminal no se ven, y ocupan
    for ruta, mostrada in rutas.items():
        datos = datos.replace(ruta.encode(), mostrada.encode())
    return trazo._replace(datos=datos)


def _de_quien(guion: Guion, momento: Momento, hecha: Grabacion, cortes: Sequence[float]) -> int:
    """El lugar de la línea que un momento señala."""
    nombres = {programa["p"]: programa["nombre"] for programa in hecha.programas}
    acaba = cortes[momento.accion + 1] if momento.accion + 1 < len(cortes) else float("inf")
    valen = [
        lugar
        for lugar, linea in enumerate(hecha.lineas)
        if cortes[momento.accion] <= linea["t"] and _es(linea, momento, nombres)
    ]
    # Con la máquina ocupada, lo que causa una acción puede ocurrir cuando ya se hace la siguiente.
    valen = [lugar for lugar in valen if hecha.lineas[lugar]["t"] < acaba] or valen[:1]
    if not valen:
        raise GuionMal(f"{guion.nombre}: el momento «{momento.clave}» no ocurre.")
    return valen[-1]


def _es(linea: Linea, momento: Momento, nombres: dict[int, str]) -> bool:
    return (
        linea["que"] == momento.que
        and momento.en in ("", linea.get("en"))
        and momento.quien in ("", nombres.get(linea.get("p", 0)))
    )


def _marca(momento: Momento, suceso: Linea) -> Linea:
    """La línea que lo señala, justo delante: al abrir la película ahí, se ve el suceso."""
    cuando = round(suceso["t"] - NADA / 2, 6)
    return {"que": "marca", "t": cuando, "texto": momento.texto, "clave": momento.clave}
