"""Los turnos: servidor y cliente se alternan, cualquiera se va y no se pierde ninguna línea."""

from __future__ import annotations

import select
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import Programa, con_head
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import AbrirTerminal, Conectar, Lanzar, LanzarNc

if TYPE_CHECKING:
    from tests.apoyo.terminal import Terminal

SERVIDOR = "chatlab.turnos.servidor"
CLIENTE = "chatlab.turnos.cliente"

CONECTADO = "* Conectado a localhost. Escribe salir para irte.\n"
LLEGA = "* Cliente conectado desde "
EL_CLIENTE_SE_FUE = "* El cliente ha salido. Esperando a otro…\n"
EL_CLIENTE_SE_CORTO = "* El cliente se ha desconectado. Esperando a otro…\n"
ESPERA = "* Espera: el servidor está con otra persona. Lo que escribas no se pierde.\n"
ATENDIDO = "* El servidor ya está contigo.\n"
EL_SERVIDOR_SE_FUE = "* El servidor ha salido.\n"
EL_SERVIDOR_SE_CORTO = "Se ha cortado la conexión con el servidor. ¿Sigue en marcha?\n"


def arrancar_servidor(lanzar: Lanzar) -> Programa:
    return lanzar("-m", SERVIDOR, "--puerto", "0")


def arrancar_cliente(lanzar: Lanzar, puerto: int) -> Programa:
    return lanzar("-m", CLIENTE, "--puerto", str(puerto))


def arrancar_pareja(lanzar: Lanzar) -> tuple[Programa, Programa]:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    servidor.esperar(LLEGA)
    cliente.esperar(CONECTADO)
    return servidor, cliente


def arrancar_pareja_que_ya_habla(lanzar: Lanzar) -> tuple[Programa, Programa]:
    """Le toca al cliente, y ninguno de los dos está aún arrancando: ya los puede cortar Ctrl+C."""
    servidor, cliente = arrancar_pareja(lanzar)
    cliente.escribir("hola")
    servidor.escribir("buenas")
    cliente.esperar("Servidor: buenas\n")
    return servidor, cliente


def conversacion(programa: Programa) -> list[str]:
    """Lo que ha visto cada persona, sin el anuncio ni los avisos."""
    return [linea for linea in programa.pantalla.split("\n") if ": " in linea and linea[0] != "*"]


def servidor_al_que_le_toca(lanzar: Lanzar, conectar: Conectar) -> tuple[Programa, Conexion]:
    """Un servidor que debe contestar a «hola», y la conexión que se lo ha dicho."""
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    cliente.enviar("hola\n")
    servidor.esperar("Cliente: hola\n")
    return servidor, cliente


# --- Los turnos --------------------------------------------------------------------------------


def test_servidor_y_cliente_se_alternan_y_empieza_el_cliente(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\n")
    servidor.escribir("¿qué tal, señor?")
    cliente.esperar("Servidor: ¿qué tal, señor?\n")
    cliente.escribir("bien 😀")
    servidor.esperar("Cliente: bien 😀\n")
    servidor.escribir("me alegro")
    cliente.esperar("Servidor: me alegro\n")
    cliente.escribir("salir")
    assert cliente.termina_bien(), cliente.transcripcion()
    servidor.esperar(EL_CLIENTE_SE_FUE)

    assert cliente.pantalla == (
        f"{CONECTADO}Tú: hola\nServidor: ¿qué tal, señor?\nTú: bien 😀\nServidor: me alegro\n"
        "Tú: salir\n"
    )
    assert servidor.pantalla.split("\n")[2:] == [
        "Cliente: hola",
        "Tú: ¿qué tal, señor?",
        "Cliente: bien 😀",
        "Tú: me alegro",
        "* El cliente ha salido. Esperando a otro…",
        "",
    ]


def test_lo_tecleado_antes_de_tiempo_espera_su_turno(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    servidor.escribir("a", "b", "c")
    cliente.escribir("uno", "dos", "tres", "salir")
    assert cliente.termina_bien(), cliente.transcripcion()
    servidor.esperar(EL_CLIENTE_SE_FUE)
    esperada = ["uno", "a", "dos", "b", "tres", "c"]
    assert [linea.split(": ")[1] for linea in conversacion(cliente)] == [*esperada, "salir"]
    assert [linea.split(": ")[1] for linea in conversacion(servidor)] == esperada


def test_las_lineas_que_llegan_de_golpe_por_nc_se_muestran_una_a_una(
    lanzar: Lanzar, nc: LanzarNc
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = nc(servidor.puerto())
    cliente.escribir("uno", "dos", "tres")
    vistas = []
    for pregunta, respuesta in (("uno", "a"), ("dos", "b"), ("tres", "c")):
        servidor.esperar(f"Cliente: {pregunta}\n")
        servidor.escribir(respuesta)
        servidor.esperar(f"Tú: {respuesta}\n")
        cliente.esperar(f"{respuesta}\n")
        vistas += [f"Cliente: {pregunta}", f"Tú: {respuesta}"]
    assert conversacion(servidor) == vistas
    assert cliente.pantalla == "a\nb\nc\n"


@pytest.mark.parametrize("despedida", ["", "salir\n"], ids=["cierra", "se_despide"])
def test_lo_que_envio_quien_ya_se_ha_ido_no_se_pierde(
    lanzar: Lanzar, conectar: Conectar, despedida: str
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    cliente.enviar(f"uno\ndos\ntres\ncuatro\n{despedida}")
    cliente.cerrar()
    for pregunta, respuesta in (("uno", "a"), ("dos", "b"), ("tres", "c")):
        servidor.esperar(f"Cliente: {pregunta}\n")
        servidor.escribir(respuesta)
    servidor.esperar("Cliente: cuatro\n")
    servidor.escribir("d")
    servidor.esperar(EL_CLIENTE_SE_FUE if despedida else EL_CLIENTE_SE_CORTO)


def test_un_byte_cada_vez_se_entiende_igual(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    cliente.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in "¿ñ 😀?\r\n".encode():
        cliente.enviar(bytes([byte]))
    servidor.esperar("Cliente: ¿ñ 😀?\n")


def test_una_linea_mala_cuenta_como_turno(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    vacia, con_esc, larga, no_utf8 = b"", b"\x1b[2Jborra\x07", b"a" * 5000, b"ma\xf1ana"
    cliente.enviar(b"\n".join([vacia, con_esc, larga, no_utf8, b"buena", b""]))
    for veces, visto in enumerate(
        (
            "\n",
            "[2Jborra\n",
            "[línea descartada] La línea pasa de 4096 bytes",
            "[línea descartada] La línea no es UTF-8",
            "buena\n",
        ),
        start=1,
    ):
        servidor.esperar(f"Cliente: {visto}")
        servidor.escribir("te leo")
        cliente.esperar("te leo\n", veces=veces)
    assert "\x1b" not in servidor.pantalla


# --- Irse --------------------------------------------------------------------------------------

Irse = Callable[[Programa], None]

formas_de_irse = pytest.mark.parametrize(
    "irse",
    [
        lambda programa: programa.escribir("salir"),
        lambda programa: programa.escribir("EXIT"),
        lambda programa: programa.escribir("/quit"),
        Programa.cerrar_teclado,
        Programa.ctrl_c,
    ],
    ids=["salir", "exit", "/quit", "fin_de_la_entrada", "ctrl_c"],
)


@formas_de_irse
def test_si_se_va_el_cliente_el_servidor_lo_dice_y_espera_a_otro(
    lanzar: Lanzar, irse: Irse
) -> None:
    servidor, cliente = arrancar_pareja_que_ya_habla(lanzar)
    irse(cliente)
    assert cliente.termina_bien(), cliente.transcripcion()
    servidor.esperar(EL_CLIENTE_SE_FUE)
    arrancar_cliente(lanzar, servidor.puerto()).escribir("soy otro")
    servidor.esperar("Cliente: soy otro\n")


@formas_de_irse
def test_si_se_va_el_servidor_el_cliente_lo_dice_y_termina(lanzar: Lanzar, irse: Irse) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\n")
    irse(servidor)
    assert servidor.termina_bien(), servidor.transcripcion()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == f"{CONECTADO}Tú: hola\n{EL_SERVIDOR_SE_FUE}"


def test_el_servidor_se_entera_en_su_turno_de_que_el_cliente_se_va(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\n")
    cliente.ctrl_c()
    assert cliente.termina_bien(), cliente.transcripcion()
    servidor.esperar(EL_CLIENTE_SE_FUE)


def test_el_cliente_se_entera_en_su_turno_de_que_el_servidor_se_va(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_pareja_que_ya_habla(lanzar)
    servidor.ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("\n* El servidor se cierra.\n")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla.endswith(f"\nServidor: buenas\n{EL_SERVIDOR_SE_FUE}")


def test_quien_usa_nc_tambien_puede_irse_en_el_turno_del_servidor(
    lanzar: Lanzar, nc: LanzarNc
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = nc(servidor.puerto(), "-N")
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\n")
    cliente.escribir("salir")
    servidor.esperar(EL_CLIENTE_SE_FUE)


@pytest.mark.parametrize("turno", ["cliente", "servidor"])
def test_si_matan_al_cliente_el_servidor_lo_dice_y_espera_a_otro(
    lanzar: Lanzar, turno: str
) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    if turno == "servidor":
        cliente.escribir("hola")
        servidor.esperar("Cliente: hola\n")
    cliente.matar()
    servidor.esperar(EL_CLIENTE_SE_CORTO)
    arrancar_cliente(lanzar, servidor.puerto()).escribir("soy otro")
    servidor.esperar("Cliente: soy otro\n")


@pytest.mark.parametrize("turno", ["cliente", "servidor"])
def test_si_matan_al_servidor_el_cliente_lo_dice_y_termina_con_error(
    lanzar: Lanzar, turno: str
) -> None:
    servidor, cliente = arrancar_pareja(lanzar)
    if turno == "servidor":
        cliente.escribir("hola")
        servidor.esperar("Cliente: hola\n")
    servidor.matar()
    assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == EL_SERVIDOR_SE_CORTO


def test_un_corte_brusco_se_cuenta_como_desconexion(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor, cliente = servidor_al_que_le_toca(lanzar, conectar)
    cliente.cortar()
    servidor.esperar(EL_CLIENTE_SE_CORTO)


def test_lo_que_escribia_el_servidor_cuando_se_fue_un_cliente_es_para_el_siguiente(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, cliente = servidor_al_que_le_toca(lanzar, conectar)
    cliente.cortar()
    servidor.esperar(EL_CLIENTE_SE_CORTO)
    servidor.escribir("mi respuesta")
    otro = conectar(servidor.puerto())
    otro.enviar("soy otro\n")
    otro.esperar("mi respuesta\n")


def test_quien_llega_durante_una_conversacion_espera_y_no_pierde_su_linea(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, cliente = servidor_al_que_le_toca(lanzar, conectar)
    segundo = arrancar_cliente(lanzar, servidor.puerto())
    segundo.esperar(ESPERA)
    segundo.escribir("¿me toca?")
    segundo.esperar("Tú: ¿me toca?\n")
    servidor.escribir("aún no")
    cliente.esperar("aún no\n")
    assert "¿me toca?" not in servidor.pantalla
    cliente.enviar("salir\n")
    cliente.no_enviar_mas()
    servidor.esperar("Cliente: ¿me toca?\n")
    segundo.esperar(ATENDIDO)
    servidor.escribir("ahora sí")
    segundo.esperar("Servidor: ahora sí\n")
    assert cliente.texto == "aún no\n", "a quien no espera no se le dice nada"


def test_quien_espera_con_nc_tambien_lo_sabe(
    lanzar: Lanzar, conectar: Conectar, nc: LanzarNc
) -> None:
    servidor, cliente = servidor_al_que_le_toca(lanzar, conectar)
    segundo = nc(servidor.puerto())
    segundo.esperar(ESPERA)
    cliente.cortar()
    segundo.esperar(ATENDIDO)
    segundo.escribir("¿sí?")
    servidor.esperar("Cliente: ¿sí?\n")


def test_si_quien_llega_no_espera_un_aviso_igual_es_un_turno_como_otro(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, cliente = arrancar_pareja_que_ya_habla(lanzar)
    cliente.escribir("di eso")
    servidor.escribir(ATENDIDO.strip())
    cliente.esperar(f"Servidor: {ATENDIDO}")


def test_con_la_entrada_vacia_el_servidor_se_va_cuando_le_toca_hablar(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    servidor.cerrar_teclado()
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("hola")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert conversacion(servidor) == ["Cliente: hola"]
    assert cliente.pantalla == f"{CONECTADO}Tú: hola\n{EL_SERVIDOR_SE_FUE}"


def test_ctrl_c_termina_al_servidor_que_espera_y_su_puerto_queda_libre(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, cliente = servidor_al_que_le_toca(lanzar, conectar)
    puerto = servidor.puerto()
    cliente.cortar()
    servidor.esperar(EL_CLIENTE_SE_CORTO)
    servidor.ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    otro = lanzar("-m", SERVIDOR, "--puerto", str(puerto))
    assert otro.puerto() == puerto, otro.transcripcion()


def test_sin_servidor_el_cliente_dice_como_arrancarlo(lanzar: Lanzar) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = arrancar_cliente(lanzar, puerto)
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. ¿Lo has arrancado? "
        f"Prueba: {Path(sys.executable).stem} -m chatlab servidor turnos --puerto {puerto}\n"
    )


def test_los_programas_terminan_con_una_frase_si_nadie_lee_su_pantalla(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    nadie_lee = "Nadie lee la salida de este programa: lo dejo aquí.\n"
    with con_head("-m", SERVIDOR, "--puerto", "0") as (linea, proceso):
        conectar(int(linea.rpartition(":")[2])).enviar("hola\n")
        assert proceso.communicate(timeout=PLAZO)[1] == nadie_lee
        assert proceso.returncode == 1
    puerto = arrancar_servidor(lanzar).puerto()
    with con_head("-m", CLIENTE, "--puerto", str(puerto)) as (linea, proceso):
        assert linea == CONECTADO
        assert proceso.communicate("hola\n", timeout=PLAZO)[1] == nadie_lee
        assert proceso.returncode == 1


# --- La memoria --------------------------------------------------------------------------------

MIB = 1024 * 1024
#: Segundos sin que el sistema admita ni un byte más, para dar por lleno el camino. Si la máquina
#: va tan despacio que se da por lleno antes de estarlo, la prueba exige menos, pero no falla.
CAMINO_LLENO = 0.5


def inundar(conexion: Conexion, datos: bytes) -> int:
    """Envía hasta que nadie los recoge, y devuelve cuántos bytes salieron."""
    vista = memoryview(datos)
    conexion.socket.setblocking(False)
    while vista and select.select([], [conexion.socket], [], CAMINO_LLENO)[1]:
        vista = vista[conexion.socket.send(vista) :]
    return len(datos) - len(vista)


def test_quien_envia_cien_mil_lineas_sin_esperar_su_turno_no_llena_la_memoria(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto(), leer=False)
    cliente.enviar("hola\n")
    servidor.esperar("Cliente: hola\n")
    antes = psutil.Process(servidor.proceso.pid).memory_info().rss
    enviados = inundar(cliente, b"0\n1\n2\n" + (b"x" * 500 + b"\n") * 100_000)
    crecido = psutil.Process(servidor.proceso.pid).memory_info().rss - antes
    assert crecido < 15 * MIB, f"ha crecido {crecido / MIB:.0f} MiB con {enviados / MIB:.0f}"

    for numero in range(3):
        servidor.escribir("sigue")
        servidor.esperar(f"Cliente: {numero}\n")
    servidor.escribir("salir")
    assert servidor.termina_bien(), servidor.transcripcion()


# --- Con una persona delante -------------------------------------------------------------------

PREGUNTA = "Tú:"
LE_TOCA_AL_SERVIDOR, LE_TOCA_AL_CLIENTE = "(le toca al servidor)", "(le toca al cliente)"
AUN_NO = "* Aún no te toca: se enviará en tu turno."


@pytest.fixture(params=[[], ["-S"]], ids=["con_prompt_toolkit", "sin_bibliotecas"])
def python(request: pytest.FixtureRequest) -> list[str]:
    """Las dos consolas que puede haber en una terminal. Con -S, Python no ve lo instalado."""
    opciones: list[str] = request.param
    return opciones


def pregunta_a_la_vista(pantalla: str) -> bool:
    """La última línea invita a escribir, y aún no se ha escrito nada."""
    return pantalla.split("\n")[-1] == PREGUNTA


def test_cada_persona_solo_ve_la_pregunta_cuando_le_toca(
    abrir_terminal: AbrirTerminal, python: list[str]
) -> None:
    servidor = abrir_terminal(*python, "-m", SERVIDOR, "--puerto", "0")
    cliente = abrir_terminal(*python, "-m", CLIENTE, "--puerto", str(servidor.puerto()))
    servidor.esperar(LLEGA)
    cliente.esperar(pregunta_a_la_vista)
    assert not any(map(pregunta_a_la_vista, servidor.vistas)), servidor.transcripcion()

    servidor.esperar(lambda vista: vista.endswith(f"\n{LE_TOCA_AL_CLIENTE}"))

    cliente.teclear("hola\r")
    servidor.esperar(lambda vista: vista.endswith(f"\nCliente: hola\n{PREGUNTA}"))
    cliente.esperar(lambda vista: vista == f"{CONECTADO}Tú: hola\n{LE_TOCA_AL_SERVIDOR}")
    servidor.teclear("buenas\r")
    cliente.esperar(lambda vista: vista == f"{CONECTADO}Tú: hola\nServidor: buenas\n{PREGUNTA}")
    servidor.esperar(
        lambda vista: vista.endswith(f"\nCliente: hola\nTú: buenas\n{LE_TOCA_AL_CLIENTE}")
    )

    cliente.teclear("salir\r")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    servidor.esperar("* El cliente ha salido. Esperando a otro…")
    servidor.ctrl_c()
    assert servidor.esperar_fin() == 0, servidor.transcripcion()


def se_sientan(
    lanzar: Lanzar, abrir_terminal: AbrirTerminal, python: list[str]
) -> tuple[Programa, Terminal]:
    """Un servidor y un cliente en una terminal, al que le toca."""
    servidor = arrancar_servidor(lanzar)
    cliente = abrir_terminal(*python, "-m", CLIENTE, "--puerto", str(servidor.puerto()))
    cliente.esperar(pregunta_a_la_vista)
    return servidor, cliente


def test_lo_que_se_empezo_a_escribir_antes_de_tiempo_aparece_tras_la_pregunta(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str]
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear("hola\r")
    servidor.esperar("Cliente: hola\n")
    cliente.teclear("ya sé qué ")
    cliente.esperar(f"{LE_TOCA_AL_SERVIDOR} ya sé qué")
    servidor.escribir("buenas")
    cliente.esperar("Tú: ya sé qué")
    cliente.teclear("decir\r")
    servidor.esperar("Cliente: ya sé qué decir\n")
    # Lo que llega no se mezcla con lo que se escribía.
    sin_mezclar = f"{CONECTADO}Tú: hola\nServidor: buenas\nTú: ya sé qué decir"
    cliente.esperar(lambda vista: vista == f"{sin_mezclar}\n{LE_TOCA_AL_SERVIDOR}")


def test_lo_que_se_envia_antes_de_tiempo_se_dice_que_espera_y_se_ve_cuando_sale(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str]
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear("hola\r")
    cliente.esperar(lambda vista: vista.endswith(f"\n{LE_TOCA_AL_SERVIDOR}"))
    cliente.teclear("otra\r")
    antes = f"{CONECTADO}Tú: hola\n{LE_TOCA_AL_SERVIDOR} otra\n{AUN_NO}\n"
    cliente.esperar(lambda vista: vista == f"{antes}{LE_TOCA_AL_SERVIDOR}")
    servidor.escribir("buenas", "sí")
    cliente.esperar(
        lambda vista: vista == f"{antes}Servidor: buenas\nTú: otra\nServidor: sí\n{PREGUNTA}"
    )
    servidor.esperar("Tú: sí\n")
    assert conversacion(servidor) == ["Cliente: hola", "Tú: buenas", "Cliente: otra", "Tú: sí"]


def test_para_irse_no_hay_que_esperar_el_turno(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str]
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear("hola\r")
    cliente.esperar(lambda vista: vista.endswith(f"\n{LE_TOCA_AL_SERVIDOR}"))
    cliente.teclear("salir\r")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    servidor.esperar("Cliente: hola\n")
    servidor.esperar(EL_CLIENTE_SE_FUE)


def test_el_servidor_se_va_aunque_no_haya_llegado_nadie(
    abrir_terminal: AbrirTerminal, python: list[str]
) -> None:
    servidor = abrir_terminal(*python, "-m", SERVIDOR, "--puerto", "0")
    servidor.puerto()
    servidor.teclear("salir\r")
    assert servidor.esperar_fin() == 0, servidor.transcripcion()


@pytest.mark.parametrize("final", ["ctrl_c", "el_servidor_se_va"])
def test_lo_que_esperaba_su_turno_y_no_se_envio_se_cuenta(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str], final: str
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear("hola\r")
    servidor.esperar("Cliente: hola\n")
    cliente.esperar(lambda vista: vista.endswith(f"\n{LE_TOCA_AL_SERVIDOR}"))
    cliente.teclear("una\rdos\rtres\r")
    cliente.esperar(lambda vista: vista.endswith(f" tres\n{LE_TOCA_AL_SERVIDOR}"))
    cliente.ctrl_c() if final == "ctrl_c" else servidor.escribir("salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert "\n* 3 líneas sin enviar." in cliente.pantalla, cliente.transcripcion()


def test_la_linea_a_medio_escribir_sigue_ahi_cuando_llega_otro_cliente(
    abrir_terminal: AbrirTerminal, conectar: Conectar, python: list[str]
) -> None:
    servidor = abrir_terminal(*python, "-m", SERVIDOR, "--puerto", "0")
    primero = conectar(servidor.puerto())
    primero.enviar("hola\n")
    servidor.esperar(lambda vista: vista.endswith(f"Cliente: hola\n{PREGUNTA}"))
    servidor.teclear("medio ")
    servidor.esperar("Tú: medio")
    primero.enviar("salir\n")
    primero.no_enviar_mas()
    servidor.esperar(lambda vista: vista.endswith("Esperando a otro…\nmedio"))

    segundo = conectar(servidor.puerto())
    segundo.enviar("soy otro\n")
    servidor.esperar(lambda vista: vista.endswith("Cliente: soy otro\nTú: medio"))
    servidor.teclear("mensaje\r")
    segundo.esperar("medio mensaje\n")
    assert segundo.texto == "medio mensaje\n"


@pytest.mark.parametrize("tecla", ["\x03", "\x04"], ids=["ctrl_c", "ctrl_d"])
def test_en_una_terminal_las_teclas_de_salir_terminan_bien(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str], tecla: str
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear(tecla)
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert "Traceback" not in cliente.salida.texto, cliente.transcripcion()
    servidor.esperar(EL_CLIENTE_SE_FUE)


def test_quien_esta_escribiendo_se_entera_enseguida_de_que_el_otro_se_ha_ido(
    abrir_terminal: AbrirTerminal, lanzar: Lanzar, python: list[str]
) -> None:
    servidor, cliente = se_sientan(lanzar, abrir_terminal, python)
    cliente.teclear("a medias")
    cliente.esperar("Tú: a medias")
    servidor.esperar(LLEGA)  # si no, cerrar corta a quien está en la cola
    servidor.ctrl_c()
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla.endswith(EL_SERVIDOR_SE_FUE.strip()), cliente.transcripcion()
