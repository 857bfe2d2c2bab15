"""De lo que se ve en una pantalla a los errores de Python que hay en ella.

Una pantalla mezcla lo que escribe el programa, lo que teclea la persona y los errores de varios
hilos. Por eso se lee línea a línea y se acepta que delante de cada una haya un resto de otra cosa
(«Mensaje: Traceback (most recent call last):»). Las formas son las de Python 3.11 a 3.15:
https://docs.python.org/es/3/library/traceback.html
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

#: Caracteres de una línea que se miran; una más larga no es de un error.
MAX_LINEA = 4000
#: Caracteres del mensaje de un error, y de su tipo.
MAX_MENSAJE = 1000
MAX_TIPO = 100
#: Caracteres de una pantalla que se miran.
MAX_PANTALLA = 500_000

EXCEPCIONES = frozenset(
    nombre
    for nombre, valor in vars(builtins).items()
    if isinstance(valor, type) and issubclass(valor, BaseException)
)
DE_SINTAXIS = frozenset({"SyntaxError", "IndentationError", "TabError"})

_CABECERA = "Traceback (most recent call last):"
_ENLACES = (
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
)
_ANUNCIO = re.compile(
    r"Exception in thread (?P<hilo>.{1,200}):$"
    # Los hilos de `_thread.start_new_thread`: lo llama «ignorado», pero el hilo ha muerto.
    r"|Exception ignored in thread started by:? (?:<(?:bound )?\w+ )?(?P<suelto>[\w.]{1,100})"
    rf"|(?P<enlace>{'|'.join(map(re.escape, _ENLACES))})$"
    # «in: <function…>», «in atexit callback…»; desde 3.14 también «while calling…» y «on…».
    r"|(?P<ignorado>Exception ignored (?:in|while|on|from)\b)"
)
_MARCO = re.compile(r'File "([^"]{1,1000})", line (\d{1,9})(?:, in (.+))?$')
#: «NameError: name 'x' is not defined», «socket.gaierror: …», «NotImplementedError».
_FINAL = re.compile(r"((?:[^\W\d]\w*\.)*[^\W\d]\w*)(?::(?: (.*))?)?$")
#: Lo mismo detrás de un resto: «Mensaje: NameError: name 'x' is not defined».
_FINAL_PEGADO = re.compile(rf"({'|'.join(sorted(EXCEPCIONES, key=len, reverse=True))}): (.*)$")
#: Desde 3.13, en una terminal, los errores llevan colores.
_COLORES = re.compile(r"\x1b\[[\d;]{0,20}m")
_SOLO_MARCAS = re.compile(r"[\s~^]*$")
#: El margen de los errores de un grupo: «  |   File …», «    | NameError: …».
_MARGEN = re.compile(r"\s+\| ?")
_DONDE_NO_ES_UTF8 = re.compile(r"in file (.+) on line (\d{1,9})")
#: Avisos y no errores: el programa no ha hecho lo que se le pedía, o Python cree que no lo hará.
_SIN_AWAIT = re.compile(r"(.{1,500}):(\d{1,9}): RuntimeWarning: (coroutine .* was never awaited)")
_AL_LEER = re.compile(r"(.{1,500}):(\d{1,9}): (SyntaxWarning): (.*)")
_FATAL = re.compile(r"(Fatal Python error): (.*)")


@dataclass(frozen=True, slots=True)
class Marco:
    """Un lugar del programa por el que pasaba cuando falló.

    `funcion` está vacía en un error de sintaxis: allí no se ejecutaba nada.
    """

    ruta: str
    linea: int
    funcion: str = ""
    codigo: str = ""


@dataclass(frozen=True, slots=True)
class Rastro:
    """Un error como lo escribe Python: dónde, de qué tipo y qué dice."""

    tipo: str
    mensaje: str
    marcos: tuple[Marco, ...] = ()
    #: «Thread-1 (atender)», o vacío en el hilo principal.
    hilo: str = ""
    #: Ocurrió mientras se trataba el anterior, o a causa de él.
    enlazado: bool = False
    #: Python lo contó y siguió: «Exception ignored in…».
    ignorado: bool = False
    #: El programa lo capturó y lo mostró él, sin decir dónde.
    mostrado: bool = False
    #: El que saltó después, en un `finally`, y lo tapa: «NameError: name 'x' is not defined».
    despues: str = ""

    def __str__(self) -> str:
        return f"{self.tipo}: {self.mensaje}" if self.mensaje else self.tipo

    @property
    def es_advertencia(self) -> bool:
        """Python avisó de algo raro al leer el programa, y lo ejecutó igual."""
        return self.nombre == "SyntaxWarning"

    @property
    def nombre(self) -> str:
        """El tipo sin su módulo: «gaierror»."""
        return self.tipo.rpartition(".")[2]


@dataclass
class _Abierto:
    """Un error a medio leer."""

    hilo: str = ""
    enlazado: bool = False
    ignorado: bool = False
    con_cabecera: bool = True
    marcos: list[Marco] = field(default_factory=list)
    #: La línea que sigue al último marco, por si el tipo no se parece a ninguno conocido.
    dudoso: tuple[str, str] | None = None

    def cerrar(self, tipo: str, mensaje: str) -> Rastro:
        return Rastro(
            tipo[:MAX_TIPO],
            mensaje[:MAX_MENSAJE],
            tuple(self.marcos),
            self.hilo,
            self.enlazado,
            self.ignorado,
        )


def leer_rastros(pantalla: str) -> list[Rastro]:
    """Los errores de una pantalla, en el orden en que aparecen."""
    return list(_Lector().leer(lineas_de(pantalla)))


def lineas_de(pantalla: str) -> list[str]:
    """Las líneas de una pantalla, sin lo que les sobra a las largas ni el medio de una enorme."""
    if len(pantalla) > MAX_PANTALLA:
        # Quien escribe sin parar suele decir lo importante al principio o al final.
        pantalla = f"{pantalla[: MAX_PANTALLA // 2]}\n{pantalla[-MAX_PANTALLA // 2 :]}"
    pantalla = _COLORES.sub("", pantalla)
    return [linea[:MAX_LINEA].rstrip() for linea in re.split(r"[\r\n]+", pantalla)]


class _Lector:
    """Recorre las líneas y recuerda lo que anuncian las anteriores."""

    def __init__(self) -> None:
        self._abierto: _Abierto | None = None
        self._hilo = ""
        self._enlazado = False
        self._ignorado = False

    def leer(self, lineas: Iterable[str]) -> Iterator[Rastro]:
        for linea in lineas:
            if rastro := self._leer_linea(_MARGEN.sub("", linea, count=1)):
                yield rastro
        if rastro := self._dar_por_bueno_lo_dudoso():
            yield rastro

    def _leer_linea(self, linea: str) -> Rastro | None:
        if linea.endswith(_CABECERA):
            anterior = self._cortar(linea.removesuffix(_CABECERA))
            self._abierto = _Abierto(self._hilo, self._enlazado, self._ignorado)
            self._hilo, self._enlazado, self._ignorado = "", False, False
            return anterior
        anuncio = self._leer_anuncio(linea)
        if anuncio is not None:
            return self._cortar(linea[:anuncio])
        if marco := _MARCO.search(linea):
            self._anadir_marco(marco)
            return None
        if self._abierto is None:
            return _sin_cabecera(linea)
        return self._dentro(self._abierto, linea)

    def _leer_anuncio(self, linea: str) -> int | None:
        """Apunta lo que una línea dice del error que viene detrás; devuelve dónde lo dice."""
        anuncio = _ANUNCIO.search(linea)
        if anuncio is None:
            return None
        self._hilo = anuncio["hilo"] or anuncio["suelto"] or self._hilo
        self._enlazado |= anuncio["enlace"] is not None
        self._ignorado |= anuncio["ignorado"] is not None
        return anuncio.start()

    def _cortar(self, resto: str) -> Rastro | None:
        """Otro error empieza en esta línea: `resto` es lo que había escrito de ella el anterior.

        Python escribe el tipo y el mensaje por separado, y otro hilo puede meterse en medio:
        «AttributeErrorTraceback (most recent call last):».
        """
        rastro = self._dentro(self._abierto, resto) if self._abierto and resto else None
        return rastro or self._dar_por_bueno_lo_dudoso()

    def _anadir_marco(self, marco: re.Match[str]) -> None:
        if self._abierto is None:
            # Solo un error de sintaxis llega sin cabecera, y siempre al principio de una línea.
            if marco[3] or marco.start() != 2:
                return
            self._abierto = _Abierto(con_cabecera=False)
        self._abierto.marcos.append(Marco(marco[1], int(marco[2]), marco[3] or ""))

    def _dentro(self, abierto: _Abierto, linea: str) -> Rastro | None:
        if linea.startswith(" "):
            _anotar_codigo(abierto.marcos, linea)
            return None
        tipo, mensaje = _leer_final(linea)
        if not abierto.con_cabecera and not (tipo in DE_SINTAXIS and linea.startswith(tipo)):
            return None
        if _es_de_error(tipo):
            self._abierto = None
            return abierto.cerrar(tipo, mensaje)
        # Una excepción del alumno se puede llamar de cualquier modo, y otro hilo puede haber
        # escrito algo en medio: se espera por si detrás viene una que sí lo parezca.
        if abierto.dudoso is None and ("." in tipo or tipo[:1].isupper()):
            abierto.dudoso = tipo, mensaje
        return None

    def _dar_por_bueno_lo_dudoso(self) -> Rastro | None:
        abierto, self._abierto = self._abierto, None
        if abierto is None or abierto.dudoso is None:
            return None  # un error cortado: aún no ha terminado de escribirse
        return abierto.cerrar(*abierto.dudoso)


def _anotar_codigo(marcos: list[Marco], linea: str) -> None:
    if marcos and not marcos[-1].codigo and not _SOLO_MARCAS.match(linea):
        ultimo = marcos[-1]
        marcos[-1] = Marco(ultimo.ruta, ultimo.linea, ultimo.funcion, linea.strip())


def _es_de_error(tipo: str) -> bool:
    nombre = tipo.rpartition(".")[2]
    return nombre in EXCEPCIONES or (nombre.endswith(("Error", "Exception")) and nombre != "Error")


def _leer_final(linea: str) -> tuple[str, str]:
    """El tipo y el mensaje de la línea que cierra un error; vacíos si no lo parece."""
    final = _FINAL.match(linea)
    if final and final[1] in EXCEPCIONES:
        return final[1], final[2] or ""
    pegado = _FINAL_PEGADO.search(linea)
    # En «MiError: ValueError: x» lo segundo es parte del mensaje.
    if pegado and (final is None or not _es_de_error(final[1])):
        return pegado[1], pegado[2]
    return (final[1], final[2] or "") if final else ("", "")


def _sin_cabecera(linea: str) -> Rastro | None:
    """Los errores que Python escribe sin decir el camino."""
    if linea.startswith("SyntaxError: "):
        mensaje = linea.removeprefix("SyntaxError: ")
        donde = _DONDE_NO_ES_UTF8.search(mensaje)
        marcos = (Marco(donde[1], int(donde[2])),) if donde else ()
        return Rastro("SyntaxError", mensaje[:MAX_MENSAJE], marcos)
    if olvidada := _SIN_AWAIT.match(linea):
        return Rastro(
            "RuntimeWarning",
            olvidada[3][:MAX_MENSAJE],
            (Marco(olvidada[1], int(olvidada[2]), "?"),),
        )
    if dudosa := _AL_LEER.match(linea):
        marcos = (Marco(dudosa[1], int(dudosa[2]), "?"),)
        return Rastro(dudosa[3], dudosa[4][:MAX_MENSAJE], marcos)
    if fatal := _FATAL.match(linea):
        return Rastro(fatal[1], fatal[2][:MAX_MENSAJE])
    return None
