"""A lo que está mal se contesta como dice ChatLab/1, y a los demás ni les va ni les viene."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.apoyo.chat import Chat, lineas_entre
from tests.conftest import LanzarNc
from tests.difusion.conftest import AbrirChat

DEMASIADO_LARGA = "! La línea pasa de 4096 bytes"
NO_ES_UTF8 = "! La línea no es UTF-8"

#: Lo que han leído los testigos entre que entraron y ahora.
LoQueHanLeido = Callable[[], list[str]]


@pytest.fixture
def chat(chat_compartido: Chat) -> Chat:
    return chat_compartido


@pytest.fixture
def leen_los_testigos(chat: Chat) -> LoQueHanLeido:
    """Ana y Luis están en la sala; lo que haya leído Ana lo ha leído Luis, y al revés."""
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")

    def comprobar_que_todo_sigue_igual() -> list[str]:
        # Cada uno escribe al otro: cuando llega, ha llegado todo lo anterior.
        luis.enviar("¿sigues ahí?\n")
        lee_ana = lineas_entre(ana, "* Luis se ha unido al chat", "Luis: ¿sigues ahí?")
        ana.enviar("aquí sigo\n")
        lee_luis = lineas_entre(luis, "* Hola, Luis. En la sala: Ana.", "Ana: aquí sigo")
        assert lee_ana == lee_luis
        return lee_ana

    return comprobar_que_todo_sigue_igual


# --- Líneas que no valen ---


@pytest.mark.parametrize(
    ("mala", "contesta"),
    [
        pytest.param(b"x" * 1_000_000 + b"\n", DEMASIADO_LARGA, id="un megabyte sin final"),
        pytest.param("ñ".encode() * 2048 + b"\n", DEMASIADO_LARGA, id="un byte de más"),
        pytest.param(b"ca\xf1a\n", NO_ES_UTF8, id="latin-1"),
        pytest.param(b"\xff\xfe\x00\n", NO_ES_UTF8, id="ni siquiera es texto"),
    ],
)
def test_una_linea_mala_se_descarta_con_su_motivo_y_las_demas_valen(
    chat: Chat, leen_los_testigos: LoQueHanLeido, mala: bytes, contesta: str
) -> None:
    eva = chat.entrar("Eva")
    eva.enviar(b"antes\n" + mala + b"despu\xc3\xa9s\n/usuarios\n")
    eva.esperar("* En la sala (3)")
    errores = [linea for linea in eva.lineas if linea.startswith("!")]
    assert len(errores) == 1, errores
    assert errores[0].startswith(contesta)
    assert leen_los_testigos() == ["* Eva se ha unido al chat", "Eva: antes", "Eva: después"]


@pytest.mark.parametrize(
    ("enviado", "leido"),
    [
        pytest.param("\x1b[2J\x1b[31mhola", "[2J[31mhola", id="órdenes para la terminal"),
        pytest.param("\x9b2Jho\x00la\x07\x7f", "2Jhola", id="controles de un byte"),
        pytest.param("\u202ealoh\u2066", "aloh", id="cambios de sentido"),
        pytest.param("hola\rAna: adiós", "holaAna: adiós", id="volver al principio"),
    ],
)
def test_nada_que_mande_sobre_una_terminal_llega_a_otra_persona(
    chat: Chat, leen_los_testigos: LoQueHanLeido, enviado: str, leido: str
) -> None:
    eva = chat.entrar("Eva")
    eva.enviar(f"{enviado}\n/usuarios\n")
    eva.esperar("* En la sala (3)")
    assert leen_los_testigos() == ["* Eva se ha unido al chat", f"Eva: {leido}"]


def test_las_lineas_vacias_no_son_nada(chat: Chat, leen_los_testigos: LoQueHanLeido) -> None:
    eva = chat.entrar("Eva")
    eva.enviar("\n   \r\n\x1b\n\t\n/usuarios\n")
    eva.esperar("* En la sala (3): Ana, Luis, Eva\n")
    assert eva.lineas[2:] == ["* En la sala (3): Ana, Luis, Eva"], "algo se ha contestado"
    assert leen_los_testigos() == ["* Eva se ha unido al chat"]


def test_un_megabyte_sin_final_tiene_respuesta_sin_esperar_al_final(
    chat: Chat, leen_los_testigos: LoQueHanLeido
) -> None:
    eva = chat.entrar("Eva")
    eva.enviar(b"x" * 1_000_000)
    eva.esperar(DEMASIADO_LARGA)
    assert leen_los_testigos() == ["* Eva se ha unido al chat"]


# --- Nombres que no valen ---


@pytest.mark.parametrize(
    ("nombre", "motivo"),
    [
        pytest.param("", "El nombre está vacío.", id="vacío"),
        pytest.param("   \t", "El nombre está vacío.", id="de espacios"),
        pytest.param("a" * 300, "El nombre tiene 300 caracteres", id="de 300"),
        pytest.param("Eva: hola", "no puede llevar «:»", id="con dos puntos"),
        pytest.param("Ana", "Ya hay alguien que se llama «Ana»", id="ocupado"),
        pytest.param("ana", "Ya hay alguien que se llama «ana»", id="ocupado en minúsculas"),
        pytest.param("\x1b[31mEva", "no puede llevar «[»", id="con una orden"),
        pytest.param("x" * 1_000_000, "La línea pasa de 4096 bytes", id="de un megabyte"),
    ],
)
def test_un_nombre_que_no_vale_se_puede_cambiar_por_otro(
    chat: Chat, leen_los_testigos: LoQueHanLeido, nombre: str, motivo: str
) -> None:
    eva = chat.conectar()
    eva.enviar(f"{nombre}\n")
    eva.esperar(motivo)
    eva.esperar("Escribe otro nombre (4 intentos):\n")
    eva.enviar("Eva\n")
    eva.esperar("* Hola, Eva. En la sala: Ana, Luis.\n")
    assert leen_los_testigos() == ["* Eva se ha unido al chat"]


def test_un_nombre_se_compara_sin_mayusculas_y_con_sus_tildes_compuestas(chat: Chat) -> None:
    chat.entrar("Ana")
    con_tilde = chat.conectar()
    con_tilde.enviar("A\u0301na\n")  # una A y, aparte, su tilde: se lee «Ána», y no es «Ana»
    con_tilde.esperar("* Hola, Ána. En la sala: Ana.\n")
    otra = chat.conectar()
    otra.enviar("áNA\n")
    otra.esperar("! Ya hay alguien que se llama «áNA».")


def test_tras_cinco_nombres_que_no_valen_se_cierra_la_conexion(
    chat: Chat, leen_los_testigos: LoQueHanLeido
) -> None:
    eva = chat.conectar()
    eva.enviar("Ana\n" * 5 + "Eva\n")
    assert eva.esperar_fin().endswith(
        "! Ya hay alguien que se llama «Ana». No quedan intentos: vuelve a conectarte.\n"
    )
    assert leen_los_testigos() == []


# --- Conexiones que no se comportan ---


def test_a_quien_no_dice_su_nombre_se_le_cierra_con_un_motivo(abrir_chat: AbrirChat) -> None:
    chat = abrir_chat("--espera-nombre", "1")
    ana = chat.entrar("Ana")
    *_, ultima = chat.conectar().esperar_fin().splitlines()
    assert ultima.startswith("! Han pasado 1 s sin un nombre."), ultima
    # A quien ya lo dio, el plazo no le alcanza, y de quien se quedó fuera no se entera.
    luis = chat.entrar("Luis")
    luis.enviar("hola\n")
    assert lineas_entre(ana, "* Hola, Ana. No hay nadie más.", "Luis: hola") == [
        "* Luis se ha unido al chat"
    ]


def test_mil_lineas_de_golpe_son_mil_mensajes(chat: Chat, leen_los_testigos: LoQueHanLeido) -> None:
    eva = chat.entrar("Eva")
    eva.enviar("".join(f"{numero}\n" for numero in range(1000)) + "/usuarios\n")
    eva.esperar("* En la sala (3)")
    assert leen_los_testigos() == [
        "* Eva se ha unido al chat",
        *(f"Eva: {numero}" for numero in range(1000)),
    ]


def test_quien_deja_de_enviar_aun_lee_lo_suyo(
    chat: Chat, leen_los_testigos: LoQueHanLeido, nc: LanzarNc
) -> None:
    eva = nc(chat.puerto, "-N")  # printf 'Eva\nhola\n' | nc -N
    eva.escribir("Eva", "hola")
    eva.cerrar_teclado()
    assert eva.esperar_fin() == 0, eva.transcripcion()
    assert "* Hola, Eva. En la sala: Ana, Luis.\n" in eva.pantalla
    assert leen_los_testigos() == [
        "* Eva se ha unido al chat",
        "Eva: hola",
        "* Eva se ha desconectado",
    ]


def test_de_una_linea_sin_final_se_avisa_y_no_se_envia(
    chat: Chat, leen_los_testigos: LoQueHanLeido
) -> None:
    eva = chat.entrar("Eva")
    eva.enviar("hola\na medi")
    eva.no_enviar_mas()
    assert eva.esperar_fin().endswith("! La última línea llegó sin su final: no se envió.\n")
    assert leen_los_testigos() == [
        "* Eva se ha unido al chat",
        "Eva: hola",
        "* Eva se ha desconectado",
    ]
