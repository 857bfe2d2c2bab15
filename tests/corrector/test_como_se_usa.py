"""Lo que una entrega dice de cómo se usa: se entiende, o se dice con una frase por qué no."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chatlab.corrector.entrega.como_se_usa import (
    ARCHIVO,
    MAX_BYTES,
    ComoSeUsa,
    ErrorDeUso,
    leer_como_se_usa,
    leer_respuesta,
)
from tests.apoyo.programa import RAIZ


def _escribir(carpeta: Path, texto: str) -> Path:
    (carpeta / ARCHIVO).write_text(texto, encoding="utf-8")
    return carpeta


def test_sin_archivo_no_se_sabe_nada(tmp_path: Path) -> None:
    assert leer_como_se_usa(tmp_path) == ComoSeUsa()


def test_se_lee_todo_lo_que_puede_decir(tmp_path: Path) -> None:
    uso = leer_como_se_usa(
        _escribir(
            tmp_path,
            """
            [respuestas]
            "Contraseña" = "secreta"
            [servidor]
            argumentos = ["5000"]
            [cliente]
            argumentos = ["localhost", "5000", "{nombre}"]
            antes = ["/connect"]
            mensaje = "/msg todos {mensaje}"
            salida = "/quit"
            """,
        )
    )

    assert uso.contesta_a("Escribe la CONTRASEÑA: ") == "secreta"
    assert uso.contesta_a("Tu nombre: ") is None
    assert uso.argumentos_del_servidor == ("5000",)
    assert uso.argumentos_del_cliente == ("localhost", "5000", "{nombre}")
    assert uso.antes == ("/connect",)
    assert uso.tecleado("hola") == "/msg todos hola"
    assert uso.salida == "/quit"


def test_el_ejemplo_de_la_guia_se_entiende(tmp_path: Path) -> None:
    ejemplo = RAIZ / "docs" / "ejemplos" / ARCHIVO
    uso = leer_como_se_usa(_escribir(tmp_path, ejemplo.read_text(encoding="utf-8")))

    assert uso.contesta_a("Dime la palabra mágica: ") == "abracadabra"
    assert uso.argumentos_del_cliente[-1] == "{nombre}"
    assert uso.tecleado("hola") == "/msg todos hola"


def test_un_prefijo_vale_como_mensaje(tmp_path: Path) -> None:
    uso = leer_como_se_usa(_escribir(tmp_path, '[cliente]\nmensaje = "MSG "'))

    assert uso.tecleado("hola") == "MSG hola"


def test_lo_que_se_dicta_manda_sobre_el_archivo(tmp_path: Path) -> None:
    uso = leer_como_se_usa(_escribir(tmp_path, '[respuestas]\nSala = "1"'))

    assert uso.con_respuestas(["sala=general"]).contesta_a("¿Qué sala? ") == "general"


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("[respuestas", "No entiendo como_se_usa.toml"),
        ("[clientes]\n", "no sé qué es «clientes»"),
        ('[cliente]\nprefijo = "x"', "no sé qué es «prefijo»"),
        ("[cliente]\nargumentos = 5000", "una lista de textos"),
        ("[cliente]\nargumentos = [5000]", "tiene que ser un texto"),
        ('[cliente]\nsalida = ["x"]', "tiene que ser un texto"),
        ("cliente = 1", "tiene que ser una tabla"),
        ("respuestas = 1", "tiene que ser una tabla"),
        ('[respuestas]\nSala = "\\u001b[31m"', "tiene que ser un texto"),
        ('[respuestas]\n"Sala\\u001b" = 3', "tiene que ser un texto"),
        (f'[cliente]\nsalida = "{"x" * 201}"', "tiene que ser un texto"),
        (f"# {'x' * MAX_BYTES}", "demasiado largo"),
        ('[cliente]\nmensaje = "{mensaje} {mensaje}"', "una vez"),
        (f'[cliente]\nmensaje = "{"x" * 70}"', "letras como mucho"),
        ("x = " + "[" * 5000, "mete demasiadas listas unas en otras"),
        (f"x = {'9' * 5000}", "No entiendo como_se_usa.toml"),
    ],
)
def test_lo_que_no_se_entiende_se_dice_con_una_frase(tmp_path: Path, texto: str, dice: str) -> None:
    with pytest.raises(ErrorDeUso, match=dice) as error:
        leer_como_se_usa(_escribir(tmp_path, texto))

    assert str(error.value).isprintable()


@pytest.mark.skipif(os.name == "nt", reason="en Windows crear enlaces y FIFOs pide permisos")
@pytest.mark.parametrize("que", ["enlace", "fifo", "carpeta"])
def test_lo_que_no_es_un_archivo_normal_no_se_lee(tmp_path: Path, que: str) -> None:
    ajeno = tmp_path / "ajeno.txt"
    ajeno.write_text("[respuestas]\n", encoding="utf-8")
    if que == "enlace":
        (tmp_path / ARCHIVO).symlink_to(ajeno)
    elif que == "fifo":
        os.mkfifo(tmp_path / ARCHIVO)
    else:
        (tmp_path / ARCHIVO).mkdir()

    with pytest.raises(ErrorDeUso, match="un archivo normal"):
        leer_como_se_usa(tmp_path)


@pytest.mark.parametrize("dictada", ["Sala", "=general", ""])
def test_una_respuesta_dictada_lleva_pregunta_e_igual(dictada: str) -> None:
    with pytest.raises(ErrorDeUso, match="--responde"):
        leer_respuesta(dictada)
