"""Leer la pantalla de un chat que no se conoce: qué es un mensaje, una etiqueta o un aviso."""

from __future__ import annotations

import json

import pytest

from chatlab.corrector.historias.lectura import LecturaDePantalla, llana, nombra

DICHAS = ("Hola desde la primera mesa", "¿Qué tal, señor Núñez?", "salir", "exit", "fin")

#: Maneras de enseñar lo que alguien dice.
FORMATOS = {
    "dos puntos": "{nombre}: {dicho}",
    "comillas": "{nombre} dice «{dicho}»",
    "corchetes": "[{nombre}] {dicho}",
    "la hora delante": "[12:03:07] {nombre}: {dicho}",
    "la hora detrás": "{nombre} > {dicho} (12:03)",
    "sin nombre": "> {dicho}",
    "como bytes": "b'{nombre}: {dicho}'",
    "en inglés": 'Message from {nombre}: "{dicho}"',
    "un verbo raro": "{nombre} vocifera {dicho}",
}

con_cada_formato = pytest.mark.parametrize("formato", FORMATOS.values(), ids=FORMATOS.keys())


def leer(formato: str) -> LecturaDePantalla:
    """Quien ya ha visto un mensaje con ese formato."""
    visto = formato.format(nombre="Ana", dicho=DICHAS[0])
    return LecturaDePantalla(["Ana", "Elena"], DICHAS, [visto])


@con_cada_formato
@pytest.mark.parametrize("dicho", DICHAS)
def test_lo_que_alguien_dice_no_es_un_aviso(formato: str, dicho: str) -> None:
    linea = formato.format(nombre="Elena", dicho=dicho)

    assert leer(formato).avisos(linea) == []


@con_cada_formato
def test_lo_dicho_en_mayusculas_o_sin_tildes_tampoco(formato: str) -> None:
    linea = formato.format(nombre="Elena", dicho="QUE TAL, SENOR NUNEZ?")

    assert LecturaDePantalla(["Elena"], ["Qué tal, señor Núñez?"]).es_un_mensaje(linea)


@pytest.mark.parametrize("dicho", DICHAS)
def test_ni_lo_dicho_como_json_o_como_bytes_con_sus_escapes(dicho: str) -> None:
    como_json = json.dumps({"autor": "Elena", "texto": dicho})
    como_bytes = str(f"Elena: {dicho}".encode())

    assert LecturaDePantalla(["Elena"], DICHAS).avisos(f"{como_json}\n{como_bytes}") == []


@con_cada_formato
@pytest.mark.parametrize(
    "aviso",
    [
        "Elena ha salido",
        "* Elena ha salido del chat",
        "+ Elena",
        "<Elena se ha desconectado>",
        "[Elena left]",
        "ELENA HA SALIDO",
        "Se ha ido: Elena",
        "Elena ha salido (escribió exit)",
    ],
)
def test_un_aviso_es_un_aviso(formato: str, aviso: str) -> None:
    assert leer(formato).avisos(aviso) == [aviso]


def test_quien_firma_encima_de_su_mensaje_no_es_un_aviso() -> None:
    pantalla = "Elena\n  salir\n\nElena ha salido"

    assert LecturaDePantalla(["Elena"], DICHAS).avisos(pantalla) == ["Elena ha salido"]


def test_dos_mensajes_pegados_no_son_un_aviso_y_un_mensaje_con_un_aviso_si() -> None:
    lectura = LecturaDePantalla(["Elena"], DICHAS)

    assert lectura.avisos("Elena: salirElena: exit") == []
    assert lectura.avisos("Elena: Hola desde la primera mesaElena ha salido") != []


@pytest.mark.parametrize(
    "etiqueta",
    ["El servidor contesta:", "El servidor contesta: ", "Elena:", "Servidor>", "Recibido: b''",
     "Servidor dice «»", '[servidor] ""', "b''", "Respuesta ="],
)  # fmt: skip
def test_una_etiqueta_sin_nada_detras_no_dice_nada(etiqueta: str) -> None:
    assert LecturaDePantalla(["Elena"], ()).avisos(etiqueta) == []


@pytest.mark.parametrize(
    "aviso", ["El servidor se ha ido.", "Conexión cerrada", "[Servidor desconectado]", "Fin:"]
)
def test_lo_que_dice_algo_no_es_una_etiqueta(aviso: str) -> None:
    assert LecturaDePantalla(["Elena"], ()).avisos(aviso) == [aviso]


def test_en_una_pantalla_vacia_no_hay_avisos() -> None:
    assert LecturaDePantalla(["Elena"], DICHAS).avisos("\n \n") == []


def test_un_nombre_se_reconoce_en_mayusculas_y_sin_tildes_y_no_dentro_de_otra_palabra() -> None:
    assert nombra("HA ENTRADO LUCIA", "Lucía")
    assert nombra("[ana] hola", "Ana")
    assert nombra("b'Luc\\xc3\\xada: hola'", "Lucía")
    assert not nombra("hasta mañana", "Ana")
    assert not nombra("Mariana ha entrado", "Ana")


def test_llana_deshace_los_escapes() -> None:
    assert llana("se\\xc3\\xb1or \\u00d1u\\ud83d\\ude00") == "senor nu😀"
