"""El avance de quien aprende: de cada lección, su última corrección y las pistas que ha pedido.

Se guarda en la carpeta de estado de la persona (`estado.py`), y no en la de los ejercicios. En
esta, `chatlab empezar` solo deja una marca, `.chatlab.json`, por la que se reconoce.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chatlab.corrector.entrega.copia import archivos
from chatlab.corrector.informes.causas import por_arreglar
from chatlab.corrector.informes.formato import en_orden, en_una_linea
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller import estado
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.errores import ErrorDeArchivo
from chatlab.programa.archivos import no_se_puede_escribir
from chatlab.sistema.ajeno import leer_ajeno

MARCA = ".chatlab.json"
#: La carpeta que crea `chatlab empezar` si no se le dice otra.
CARPETA_DE_EJERCICIOS = "ejercicios"
#: Bytes de cada programa que cuentan para saber si ha cambiado.
_BYTES_DE_LA_HUELLA = 1_000_000
_NO_SE_ENTIENDE = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


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
    """Lo que se recuerda de una carpeta. Si no hay nada, o está roto, se empieza de cero."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        leido = estado.recordado(carpeta) or _lo_de_la_marca(carpeta)
        self._datos: dict[str, dict[str, Any]] = {
            clave: leido[clave] if isinstance(leido.get(clave), dict) else {}
            for clave in ("correcciones", "pistas", "huellas", "retos", "predicciones")
        }

    def guardar(self) -> None:
        """Lo escribe; lanza `ErrorDeArchivo` si no se puede."""
        estado.recordar(self.carpeta, self._datos)

    def guardar_o_avisar(self) -> None:
        """Lo escribe; si no se puede lo dice y sigue: no vale lo que ha costado lo demás."""
        try:
            self.guardar()
        except ErrorDeArchivo as error:
            print(f"El avance no se ha guardado. {error}", file=sys.stderr)

    def ultima(self, leccion: Leccion) -> UltimaVez | None:
        """La última corrección de esa lección; `None` si no ha habido ninguna."""
        try:
            return _leida(self._datos["correcciones"][leccion.nombre])
        except _NO_SE_ENTIENDE:
            return None

    def anotar(self, leccion: Leccion, informe: Informe) -> None:
        """Recuerda una corrección. Una que no se pudo acabar no borra la anterior."""
        if informe.problema or informe.provisional or not informe.resultados:
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
        ultima.fallan = [uno.comprobacion.clave for uno in por_arreglar(informe)]
        self._datos["correcciones"][leccion.nombre] = asdict(ultima)

    def es_la_misma(self, leccion: Leccion, huella: str) -> bool:
        """Si los programas son los de la última corrección de esa lección; lo deja apuntado."""
        igual: bool = self._datos["huellas"].get(leccion.nombre) == huella
        self._datos["huellas"][leccion.nombre] = huella
        return igual

    def pista_que_toca(self, leccion: Leccion, clave: str, cuantas: int) -> int:
        """El lugar, desde 0, de la siguiente pista; después de la última, otra vez la primera."""
        pedidas = self._datos["pistas"].setdefault(leccion.nombre, {})
        veces = pedidas.get(clave, 0)
        toca = veces % cuantas if isinstance(veces, int) else 0
        pedidas[clave] = toca + 1
        return toca

    def reto_hecho(self, numero: str) -> bool:
        """Si ese reto («01.2») ya se logró alguna vez."""
        return self._datos["retos"].get(numero) is True

    def anotar_reto(self, numero: str) -> None:
        """Recuerda que ese reto está hecho."""
        self._datos["retos"][numero] = True

    def prediccion(self, numero: str) -> int:
        """La opción, desde 1, que se eligió antes de hacer ese reto; 0 si ninguna."""
        dicha = self._datos["predicciones"].get(numero)
        return dicha if isinstance(dicha, int) else 0

    def anotar_prediccion(self, numero: str, opcion: int) -> None:
        """Recuerda qué opción se eligió; 0, ninguna."""
        self._datos["predicciones"][numero] = opcion


def _lo_de_la_marca(carpeta: Path) -> dict[str, Any]:
    """Las correcciones que antes se guardaban en la marca: quien las tenía no las pierde."""
    antiguas: Any = estado.leer_json(carpeta / MARCA).get("correcciones")
    leidas = {}
    for leccion in lecciones():
        try:
            leidas[leccion.nombre] = asdict(_leida(antiguas[leccion.nombre]))
        except _NO_SE_ENTIENDE:
            continue
    return {"correcciones": leidas}


def _leida(datos: dict[str, Any]) -> UltimaVez:
    """La que se guardó. Lanza lo que sea si no lo parece: pudo escribirla cualquiera."""
    return UltimaVez(
        nota=float(datos["nota"]),
        puntos=int(datos["puntos"]),
        puntos_posibles=int(datos["puntos_posibles"]),
        aprobado=bool(datos["aprobado"]),
        titulos={str(clave): en_una_linea(str(uno)) for clave, uno in datos["titulos"].items()},
        fallan=[en_una_linea(str(clave)) for clave in datos["fallan"]],
    )


def huella_de(carpeta: Path) -> str:
    """La de los programas de una entrega: cambia si cambia alguno."""
    huella = hashlib.sha256()
    absoluta = carpeta.resolve()
    for archivo in archivos(absoluta):
        if archivo.suffix.casefold() in (".py", ".toml"):
            huella.update(os.fsencode(archivo) + b"\0")
            try:
                datos = leer_ajeno(absoluta / archivo, _BYTES_DE_LA_HUELLA, seguir_enlaces=True)
            except OSError:
                continue  # lo acaban de borrar
            huella.update(hashlib.sha256(datos).digest())
    return huella.hexdigest()


# --- Encontrar la carpeta ----------------------------------------------------------------------


def carpeta_de_ejercicios(desde: Path) -> Path | None:
    """La carpeta de `chatlab empezar`: esa misma, la de una lección suya, o la que hay debajo."""
    absoluta = desde.resolve()
    temas = {leccion.nombre for leccion in lecciones()}
    for candidata in (absoluta, *absoluta.parents):
        dentro = absoluta.relative_to(candidata).parts
        if esta_marcada(candidata) and (not dentro or dentro[0] in temas):
            return candidata
    debajo = absoluta / CARPETA_DE_EJERCICIOS
    return debajo if esta_marcada(debajo) else None


def carpeta_del_curso(desde: Path) -> Path:
    """Donde buscar o crear la de los ejercicios: ahí o, si es la de un paso, en la principal.

    Los retos se piden en medio de un paso, y quien lo sigue está en su carpeta.
    """
    absoluta = desde.resolve()
    for leccion in lecciones():
        if absoluta.is_relative_to(leccion.carpeta.resolve()):
            return leccion.carpeta.resolve().parent.parent
    return desde


def marcar(carpeta: Path) -> None:
    """Deja en la carpeta la marca de `chatlab empezar`, si no está; nunca escribe en otro sitio.

    Lanza `ErrorDeArchivo` si no se puede.
    """
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        # «x» no sigue un enlace ni pisa nada.
        with (carpeta / MARCA).open("x", encoding="utf-8") as abierta:
            abierta.write("{}\n")
    except FileExistsError:
        if not carpeta.is_dir():
            raise ErrorDeArchivo(f"«{carpeta}» es un archivo, y ahí va una carpeta.") from None
    except OSError as error:
        raise no_se_puede_escribir(carpeta / MARCA, error) from error


def esta_marcada(carpeta: Path) -> bool:
    """Si es una carpeta de `chatlab empezar`: un enlace no es una marca."""
    marca = carpeta / MARCA
    return marca.is_file() and not marca.is_symlink()


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
