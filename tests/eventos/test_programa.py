"""El programa: su cliente es el de difusión, y nadie acapara su único hilo."""

from __future__ import annotations

from tests.apoyo.chat import Chat
from tests.conftest import Conectar, Lanzar


def abrir(lanzar: Lanzar, conectar: Conectar, *opciones: str) -> Chat:
    servidor = lanzar("-m", "chatlab", "servidor", "eventos", "--puerto", "0", *opciones)
    return Chat(servidor, lanzar, conectar)


def test_chatlab_cliente_eventos_entra_en_el_chat(lanzar: Lanzar, conectar: Conectar) -> None:
    chat = abrir(lanzar, conectar)
    luis = chat.entrar("Luis")

    opciones = ("--puerto", str(chat.puerto), "--nombre", "Ana")
    ana = lanzar("-m", "chatlab", "cliente", "eventos", *opciones)
    ana.esperar("* Hola, Ana. En la sala: Luis.\n")
    ana.escribir("hola", "salir")

    luis.esperar("Ana: hola\n")
    luis.esperar("* Ana ha salido del chat\n")
    assert ana.esperar_fin() == 0, ana.transcripcion()


def test_quien_envia_miles_de_comandos_no_deja_a_los_demas_sin_turno(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    chat = abrir(lanzar, conectar, "--max-ritmo", "0")
    ana, luis, eva = (chat.entrar(nombre) for nombre in ("Ana", "Luis", "Eva"))

    ana.enviar("empiezo\n" + "/nada\n" * 15_000 + "acabo\n")
    eva.esperar("Ana: empiezo\n")
    luis.enviar("hola\n")

    eva.esperar("Ana: acabo\n")
    assert eva.lineas.index("Luis: hola") < eva.lineas.index("Ana: acabo")
    ana.esperar("! No existe el comando /nada. ", veces=15_000)


def test_una_respuesta_enorme_repetida_no_llena_la_memoria(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    """Quien pide y no lee se frena a sí mismo, y al cabo de su plazo se va."""
    chat = abrir(lanzar, conectar, "--max-ritmo", "0", "--espera-lento", "1")
    luis = chat.entrar("Luis")
    pide = chat.entrar_sin_leer("Pide", lo_ve=luis)

    pide.enviar("/ayuda\n" * 18_000)  # cada respuesta es cincuenta veces mayor
    luis.esperar("* Pide se ha desconectado\n")

    pide.empezar_a_leer()
    *_, ultima = pide.esperar_fin().splitlines()
    assert ultima == "! Te desconecto: no has leído nada en 1 s."
