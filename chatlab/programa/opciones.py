"""Las opciones que comparten los programas, y sus mensajes en español."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from chatlab.chat.limites import Limites

PUERTO = 8000
HOST = "localhost"
TODAS_LAS_INTERFACES = "0.0.0.0"
#: Lo mismo en IPv6; donde el sistema lo permite, también por IPv4.
TODAS_LAS_INTERFACES_IPV6 = "::"

#: Lo que se teclea detrás de la orden; `None` es lo que diga `sys.argv`.
Argumentos = Sequence[str] | None
#: Las opciones ya leídas.
Opciones = argparse.Namespace

#: Las frases que `argparse` escribe por su cuenta. Lo que no esté aquí saldría en inglés.
_FRASES = {
    "usage: ": "uso: ",
    "options": "opciones",
    "positional arguments": "argumentos",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "falta su valor",
    "expected at most one argument": "admite como mucho un valor",
    "expected at least one argument": "falta al menos un valor",
    "ignored explicit argument %r": "no lleva valor, y se le ha dado %r",
    "not allowed with argument %s": "no se puede usar junto con %s",
    "one of the arguments %s is required": "hace falta una de estas opciones: %s",
    "the following arguments are required: %s": "falta %s",
    "unrecognized arguments: %s": "no conozco %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s puede ser %(matches)s: escríbela entera"
    ),
}


class Analizador(argparse.ArgumentParser):
    """Un `ArgumentParser` que habla español y termina con código 2 si la orden está mal."""

    def __init__(self, **opciones: Any) -> None:
        # argparse busca sus frases con su función «_»: se le da una que las tiene en español.
        argparse._ = lambda frase: _FRASES.get(frase, frase)  # type: ignore[attr-defined]
        super().__init__(**{**opciones, "add_help": False, "allow_abbrev": False})
        self.add_argument(
            "-h", "--ayuda", "--help", action="help", help="muestra esta ayuda y termina"
        )

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # Hasta Python 3.14, argparse no propone la opción que más se parece.
        if action.choices is None or value in action.choices:
            return
        conocidas = [str(una) for una in action.choices]
        parecidas = get_close_matches(str(value), conocidas, n=1)
        propuesta = f": ¿querías decir «{parecidas[0]}»? Puede" if parecidas else "; puede"
        raise argparse.ArgumentError(
            action, f"no conozco «{value}»{propuesta} ser {', '.join(conocidas)}"
        )

    def error(self, message: str) -> NoReturn:
        """Dice en español qué está mal y termina con código 2, el de una orden mal escrita."""
        self.print_usage(sys.stderr)
        self.exit(2, f"Error: {message}.\nPara ver las opciones: {self.prog} --ayuda\n")


def analizador(
    para_modulo: str, para_chatlab: str, documentacion: str | None, *, uso: str = "[opciones]"
) -> Analizador:
    """Un analizador con la orden tal como se ha escrito, descrita por la primera línea del módulo.

    `para_modulo` es «chatlab.difusion.servidor»; `para_chatlab`, «servidor difusion».
    """
    return Analizador(
        prog=_orden_usada(para_modulo, para_chatlab),
        usage=f"%(prog)s {uso}",
        description=(documentacion or "").partition("\n")[0],
    )


def _python() -> str:
    return Path(sys.executable).stem or "python"


def _orden_usada(para_modulo: str, para_chatlab: str) -> str:
    # Con «python -m chatlab.difusion.servidor», argv[0] es la ruta de ese módulo.
    suelto = Path(*para_modulo.split(".")).with_suffix(".py")
    if Path(sys.argv[0]).parts[-len(suelto.parts) :] == suelto.parts:
        return f"{_python()} -m {para_modulo}"
    return orden_chatlab(para_chatlab)


def orden_chatlab(argumentos: str) -> str:
    """La orden `chatlab …` como puede teclearla quien está usando este programa."""
    if Path(sys.argv[0]).stem == "chatlab":
        return f"chatlab {argumentos}"
    return f"{_python()} -m chatlab {argumentos}"


# --- Opciones comunes --------------------------------------------------------------------------


def anadir_red_de_servidor(analizador: Analizador) -> None:
    """Añade `--host`, `--puerto` y `--lan`."""
    donde = analizador.add_mutually_exclusive_group()
    donde.add_argument(
        "--host",
        type=no_vacio,
        default=HOST,
        help="dirección de esta máquina en la que escuchar (%(default)s)",
    )
    donde.add_argument(
        "--lan",
        dest="host",
        action="store_const",
        const=TODAS_LAS_INTERFACES,
        help="escucha en toda la red local y muestra qué deben teclear los demás",
    )
    analizador.add_argument(
        "--puerto",
        type=entero(0, 65535),
        default=PUERTO,
        metavar="N",
        help="puerto en el que escuchar; 0 pide uno libre (%(default)s)",
    )


def anadir_red_de_cliente(analizador: Analizador) -> None:
    """Añade `--host` y `--puerto`."""
    analizador.add_argument(
        "--host",
        type=no_vacio,
        default=HOST,
        help="nombre o dirección IP del servidor (%(default)s)",
    )
    analizador.add_argument(
        "--puerto",
        type=entero(1, 65535),
        default=PUERTO,
        metavar="N",
        help="puerto del servidor (%(default)s)",
    )


def de_servidor_de_chat(modo: str, documentacion: str | None) -> Analizador:
    """El analizador de un servidor de ChatLab/1: las opciones no dependen de su motor."""
    de_chat = analizador(f"chatlab.{modo}.servidor", f"servidor {modo}", documentacion)
    anadir_red_de_servidor(de_chat)
    de_chat.add_argument(
        "--callado", action="store_true", help="muestra quién entra y sale, pero no los mensajes"
    )
    anadir_limites(de_chat)
    return de_chat


def anadir_limites(analizador: Analizador) -> None:
    """Añade una opción para cada uno de los límites de un chat."""
    normales = Limites()
    grupo = analizador.add_argument_group("límites")

    def anadir(opcion: str, campo: str, tipo: Callable[[str], float], ayuda: str) -> None:
        grupo.add_argument(
            opcion,
            dest=campo,
            type=tipo,
            default=getattr(normales, campo),
            metavar="N",
            help=f"{ayuda} (%(default)s)",
        )

    anadir("--max-personas", "personas", entero(1), "personas a la vez")
    anadir(
        "--max-intentos",
        "intentos_de_nombre",
        entero(1),
        "nombres que puede proponer quien entra",
    )
    anadir("--espera-nombre", "segundos_para_el_nombre", segundos, "segundos para dar un nombre")
    anadir(
        "--max-ritmo",
        "mensajes_por_segundo",
        entero(0),
        "mensajes por segundo de un cliente; si envía más, se le lee más despacio; 0: sin tope",
    )
    anadir(
        "--frenar",
        "bytes_para_frenar",
        entero(1),
        "bytes en espera de un cliente lento con los que se frena a quien le escribe",
    )
    anadir(
        "--max-pendiente",
        "bytes_para_desconectar",
        entero(1),
        "bytes en espera de un cliente lento con los que se le desconecta",
    )
    anadir(
        "--espera-lento",
        "segundos_sin_leer",
        segundos,
        "segundos que un cliente frenado puede pasar sin leer nada",
    )


def limites_de(opciones: argparse.Namespace) -> Limites:
    """Los límites elegidos con las opciones de `anadir_limites`."""
    return Limites(
        **{
            campo: getattr(opciones, campo)
            for campo in Limites.__dataclass_fields__
            if hasattr(opciones, campo)
        }
    )


def no_vacio(texto: str) -> str:
    """Un tipo de opción: un texto que dice algo.

    Importa en `--host`: para el sistema, escuchar en «» es escuchar en toda la red.
    """
    if not texto.strip():
        raise argparse.ArgumentTypeError("falta su valor")
    return texto


def entero(minimo: int, maximo: int = 1_000_000_000) -> Callable[[str], int]:
    """Un tipo de opción: un número entero dentro de unos límites."""

    def convertir(texto: str) -> int:
        try:
            numero = int(texto)
        except ValueError:
            numero = minimo - 1
        if not minimo <= numero <= maximo:
            raise argparse.ArgumentTypeError(
                f"«{texto}» no es un número entero de {minimo} a {maximo}"
            )
        return numero

    return convertir


def segundos(texto: str) -> float:
    """Un tipo de opción: un número de segundos, mayor que cero."""
    try:
        numero = float(texto)
    except ValueError:
        numero = math.nan
    if not 0 < numero < math.inf:
        raise argparse.ArgumentTypeError(f"«{texto}» no es un número de segundos mayor que 0")
    return numero
