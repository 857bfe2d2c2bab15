"""ChatLab/1: cómo se convierten los bytes de la red en líneas, y qué dice cada línea.

Las reglas, en palabras llanas:

1. TCP entrega un flujo de bytes, no mensajes: una línea puede llegar en trozos, varias pueden
   llegar juntas y una letra puede llegar partida en dos. Aquí se vuelven a separar.
2. Una línea es texto UTF-8 que termina en `\\n`; un `\\r` justo delante se quita. Ocupa
   como mucho `MAX_LINEA` bytes, contando su final.
3. Del texto se quita lo que podría mandar sobre la pantalla de otra persona: los caracteres
   de control (los que borran la pantalla o mueven el cursor) y los que invierten la lectura.
4. Una línea que no cumple se descarta con un motivo, y la siguiente se lee con normalidad.
5. Lo que dice el servidor empieza por `* ` (aviso), `! ` (error) o `+ ` (acuse);
   si no, es un mensaje: `nombre: texto`. Por eso un nombre no lleva dos puntos.

Este módulo no lee ni escribe en ninguna parte: recibe bytes y devuelve texto. Así se puede
probar sin red, y lo usan igual un servidor con hilos que uno con un bucle de eventos.

La forma de los mensajes se parece a la de IRC (RFC 1459, apartado 2.3): también líneas de
tamaño limitado sobre TCP.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

#: Bytes de una línea, contando su final. Es el tope de lo que envía un cliente.
MAX_LINEA = 4096
#: Lo que envía el servidor es más largo: el texto de un cliente con un nombre delante.
MAX_LINEA_DEL_SERVIDOR = MAX_LINEA + 128


# --- De bytes a líneas -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineaMala:
    """Una línea que se descartó, y por qué."""

    motivo: str


#: Lo que sale del decodificador: el texto limpio de una línea, o el motivo de que no lo haya.
Recibida = str | LineaMala

#: Quien acaba en mitad de una línea: quizá aún esté leyendo, y se le dice.
LINEA_SIN_FINAL = LineaMala("La última línea llegó sin su final: no se envió.")


class Decodificador:
    """Junta los bytes que van llegando y devuelve las líneas que se completan.

    Da lo mismo cómo vengan cortados los bytes: salen siempre las mismas líneas. Nunca guarda
    más de `max_linea` bytes, llegue lo que llegue.
    """

    def __init__(self, max_linea: int = MAX_LINEA) -> None:
        self._max_linea = max_linea
        self._pendiente = b""  # el principio de una línea que aún no ha terminado
        self._descartando = False  # dentro de una línea demasiado larga, hasta su final

    def recibir(self, datos: bytes) -> list[Recibida]:
        """Añade los bytes recibidos y devuelve, en orden, las líneas que terminan en ellos."""
        *completas, self._pendiente = (self._pendiente + datos).split(b"\n")
        lineas: list[Recibida] = []
        for cruda in completas:
            if self._descartando:
                self._descartando = False
            else:
                lineas.append(self._leer(cruda))
        if self._descartando:
            self._pendiente = b""
        elif self._demasiado_larga(self._pendiente):
            # Se avisa ya, sin esperar a su final: quizá no llegue nunca.
            lineas.append(self._leer(self._pendiente))
            self._descartando = True
            self._pendiente = b""
        return lineas

    def terminar(self) -> Recibida | None:
        """La última línea, si la conexión acabó antes que ella; si no, `None`."""
        cruda, self._pendiente = self._pendiente, b""
        return self._leer(cruda) if cruda else None

    def _demasiado_larga(self, cruda: bytes) -> bool:
        return len(cruda) + len(b"\n") > self._max_linea

    def _leer(self, cruda: bytes) -> Recibida:
        if self._demasiado_larga(cruda):
            return LineaMala(f"La línea pasa de {self._max_linea} bytes, el máximo. Pártela.")
        try:
            texto = cruda.removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            return LineaMala(
                f"La línea no es UTF-8: el byte {error.start + 1} es 0x{cruda[error.start]:02x}. "
                "Pon tu terminal en UTF-8."
            )
        return limpiar(texto)


#: Las marcas que abren o cierran un cambio en el sentido de lectura (Unicode, UAX #9).
CAMBIOS_DE_SENTIDO = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: C0, DEL y C1: los caracteres de control de ECMA-48. ESC (0x1b) es uno de ellos.
CARACTERES_DE_CONTROL = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
#: La marca con que algunos programas de Windows empiezan un texto UTF-8.
MARCA_INICIAL = "\ufeff"

_LIMPIEZA = str.maketrans(
    # Lo que separa palabras o líneas se vuelve un espacio; lo demás desaparece.
    {"\t": " ", "\u2028": " ", "\u2029": " "}
    | dict.fromkeys(
        (CARACTERES_DE_CONTROL + CAMBIOS_DE_SENTIDO + MARCA_INICIAL).replace("\t", ""), ""
    )
)


def limpiar(texto: str) -> str:
    """Quita del texto lo que podría mandar sobre una terminal o engañar a quien lo lee."""
    # Todo lo que se quita es «no imprimible» para Python: lo imprimible no hay que mirarlo.
    return texto if texto.isprintable() else texto.translate(_LIMPIEZA)


# --- Lo que dice un cliente --------------------------------------------------------------------

#: La despedida que envían nuestros programas.
SALIR = "/salir"
_DESPEDIDAS = ("salir", "exit", "quit")
#: Todas las formas de despedirse, en minúsculas: con barra y sin ella.
PALABRAS_DE_SALIDA = frozenset({*_DESPEDIDAS, *(f"/{palabra}" for palabra in _DESPEDIDAS)})

#: El comando que dice cuáles hay.
AYUDA = "/ayuda"
#: Cada comando, cómo se escribe y para qué sirve.
COMANDOS = {
    AYUDA: (AYUDA, "esta lista"),
    "/usuarios": ("/usuarios", "quién está en la sala"),
    "/privado": ("/privado NOMBRE texto", "un mensaje solo para esa persona"),
    "/nombre": ("/nombre NUEVO", "cambiar de nombre"),
    "/acuse": ("/acuse", "desde ahora, saber a cuántas personas llega cada mensaje tuyo"),
    SALIR: (SALIR, f"irse (también {', '.join(_DESPEDIDAS)})"),
}


@dataclass(frozen=True, slots=True)
class Comando:
    """Una línea que empieza por una barra: `nombre` en minúsculas y lo que le sigue."""

    nombre: str
    argumento: str = ""


@dataclass(frozen=True, slots=True)
class Mensaje:
    """Una línea para todas las personas de la sala."""

    texto: str


def interpretar(linea: str) -> Comando | Mensaje:
    """Distingue entre un comando y un mensaje; las palabras de salida son el comando `/salir`."""
    if es_salida(linea):
        return Comando(SALIR)
    if linea.startswith("//"):
        return Mensaje(linea[1:])
    if linea.startswith("/"):
        nombre, _, argumento = linea.partition(" ")
        return Comando(nombre.lower(), argumento.strip())
    return Mensaje(linea)


def es_salida(linea: str) -> bool:
    """Dice si la línea es una despedida."""
    return linea.strip().lower() in PALABRAS_DE_SALIDA


#: Cómo se llaman los comandos en otros chats, o como se le ocurrirían a cualquiera.
_DE_OTROS_CHATS = {
    **dict.fromkeys(["/help", "/comandos", "/?"], "/ayuda"),
    **dict.fromkeys(["/quien", "/quienes", "/who", "/names", "/users", "/lista"], "/usuarios"),
    **dict.fromkeys(["/msg", "/tell", "/query", "/pm", "/w", "/susurrar"], "/privado"),
    **dict.fromkeys(["/nick", "/apodo"], "/nombre"),
    **dict.fromkeys(["/bye", "/chao", "/adios", "/adiós", "/desconectar"], SALIR),
}


def comando_parecido(nombre: str) -> str | None:
    """El comando conocido que quería decir quien escribe otro, si se sabe."""
    if nombre in _DE_OTROS_CHATS:
        return _DE_OTROS_CHATS[nombre]
    return next(iter(get_close_matches(nombre, COMANDOS, n=1, cutoff=0.5)), None)


# --- Lo que dice el servidor -------------------------------------------------------------------


AVISO, ERROR, ACUSE = "* ", "! ", "+ "


def aviso(texto: str) -> str:
    """`* texto`: algo que ha ocurrido en la sala."""
    return AVISO + texto


def error(texto: str) -> str:
    """`! texto`: algo que esa persona debe saber de lo que envió."""
    return ERROR + texto


def acuse(personas: int) -> str:
    """`+ entregado a N`: a cuántas personas llegó el mensaje."""
    return f"{ACUSE}entregado a {personas}"


def mensaje(nombre: str, texto: str, *, privado: bool = False) -> str:
    """`nombre: texto`, o `nombre (privado): texto`."""
    return f"{nombre}{' (privado)' if privado else ''}: {texto}"


def codificar(linea: str) -> bytes:
    """Los bytes de una línea, con su final, listos para enviar."""
    return f"{linea}\n".encode()


BIENVENIDA = aviso(f"Bienvenido a chatlab. Dentro tienes {AYUDA}. Escribe tu nombre:")
#: Lo que se dice a quien la pide antes de entrar.
AYUDA_SIN_NOMBRE = aviso(f"{AYUDA} sirve cuando ya estás dentro. Escribe tu nombre:")
#: Así empieza lo que se dice a quien acaba de entrar: el cliente sabe por ello que ya está dentro.
SALUDO = aviso("Hola, ")
#: Lo último que dice un servidor que se cierra: el cliente sabe por ella que no fue una avería.
DESPEDIDA = aviso("El servidor se cierra. ¡Hasta pronto!")
