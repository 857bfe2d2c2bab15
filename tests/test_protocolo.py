"""ChatLab/1 sin red: de bytes a líneas, limpieza y lo que dice cada línea."""

from __future__ import annotations

import pickle
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatlab.chat import comandos
from chatlab.chat.nombres import leer_nombre
from chatlab.chat.protocolo import (
    COMANDOS,
    MAX_LINEA,
    SALIR,
    Comando,
    Decodificador,
    LineaMala,
    Mensaje,
    Recibida,
    acuse,
    aviso,
    codificar,
    comando_parecido,
    error,
    es_salida,
    interpretar,
    limpiar,
    mensaje,
)


@cache
def todos_los_caracteres() -> str:
    """Más de un millón: se juntan cuando hacen falta, y no al reunir las pruebas."""
    return "".join(map(chr, range(0x110000)))


def en_trozos(flujo: bytes, tamano: int) -> list[bytes]:
    return [flujo[inicio : inicio + tamano] for inicio in range(0, len(flujo), tamano)]


def decodificar(trozos: Iterable[bytes], max_linea: int = MAX_LINEA) -> list[Recibida]:
    """Todas las líneas de un flujo que llega en esos trozos y después termina."""
    decodificador = Decodificador(max_linea)
    lineas = [linea for trozo in trozos for linea in decodificador.recibir(trozo)]
    ultima = decodificador.terminar()
    return lineas if ultima is None else [*lineas, ultima]


def motivo(linea: Recibida) -> str:
    assert isinstance(linea, LineaMala), f"se admitió {linea!r}"
    return linea.motivo


# --- De bytes a líneas: los cortes -------------------------------------------------------------

FAMILIA = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
CONVERSACION = [
    "Ana",
    "¡Hola! ¿Qué tal?",
    "",
    "日本語 😀",
    FAMILIA,
    "//barra",
    "ñ" * 2000,
    "/salir",
]


@pytest.mark.parametrize("tamano", [1, 2, 3, 5, 7, 4096, 1_000_000])
@pytest.mark.parametrize("final", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_se_corte_donde_se_corte_una_conversacion_se_lee_igual(tamano: int, final: str) -> None:
    flujo = "".join(linea + final for linea in CONVERSACION).encode()

    assert decodificar(en_trozos(flujo, tamano)) == CONVERSACION


def test_dos_lineas_que_llegan_juntas_son_dos_lineas() -> None:
    assert Decodificador().recibir(b"hola\nadi\xc3\xb3s\n") == ["hola", "adiós"]


def test_una_linea_no_existe_hasta_que_llega_su_final() -> None:
    decodificador = Decodificador()

    assert decodificador.recibir("año".encode()[:2]) == []
    assert decodificador.recibir("año".encode()[2:]) == []
    assert decodificador.recibir(b"\r") == []
    assert decodificador.recibir(b"\nde") == ["año"]


def test_la_linea_que_la_conexion_dejo_a_medias_se_puede_pedir_una_vez() -> None:
    decodificador = Decodificador()
    decodificador.recibir(b"entera\nmedia")

    assert decodificador.terminar() == "media"
    assert decodificador.terminar() is None


def test_si_no_quedo_nada_a_medias_no_hay_ultima_linea() -> None:
    decodificador = Decodificador()
    decodificador.recibir(b"entera\n")

    assert decodificador.terminar() is None


#: Piezas con las que se tropieza: finales, letras de varios bytes, bytes sueltos, controles.
pedazos = st.one_of(
    st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\xff", b"\xc3", b"\xf0\x9f", b"\x1b[2J"]),
    st.text(max_size=6).map(str.encode),
    st.integers(1, 40).map(lambda cuantas: b"a" * cuantas),
    st.binary(max_size=4),
)
flujos_en_trozos = st.lists(st.lists(pedazos, max_size=4).map(b"".join), max_size=20)

LARGA, NO_UTF8 = LineaMala("demasiado larga"), LineaMala("no es UTF-8")


def segun_la_regla(flujo: bytes, max_linea: int) -> list[Recibida]:
    """Lo que dice ChatLab/1, con todo el flujo a la vista y sin cuidar la memoria."""
    *completas, resto = flujo.split(b"\n")
    crudas = [*completas, resto] if resto else completas
    lineas: list[Recibida] = []
    for cruda in crudas:
        if len(cruda + b"\n") > max_linea:
            lineas.append(LARGA)
            continue
        try:
            texto = re.sub(rb"\r\Z", b"", cruda).decode()
        except UnicodeDecodeError:
            lineas.append(NO_UTF8)
        else:
            lineas.append(limpiar(texto))
    return lineas


def sin_detalles(linea: Recibida) -> Recibida:
    if isinstance(linea, str):
        return linea
    return LARGA if "pasa de" in linea.motivo else NO_UTF8


@given(trozos=flujos_en_trozos, max_linea=st.integers(1, 24))
@example(trozos=[b"ab\r", b"\n"], max_linea=4)
@example(trozos=[b"abcd", b"efgh", b"\n", b"ij\n"], max_linea=4)
def test_lo_que_se_lee_no_depende_de_los_cortes(trozos: list[bytes], max_linea: int) -> None:
    leidas = [sin_detalles(linea) for linea in decodificar(trozos, max_linea)]

    assert leidas == segun_la_regla(b"".join(trozos), max_linea)


@given(trozos=flujos_en_trozos, max_linea=st.integers(1, 24))
def test_byte_a_byte_se_lee_lo_mismo_con_los_mismos_motivos(
    trozos: list[bytes], max_linea: int
) -> None:
    flujo = b"".join(trozos)

    assert decodificar(en_trozos(flujo, 1), max_linea) == decodificar([flujo], max_linea)


@given(lineas=st.lists(st.text(max_size=30).map(limpiar)), datos=st.data())
def test_lo_que_se_codifica_se_lee_igual(lineas: list[str], datos: st.DataObject) -> None:
    flujo = b"".join(map(codificar, lineas))
    corte = datos.draw(st.integers(0, len(flujo)), label="corte")

    assert decodificar([flujo[:corte], flujo[corte:]]) == lineas


# --- De bytes a líneas: el límite y lo que no es UTF-8 -----------------------------------------


@pytest.mark.parametrize("tamano", [1, 5, 4096, 10_000])
@pytest.mark.parametrize("final", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("ocupa", "cabe"), [(4095, True), (4096, True), (4097, False)])
def test_una_linea_ocupa_como_mucho_4096_bytes_con_su_final(
    ocupa: int, cabe: bool, final: bytes, tamano: int
) -> None:
    """«At most 4096 bytes a line, the end included.»"""
    texto = "ñ" * ((ocupa - len(final)) // 2) + "n" * ((ocupa - len(final)) % 2)
    flujo = texto.encode() + final
    assert len(flujo) == ocupa

    larga, siguiente = decodificar(en_trozos(flujo + b"sigo aqu\xc3\xad" + final, tamano))

    assert siguiente == "sigo aquí"
    if cabe:
        assert larga == texto
    else:
        assert "4096 bytes" in motivo(larga)


def test_una_linea_demasiado_larga_se_dice_en_cuanto_se_pasa_y_una_sola_vez() -> None:
    decodificador = Decodificador()

    assert decodificador.recibir(b"a" * 4095) == []
    assert len(decodificador.recibir(b"a")) == 1, "quizá su final no llegue nunca"
    assert decodificador.recibir(b"a" * 10_000) == []
    assert decodificador.recibir(b"a\nhola\n") == ["hola"]


def test_si_la_conexion_acaba_en_una_linea_demasiado_larga_no_se_repite_el_motivo() -> None:
    decodificador = Decodificador()
    decodificador.recibir(b"a" * 5000)

    assert decodificador.terminar() is None


@pytest.mark.parametrize("tamano", [1000, 4096, 65536])
def test_no_se_guarda_mas_que_una_linea_llegue_lo_que_llegue(tamano: int) -> None:
    decodificador = Decodificador()
    vacio = len(pickle.dumps(decodificador))

    for trozo in en_trozos(b"a" * 1_000_000 + b"\n" + b"b" * 4000, tamano):
        decodificador.recibir(trozo)
        assert len(pickle.dumps(decodificador)) <= vacio + MAX_LINEA


@given(trozos=flujos_en_trozos, max_linea=st.integers(1, 24))
def test_la_memoria_esta_acotada_con_cualquier_flujo(trozos: list[bytes], max_linea: int) -> None:
    decodificador = Decodificador(max_linea)
    vacio = len(pickle.dumps(decodificador))

    for trozo in trozos:
        decodificador.recibir(trozo)
        assert len(pickle.dumps(decodificador)) <= vacio + max_linea


@pytest.mark.parametrize(
    ("cruda", "detalle"),
    [
        (b"\xff", "el byte 1 es 0xff"),
        (b"a\xc3", "el byte 2 es 0xc3"),  # una ñ sin su segundo byte
        (b"a\xf1o", "el byte 2 es 0xf1"),  # «año» en ISO 8859-1
        (b"\xc0\xaf", "el byte 1 es 0xc0"),  # una barra con un byte de más
        (b"\xed\xa0\x80", "el byte 1 es 0xed"),  # media pareja de UTF-16
        (b"\xf4\x90\x80\x80", "el byte 1 es 0xf4"),  # más allá del último carácter
    ],
)
def test_lo_que_no_es_utf8_se_descarta_y_se_dice_que_byte_falla(cruda: bytes, detalle: str) -> None:
    mala, siguiente = decodificar([cruda + b"\nhola\n"])

    assert detalle in motivo(mala)
    assert siguiente == "hola"


# --- Limpiar -----------------------------------------------------------------------------------


def es_peligroso(caracter: str) -> bool:
    """Lo dice Unicode: un control, un cambio de sentido, un fin de línea o la marca inicial."""
    return (
        unicodedata.category(caracter) in {"Cc", "Zl", "Zp"}
        or unicodedata.bidirectional(caracter)
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        or caracter == "\ufeff"
    )


@cache
def peligrosos() -> str:
    """Cuantos dice Unicode que lo son."""
    return "".join(filter(es_peligroso, todos_los_caracteres()))


textos_peligrosos = st.deferred(lambda: st.text(st.sampled_from(peligrosos()) | st.characters()))


def test_solo_se_quita_lo_peligroso_de_entre_todos_los_caracteres_que_hay() -> None:
    todos = todos_los_caracteres()
    esperado = todos.translate(
        dict.fromkeys(map(ord, peligrosos())) | dict.fromkeys(map(ord, "\t\u2028\u2029"), " ")
    )

    assert limpiar(todos) == esperado


def test_ningun_caracter_peligroso_llega_a_otra_persona() -> None:
    """«Control characters … and bidirectional overrides never reach another person's terminal.»"""
    # El fin de línea no está nunca dentro de una.
    llegan = {
        f"U+{ord(peligroso):04X}": decodificar([f"a{peligroso}b\n".encode()])
        for peligroso in peligrosos().replace("\n", "")
    }

    assert {c: lineas for c, lineas in llegan.items() if lineas not in (["ab"], ["a b"])} == {}


@given(texto=textos_peligrosos)
def test_limpiar_no_deja_nada_peligroso_y_conserva_lo_demas(texto: str) -> None:
    limpio = limpiar(texto)

    assert not any(map(es_peligroso, limpio))
    assert limpio.replace(" ", "") == "".join(
        caracter for caracter in texto if not es_peligroso(caracter) and caracter != " "
    )


@given(texto=textos_peligrosos)
def test_limpiar_lo_ya_limpio_no_cambia_nada(texto: str) -> None:
    assert limpiar(limpiar(texto)) == limpiar(texto)


@pytest.mark.parametrize(
    ("texto", "limpio"),
    [
        ("\x1b[2J\x1b[Hhola", "[2J[Hhola"),
        ("\x1b]0;título\x07", "]0;título"),
        ("\x9b31mrojo", "31mrojo"),
        ("uno\rdos", "unodos"),
        ("nombre\tedad", "nombre edad"),
        ("uno\u2028dos\u2029tres", "uno dos tres"),
        ("\ufeffhola", "hola"),
        ("archivo\u202egpj.exe", "archivogpj.exe"),
        ("a\x00b\x08c\x7fd", "abcd"),
    ],
)
def test_limpiar_desarma_lo_que_manda_sobre_una_terminal(texto: str, limpio: str) -> None:
    assert limpiar(texto) == limpio


@pytest.mark.parametrize(
    "texto", ["¡Ñandú, pingüino!", f"{FAMILIA} ❤️", "مرحبا", "שלום", "नमस्ते", "a\u0301", "a\u00a0b"]
)
def test_limpiar_no_toca_ninguna_escritura(texto: str) -> None:
    assert limpiar(texto) == texto


# --- Lo que dice un cliente --------------------------------------------------------------------

SALIDAS = ["/salir", "/exit", "/quit", "salir", "exit", "quit", "SALIR", "/Exit", "qUiT", " salir "]


@pytest.mark.parametrize("linea", SALIDAS)
def test_hay_seis_formas_de_despedirse_en_mayusculas_o_minusculas(linea: str) -> None:
    """«Leaving: `/salir`, `/exit`, `/quit`, `salir`, `exit`, `quit`, any case.»"""
    assert es_salida(linea)
    assert interpretar(linea) == Comando("/salir")


@pytest.mark.parametrize("linea", ["voy a salir", "salir ya", "salirse", "/ salir", "", "exit."])
def test_hablar_de_salir_no_es_despedirse(linea: str) -> None:
    assert not es_salida(linea)


@pytest.mark.parametrize(
    ("linea", "comando"),
    [
        ("/ayuda", Comando("/ayuda")),
        ("/AYUDA", Comando("/ayuda")),
        ("/privado Ana  hola  a ti ", Comando("/privado", "Ana  hola  a ti")),
        ("/nombre  Ana María", Comando("/nombre", "Ana María")),
        ("/salir ya", Comando("/salir", "ya")),
        ("/", Comando("/")),
    ],
)
def test_una_barra_delante_es_un_comando(linea: str, comando: Comando) -> None:
    assert interpretar(linea) == comando


@pytest.mark.parametrize("linea", ["hola", "a/b", " /ayuda", ": texto", "* no soy un aviso"])
def test_lo_demas_es_un_mensaje_tal_cual(linea: str) -> None:
    assert interpretar(linea) == Mensaje(linea)


@given(texto=st.text().map(lambda texto: f"/{texto}"))
def test_dos_barras_son_un_mensaje_que_empieza_por_una(texto: str) -> None:
    """«A message that begins with a slash is written `//texto`.»"""
    assert interpretar(f"/{texto}") == Mensaje(texto)


@pytest.mark.parametrize(
    ("mal_escrito", "comando"),
    [
        ("/ayda", "/ayuda"),
        ("/usuario", "/usuarios"),
        ("/privadp", "/privado"),
        ("/nombres", "/nombre"),
        ("/acusar", "/acuse"),
        ("/sal", "/salir"),
        ("/quien", "/usuarios"),
        ("/msg", "/privado"),
        ("/nick", "/nombre"),
        ("/help", "/ayuda"),
        ("/xyzw", None),
        ("/", None),
    ],
)
def test_se_encuentra_el_comando_mas_parecido(mal_escrito: str, comando: str | None) -> None:
    assert comando_parecido(mal_escrito) == comando


def test_cada_comando_se_explica_con_su_propio_nombre() -> None:
    assert all(forma.split()[0] == nombre for nombre, (forma, _) in COMANDOS.items())


def test_la_sala_obedece_los_comandos_que_se_explican() -> None:
    assert {*comandos.COMANDOS, SALIR} == set(COMANDOS)


# --- Lo que dice el servidor -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("linea", "escrita"),
    [
        (aviso("Ana ha salido"), "* Ana ha salido"),
        (error("No"), "! No"),
        (acuse(3), "+ entregado a 3"),
        (mensaje("Ana", "hola"), "Ana: hola"),
        (mensaje("Ana", "hola", privado=True), "Ana (privado): hola"),
    ],
)
def test_el_primer_caracter_dice_que_es_cada_linea(linea: str, escrita: str) -> None:
    """«`* ` a notice, `! ` an error, `+ ` an acknowledgement; else it is a message.»"""
    assert linea == escrita


@given(nombre=st.text("aÑß美1_-.", min_size=1, max_size=20), texto=st.text())
def test_ningun_mensaje_se_confunde_con_un_aviso(nombre: str, texto: str) -> None:
    """«A name has no colon»: lo que hay antes de los primeros dos puntos es quien habla."""
    linea = mensaje(leer_nombre(nombre), texto)

    assert not linea.startswith(("* ", "! ", "+ "))
    assert linea.split(": ", 1) == [nombre, texto]


def test_una_linea_se_codifica_en_utf8_con_su_final() -> None:
    assert codificar("año") == b"a\xc3\xb1o\n"
