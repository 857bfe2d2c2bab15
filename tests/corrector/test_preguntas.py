"""Qué pide un programa y cómo se sale de él, con los textos que escriben los estudiantes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.historias.despedidas import palabras_de_salida
from chatlab.corrector.trato.preguntas import lo_que_pregunta, ordenes_para_entrar, que_pide
from chatlab.corrector.trato.vocabulario import Pregunta


@pytest.mark.parametrize(
    "texto",
    [
        "Tu nombre: ",
        "Ingresa tu nombre: ",
        "Ingrese su nombre de usuario: ",
        "¿Cómo te llamas? ",
        "Apodo> ",
        "Elige tu nick: ",
        "Enter your name: ",
        "Choose a nickname: ",
        "username:",
        "Alias: ",
        "NICK",
        "* Bienvenido a chatlab. Escribe tu nombre:\n",
        "Conectado al servidor.\nEscribe tu apodo:\n",
        "=== CHAT ===\n\nNombre\n> Nombre: ",
        "Identifícate: ",
        "¿Cómo te llamás? ",
        "¿Cómo querés que te llamemos? ",
        "¿Cómo se llama usted? ",
        "Elige un seudónimo: ",
        "Login: ",
        "Introdueix el teu nom: ",
        "Com et dius? ",
        "Como te chamas? ",
        "Escribe o teu nome: ",
        "Digite seu nome: ",
        "¿Quién eres? ",
        "¿Quién sos? ",
        "Who are you? ",
        "What should we call you? ",
        "Firma con: ",
        "¿Con qué apodo firmas? ",
        "Mote: ",
        "Preséntate: ",
        "Enter your username (type quit to leave): ",
        "Nombre que verán los demás en tus mensajes: ",
        'Tu nombre (o "salir" para terminar): ',
        "Escribe salir para irte. Tu nombre: ",
        "Escribe tu nombre y pulsa Intro: ",
        "Nombre para entrar en el servidor: ",
        "Tu nombre, de 20 letras como máximo: ",
        "user_name: ",
        "Usuario (no hace falta contraseña): ",
        "=== Sala de la biblioteca ===\nDinos tu nombre para entrar:\n=====\n> ",
        "Tu nombre:\n(máximo 20 letras)\n> ",
        "¿Cómo te llamas?\n\n>>> ",
        "Lo primero que escribas será tu nombre.\n",
        "> Escribe tu nombre:\n",
        "Escribe tu nombre:\n> ",
        "Escriu el teu àlies: ",
        "Nickname -> ",
        "¿Cómo quieres llamarte en el chat?\n",
    ],
)
def test_pide_un_nombre(texto: str) -> None:
    assert que_pide(texto) is Pregunta.NOMBRE


@pytest.mark.parametrize(
    "texto",
    [
        "Host: ",
        "IP del servidor: ",
        "Nombre del servidor: ",
        "Server address: ",
        "Dirección>",
        "server_ip: ",
        "¿A qué servidor te conectas? ",
        "Adreça: ",
        "Server name: ",
        "Escribe la IP (o deja en blanco para localhost): ",
    ],
)
def test_pide_un_host(texto: str) -> None:
    assert que_pide(texto) is Pregunta.HOST


@pytest.mark.parametrize(
    "texto",
    [
        "Puerto: ",
        "Puerto del servidor [9000]: ",
        "Port> ",
        "server_port: ",
        'Escribe el puerto (o "salir" para terminar): ',
        "¿En qué puerto escucho? ",
        "Número de puerto: ",
        "Porto: ",
        "Server port: ",
    ],
)
def test_pide_un_puerto(texto: str) -> None:
    assert que_pide(texto) is Pregunta.PUERTO


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "\n\n",
        "Mensaje: ",
        "> ",
        "Tú: ",
        "Conectado al servidor\n",
        "Servidor iniciado en localhost:8000\n",
        "Escribe 'salir' para desconectarte del servidor:\n",
        "Escribe tu mensaje para el servidor: ",
        "Bienvenido al chat, Ana!\n",
        "Tu nombre es Ana\n",
        "[Carlos se ha conectado]\n",
        "Escribe tu nombre:\nHola, Ana. No hay nadie más.\n",
    ],
)
def test_no_pide_nada(texto: str) -> None:
    assert que_pide(texto) is None


@pytest.mark.parametrize(
    ("texto", "pregunta"),
    [
        ("Contraseña: ", Pregunta.CLAVE),
        ("Repite la contraseña: ", Pregunta.CLAVE),
        ("Password: ", Pregunta.CLAVE),
        ("Contraseña del usuario Ana: ", Pregunta.CLAVE),
        ("PIN: ", Pregunta.CLAVE),
        ("Sala: ", Pregunta.SALA),
        ("Nombre de la sala: ", Pregunta.SALA),
        ("¿A qué canal quieres unirte? ", Pregunta.SALA),
        ("Room name: ", Pregunta.SALA),
        ("Escribe el número de la sala: ", Pregunta.SALA),
        ("Edad: ", Pregunta.EDAD),
        ("¿Cuántos años tienes? ", Pregunta.EDAD),
        ("How old are you? ", Pregunta.EDAD),
        ("¿Cuántas personas como máximo? ", Pregunta.CUANTOS),
        ("Número máximo de usuarios: ", Pregunta.CUANTOS),
        ("Tamaño del buffer: ", Pregunta.TAMANO),
        ("Correo electrónico: ", Pregunta.CORREO),
        ("1) Entrar\n2) Salir\nOpción: ", Pregunta.OPCION),
        ("Elige (1-3): ", Pregunta.OPCION),
        ("¿Usar los colores? (s/n) ", Pregunta.SI_O_NO),
        ("Use TLS [y/n]: ", Pregunta.SI_O_NO),
        ("Pulsa Intro para empezar…", Pregunta.SEGUIR),
        ("Press ENTER to continue", Pregunta.SEGUIR),
        ("[Enter] para seguir", Pregunta.SEGUIR),
        ("Pulsa una tecla para entrar en el chat", Pregunta.SEGUIR),
    ],
)
def test_pide_otras_cosas(texto: str, pregunta: Pregunta) -> None:
    assert que_pide(texto) is pregunta


def test_el_nombre_del_servidor_es_el_suyo_si_lo_pide_el_servidor() -> None:
    assert que_pide("Nombre del servidor: ", del_servidor=True) is Pregunta.NOMBRE


def test_la_etiqueta_con_el_nombre_no_lo_vuelve_a_pedir() -> None:
    assert que_pide("Usuario Ana> ", nombre="Ana") is None


@pytest.mark.parametrize(
    "texto",
    [
        "No se pudo conectar. ¿Es ese el puerto?\n",
        "Error: el puerto está ocupado: ¿lo usa otro programa?\n",
        "ConnectionRefusedError: ¿está el servidor en ese puerto?\n",
        "Escribe un mensaje y pulsa Intro: ",
        "Escribe tu mensaje, usuario: ",
    ],
)
def test_un_error_o_un_mensaje_no_son_una_pregunta(texto: str) -> None:
    assert que_pide(texto) is None


@pytest.mark.parametrize(
    ("texto", "pregunta"),
    [
        ("¿De qué equipo eres? ", "¿De qué equipo eres?"),
        ("Bandera: ", "Bandera:"),
        ("¿Con quién tengo el gusto?\n> ", "¿Con quién tengo el gusto?"),
        ("Mensaje: ", ""),
        ("Tú: ", ""),
        ("Chat> ", ""),
        ("> ", ""),
        ("", ""),
        ("Bienvenida al chat.\n", ""),
        ("Ana dice: ", ""),
        ("No se pudo conectar: ", ""),
    ],
)
def test_sabe_cuando_le_preguntan_algo_que_no_entiende(texto: str, pregunta: str) -> None:
    assert lo_que_pregunta(texto) == pregunta


@pytest.mark.parametrize(
    ("texto", "ordenes"),
    [
        ("Escribe /connect para conectarte.\n", ["/connect"]),
        ("Usa /join SALA para entrar en una sala\n> ", ["/join SALA"]),
        ("Type /nick <name> to start chatting\n", ["/nick <name>"]),
        ("Escribe JOIN para unirte\n", ["JOIN"]),
        ("Escribe /salir para irte.\n", []),
        ("Escribe /privado NOMBRE para hablar con alguien\n", []),
        ("Escribe tu nombre para entrar:\n", []),
    ],
)
def test_reconoce_las_ordenes_que_hacen_falta_para_entrar(texto: str, ordenes: list[str]) -> None:
    assert ordenes_para_entrar(texto) == ordenes


def test_la_palabra_que_ensena_la_pantalla_va_primero(tmp_path: Path) -> None:
    palabras = palabras_de_salida("Escribe /quit para irte.\n", tmp_path / "no_existe.py")

    assert palabras[0] == "/quit"
    assert "salir" in palabras


@pytest.mark.parametrize(
    "pantalla",
    [
        "Mensaje (Intro para acabar): ",
        "Deja la línea en blanco para salir\n> ",
        "Message (empty line to quit): ",
        "Escribe algo, o nada para terminar: ",
    ],
)
def test_si_se_sale_sin_escribir_nada_se_prueba(pantalla: str, tmp_path: Path) -> None:
    assert "" in palabras_de_salida(pantalla, tmp_path / "no_existe.py")[:2]


def test_despues_va_la_que_esta_en_el_codigo(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text("if mensaje == 'chao':\n    cliente.send(b'LOGOUT')\n", encoding="utf-8")

    assert palabras_de_salida("Mensaje: ", programa)[:2] == ["chao", "LOGOUT"]


def test_tambien_se_prueban_las_palabras_con_las_que_compara(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text(
        "HOST = 'localhost'\nFIN = '!DESCONECTAR'\nif mensaje == FIN or mensaje in ('/fuera',): 1",
        encoding="utf-8",
    )

    palabras = palabras_de_salida("Mensaje: ", programa)

    assert set(palabras[:2]) == {"!DESCONECTAR", "/fuera"}
    assert "localhost" not in palabras


def test_un_programa_que_no_se_puede_leer_no_impide_probar_las_corrientes(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text("if mensaje == 'chao'", encoding="utf-8")

    assert palabras_de_salida("", programa)[0] == "salir"


def test_una_palabra_dentro_de_otra_no_cuenta() -> None:
    assert palabras_de_salida("Definir exitosamente\n", Path("no_existe.py"))[0] == "salir"
