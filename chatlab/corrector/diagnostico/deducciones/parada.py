"""Un hilo de un programa de la entrega: de quién es, por qué línea va y qué espera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.explicaciones.eleccion import nombre_en_la_carpeta
from chatlab.corrector.diagnostico.fuente import leer_fuente
from chatlab.corrector.diagnostico.hallazgo import Lugar
from chatlab.sonda import Paradero

#: Caracteres que se enseñan de una línea de código.
MAX_CODIGO = 160
#: Cifras del número de una línea.
MAX_CIFRAS = 6
#: Con qué palabra del programa se queda esperando.
_LLAMADAS = {"teclado": "input", "reloj": "sleep", "candado": "join"}


@dataclass(frozen=True, slots=True)
class Parada:
    """Un hilo, y por dónde va.

    `de` es quien usa el programa: «servidor», «Ana»… `lugar` es None si el hilo ya no ejecuta nada
    del programa. `espera` es lo que espera, como en un suceso de la sonda; vacío si nada.
    """

    de: str
    hilo: str
    principal: bool
    daemon: bool
    lugar: Lugar | None
    espera: str = ""
    #: Los lugares de la entrega por los que ha llegado al suyo, él incluido, de dentro afuera.
    camino: tuple[Lugar, ...] = ()

    @property
    def trabaja(self) -> bool:
        """Si ejecuta código de la entrega sin esperar a nada que se sepa."""
        return self.lugar is not None and not self.espera

    @property
    def donde(self) -> str:
        """«parado en `recv` (servidor.py, línea 12)»; vacío si no se sabe."""
        if self.lugar is None:
            return ""
        if self.espera:
            return f"parado en `{_LLAMADAS.get(self.espera, self.espera)}` ({self.lugar})"
        return f"en {self.lugar.archivo}, línea {self.lugar.linea}"


def en_la_entrega(paradero: Paradero, de: str, carpeta: Path) -> Parada:
    """El mismo hilo, con su lugar dentro de la carpeta de la entrega."""
    return Parada(
        de,
        limpiar(paradero.hilo),
        paradero.principal,
        paradero.daemon,
        lugar_de(paradero.lugar, carpeta),
        paradero.espera,
        tuple(lugar for uno in paradero.pila if (lugar := lugar_de(uno, carpeta)) is not None),
    )


def lugar_de(escrito: str, carpeta: Path) -> Lugar | None:
    """El lugar de «/tmp/x/servidor.py:12», si es de la entrega."""
    ruta, _, linea = escrito.rpartition(":")
    # Lo cuenta el propio proceso, que puede decir cualquier cosa.
    es_numero = linea.isdecimal() and len(linea) <= MAX_CIFRAS
    archivo = nombre_en_la_carpeta(ruta, carpeta) if ruta and es_numero else None
    if archivo is None:
        return None
    codigo = leer_fuente(carpeta, archivo).linea(int(linea))
    return Lugar(limpiar(archivo), int(linea), limpiar(codigo)[:MAX_CODIGO])
