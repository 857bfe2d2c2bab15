"""Clientes que mueren o se cortan en cualquier momento: los demás lo saben, y nada se pierde."""

from __future__ import annotations

import random
import sys
from itertools import count

import pytest

from tests.apoyo.chat import Chat, mensajes_de
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import descriptores, esperar_a_que, hilos

#: Lo que alguien ha llegado a enviar cuando se corta.
MOMENTOS = ["", "C", "{nombre}", "{nombre}\n", "{nombre}\nho", "{nombre}\nhola\n/usuarios\n"]


def test_una_tormenta_de_cortes_no_deja_rastro(abrir_chat: AbrirChat, reunir: Reunir) -> None:
    chat = abrir_chat("--callado")
    gente = reunir(chat)
    (testigo,) = gente.entrar(["Testigo"])
    libres = descriptores(chat), hilos(chat)
    numeros = count()
    for _tormenta in range(10):
        llegan = [(gente.llegar(), momento) for momento in MOMENTOS * 10]
        for persona, momento in llegan:
            gente.enviar(persona, momento.format(nombre=f"Corta-{next(numeros)}"))
        gente.atender(0)  # a unas les da tiempo a más que a otras
        for persona, _ in llegan:
            gente.cortar(persona)
    ultima = gente.llegar()
    gente.esperar_a([ultima], "* Bienvenido")  # quien llamó antes ya está atendida
    gente.cortar(ultima)
    esperar_a_que(
        lambda: (descriptores(chat), hilos(chat)) == libres, "el servidor suelta lo de cada una"
    )

    gente.enviar(testigo, "/usuarios\n")
    gente.esperar_a([testigo], "* En la sala (1): Testigo\n")
    entradas = nombres(testigo.lineas, " se ha unido al chat")
    salidas = nombres(testigo.lineas, " se ha desconectado")
    assert sorted(entradas) == sorted(salidas), "alguna entrada sin salida, o al revés"
    assert len(set(salidas)) == len(salidas), "alguna ha salido dos veces"


def nombres(lineas: list[str], noticia: str) -> list[str]:
    return [
        linea.removeprefix("* ").removesuffix(noticia)
        for linea in lineas
        if linea.endswith(noticia)
    ]


def test_matar_a_un_cliente_en_cualquier_momento_no_estropea_nada_a_los_demas(chat: Chat) -> None:
    """kill -9 a cada uno de doce, cuando ha llegado de él un número cualquiera de mensajes."""
    azar = random.Random(9)
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    clientes = {f"Muere-{numero}": chat.cliente(f"Muere-{numero}") for numero in range(12)}
    mensajes = [f"mensaje {numero}" for numero in range(2000)]
    for nombre, programa in clientes.items():
        programa.escribir(*mensajes)
        ana.esperar(f"{nombre}: mensaje {azar.randrange(300)}\n")
        programa.matar()

    for nombre in clientes:
        ana.esperar(f"* {nombre} se ha desconectado\n")
    luis.enviar("¿quién queda?\n/usuarios\n")
    luis.esperar("* En la sala (2): Ana, Luis\n")
    ana.esperar("Luis: ¿quién queda?\n")
    for nombre in clientes:
        oido = mensajes_de(ana, nombre)
        assert oido == mensajes[: len(oido)], "lo que llegó no está entero o en orden"
        assert oido == mensajes_de(luis, nombre), "no han leído lo mismo"
        assert ana.texto.count(f"* {nombre} se ha desconectado\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows, difusion no puede enviar ya")
def test_lo_que_tiene_acuse_ya_esta_en_los_sockets_de_todos_aunque_el_servidor_muera(
    chat: Chat, reunir: Reunir
) -> None:
    gente = reunir(chat)
    ana, *demas = gente.entrar(["Ana", *(f"P{numero}" for numero in range(40))])
    gente.enviar(ana, "/acuse\n¿estamos?\n")
    gente.esperar_a(demas, "Ana: ¿estamos?\n")
    gente.esperar_a([ana], "+ entregado a 40\n")

    for persona in demas:
        gente.dejar_de_leer(persona)
    gente.enviar(ana, "último mensaje\n")
    gente.esperar(lambda: ana.recibido.count(b"+ entregado a 40\n") == 2, "llega el acuse")
    chat.servidor.matar()

    for persona in demas:
        gente.volver_a_leer(persona)
    gente.esperar_fin(demas)
    assert all(persona.lineas[-1] == "Ana: último mensaje" for persona in demas)
