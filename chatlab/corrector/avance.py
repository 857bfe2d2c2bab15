"""El avance de quien aprende: un archivo pequeño, `.chatlab.json`, en la carpeta de sus ejercicios.

`chatlab empezar` lo crea, y así se reconoce la carpeta. Guarda, de cada lección, cómo fue la
última corrección y cuántas pistas se han pedido. Se puede borrar: solo se pierde eso.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chatlab.corrector.guardar import guardar
from chatlab.corrector.informes.formato import en_orden
from chatlab.corrector.lecciones_incluidas import Leccion, lecciones
from chatlab.corrector.modelo import Informe, Veredicto
from chatlab.errores import ErrorDeArchivo

ARCHIVO = ".chatlab.json"
#: La carpeta que crea `chatlab empezar` si no se le dice otra.
CARPETA_DE_EJERCICIOS = "ejercicios"


@dataclass(slots=True)
class UltimaVez:
    """Cómo fue la última corrección de una lección. Los títulos y los fallos van por clave."""

    nota: float
    puntos: int
    puntos_posibles: int
    aprobado: bool
    titulos: dict[str, str] = field(default_factory=dict)
    fallan: list[str] = field(default_factory=list)


class Avance:
    """Lo guardado en una carpeta. Si el archivo no está, o está roto, se empieza de cero."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self._datos: dict[str, Any] = {"correcciones": {}, "pistas": {}}
        try:
            leido = json.loads(self.archivo.read_text(encoding="utf-8"))
            self._datos |= {
                clave: leido[clave] for clave in self._datos if isinstance(leido[clave], dict)
            }
        except (OSError, ValueError, KeyError, TypeError):
            pass

    @property
    def archivo(self) -> Path:
        return self.carpeta / ARCHIVO

    def guardar(self) -> None:
        """Lo escribe; lanza `ErrorDeArchivo` si no se puede."""
        guardar(self.archivo, json.dumps(self._datos, ensure_ascii=False, indent=1) + "\n")

    def guardar_o_avisar(self) -> None:
        """Lo escribe; si no se puede lo dice y sigue: no vale lo que ha costado lo demás."""
        try:
            self.guardar()
        except ErrorDeArchivo as error:
            print(f"El avance no se ha guardado. {error}", file=sys.stderr)

    def ultima(self, leccion: Leccion) -> UltimaVez | None:
        """La última corrección de esa lección; `None` si no ha habido ninguna."""
        try:
            return UltimaVez(**self._datos["correcciones"][leccion.nombre])
        except (KeyError, TypeError):
            return None

    def apuntar(self, leccion: Leccion, informe: Informe) -> None:
        """Recuerda una corrección. Una que no se pudo hacer no borra la anterior."""
        if informe.problema or not informe.resultados:
            return
        ultima = UltimaVez(
            nota=informe.nota,
            puntos=informe.puntos,
            puntos_posibles=informe.puntos_posibles,
            aprobado=informe.aprobado,
        )
        for resultado in en_orden(informe):
            comprobacion = resultado.comprobacion
            ultima.titulos[comprobacion.clave] = comprobacion.titulo
            if resultado.veredicto is not Veredicto.BIEN:
                ultima.fallan.append(comprobacion.clave)
        self._datos["correcciones"][leccion.nombre] = asdict(ultima)

    def pista_que_toca(self, leccion: Leccion, clave: str, cuantas: int) -> int:
        """El lugar, desde 0, de la siguiente pista; después de la última, otra vez la primera."""
        pedidas = self._datos["pistas"].setdefault(leccion.nombre, {})
        veces = pedidas.get(clave, 0)
        toca = veces % cuantas if isinstance(veces, int) else 0
        pedidas[clave] = toca + 1
        return toca


# --- Encontrar la carpeta ----------------------------------------------------------------------


def carpeta_de_ejercicios(desde: Path) -> Path | None:
    """La carpeta de `chatlab empezar`: esa misma, la de una lección suya, o la que hay debajo."""
    absoluta = desde.resolve()
    temas = {leccion.nombre for leccion in lecciones()}
    for candidata in (absoluta, *absoluta.parents):
        dentro = absoluta.relative_to(candidata).parts
        if (candidata / ARCHIVO).is_file() and (not dentro or dentro[0] in temas):
            return candidata
    debajo = absoluta / CARPETA_DE_EJERCICIOS
    return debajo if (debajo / ARCHIVO).is_file() else None


def carpeta_de_la_entrega(leccion: Leccion, dicha: Path | None) -> Path:
    """Qué carpeta se corrige: la dicha, o la actual.

    Si es la de `chatlab empezar`, el ejercicio de esa lección. También si, sin decir ninguna, se
    está en la de otra lección: la orden manda sobre el sitio.
    """
    carpeta = dicha or Path()
    ejercicios = carpeta_de_ejercicios(carpeta)
    if ejercicios is None or not (ejercicios / leccion.nombre / "ejercicio").is_dir():
        return carpeta
    dentro_de_una_leccion = ejercicios in carpeta.resolve().parents
    if dicha is not None and dentro_de_una_leccion:
        return carpeta
    return ejercicios / leccion.nombre / "ejercicio"
