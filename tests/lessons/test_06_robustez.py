"""Lección 06: cada paso para el ataque que dice su guía, y cae ante el siguiente."""

from __future__ import annotations

import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import AbrirTerminal, Conectar, Lanzar, a_su_ritmo

LECCION = RAIZ / "lessons" / "06_robustez"
PASO1 = LECCION / "paso1_uno_lento"
PASO2 = LECCION / "paso2_colas"
PASO3 = LECCION / "paso3_contrapresion"
PASO4 = LECCION / "paso4_plazos"
PASO5 = LECCION / "paso5_inundaciones"
PASO6 = LECCION / "paso6_terminal"
PASOS = [PASO1, PASO2, PASO3, PASO4, PASO5, PASO6]

#: Los topes que dicen las páginas.
MAX_LINEA = 4096
CONEXIONES = 20
RITMO = 100

LLENO = "! Te desconecto: el chat está lleno, prueba más tarde"
LARGA = "! Te desconecto: una línea no puede pasar de 4096 bytes"
SIN_NOMBRE = "! Te desconecto: no has dicho tu nombre en 3 segundos"

con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() no se interrumpe con Ctrl+C"
)
con_descriptores = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows no hay tope de descriptores"
)


def en_los_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


def arrancar_servidor(lanzar: Lanzar, paso: Path) -> Programa:
    return lanzar("servidor.py", "0", carpeta=paso)


def atacar(lanzar: Lanzar, paso: Path, servidor: Programa, programa: str, *antes: str) -> Programa:
    """Arranca uno de los programas que molestan; `antes` va delante del host y el puerto."""
    return lanzar(programa, *antes, "localhost", str(servidor.puerto()), carpeta=paso)


def entrar(conectar: Conectar, servidor: Programa, nombre: str) -> Conexion:
    """Entra con un socket, sin cliente, y espera a la bienvenida."""
    conexion = conectar(servidor.puerto())
    conexion.enviar(f"{nombre}\n")
    conexion.esperar("* Te damos la bienvenida, ")
    return conexion


def entra_un_sordo(lanzar: Lanzar, paso: Path, servidor: Programa) -> Programa:
    sordo = atacar(lanzar, paso, servidor, "sordo.py")
    servidor.esperar("Sordo ha entrado")
    return sordo


@pytest.fixture
def lector_perezoso() -> Iterator[socket.socket]:
    """Un socket con un buffer pequeño, que no lee hasta que se le diga."""
    with socket.socket() as perezoso:
        perezoso.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        perezoso.settimeout(PLAZO)
        yield perezoso


def leer_hasta_el_final(conexion: socket.socket) -> str:
    recibido = b""
    while datos := conexion.recv(65536):
        recibido += datos
    return recibido.decode()


# --- Lo que vale para todos los pasos ---


@en_los_pasos(*PASOS)
def test_dos_personas_charlan_y_una_sale(lanzar: Lanzar, conectar: Conectar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    carlos = entrar(conectar, servidor, "Carlos")
    ana = lanzar("cliente.py", "localhost", str(servidor.puerto()), carpeta=paso)
    ana.escribir("Ana", "¡Hola, señor!")
    carlos.esperar("* Ana se ha unido al chat\nAna: ¡Hola, señor!\n")
    carlos.enviar("Buenos días.\n")
    ana.esperar("Carlos: Buenos días.\n")
    ana.escribir("salir")
    assert ana.esperar_fin() == 0
    assert ana.errores.texto == ""
    assert ana.pantalla == (
        "Tu nombre: * Te damos la bienvenida, Ana\nCarlos: Buenos días.\nAdiós.\n"
    )
    carlos.esperar("* Ana ha salido del chat\n")
    assert servidor.errores.texto == ""


@en_los_pasos(*PASOS)
def test_las_lineas_llegan_bien_aunque_vengan_pegadas_o_partidas(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, servidor, "Ana")
    carlos = conectar(servidor.puerto())
    carlos.enviar("Carlos\nuno\ndos\nmañ".encode()[:-1])
    ana.esperar("Carlos: uno\nCarlos: dos\n")
    carlos.enviar("ñana\n".encode()[1:])
    ana.esperar("Carlos: mañana\n")


@en_los_pasos(*PASOS)
def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)
        cliente.escribir("Ana")
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_el_servidor_termina_con_ctrl_c_y_su_cliente_lo_dice(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = lanzar("cliente.py", "localhost", str(servidor.puerto()), carpeta=paso)
    ana.escribir("Ana")
    ana.esperar("bienvenida")
    servidor.insistir_con_ctrl_c()
    assert servidor.esperar_fin() == 0
    assert servidor.pantalla.endswith("\nServidor cerrado\n")
    ana.esperar("El servidor ha cerrado la conexión. Pulsa Intro para salir.\n")


def test_los_programas_que_molestan_son_los_mismos_en_todos_los_pasos() -> None:
    copias: dict[str, set[str]] = {}
    for archivo in LECCION.glob("paso*/*.py"):
        if archivo.name not in ("servidor.py", "cliente.py", "persona.py", "lineas.py"):
            copias.setdefault(archivo.name, set()).add(archivo.read_text(encoding="utf-8"))
    assert len(copias) == 9
    assert not [nombre for nombre, textos in copias.items() if len(textos) > 1]


def test_el_codigo_citado_en_la_guia_es_el_de_los_pasos() -> None:
    de_los_pasos = {
        linea.strip()
        for archivo in LECCION.glob("paso*/*.py")
        for linea in archivo.read_text(encoding="utf-8").splitlines()
    }
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    citadas = "\n".join(re.findall(r"^```python\n(.*?)^```", guia, re.DOTALL | re.MULTILINE))
    assert citadas
    assert {linea.strip() for linea in citadas.splitlines()} <= de_los_pasos


# --- Quien no lee: pasos 1, 2 y 3 ---


def test_en_el_paso_1_un_sordo_detiene_a_quien_habla(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    sordo = entra_un_sordo(lanzar, PASO1, servidor)
    ana = entrar(conectar, servidor, "Ana")
    cotorra = atacar(lanzar, PASO1, servidor, "cotorra.py", "100")
    ana.esperar("Cotorra: línea 1 ")
    # Con Sordo dentro no puede llegar la última, por mucho que se espere.
    assert not ana.recibido.esperar(lambda datos: "línea 100 ".encode() in datos, plazo=1)
    assert not cotorra.salida.terminada
    sordo.matar()
    ana.esperar("Cotorra: línea 100 ")
    assert cotorra.esperar_fin() == 0


@en_los_pasos(PASO2, PASO3)
def test_un_sordo_ya_no_detiene_a_los_demas(lanzar: Lanzar, conectar: Conectar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    sordo = entra_un_sordo(lanzar, paso, servidor)
    ana = entrar(conectar, servidor, "Ana")
    carlos = entrar(conectar, servidor, "Carlos")
    atacar(lanzar, paso, servidor, "cotorra.py", "100").esperar("las ha leído todas")
    ana.esperar("Cotorra: línea 100 ")
    ana.enviar("¿Carlos?\n")
    carlos.esperar("Ana: ¿Carlos?\n")
    assert not sordo.salida.terminada


def test_en_el_paso_2_la_cola_del_sordo_crece_sin_fin(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    entra_un_sordo(lanzar, PASO2, servidor)
    atacar(lanzar, PASO2, servidor, "cotorra.py", "5000").esperar("las ha leído todas")
    servidor.esperar("A Sordo le esperan 4000 mensajes\n")


@pytest.mark.lento
def test_en_el_paso_3_se_frena_a_quien_habla_hasta_que_se_expulsa_al_sordo(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    entra_un_sordo(lanzar, PASO3, servidor)
    ana = entrar(conectar, servidor, "Ana")
    atacar(lanzar, PASO3, servidor, "cotorra.py", "300").esperar("las ha leído todas")
    ana.esperar("* Cotorra ha salido del chat\n")
    numeros = re.findall(r"Cotorra: línea (\d+) ", ana.texto)
    assert numeros == [str(numero) for numero in range(1, 301)]
    servidor.esperar("Cotorra ha salido\n")
    expulsion = servidor.pantalla.index("Expulso a Sordo: no lees lo que te llega\n")
    assert expulsion < servidor.pantalla.index("Cotorra ha salido\n")


@pytest.mark.lento
def test_en_el_paso_3_a_quien_lee_despacio_no_se_le_pierde_nada(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    lento = atacar(lanzar, PASO3, servidor, "lento.py")
    servidor.esperar("Lento ha entrado")
    atacar(lanzar, PASO3, servidor, "cotorra.py", "300")
    lento.esperar("He leído 300 líneas de Cotorra.\n")
    assert "Expulso" not in servidor.pantalla


@pytest.mark.lento
def test_en_el_paso_3_el_expulsado_que_vuelve_a_leer_sabe_por_que(
    lanzar: Lanzar, lector_perezoso: socket.socket
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    lector_perezoso.connect(("127.0.0.1", servidor.puerto()))
    lector_perezoso.sendall(b"Perezosa\n")
    servidor.esperar("Perezosa ha entrado")
    atacar(lanzar, PASO3, servidor, "cotorra.py", "300")
    servidor.esperar("Expulso a Perezosa")
    assert leer_hasta_el_final(lector_perezoso).endswith(
        "\n! Te desconecto: no lees lo que te llega\n"
    )


@pytest.mark.lento
def test_en_el_paso_3_el_expulsado_ya_no_habla(
    lanzar: Lanzar, conectar: Conectar, lector_perezoso: socket.socket
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    ana = entrar(conectar, servidor, "Ana")
    lector_perezoso.connect(("127.0.0.1", servidor.puerto()))
    lector_perezoso.sendall(b"Perezosa\nhola\n")
    ana.esperar("Perezosa: hola\n")
    atacar(lanzar, PASO3, servidor, "cotorra.py", "300")
    servidor.esperar("Expulso a Perezosa")
    lector_perezoso.sendall("¡Sigo aquí!\n".encode())
    ana.esperar("* Perezosa ha salido del chat\n")
    assert "Sigo" not in ana.texto


# --- Los plazos: pasos 3 y 4 ---


@pytest.mark.lento
def test_en_el_paso_3_se_espera_a_quien_dice_su_nombre_gota_a_gota(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    gota = atacar(lanzar, PASO3, servidor, "gota_a_gota.py")
    assert gota.esperar_fin() == 0
    assert gota.pantalla == "He enviado 10 letras de mi nombre.\nAún me esperan.\n"


@pytest.mark.lento
def test_en_el_paso_4_el_nombre_tiene_un_plazo_que_las_gotas_no_alargan(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    gota = atacar(lanzar, PASO4, servidor, "gota_a_gota.py")
    gota.esperar(f"El servidor dice: {SIN_NOMBRE}\n")
    servidor.esperar("Rechazo una conexión: no has dicho tu nombre en 3 segundos\n")


@pytest.mark.lento
def test_en_el_paso_4_quien_ya_dijo_su_nombre_puede_callar(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    ana = entrar(conectar, servidor, "Ana")
    carlos = entrar(conectar, servidor, "Carlos")
    muda = conectar(servidor.puerto())
    assert muda.esperar_fin() == f"{SIN_NOMBRE}\n"  # Ana lleva callada más tiempo que ella
    ana.enviar("Aquí sigo.\n")
    carlos.esperar("Ana: Aquí sigo.\n")


@pytest.mark.lento
def test_en_el_paso_4_solo_el_plazo_total_se_cansa(lanzar: Lanzar) -> None:
    plazos = lanzar("dos_plazos.py", carpeta=PASO4)
    assert plazos.esperar_fin() == 0
    assert plazos.pantalla == (
        "Medio segundo en cada recv:\nHe esperado hasta el final: 10 letras.\n"
        "Medio segundo en total:\nMe he cansado a medio nombre.\n"
    )


@en_los_pasos(PASO4, PASO5, PASO6)
def test_el_sistema_vigila_a_quien_calla(lanzar: Lanzar, paso: Path) -> None:
    prueba = lanzar(
        "-c",
        "import socket, servidor; conexion = socket.socket();"
        "servidor.vigilar_si_sigue_ahi(conexion);"
        "print(bool(conexion.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)))",
        carpeta=paso,
    )
    assert prueba.esperar_fin() == 0
    assert prueba.pantalla == "True\n"


def test_en_el_paso_3_quien_desaparece_sigue_en_la_sala(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    espia = lanzar(
        *("-m", "chatlab", "espia", "--falta", "no-leer", "--sentido", "subida", "--valor", "4"),
        *("--escucha", "0", "--hacia", f"localhost:{servidor.puerto()}"),
    )
    ana = conectar(espia.puerto())
    ana.enviar("Ana\n")
    ana.esperar("bienvenida")
    ana.no_enviar_mas()  # se ha ido, y al servidor no le llega; si cerrara, se sabría al escribirle
    carlos = entrar(conectar, servidor, "Carlos")
    carlos.enviar("Ana, ¿sigues ahí?\n")
    carlos.no_enviar_mas()
    servidor.esperar("Carlos ha salido\n")
    assert "Ana ha salido" not in servidor.pantalla


# --- Las inundaciones: pasos 4 y 5 ---


def test_en_el_paso_5_a_quien_inunda_se_le_lee_despacio_y_no_pierde_nada(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    ana = entrar(conectar, servidor, "Ana")
    principio = time.monotonic()
    atacar(lanzar, PASO5, servidor, "cotorra.py", "300")
    ana.esperar("* Cotorra ha salido del chat\n")
    # La cubeta llena da para las 100 primeras; las otras 200 llegan a 100 por segundo.
    assert time.monotonic() - principio > 200 / RITMO - 0.1
    numeros = re.findall(r"Cotorra: línea (\d+) ", ana.texto)
    assert numeros == [str(numero) for numero in range(1, 301)]


def test_en_el_paso_4_se_guarda_una_linea_sin_final(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    atacante = atacar(lanzar, PASO4, servidor, "sin_final.py", "2")
    assert atacante.esperar_fin() == 0
    assert atacante.pantalla == (
        "He enviado 2 millones de letras sin un solo Intro.\n"
        "El servidor dice: * Te damos la bienvenida, Eterna\n"
    )


def test_en_el_paso_5_una_linea_sin_final_se_corta(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    ana = entrar(conectar, servidor, "Ana")
    atacar(lanzar, PASO5, servidor, "sin_final.py", "4")
    ana.esperar("* Eterna ha salido del chat\n")
    servidor.esperar("Expulso a Eterna: una línea no puede pasar de 4096 bytes\n")


def test_en_el_paso_5_cabe_justo_el_tope_y_ni_un_byte_mas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    ana = entrar(conectar, servidor, "Ana")
    carlos = entrar(conectar, servidor, "Carlos")
    carlos.enviar("x" * MAX_LINEA + "\n")
    ana.esperar(f"Carlos: {'x' * MAX_LINEA}\n")
    carlos.enviar("x" * (MAX_LINEA + 1) + "\n")
    assert carlos.esperar_fin().endswith(f"{LARGA}\n")
    ana.esperar("* Carlos ha salido del chat\n")
    assert ana.texto.count("x") == MAX_LINEA


def test_en_el_paso_5_tampoco_el_nombre_puede_pasar_del_tope(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    larga = conectar(servidor.puerto())
    larga.enviar("x" * (MAX_LINEA + 1))
    assert larga.esperar_fin() == f"{LARGA}\n"


def test_en_el_paso_5_quien_no_cabe_lo_sabe_y_quien_se_va_deja_su_plaza(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    dentro = [entrar(conectar, servidor, f"P{numero}") for numero in range(CONEXIONES)]
    assert conectar(servidor.puerto()).esperar_fin() == f"{LLENO}\n"
    dentro[0].no_enviar_mas()
    dentro[0].esperar_fin()  # cuando se cierra, la plaza está libre o a punto de estarlo
    limite = time.monotonic() + PLAZO
    while True:
        nueva = conectar(servidor.puerto())
        nueva.enviar("Nueva\n")
        if nueva.recibido.esperar(lambda datos: b"bienvenida" in datos):
            break
        assert nueva.texto == f"{LLENO}\n"
        assert time.monotonic() < limite


def arrancar_con_64_descriptores(lanzar: Lanzar, paso: Path) -> Programa:
    return lanzar(
        "-c",
        "import resource, sys, servidor; sys.argv[1:] = ['0'];"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)); servidor.principal()",
        carpeta=paso,
    )


@con_descriptores
@a_su_ritmo
def test_en_el_paso_4_una_multitud_acaba_con_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_con_64_descriptores(lanzar, PASO4)
    ana = entrar(conectar, servidor, "Ana")
    atacar(lanzar, PASO4, servidor, "multitud.py", "100")
    # Sale con 1 o, si otro hilo escribía en la pantalla en ese instante, Python aborta.
    assert servidor.esperar_fin() in {1, -signal.SIGABRT}
    assert "Too many open files" in servidor.errores.texto
    ana.esperar_fin()


@con_descriptores
def test_en_el_paso_5_una_multitud_no_molesta_a_quien_esta_dentro(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_con_64_descriptores(lanzar, PASO5)
    ana = entrar(conectar, servidor, "Ana")
    carlos = entrar(conectar, servidor, "Carlos")
    assert atacar(lanzar, PASO5, servidor, "multitud.py", "100").esperar_fin() == 0
    ana.enviar("¿Sigues ahí?\n")
    carlos.esperar("Ana: ¿Sigues ahí?\n")
    assert servidor.errores.texto == ""


# --- La terminal: pasos 5 y 6 ---


@pytest.mark.parametrize(
    ("paso", "se_ve"),
    [(PASO5, "\nCarlos: Os invito a cenar"), (PASO6, "\nEva: Hola.Carlos: Os invito a cenar")],
    ids=[PASO5.name, PASO6.name],
)
def test_solo_en_el_paso_5_eva_se_hace_pasar_por_carlos_en_la_terminal_de_ana(
    lanzar: Lanzar, abrir_terminal: AbrirTerminal, paso: Path, se_ve: str
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = abrir_terminal(str(paso / "cliente.py"), "localhost", str(servidor.puerto()))
    ana.esperar("Tu nombre:")
    ana.teclear("Ana\r")
    ana.esperar("bienvenida")
    atacar(lanzar, paso, servidor, "inyeccion.py", "imitar")
    assert se_ve in ana.esperar("* Eva ha salido del chat")


@pytest.mark.parametrize(
    ("paso", "queda"), [(PASO5, False), (PASO6, True)], ids=[PASO5.name, PASO6.name]
)
def test_solo_en_el_paso_5_eva_borra_la_pantalla_de_ana(
    lanzar: Lanzar, abrir_terminal: AbrirTerminal, paso: Path, queda: bool
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = abrir_terminal(str(paso / "cliente.py"), "localhost", str(servidor.puerto()))
    ana.esperar("Tu nombre:")
    ana.teclear("Ana\r")
    ana.esperar("bienvenida")
    atacar(lanzar, paso, servidor, "inyeccion.py", "borrar")
    assert ("bienvenida" in ana.esperar("Sesión caducada.")) == queda


PELIGROSOS = "\x00\x07\x08\r\x1b\x7f\x85\x9b\u2028\u202e\u2066"


def test_en_el_paso_6_el_servidor_limpia_mensajes_y_nombres(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO6)
    ana = entrar(conectar, servidor, "Ana")
    eva = entrar(conectar, servidor, f"E{PELIGROSOS}va")
    eva.enviar(f"a{PELIGROSOS}b\tc: ñ 👍 مرحبا\n")
    ana.esperar("Eva: ab c: ñ 👍 مرحبا\n")
    servidor.esperar("Eva ha entrado\n")
    assert not set(PELIGROSOS) & set(ana.texto + servidor.pantalla)


def test_en_el_paso_6_el_cliente_no_se_fia_del_servidor(lanzar: Lanzar) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bromista:
        ana = lanzar("cliente.py", "localhost", str(bromista.getsockname()[1]), carpeta=PASO6)
        ana.escribir("Ana")
        bromista.settimeout(PLAZO)
        conexion, _ = bromista.accept()
        with conexion:
            conexion.sendall(f"Carlos: a{PELIGROSOS}b\n".encode())
            ana.esperar("Carlos: ab\n")
