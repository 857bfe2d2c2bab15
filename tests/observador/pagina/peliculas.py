"""Grabaciones escritas a mano: las cinco que se enseñan en clase, y una al azar, muy larga."""

from __future__ import annotations

import base64
import json
import random
from collections import defaultdict
from typing import Any

CABECERA = {
    "chatlab": "grabacion",
    "version": 1,
    "titulo": "",
    "creada": "2026-11-30T02:30:00Z",
    "sistema": "Linux",
    "python": "3.11.7",
    "tope": 20971520,
}
#: Los primeros bytes de un envío que se guardan.
MAX_DATOS = 256
LLAMA, ACEPTA = "llama", "acepta"


class Pelicula:
    """Escribe una grabación: cuenta los bytes de cada sentido y hace correr el reloj."""

    def __init__(self, titulo: str) -> None:
        self._lineas: list[dict[str, Any]] = [{**CABECERA, "titulo": titulo}]
        self._t = 0.0
        self._salidos: dict[tuple[int, str], bytearray] = defaultdict(bytearray)
        self._leidos: dict[tuple[int, str], int] = defaultdict(int)

    def pasan(self, segundos: float) -> Pelicula:
        """Deja correr el reloj."""
        self._t += segundos
        return self

    def pon(self, que: str, **campos: Any) -> Pelicula:
        """Añade una línea cualquiera, un milisegundo después de la anterior."""
        self._t += 0.001
        self._lineas.append({"que": que, "t": round(self._t, 6), **campos})
        return self

    def programa(self, p: int, nombre: str, papel: str = "cliente") -> Pelicula:
        """Empieza un programa, con su hilo principal."""
        archivo = "servidor.py" if papel == "servidor" else "cliente.py"
        self.pon("programa", p=p, nombre=nombre, papel=papel, orden=["python", archivo], pid=p)
        return self.pon("hilo", p=p, h=1, nombre="MainThread")

    def espera(self, p: int, en: str, h: int = 1, **campos: Any) -> Pelicula:
        """Un hilo empieza a esperar."""
        return self.pon("espera", p=p, h=h, en=en, **campos)

    def conecta(self, p: int, c: int, puerto: int = 8000) -> Pelicula:
        """Un programa llama al servidor."""
        local, remoto = f"127.0.0.1:{40000 + c}", f"127.0.0.1:{puerto}"
        return self.pon("connect", p=p, h=1, c=c, lado=LLAMA, local=local, remoto=remoto)

    def acepta(self, p: int, c: int, h: int = 1) -> Pelicula:
        """El servidor acepta esa conexión."""
        return self.pon("accept", p=p, h=h, c=c, lado=ACEPTA)

    def envia(self, p: int, c: int, lado: str, datos: bytes, h: int = 1) -> Pelicula:
        """Un hilo envía esos bytes."""
        desde = len(self._salidos[c, lado])
        self._salidos[c, lado] += datos
        comun = {"p": p, "h": h, "c": c, "lado": lado, "desde": desde, "cuantos": len(datos)}
        return self.pon("send", **comun, **_con_datos(datos))

    def recibe(self, p: int, c: int, lado: str, cuantos: int, h: int = 1) -> Pelicula:
        """Un hilo recibe por su lado los siguientes bytes que le envió el otro."""
        otro = ACEPTA if lado == LLAMA else LLAMA
        desde = self._leidos[c, otro]
        datos = bytes(self._salidos[c, otro][desde : desde + cuantos])
        assert len(datos) == cuantos, "nadie recibe lo que no se ha enviado"
        self._leidos[c, otro] += cuantos
        comun = {"p": p, "h": h, "c": c, "lado": lado, "desde": desde, "cuantos": cuantos}
        return self.pon("recv", **comun, **_con_datos(datos))

    def recibe_el_fin(self, p: int, c: int, lado: str, h: int = 1) -> Pelicula:
        """recv da 0 bytes: el otro no envía más."""
        desde = self._leidos[c, ACEPTA if lado == LLAMA else LLAMA]
        comun = {"p": p, "h": h, "c": c, "lado": lado}
        return self.pon("recv", **comun, desde=desde, cuantos=0, texto="")

    def sin_leer(self, c: int, lado: str) -> int:
        """Los bytes que han salido de ese lado y no ha leído nadie."""
        return len(self._salidos[c, lado]) - self._leidos[c, lado]

    def texto(self) -> str:
        """La grabación, como se guarda."""
        return "".join(f"{json.dumps(una, ensure_ascii=False)}\n" for una in self._lineas)


def _con_datos(datos: bytes) -> dict[str, str]:
    datos = datos[:MAX_DATOS]
    try:
        return {"texto": datos.decode()}
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(datos).decode()}


def _con_servidor(titulo: str) -> Pelicula:
    una = Pelicula(titulo).programa(1, "servidor", "servidor").pasan(0.1)
    una.pon("listen", p=1, h=1, direccion="127.0.0.1:8000", lugar="servidor.py:62")
    return una.espera(1, "accept")


def _entra(una: Pelicula, p: int, nombre: str, c: int, h: int) -> None:
    """Una persona abre su cliente, y el servidor le da un hilo que la espera en recv."""
    una.pasan(0.8).programa(p, nombre).espera(p, "teclado").pasan(1.6)
    una.pon("tecla", p=p, texto=f"{nombre}\r").pon("sigue", p=p, h=1)
    una.conecta(p, c).acepta(1, c).pon("hilo", p=1, h=h, nombre=f"Thread-{h - 1}")
    una.espera(1, "accept").espera(1, "recv", h=h, c=c)
    una.envia(p, c, LLAMA, nombre.encode()).espera(p, "recv", c=c)
    una.recibe(1, c, ACEPTA, len(nombre.encode()), h=h)


def _saludada(una: Pelicula, p: int, nombre: str, c: int, h: int) -> None:
    """El servidor la saluda, y ella se queda al teclado con un hilo que recibe."""
    saludo = f"Tu nombre es {nombre}".encode()
    una.envia(1, c, ACEPTA, saludo, h=h).espera(1, "recv", h=h, c=c)
    una.recibe(p, c, LLAMA, len(saludo))
    una.pon("hilo", p=p, h=2, nombre="Thread-1").espera(p, "recv", h=2, c=c)
    una.espera(p, "teclado")


def mensajes_pegados() -> Pelicula:
    """Ana envía dos mensajes mientras el cliente de Carlos está parado: le llegan juntos."""
    una = _con_servidor("Dos mensajes que se convierten en uno")
    for p, nombre, c, h in ((2, "Ana", 1, 2), (3, "Carlos", 2, 3)):
        _entra(una, p, nombre, c, h)
        _saludada(una, p, nombre, c, h)
    una.pasan(1.2).pon("senal", p=3, senal="SIGSTOP")
    for mensaje in ("hola", "¿qué tal?"):
        una.pasan(1.0).pon("tecla", p=2, texto=f"{mensaje}\r").pon("sigue", p=2, h=1)
        una.envia(2, 1, LLAMA, mensaje.encode()).espera(2, "teclado")
        una.recibe(1, 1, ACEPTA, len(mensaje.encode()), h=2)
        una.envia(1, 2, ACEPTA, f"[Ana] {mensaje}".encode(), h=2).espera(1, "recv", h=2, c=1)
    una.pasan(0.8).pon("senal", p=3, senal="SIGCONT")
    una.pon("marca", texto="Aquí recv devuelve dos mensajes juntos")
    una.recibe(3, 2, LLAMA, una.sin_leer(2, ACEPTA), h=2)
    una.pon("pantalla", p=3, texto="[Ana] hola[Ana] ¿qué tal?\n")
    return una.espera(3, "recv", h=2, c=2)


def letra_partida() -> Pelicula:
    """Ana envía «La niña sueña», y el servidor lee de cuatro en cuatro bytes."""
    una = _con_servidor("Una letra partida")
    una.pasan(0.6).programa(2, "Ana").conecta(2, 1).acepta(1, 1).espera(1, "recv", c=1)
    una.espera(2, "teclado").pasan(2.0).pon("tecla", p=2, texto="La niña sueña\r")
    una.pon("sigue", p=2, h=1)
    una.envia(2, 1, LLAMA, "La niña sueña\n".encode()).espera(2, "teclado")
    for trozo in (6, 6, 4):
        una.pasan(0.05).recibe(1, 1, ACEPTA, trozo)
        una.pon("pantalla", p=1, texto="…\n")
    return una.espera(1, "recv", c=1)


def accept_espera() -> Pelicula:
    """El único hilo del servidor espera el nombre de Ana: a Carlos no lo acepta nadie."""
    una = _con_servidor("accept espera a que alguien diga su nombre")
    una.pasan(0.6).programa(2, "Ana").conecta(2, 1).acepta(1, 1)
    una.envia(1, 1, ACEPTA, b"NICK").espera(1, "recv", c=1)
    una.recibe(2, 1, LLAMA, 4).espera(2, "teclado").pasan(2.0)
    una.programa(3, "Carlos").conecta(3, 2).espera(3, "recv", c=2).pasan(2.0)
    una.programa(4, "Lucía").conecta(4, 3).envia(4, 3, LLAMA, "Lucía".encode())
    una.espera(4, "recv", c=3).pasan(4.0)
    return una.pon("marca", texto="Carlos y Lucía esperan a que Ana diga su nombre")


def candado_dos_veces() -> Pelicula:
    """Un hilo del servidor toma el candado y lo vuelve a pedir; después lo piden los demás."""
    una = _con_servidor("Un candado tomado dos veces")
    for p, nombre, c, h in ((2, "Ana", 1, 2), (3, "Carlos", 2, 3)):
        _entra(una, p, nombre, c, h)
        una.pasan(0.3)
        if h == 2:
            una.pon("candado", p=1, h=2, candado=1, que_hace="toma")
        una.espera(1, "candado", h=h, candado=1, dueno=2)
    una.pasan(3.0)
    return una.pon("marca", texto="El hilo 2 espera un candado que ya tiene él mismo")


def cliente_que_no_lee() -> Pelicula:
    """Carlos se para. El servidor le envía hasta que no cabe más, y Ana se queda sin respuesta."""
    una = _con_servidor("Un cliente que no lee")
    for p, nombre, c, h in ((2, "Ana", 1, 2), (3, "Carlos", 2, 3)):
        _entra(una, p, nombre, c, h)
        _saludada(una, p, nombre, c, h)
    una.pasan(0.8).pon("senal", p=3, senal="SIGSTOP")
    parrafo = ("hola " * 13107).encode()
    for _ in range(4):
        una.pasan(0.2).pon("tecla", p=2, texto="\r").pon("sigue", p=2, h=1)
        una.envia(2, 1, LLAMA, parrafo).recibe(1, 1, ACEPTA, len(parrafo), h=2)
        una.espera(2, "teclado").envia(1, 2, ACEPTA, parrafo, h=2)
        una.espera(1, "recv", h=2, c=1)
    una.pon("tecla", p=2, texto="\r").pon("sigue", p=2, h=1)
    una.envia(2, 1, LLAMA, parrafo).recibe(1, 1, ACEPTA, len(parrafo), h=2)
    una.espera(2, "teclado")
    una.espera(1, "send", h=2, c=2, cuantos=len(parrafo)).pasan(2.5)
    for _ in range(2):
        una.pon("tecla", p=2, texto="¿Hay alguien?\r").pon("sigue", p=2, h=1)
        una.envia(2, 1, LLAMA, "¿Hay alguien?".encode()).espera(2, "teclado").pasan(1.0)
    return una.pon("marca", texto="El hilo de Ana espera a que Carlos lea")


#: Las cinco, con el nombre del archivo en que se guardaría cada una.
LAS_CINCO = {
    "pegados": mensajes_pegados,
    "letra": letra_partida,
    "accept": accept_espera,
    "candado": candado_dos_veces,
    "no_lee": cliente_que_no_lee,
}


def al_azar(sucesos: int, semilla: int = 13, clientes: int = 6) -> Pelicula:
    """Un servidor con un hilo por cliente, y envíos y lecturas de cualquier tamaño."""
    azar = random.Random(semilla)
    una = _con_servidor("Una charla muy larga")
    for numero in range(clientes):
        p = numero + 2
        una.programa(p, f"cliente {numero + 1}").conecta(p, numero + 1).acepta(1, numero + 1)
        una.pon("hilo", p=1, h=p, nombre=f"Thread-{p - 1}")
    while len(una._lineas) <= sucesos:
        una.pasan(azar.choice((0.0, 0.0, 0.01, 0.3)))
        _algo(una, azar, azar.randrange(clientes) + 1)
    return una


def _algo(una: Pelicula, azar: random.Random, c: int) -> None:
    lado, otro = azar.choice(((LLAMA, ACEPTA), (ACEPTA, LLAMA)))
    p, h = (c + 1, 1) if lado == LLAMA else (1, c + 1)
    pendientes = una.sin_leer(c, otro)
    match azar.randrange(5):
        case 0 | 1:
            letras = "".join(azar.choices("añ🙂 \n€", k=azar.randint(1, 12)))
            una.envia(p, c, lado, letras.encode(), h=h)
        case 2 | 3 if pendientes:
            una.recibe(p, c, lado, azar.randint(1, min(pendientes, 40)), h=h)
        case 2 | 3:
            una.espera(p, "recv", h=h, c=c)
        case _:
            una.espera(p, azar.choice(("teclado", "candado", "reloj", "hilo")), h=h)
