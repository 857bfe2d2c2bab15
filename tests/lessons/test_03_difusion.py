"""Lección 03: cada paso hace lo que dice su guía, también en la red, y sus fallos ocurren."""

from __future__ import annotations

import contextlib
import doctest
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import AbrirTerminal, Conectar, Lanzar

LECCION = RAIZ / "lessons" / "03_difusion"
PASO1 = LECCION / "paso1_hilos"
PASO2 = LECCION / "paso2_candado"
PASO3 = LECCION / "paso3_acuse"
PASO4 = LECCION / "paso4_nick"
PASO5 = LECCION / "paso5_sala"
PASOS = [PASO1, PASO2, PASO3, PASO4, PASO5]

SALUDO = {
    PASO1: "Tu nombre es {}",
    PASO2: "Te damos la bienvenida, {}",
    PASO3: "Te damos la bienvenida, {}",
    PASO4: "[{} se ha conectado]",
    PASO5: "Bienvenido al chat, {}!",
}
EL_SERVIDOR_HA_CERRADO = "El servidor ha cerrado la conexión. Pulsa Intro para salir.\n"

con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() no se interrumpe con Ctrl+C"
)


def en_los_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


def arrancar_servidor(lanzar: Lanzar, paso: Path, puerto: int = 0) -> Programa:
    return lanzar("servidor.py", str(puerto), carpeta=paso)


def arrancar_cliente(lanzar: Lanzar, paso: Path, puerto: int, nombre: str) -> Programa:
    """Arranca un cliente, da su nombre y espera a que esté dentro."""
    cliente = lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)
    cliente.escribir(nombre)
    cliente.esperar(SALUDO[paso].format(nombre))
    return cliente


def entrar(
    conectar: Conectar, paso: Path, servidor: Programa, nombre: str, *, leer: bool = True
) -> Conexion:
    """Entra con un socket, sin cliente, y espera a que el servidor lo cuente en su pantalla."""
    conexion = conectar(servidor.puerto(), leer=leer)
    conexion.enviar(nombre)
    nombre = nombre.strip()
    if paso == PASO5:
        puerto_propio = conexion.socket.getsockname()[1]
        servidor.esperar(f"{nombre} (127.0.0.1, {puerto_propio}) se ha conectado")
    else:
        servidor.esperar(f"[CLIENTE {nombre} conectado]")
    return conexion


# --- Lo que vale para todos los pasos ---


@pytest.mark.parametrize(
    ("paso", "host", "puerto"),
    [
        (PASO1, "localhost", 8000),
        (PASO2, "0.0.0.0", 5000),
        (PASO3, "localhost", 8000),
        (PASO4, "localhost", 9000),
        (PASO5, "localhost", 65434),
    ],
    ids=[paso.name for paso in PASOS],
)
def test_el_host_y_el_puerto_son_los_de_la_semilla(paso: Path, host: str, puerto: int) -> None:
    servidor = (paso / "servidor.py").read_text(encoding="utf-8")
    assert f'\nHOST = "{host}"\nPUERTO = {puerto}\n' in servidor
    cliente = (paso / "cliente.py").read_text(encoding="utf-8")
    assert f'\nHOST = "localhost"\nPUERTO = {puerto}\n' in cliente


@en_los_pasos(*PASOS)
def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)
        if paso != PASO5:  # en el paso 5 es el servidor quien pide el nombre
            cliente.escribir("Ana")
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@en_los_pasos(*PASOS)
def test_con_el_puerto_ocupado_el_servidor_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    puerto = arrancar_servidor(lanzar, paso).puerto()
    segundo = arrancar_servidor(lanzar, paso, puerto)
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto.startswith(
        f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto."
    )


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_ctrl_c_termina_el_servidor_y_su_cliente_lo_dice(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto(), "Ana")
    servidor.insistir_con_ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.lower().endswith("servidor cerrado\n")
    # Sin su salto de línea: entre los dos puede salir la pregunta del otro hilo.
    cliente.esperar(EL_SERVIDOR_HA_CERRADO.rstrip("\n"))
    with contextlib.suppress(BrokenPipeError):  # si aún no esperaba el teclado, ya ha terminado
        cliente.escribir("")
    cliente.cerrar_teclado()  # por si Intro llegó antes de que el hilo que recibe terminara
    assert cliente.termina_bien(), cliente.transcripcion()


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_ctrl_c_termina_el_cliente_y_el_servidor_sigue(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto(), "Ana")
    cliente.insistir_con_ctrl_c()
    assert cliente.termina_bien(), cliente.transcripcion()
    # El otro hilo puede acabar de escribir su salto de línea después de la despedida.
    assert cliente.pantalla.rstrip("\n").endswith("\nAdiós.")
    entrar(conectar, paso, servidor, "Carlos")


@en_los_pasos(*PASOS)
def test_el_fin_de_la_entrada_es_salir(lanzar: Lanzar, conectar: Conectar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    carlos = entrar(conectar, paso, servidor, "Carlos")
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto(), "Ana")
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    # El otro hilo puede acabar de escribir su salto de línea después de la despedida.
    assert cliente.pantalla.rstrip("\n").endswith("\nAdiós.")
    carlos.esperar("<<< Ana ha salido del chat" if paso == PASO5 else "[Ana se ha desconectado]")


@en_los_pasos(*PASOS)
def test_sin_nombre_el_cliente_no_entra(lanzar: Lanzar, paso: Path) -> None:
    puerto = arrancar_servidor(lanzar, paso).puerto()
    sin_nombre = lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)
    sin_nombre.escribir("  ")
    assert sin_nombre.esperar_fin() == 1
    assert re.fullmatch("Hace falta un (nombre|apodo) para entrar.\n", sin_nombre.errores.texto)


@en_los_pasos(*PASOS)
def test_todo_por_una_tuberia_no_da_errores(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = lanzar("cliente.py", "localhost", str(servidor.puerto()), carpeta=paso)
    cliente.escribir("Ana", "hola", "adiós")
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    servidor.esperar("hola")
    assert servidor.errores.texto == ""


@en_los_pasos(*PASOS)
def test_un_caracter_partido_en_dos_se_estropea_y_nada_mas(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, paso, servidor, "Ana")
    carlos = entrar(conectar, paso, servidor, "Carlos")
    ana.enviar(b"ma\xc3")  # media «ñ»
    carlos.esperar("ma�")
    ana.enviar(b"\xb1ana")
    carlos.esperar("�ana")


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_al_reiniciar_el_puerto_sigue_ocupado_solo_en_el_paso_1(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    puerto = servidor.puerto()
    ana = entrar(conectar, paso, servidor, "Ana")
    ana.esperar(SALUDO[paso].format("Ana"))
    servidor.insistir_con_ctrl_c()
    servidor.esperar_fin()
    ana.esperar_fin()

    reiniciado = arrancar_servidor(lanzar, paso, puerto)
    if paso == PASO1:
        assert reiniciado.esperar_fin() == 1
        assert reiniciado.errores.texto == (
            f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.\n"
        )
    else:
        assert reiniciado.puerto() == puerto
        entrar(conectar, paso, reiniciado, "Carlos")


@pytest.mark.skipif(sys.platform != "linux", reason="la guía solo lo dice de Linux")
def test_la_opcion_no_sirve_si_quien_se_cerro_no_la_habia_pedido(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    primero = arrancar_servidor(lanzar, PASO1)
    puerto = primero.puerto()
    ana = entrar(conectar, PASO1, primero, "Ana")
    ana.esperar(SALUDO[PASO1].format("Ana"))
    primero.insistir_con_ctrl_c()
    primero.esperar_fin()
    ana.esperar_fin()

    con_la_opcion = arrancar_servidor(lanzar, PASO2, puerto)

    assert con_la_opcion.esperar_fin() == 1
    assert "Usa otro o espera un minuto." in con_la_opcion.errores.texto


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


def test_la_lista_que_cambia_en_la_guia_se_salta_a_carlos() -> None:
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    sesiones = re.findall(r"^```pycon\n(.*?)^```", guia, re.DOTALL | re.MULTILINE)
    sin_red = "".join(sesion for sesion in sesiones if ">>> clientes = [" in sesion)
    sesion = doctest.DocTestParser().get_doctest(sin_red, {}, "guia", None, None)
    assert doctest.DocTestRunner().run(sesion) == doctest.TestResults(failed=0, attempted=2)


# --- Conversaciones de verdad: un servidor y dos clientes ---


def test_en_el_paso_1_cada_cliente_tiene_su_hilo(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    puerto = servidor.puerto()
    ana = arrancar_cliente(lanzar, PASO1, puerto, "Ana")
    carlos = arrancar_cliente(lanzar, PASO1, puerto, "Carlos")
    ana.esperar("[Carlos se ha conectado]")
    ana.escribir("¡Hola!")
    carlos.esperar("[Ana] ¡Hola!")
    carlos.escribir("¿Qué tal, señora?")
    ana.esperar("[Carlos] ¿Qué tal, señora?")
    carlos.cerrar_teclado()
    ana.esperar("[Carlos se ha desconectado]\n")
    servidor.esperar("[CLIENTE Carlos desconectado]\n")
    assert ana.pantalla == (
        "Tu nombre: Tu nombre es Ana\n[Carlos se ha conectado]\n"
        "[Carlos] ¿Qué tal, señora?\n[Carlos se ha desconectado]\n"
    )
    direccion = r"\('127\.0\.0\.1', \d+\)"
    assert re.fullmatch(
        rf"\[SERVIDOR\] Servidor iniciado en localhost:{puerto}\n"
        rf"\[CONEXIÓN\] Cliente conectado desde {direccion}\n\[CLIENTE Ana conectado\]\n"
        rf"\[CONEXIÓN\] Cliente conectado desde {direccion}\n\[CLIENTE Carlos conectado\]\n"
        r"\[CLIENTE Ana\] ¡Hola!\n\[CLIENTE Carlos\] ¿Qué tal, señora\?\n"
        r"\[CLIENTE Carlos desconectado\]\n",
        servidor.pantalla,
    )


def test_en_el_paso_2_se_sale_con_quit(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    puerto = servidor.puerto()
    ana = arrancar_cliente(lanzar, PASO2, puerto, "Ana")
    carlos = arrancar_cliente(lanzar, PASO2, puerto, "Carlos")
    ana.esperar("[Carlos se ha conectado]\n")
    carlos.escribir("uno", "dos")
    ana.esperar("dos\n")
    carlos.escribir("/quit")
    assert carlos.termina_bien(), carlos.transcripcion()
    assert carlos.pantalla.startswith("Tu nombre: Te damos la bienvenida, Carlos\n")
    assert carlos.pantalla.endswith("Adiós.\n")
    assert "uno" not in carlos.pantalla
    ana.esperar("[Carlos se ha desconectado]\n")
    servidor.esperar("[CLIENTE Carlos desconectado]\n")
    assert servidor.pantalla.startswith(f"[SERVIDOR] Servidor iniciado en 0.0.0.0:{puerto}\n")


def test_en_el_paso_3_quien_escribe_ve_visto_y_los_demas_el_mensaje(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    ana = arrancar_cliente(lanzar, PASO3, servidor.puerto(), "Ana")
    carlos = arrancar_cliente(lanzar, PASO3, servidor.puerto(), "Carlos")
    ana.esperar("[Carlos se ha conectado]")
    ana.escribir("hola")
    ana.esperar("Visto\n")
    carlos.esperar("[Ana] hola\n")
    ana.escribir("/exit")
    assert ana.termina_bien(), ana.transcripcion()
    carlos.esperar("[Ana se ha desconectado]\n")
    servidor.esperar("[CLIENTE Ana se ha desconectado]\n")
    assert "Visto" not in carlos.pantalla
    assert ana.pantalla == (
        "Tu nombre: Te damos la bienvenida, Ana\n[Carlos se ha conectado]\nVisto\nAdiós.\n"
    )


@con_ctrl_c
def test_en_el_paso_3_se_distingue_a_quien_se_va_sin_despedirse(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    lucia = entrar(conectar, PASO3, servidor, "Lucía")
    ana = arrancar_cliente(lanzar, PASO3, servidor.puerto(), "Ana")
    ana.insistir_con_ctrl_c()
    lucia.esperar("[Ana se ha ido sin despedirse]")
    carlos = entrar(conectar, PASO3, servidor, "Carlos")
    carlos.cortar()
    lucia.esperar("[Carlos se ha ido sin despedirse]")
    servidor.esperar("[CLIENTE Carlos se ha ido sin despedirse]\n")
    assert "[ERROR] Carlos: " in servidor.pantalla
    assert servidor.errores.texto == ""


def test_en_el_paso_4_los_mensajes_vuelven_tambien_a_quien_los_escribe(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    ana = arrancar_cliente(lanzar, PASO4, servidor.puerto(), "Ana")
    carlos = arrancar_cliente(lanzar, PASO4, servidor.puerto(), "Carlos")
    servidor.esperar("[CONECTADOS] Ana, Carlos\n")
    ana.esperar("[Carlos se ha conectado]\n")
    ana.escribir("hola")
    ana.esperar("[Ana] hola\n")
    carlos.esperar("[Ana] hola\n")
    ana.escribir("salir")
    assert ana.termina_bien(), ana.transcripcion()
    carlos.esperar("[Ana se ha desconectado]\n")
    servidor.esperar("[CLIENTE Ana se ha desconectado]\n")
    assert ana.pantalla == (
        "Tu apodo: [Ana se ha conectado]\n[Carlos se ha conectado]\n[Ana] hola\nAdiós.\n"
    )


def test_en_el_paso_4_cada_apodo_se_va_con_su_cliente(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    entrar(conectar, PASO4, servidor, "Ana")
    carlos = entrar(conectar, PASO4, servidor, "Carlos")
    entrar(conectar, PASO4, servidor, "Lucía")
    carlos.enviar("SALIR")
    servidor.esperar("[CLIENTE Carlos se ha desconectado]")
    entrar(conectar, PASO4, servidor, "Eva")
    assert "[CONECTADOS] Ana, Lucía, Eva\n" in servidor.pantalla


def test_en_el_paso_5_la_pantalla_del_servidor_es_la_de_la_semilla(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    puerto = servidor.puerto()
    ana = arrancar_cliente(lanzar, PASO5, puerto, "Ana")
    carlos = arrancar_cliente(lanzar, PASO5, puerto, "Carlos")
    ana.esperar(">>> Carlos se ha unido al chat\nTú: ")
    ana.escribir("Hola a todos!")
    carlos.esperar("Ana: Hola a todos!\nTú: ")
    carlos.escribir("Hola Ana, ¿cómo estás?")
    ana.esperar("Carlos: Hola Ana, ¿cómo estás?\nTú: ")
    carlos.escribir("salir")
    assert carlos.termina_bien(), carlos.transcripcion()
    ana.esperar("<<< Carlos ha salido del chat\nTú: ")
    servidor.esperar(" se ha desconectado\n")
    assert re.fullmatch(
        rf"Servidor de chat escuchando en localhost:{puerto}\nEsperando conexiones\.\.\.\n\n"
        r"Ana \(127\.0\.0\.1, \d+\) se ha conectado\n"
        r"Carlos \(127\.0\.0\.1, (\d+)\) se ha conectado\n"
        r"Ana: Hola a todos!\nCarlos: Hola Ana, ¿cómo estás\?\n"
        r"Carlos \(127\.0\.0\.1, \1\) se ha desconectado\n",
        servidor.pantalla,
    )


@pytest.mark.parametrize("palabra", ["salir", "exit", "quit", "Salir"])
def test_en_el_paso_5_tres_palabras_sirven_para_salir(
    lanzar: Lanzar, conectar: Conectar, palabra: str
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    carlos = entrar(conectar, PASO5, servidor, "Carlos")
    ana = arrancar_cliente(lanzar, PASO5, servidor.puerto(), "Ana")
    ana.escribir(palabra)
    assert ana.termina_bien(), ana.transcripcion()
    assert ana.pantalla.endswith("Tú: Adiós.\n")
    carlos.esperar("<<< Ana ha salido del chat\n")
    assert f"Ana: {palabra}" not in carlos.texto


def test_en_el_paso_5_la_terminal_de_ana_se_ve_como_en_la_semilla(
    lanzar: Lanzar, conectar: Conectar, abrir_terminal: AbrirTerminal
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    ana = abrir_terminal(str(PASO5 / "cliente.py"), "localhost", str(servidor.puerto()))
    ana.esperar("Ingresa tu nombre:")
    ana.teclear("Ana\r")
    ana.esperar("Bienvenido al chat, Ana!\nTú:")
    carlos = entrar(conectar, PASO5, servidor, "Carlos")
    ana.esperar(">>> Carlos se ha unido al chat\nTú:")
    ana.teclear("Hola a todos!\r")
    ana.esperar("Tú: Hola a todos!\nTú:")
    carlos.esperar("Ana: Hola a todos!\n")
    carlos.enviar("Hola Ana, ¿cómo estás?\n")
    ana.esperar("Carlos: Hola Ana, ¿cómo estás?\nTú:")
    ana.teclear("Muy bien, gracias!\r")
    ana.esperar("Tú: Muy bien, gracias!\nTú:")
    ana.teclear("salir\r")
    assert ana.esperar_fin() == 0
    assert ana.pantalla == (
        "Ingresa tu nombre: Ana\n"
        "Bienvenido al chat, Ana!\n"
        ">>> Carlos se ha unido al chat\n"
        "Tú: Hola a todos!\n"
        "Carlos: Hola Ana, ¿cómo estás?\n"
        "Tú: Muy bien, gracias!\n"
        "Tú: salir\n"
        "Adiós."
    )


def test_en_el_paso_5_lo_que_llega_tapa_lo_que_se_escribe_pero_no_se_pierde(
    lanzar: Lanzar, conectar: Conectar, abrir_terminal: AbrirTerminal
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    carlos = entrar(conectar, PASO5, servidor, "Carlos")
    ana = abrir_terminal(str(PASO5 / "cliente.py"), "localhost", str(servidor.puerto()))
    ana.esperar("Ingresa tu nombre:")
    ana.teclear("Ana\r")
    ana.esperar("Ana!\nTú:")
    ana.teclear("Media")
    ana.esperar("Tú: Media")
    carlos.enviar("¡Hola otra vez!\n")
    assert "Media" not in ana.esperar("Carlos: ¡Hola otra vez!\nTú:")
    ana.teclear(" frase\r")
    carlos.esperar("Ana: Media frase\n")


# --- En la red: los bytes que promete cada semilla ---


def sin_avisos_de_ana(carlos: Conexion) -> str:
    """Lo que ha recibido Carlos. Si entra justo detrás de Ana, puede leer también su llegada."""
    return re.sub(r"\[Ana se ha conectado\]\n?|>>> Ana se ha unido al chat\n", "", carlos.texto)


def test_en_la_red_el_paso_1_no_pone_saltos_de_linea(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    ana = entrar(conectar, PASO1, servidor, "Ana")
    ana.esperar("Tu nombre es Ana")
    carlos = entrar(conectar, PASO1, servidor, "Carlos")
    carlos.esperar("Tu nombre es Carlos")
    ana.esperar("[Carlos se ha conectado]")
    carlos.enviar("hola, señora")
    ana.esperar("[Carlos] hola, señora")
    carlos.no_enviar_mas()
    carlos.esperar_fin()
    ana.esperar("[Carlos se ha desconectado]")
    assert ana.texto == (
        "Tu nombre es Ana[Carlos se ha conectado][Carlos] hola, señora[Carlos se ha desconectado]"
    )
    assert sin_avisos_de_ana(carlos) == "Tu nombre es Carlos"


@pytest.mark.parametrize("despedida", ["/quit", "/quit\n"])
def test_en_la_red_el_paso_2_acaba_cada_mensaje_en_un_salto_de_linea(
    lanzar: Lanzar, conectar: Conectar, despedida: str
) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    ana = entrar(conectar, PASO2, servidor, "Ana\n")
    ana.esperar("\n")
    carlos = entrar(conectar, PASO2, servidor, "Carlos")
    carlos.esperar("\n")
    ana.esperar("[Carlos se ha conectado]\n")
    carlos.enviar("hola, señora\n")
    ana.esperar("[Carlos] hola, señora\n")
    carlos.enviar(despedida)
    carlos.esperar_fin()
    ana.esperar("[Carlos se ha desconectado]\n")
    assert ana.texto == (
        "Te damos la bienvenida, Ana\n[Carlos se ha conectado]\n"
        "[Carlos] hola, señora\n[Carlos se ha desconectado]\n"
    )
    assert sin_avisos_de_ana(carlos) == "Te damos la bienvenida, Carlos\n"


def test_en_la_red_el_paso_3_contesta_el_acuse_solo_al_emisor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    ana = entrar(conectar, PASO3, servidor, "Ana")
    ana.esperar("Ana")
    carlos = entrar(conectar, PASO3, servidor, "Carlos")
    ana.esperar("[Carlos se ha conectado]")
    carlos.enviar("hola")
    carlos.esperar("Mensaje recibido...")
    carlos.enviar("/exit")
    carlos.esperar_fin()
    ana.esperar("[Carlos se ha desconectado]")
    assert ana.texto == (
        "Te damos la bienvenida, Ana[Carlos se ha conectado]"
        "[Carlos] hola[Carlos se ha desconectado]"
    )
    assert sin_avisos_de_ana(carlos) == "Te damos la bienvenida, CarlosMensaje recibido..."


def test_en_la_red_el_paso_4_pregunta_nick_y_difunde_a_todos(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    ana = conectar(servidor.puerto())
    assert ana.esperar("NICK") == "NICK"
    ana.enviar("Ana")
    ana.esperar("[Ana se ha conectado]")
    carlos = entrar(conectar, PASO4, servidor, "Carlos")
    carlos.esperar("[Carlos se ha conectado]")
    ana.esperar("[Carlos se ha conectado]")
    carlos.enviar("hola")
    carlos.esperar("[Carlos] hola")
    carlos.enviar("SALIR")
    carlos.esperar_fin()
    ana.esperar("[Carlos se ha desconectado]")
    assert ana.texto == (
        "NICK[Ana se ha conectado][Carlos se ha conectado][Carlos] hola[Carlos se ha desconectado]"
    )
    assert carlos.texto == "NICK[Carlos se ha conectado][Carlos] hola"


@pytest.mark.parametrize("fin_de_linea", ["", "\n"])
def test_en_la_red_el_paso_5_pide_el_nombre_y_anuncia_a_los_demas(
    lanzar: Lanzar, conectar: Conectar, fin_de_linea: str
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    ana = conectar(servidor.puerto())
    assert ana.esperar("Ingresa tu nombre: ") == "Ingresa tu nombre: "
    ana.enviar(f"Ana{fin_de_linea}")
    ana.esperar("Bienvenido al chat, Ana!\n")
    carlos = conectar(servidor.puerto())
    carlos.enviar(f"Carlos{fin_de_linea}")
    carlos.esperar("Bienvenido al chat, Carlos!\n")
    ana.esperar(">>> Carlos se ha unido al chat\n")
    carlos.enviar(f"Hola Ana, ¿cómo estás?{fin_de_linea}")
    ana.esperar("Carlos: Hola Ana, ¿cómo estás?\n")
    carlos.enviar(f"quit{fin_de_linea}")
    carlos.esperar_fin()
    ana.esperar("<<< Carlos ha salido del chat\n")
    assert ana.lineas == [
        "Ingresa tu nombre: Bienvenido al chat, Ana!",
        ">>> Carlos se ha unido al chat",
        "Carlos: Hola Ana, ¿cómo estás?",
        "<<< Carlos ha salido del chat",
    ]
    assert sin_avisos_de_ana(carlos) == "Ingresa tu nombre: Bienvenido al chat, Carlos!\n"


@pytest.fixture
def escucha() -> Iterator[socket.socket]:
    """Un servidor de mentira: lo que manda el cliente se ve aquí byte a byte."""
    with socket.create_server(("127.0.0.1", 0)) as servidor:
        servidor.settimeout(PLAZO)
        yield servidor


def aceptar(escucha: socket.socket) -> socket.socket:
    conexion, _ = escucha.accept()
    conexion.settimeout(PLAZO)
    return conexion


def recibir(conexion: socket.socket, esperado: bytes) -> None:
    """Recibe exactamente esos bytes; `b""` es que el cliente ya no enviará más."""
    recibido = conexion.recv(max(1, len(esperado)))
    while recibido and len(recibido) < len(esperado):
        recibido += conexion.recv(len(esperado) - len(recibido))
    assert recibido == esperado


@pytest.mark.parametrize(
    ("paso", "pregunta", "nombre", "mensaje", "despedida"),
    [
        (PASO1, b"", b"Ana", b"hola", None),
        (PASO2, b"", b"Ana", b"hola\n", ("/quit", b"/quit\n")),
        (PASO3, b"", b"Ana", b"hola", ("/exit", b"/exit")),
        (PASO4, b"NICK", b"Ana", b"hola", ("salir", b"SALIR")),
        (PASO5, b"Ingresa tu nombre: ", b"Ana\n", b"hola\n", ("exit", b"exit\n")),
    ],
    ids=[paso.name for paso in PASOS],
)
def test_en_la_red_el_cliente_envia_lo_que_dice_su_paso(
    lanzar: Lanzar,
    escucha: socket.socket,
    paso: Path,
    pregunta: bytes,
    nombre: bytes,
    mensaje: bytes,
    despedida: tuple[str, bytes] | None,
) -> None:
    cliente = lanzar("cliente.py", "localhost", str(escucha.getsockname()[1]), carpeta=paso)
    cliente.escribir("Ana")
    with aceptar(escucha) as conexion:
        conexion.sendall(pregunta)
        recibir(conexion, nombre)
        conexion.sendall(b"[entras]\n")
        cliente.esperar("[entras]")
        cliente.escribir("hola")
        recibir(conexion, mensaje)
        if despedida is None:
            cliente.cerrar_teclado()
        else:
            tecleada, enviada = despedida
            cliente.escribir(tecleada)
            recibir(conexion, enviada)
        recibir(conexion, b"")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert EL_SERVIDOR_HA_CERRADO not in cliente.pantalla


# --- Los fallos, ejecutándolos ---


@pytest.mark.parametrize(
    ("paso", "enviado", "difundido"),
    [
        (PASO1, "uno" + "dos", "[Eva] unodos"),
        (PASO2, "uno\n" + "dos\n", "[Eva] uno\ndos\n"),
        (PASO3, "uno" + "dos", "[Eva] unodos"),
        (PASO4, "uno" + "SALIR", "[Eva] unoSALIR"),
        (PASO5, "uno\n" + "Carlos: dos\n", "Eva: uno\nCarlos: dos\n"),
    ],
    ids=[paso.name for paso in PASOS],
)
def test_dos_mensajes_pegados_se_toman_por_uno(
    lanzar: Lanzar, conectar: Conectar, paso: Path, enviado: str, difundido: str
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, paso, servidor, "Ana")
    eva = entrar(conectar, paso, servidor, "Eva")
    eva.enviar(enviado)
    ana.esperar(difundido)
    if paso == PASO3:  # y un solo acuse para los dos
        eva.enviar("/exit")
        assert eva.esperar_fin().count("Mensaje recibido...") == 1


def test_en_el_paso_3_un_acuse_pegado_a_otro_mensaje_no_se_reconoce(
    lanzar: Lanzar, escucha: socket.socket
) -> None:
    cliente = lanzar("cliente.py", "localhost", str(escucha.getsockname()[1]), carpeta=PASO3)
    cliente.escribir("Ana")
    with aceptar(escucha) as conexion:
        recibir(conexion, b"Ana")
        conexion.sendall(b"Hola")
        cliente.esperar("Hola\n")
        conexion.sendall(b"Mensaje recibido...[Carlos] hola")
        cliente.esperar("Mensaje recibido...[Carlos] hola\n")
        conexion.sendall(b"Mensaje recibido...")
        cliente.esperar("Visto\n")
    assert cliente.pantalla.count("Visto") == 1


def test_en_el_paso_1_un_socket_muerto_en_la_lista_expulsa_a_quien_habla(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    muerto = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    ana = entrar(conectar, PASO1, servidor, "Ana")
    carlos = entrar(conectar, PASO1, servidor, "Carlos")
    ana.enviar("uno")
    carlos.esperar("[Ana] uno")
    carlos.enviar("dos")
    ana.esperar("[Carlos] dos")

    muerto.cortar()
    assert servidor.errores.esperar(lambda datos: b"ConnectionResetError" in datos)
    ana.enviar("tres")
    ana.esperar_fin()
    servidor.esperar("[CLIENTE Ana desconectado]")
    carlos.enviar("cuatro")
    carlos.esperar_fin()
    assert "[Ana] tres" not in carlos.texto


@en_los_pasos(PASO2, PASO3, PASO4, PASO5)
def test_desde_el_paso_2_quien_se_corta_no_se_lleva_a_nadie(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    sin_nombre = conectar(servidor.puerto())
    ana = entrar(conectar, paso, servidor, "Ana")
    con_nombre = entrar(conectar, paso, servidor, "Eva")
    carlos = entrar(conectar, paso, servidor, "Carlos")
    sin_nombre.cortar()
    con_nombre.cortar()
    carlos.esperar("Eva se ha" if paso != PASO5 else "<<< Eva ha salido")
    ana.enviar("sigo aquí")
    carlos.esperar("sigo aquí")
    carlos.enviar("y yo")
    ana.esperar("y yo")
    assert servidor.errores.texto == ""


def hablar_hasta_atascar(conexion: Conexion, primera: Conexion) -> int:
    """Envía «x» hasta que el servidor no lee más ni reenvía a la primera; devuelve cuántas."""
    # Con un buffer pequeño, que el servidor lea un poco basta para que se pueda enviar más.
    conexion.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
    enviadas = 0
    while conexion.admite_mas(primera.recibido):
        enviadas += conexion.socket.send(b"x" * 4096)
    return enviadas


def x_hasta_el_fin(conexion: Conexion) -> int:
    """Espera el «FIN» y devuelve cuántas «x» llegaron antes."""
    assert conexion.recibido.esperar(lambda datos: datos.endswith((b"FIN", b"FIN\n")))
    return conexion.recibido.datos.count(b"x")


@pytest.mark.parametrize(("paso", "alguien_se_lo_pierde"), [(PASO1, True), (PASO5, False)])
def test_si_la_lista_cambia_mientras_se_recorre_solo_en_el_paso_1_se_pierde_algo(
    lanzar: Lanzar, conectar: Conectar, paso: Path, alguien_se_lo_pierde: bool
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, paso, servidor, "Ana")
    sordo = entrar(conectar, paso, servidor, "Sordo", leer=False)
    carlos = entrar(conectar, paso, servidor, "Carlos")
    lucia = entrar(conectar, paso, servidor, "Lucía")
    eva = entrar(conectar, paso, servidor, "Eva", leer=False)

    enviadas = hablar_hasta_atascar(eva, ana)
    # El hilo de Eva está en medio de la lista: enviando a Sordo, que no lee. Carlos espera detrás.
    assert carlos.recibido.datos.count(b"x") < enviadas
    # Nadie más detrás de Sordo recibe nada, pero se puede entrar y salir.
    entrar(conectar, paso, servidor, "Nuria")
    ana.no_enviar_mas()
    servidor.esperar("[CLIENTE Ana desconectado]" if paso == PASO1 else " se ha desconectado")

    sordo.empezar_a_leer()
    eva.enviar("FIN")
    assert x_hasta_el_fin(lucia) == enviadas
    perdidas = enviadas - x_hasta_el_fin(carlos)
    assert 0 < perdidas <= 1024 if alguien_se_lo_pierde else perdidas == 0


def test_en_el_paso_2_un_cliente_que_no_lee_no_deja_entrar_ni_salir_a_nadie(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    ana = entrar(conectar, PASO2, servidor, "Ana")
    sordo = entrar(conectar, PASO2, servidor, "Sordo", leer=False)
    carlos = entrar(conectar, PASO2, servidor, "Carlos")
    eva = entrar(conectar, PASO2, servidor, "Eva", leer=False)

    enviadas = hablar_hasta_atascar(eva, ana)
    assert carlos.recibido.datos.count(b"x") < enviadas
    nuria = conectar(servidor.puerto())
    nuria.enviar("Nuria")
    ana.enviar("/quit")
    conectar(servidor.puerto())  # el servidor sigue aceptando conexiones…
    servidor.esperar("[CONEXIÓN]", veces=6)
    assert "[CLIENTE Nuria conectado]" not in servidor.pantalla  # …pero nadie entra
    assert "[CLIENTE Ana desconectado]" not in servidor.pantalla  # …ni sale

    sordo.empezar_a_leer()
    nuria.esperar("Te damos la bienvenida, Nuria\n")
    ana.esperar_fin()
    eva.enviar("FIN")
    assert x_hasta_el_fin(carlos) == enviadas
