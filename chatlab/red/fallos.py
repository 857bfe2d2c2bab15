"""Los fallos de la red, en frases para personas: qué ha pasado, por qué y qué hacer."""

from __future__ import annotations

import errno
import socket

from chatlab.errores import ErrorDeRed
from chatlab.programa.causas import por_que
from chatlab.programa.opciones import PUERTO, orden_chatlab
from chatlab.red.puerto import Ocupante, ocupante

#: Lo que Python lanza cuando no encuentra una máquina con ese nombre, o el nombre es imposible.
NOMBRE_DESCONOCIDO = (socket.gaierror, UnicodeError)

#: Lo que lee quien estaba conectado.
SE_HA_CORTADO = "Se ha cortado la conexión con el servidor. ¿Sigue en marcha?"


# --- Al escuchar ---------------------------------------------------------------------------------


def por_que_no_escucha(error: OSError | UnicodeError, host: str, puerto: int) -> str:
    """Por qué no se puede escuchar ahí, y qué hacer."""
    numero = getattr(error, "errno", None)
    if isinstance(error, NOMBRE_DESCONOCIDO) or numero == errno.EADDRNOTAVAIL:
        return (
            f"No puedo escuchar en «{host}»: no es una dirección de esta máquina. "
            "Prueba con --host localhost, o con --lan para toda la red local."
        )
    if numero == errno.EADDRINUSE:
        return (
            f"El puerto {puerto} ya está ocupado: {_POR_QUIEN[ocupante(puerto)]}, o elige otro "
            "puerto con --puerto (0 pide uno libre)."
        )
    if isinstance(error, PermissionError):
        return (
            f"El sistema no te deja usar el puerto {puerto}: los menores de 1024 suelen estar "
            "reservados. Elige uno mayor con --puerto."
        )
    return f"No puedo escuchar en {host}:{puerto} (error {numero} del sistema)."


_POR_QUIEN = {
    Ocupante.SERVIDOR: "otro programa escucha en él; quizá es un servidor tuyo. Ciérralo",
    Ocupante.RESTOS: "lo usaba un servidor que se ha cerrado. Espera un minuto",
    Ocupante.DESCONOCIDO: "quizá por un servidor en marcha, o por uno recién cerrado. "
    "Ciérralo, espera un minuto",
}


def ya_no_se_acepta(error: OSError) -> ErrorDeRed:
    """El de un servidor al que el sistema no deja aceptar ni una conexión más."""
    return ErrorDeRed(f"Ya no puedo aceptar conexiones: {por_que(error)}.")


# --- Al conectar ---------------------------------------------------------------------------------


def por_que_no_conecta(error: OSError | UnicodeError, host: str, puerto: int, modo: str) -> str:
    """Por qué no se puede conectar con el servidor de ese modo, y qué hacer."""
    if isinstance(error, NOMBRE_DESCONOCIDO):
        return no_hay_esa_maquina(host, "--host")
    if isinstance(error, ConnectionRefusedError):
        servidor = f"servidor {modo}" + (f" --puerto {puerto}" if puerto != PUERTO else "")
        return f"{no_hay_servidor(f'{host}:{puerto}')} Prueba: {orden_chatlab(servidor)}"
    if isinstance(error, TimeoutError):
        return (
            f"{host}:{puerto} no contesta. ¿Está en tu misma red, y deja pasar ese puerto "
            "su cortafuegos?"
        )
    if error.errno == errno.EHOSTUNREACH:
        # Lo dice el ordenador que pregunta en su red y no oye respuesta (ARP), o el cortafuegos de
        # la otra máquina: el de Fedora contesta así (icmp-host-prohibited).
        return (
            f"No se llega a {host}: quizá nadie tiene esa dirección, o su ordenador está apagado o "
            f"su cortafuegos no deja pasar el puerto {puerto}. Revisa --host con quien arrancó el "
            "servidor."
        )
    if error.errno == errno.ENETUNREACH:
        return f"No hay camino hasta {host}: ¿está este ordenador en alguna red? Revisa --host."
    return no_se_conecta(f"{host}:{puerto}", error.errno)


def no_hay_esa_maquina(host: str, que_revisar: str) -> str:
    """Nadie conoce ese nombre."""
    return f"No encuentro ninguna máquina llamada «{host}». Revisa {que_revisar}."


def no_hay_servidor(donde: str) -> str:
    """Esa máquina contesta que en ese puerto no escucha nadie."""
    return f"No hay ningún servidor en {donde}. ¿Lo has arrancado?"


def no_se_conecta(donde: str, numero: int | None) -> str:
    """Por algo que no se sabe explicar: el sistema da solo un número (errno(3))."""
    return f"No puedo conectar con {donde} (error {numero} del sistema)."
