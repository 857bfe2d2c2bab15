"""De qué se habla al corregir: comprobaciones, resultados e informes.

    Comprobacion   qué se mira, cuántos puntos vale y dónde se explica
    Resultado      cómo le fue a una entrega en una comprobación
    Informe        todos los resultados de una entrega

Todo se puede convertir en JSON y volver: `pytest` corre en un proceso y quien enseña los
resultados, en otro.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.diagnostico.que_pasa import Pasa

#: Una película es una grabación de `observador`: cómo acaba su archivo, y los bytes que ocupa.
EXTENSION_DE_PELICULA = ".chatlab"
MAX_PELICULA = 256 * 1024


class Nivel(StrEnum):
    """Lo que todo programa debe hacer, y lo que hace uno bien construido."""

    BASICO = "básico"
    ROBUSTO = "robusto"


class Veredicto(StrEnum):
    """Los tres finales de una comprobación."""

    BIEN = "bien"
    FALLA = "falla en tu programa"
    SIN_COMPROBAR = "no se pudo comprobar"


class Juzga(StrEnum):
    """De quién es lo que se mira."""

    PAREJA = "la pareja"
    #: Solo del cliente: si al irse él se cae el servidor, lo dice la siguiente, que habla con él.
    CLIENTE = "el cliente"
    #: Cómo arranca el servidor: que termine lo explican mejor sus sockets que su final.
    ARRANQUE = "el arranque"


@dataclass(frozen=True, slots=True)
class Comprobacion:
    """Algo que se mira en una entrega.

    `titulo` se lee igual de bien si sale bien que si falla: «Un mensaje llega a los demás».
    `enlace` es la página del sitio que lo explica: «conceptos/socket». `depende` es la clave de la
    que tiene que salir bien para que esta pueda: sin mensajes no hay avisos. Las `de_estilo` miran
    cómo se cierra el programa, y no si hace su trabajo: se cuentan al final.
    """

    clave: str
    titulo: str
    nivel: Nivel
    puntos: int
    pista: str
    enlace: str
    depende: str = ""
    de_estilo: bool = False
    juzga: Juzga = Juzga.PAREJA
    #: Lo que pasa en ella: dice qué puede explicar que falle.
    pasa: tuple[Pasa, ...] = ()


@dataclass(slots=True)
class Resultado:
    """Lo que se hizo, lo que se esperaba y lo que se vio en una comprobación."""

    comprobacion: Comprobacion
    veredicto: Veredicto
    hecho: list[str] = field(default_factory=list)
    esperado: str = ""
    #: La pantalla de cada programa: «servidor», «Ana»…
    visto: dict[str, str] = field(default_factory=dict)
    #: Por qué falla, si se sabe; primero, lo más seguro.
    hallazgos: list[Hallazgo] = field(default_factory=list)
    #: Por qué no se pudo comprobar, en una o dos frases; vacío si se comprobó.
    motivo: str = ""
    segundos: float = 0.0

    @property
    def puntos(self) -> int:
        """Los puntos conseguidos."""
        return self.comprobacion.puntos if self.veredicto is Veredicto.BIEN else 0

    @property
    def pista(self) -> str:
        """La pista; vacía si ya se sabe qué arreglar, porque podría llevar a otro sitio."""
        resuelto = any(
            uno.arreglo and uno.grado is not Grado.PUEDE_AYUDAR for uno in self.hallazgos
        )
        return "" if resuelto else self.comprobacion.pista


@dataclass(slots=True)
class Informe:
    """Los resultados de una entrega en una lección."""

    entrega: str
    leccion: str
    resultados: list[Resultado] = field(default_factory=list)
    #: Por qué no se pudo corregir nada: falta un programa, la carpeta no existe…
    problema: str = ""
    #: Qué protegió a la máquina mientras se ejecutaba: «completo» o «parcial» y su porqué.
    aislamiento: str = ""
    #: Lo que aún no se ha comprobado, mientras se corrige.
    pendientes: list[Comprobacion] = field(default_factory=list)
    #: Por qué la nota no es la definitiva; vacío si lo es.
    provisional: str = ""
    #: Los archivos que se han corregido, y por qué son esos si no se llaman como se pide.
    programas: list[str] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    #: La película de lo que falla, por la clave de su comprobación: una grabación comprimida con
    #: gzip. No va en el JSON.
    peliculas: dict[str, bytes] = field(default_factory=dict)

    @property
    def puntos(self) -> int:
        """Los puntos que ha sacado."""
        return sum(resultado.puntos for resultado in self.resultados)

    @property
    def puntos_posibles(self) -> int:
        """Los puntos que valen todas sus comprobaciones."""
        return sum(resultado.comprobacion.puntos for resultado in self.resultados)

    @property
    def nota(self) -> float:
        """Sobre 10, con un decimal."""
        return round(10 * self.puntos / self.puntos_posibles, 1) if self.puntos_posibles else 0.0

    @property
    def aprobado(self) -> bool:
        """Todo lo básico está bien."""
        basicos = [
            resultado
            for resultado in self.resultados
            if resultado.comprobacion.nivel is Nivel.BASICO
        ]
        return bool(basicos) and all(resultado.veredicto is Veredicto.BIEN for resultado in basicos)

    def a_json(self) -> dict[str, Any]:
        """El informe como datos de JSON, con los totales ya calculados."""
        datos = asdict(replace(self, peliculas={}))
        del datos["peliculas"]
        for resultado in datos["resultados"]:
            for hallazgo in resultado["hallazgos"]:
                del hallazgo["momento"]
        return {
            **datos,
            "puntos": self.puntos,
            "puntos_posibles": self.puntos_posibles,
            "nota": self.nota,
            "aprobado": self.aprobado,
        }

    @classmethod
    def de_json(cls, datos: dict[str, Any]) -> Informe:
        """El informe que se guardó con `a_json`."""
        return cls(
            entrega=datos["entrega"],
            leccion=datos["leccion"],
            problema=datos["problema"],
            aislamiento=datos["aislamiento"],
            pendientes=[_comprobacion_de_json(una) for una in datos["pendientes"]],
            provisional=datos["provisional"],
            programas=list(datos.get("programas", [])),
            avisos=list(datos.get("avisos", [])),
            resultados=[_resultado_de_json(resultado) for resultado in datos["resultados"]],
        )


def _comprobacion_de_json(datos: dict[str, Any]) -> Comprobacion:
    tipos = {
        "nivel": Nivel(datos["nivel"]),
        "juzga": Juzga(datos["juzga"]),
        "pasa": tuple(map(Pasa, datos["pasa"])),
    }
    return Comprobacion(**{**datos, **tipos})


def _resultado_de_json(datos: dict[str, Any]) -> Resultado:
    return Resultado(
        comprobacion=_comprobacion_de_json(datos["comprobacion"]),
        veredicto=Veredicto(datos["veredicto"]),
        hecho=datos["hecho"],
        esperado=datos["esperado"],
        visto=datos["visto"],
        hallazgos=[Hallazgo.de_json(hallazgo) for hallazgo in datos["hallazgos"]],
        motivo=datos["motivo"],
        segundos=datos["segundos"],
    )
