"""Con qué palabras pide cada programa lo que pide, sin tildes ni mayúsculas.

En español de los dos lados del mar, inglés, catalán, gallego y portugués.
"""

from __future__ import annotations

import re
from enum import Enum


class Pregunta(Enum):
    """Lo que un programa puede pedir antes de empezar."""

    NOMBRE = "tu nombre"
    HOST = "la dirección del servidor"
    PUERTO = "el puerto"
    CLAVE = "una contraseña"
    SALA = "una sala"
    EDAD = "la edad"
    CUANTOS = "cuántas personas caben"
    TAMANO = "un tamaño"
    CORREO = "el correo"
    OPCION = "una opción del menú"
    SI_O_NO = "que digas sí o no"
    SEGUIR = "que pulses Intro"


Vocabulario = tuple[tuple[Pregunta, re.Pattern[str]], ...]


def alguna(*expresiones: str) -> re.Pattern[str]:
    """Encuentra cualquiera de las expresiones, como palabra entera; «usuari*» es un principio."""
    enteras = [rf"\b{una[:-1]}" if una.endswith("*") else rf"\b{una}\b" for una in expresiones]
    return re.compile("|".join(enteras))


_NOMBRE = "(?:nombre|name|nom|nome)"
_DE = "(?:de|del|de la|of|of the|da|do)"
_TU = "(?:tu|su|vuestro|your|teu|seu|o teu|el teu)"

#: Lo que no admite dudas aunque la frase hable de más cosas.
SIN_DUDA: Vocabulario = (
    (
        Pregunta.SEGUIR,
        alguna(
            r"(?:puls|presion|apriet|oprim|dale|press|hit|prem|toca)\w*\b.{0,30}"
            r"\b(?:intro|enter|return|retorn|tecla|key)",
            r"(?:intro|enter)\W{1,3}(?:para|to|per) (?:seguir|continu\w*|empezar|entrar|start)",
        ),
    ),
    (Pregunta.SI_O_NO, alguna(r"[sy]/n", r"(?:si|yes|sim)/(?:no|nao)", r"s/no")),
)

#: Manda la primera lista en que haya alguna; y dentro de ella, la que aparezca antes.
POR_ORDEN: tuple[Vocabulario, ...] = (
    (
        (
            Pregunta.HOST,
            alguna(rf"{_NOMBRE} {_DE} (?:servidor|server|host)", "(?:server|host) ?name"),
        ),
        (
            Pregunta.SALA,
            alguna(
                rf"{_NOMBRE} {_DE} (?:sala|room|canal|grupo)", "(?:room|channel|group) ?name"
            ),
        ),
    ),
    ((Pregunta.PUERTO, alguna("puerto*", "port", "ports", "porto")),),
    (
        (
            Pregunta.CLAVE,
            alguna(
                "contrasen*", "contrasin*", "passw*", "pass", "passphrase", "passcode", "clave",
                "pin", "senha", "palabra secreta", "codigo de acceso",
            ),
        ),
        (
            Pregunta.EDAD,
            alguna("edad", "age", "edat", "idade", "(?:cuantos|quantos) anos", "how old"),
        ),
        (
            Pregunta.CUANTOS,
            alguna(
                "cuant[oa]s", "cantidad", "how many", "quants", "quantes", "quant[oa]s",
                "maxim[oa]", "max", "limite", "aforo", "capacidad", "capacity", "backlog",
                "number of",
                "num(?:ero)? (?:maximo )?de (?:personas|usuarios|clientes|conexiones|gente)",
            ),
        ),
        (Pregunta.TAMANO, alguna("buffer*", "tamano", "size")),
        (Pregunta.CORREO, alguna("correo", "e-?mail")),
        (
            Pregunta.NOMBRE,
            alguna(
                "(?:nombre )?usuari*", "apodo*", "nick*", "alias", "alies", "user*", "handle",
                "seudonim*",
                "pseudonim*", "sobrenom*", "mote", "login", "llam(?:a|as|es|emos|amos|an|arte)",
                "(?:te|et|se) (?:dicen|dius|diuen|chamas|chama|llama)", "chamas", "chama",
                "quien (?:eres|sos|es usted|habla|va|esta)", "who are you", "call you", "qui ets",
                "quen es", "quem e", "firma*", "identif*", rf"{_TU}(?: \w+)? {_NOMBRE}",
                rf"{_TU} id", "jugador", "player", "autor", "presentate", "bautiza*", "moniker",
            ),
        ),
    ),
    (
        (
            Pregunta.HOST,
            alguna(
                "host", "hostname", "ip", "ipv4", "servidor", "server", "direccion", "address",
                "adreca", "enderezo", "endereco",
            ),
        ),
        (Pregunta.NOMBRE, alguna("nombre*", "names?", "nom", "nome")),
        (Pregunta.SALA, alguna("sala", "room", "canal", "channel", "grupo", "group")),
        (Pregunta.OPCION, alguna("opcion*", "option*", "opcio*", "opcao", "menu", "choice")),
    ),
)  # fmt: skip

#: Una línea acabada también pregunta si lo parece: «Escribe tu nombre:» y salto de línea.
PARECE_PREGUNTA = re.compile(
    r"[:?>]\s*$|escrib|ingres|introdu|insira|dime|dinos|teclea|digit|elig|escoge|escoll"
    r"|\benter\b|\btype\b|\bpon\b|puls|presion|press\b"
)
#: Con estas palabras delante, «pulsa Intro» solo dice cómo se acaba de escribir.
SE_ESCRIBE = re.compile(r"escrib|ingres|introdu|teclea|type|enter your|dime|dinos|mensaj|message")
#: Quien habla de mensajes o de irse ya no está presentándose.
YA_ESTA_DENTRO = re.compile(
    r"mensaj|message|missatg|mensax|mensag|\bmsg\b|salir|\bsair\b|\bsortir\b|\bexit\b|\bquit\b"
    r"|desconect|conectad[oa] (?:a|al|con)\b"
)
#: Lo que escribe quien cuenta un error no es una pregunta, aunque acabe en «?».
ES_UN_ERROR = re.compile(
    r"error|errno|traceback|exception|excepcion|no se (?:pudo|puede|ha podido)|no pud|\bfall[oae]"
    r"|rechaz|refused|imposible|could ?n.t|cannot|ocupado|in use|perdid"
)
#: Quien no admite una respuesta que ya le ha llegado lo dice antes de volver a preguntar.
ES_UN_RECHAZO = re.compile(
    r"no (?:es )?valid|invalid|incorrect|demasiado|too (?:short|long)|al menos|at least|en uso"
    r"|ya existe|ocupado|taken|already|no existe"
)
#: Quien pide lo mismo dos veces, para estar seguro.
ES_LO_MISMO = re.compile(r"repit|repet|confirm|repeat|verifica|otra vez|de nuevo|again")
#: Las etiquetas de quien espera un mensaje, y no una respuesta.
DE_HABLAR = re.compile(
    r"\b(?:tu|yo|me|you|jo|eu|voce|chat|texto?|habla|dice|says?|apuntes?|notas?|lineas?|envia\w*"
    r"|send|respuesta|respond\w*|reply|turno|comandos?|commands?|cliente|client|di algo|escribe"
    r"|escribe (?:algo|aqui)|type here)\W*$"
)
#: Lo que aclara una pregunta: «(máximo 20 letras)».
ACLARA = re.compile(r"\W*(?:\(|max|min|solo|sin |entre |por ejemplo|ej\b|e\.g|puedes|usa )")
