"""Una orden mal escrita se explica en español, sin traceback y con código 2; la ayuda, igual.

Casi todo se prueba llamando al programa en este proceso, que es mucho más rápido; unas pocas
órdenes se ejecutan de verdad.
"""

from __future__ import annotations

import importlib
import re
import shlex
from dataclasses import fields

import pytest

from chatlab.chat.limites import Limites
from chatlab.cli import ejecutar_orden
from chatlab.errores import ErrorDeRed, ErrorParaPersonas
from chatlab.modos import MODOS
from chatlab.programa import opciones
from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar

SERVIDORES = [f"servidor {modo}" for modo in MODOS]
CLIENTES = [f"cliente {modo}" for modo in MODOS]
PROGRAMAS = SERVIDORES + CLIENTES
#: El mayor número que admite una opción sin un tope propio.
MAXIMO = 1_000_000_000

#: Lo que argparse, o Python, dirían en inglés. «Error» es también español.
EN_INGLES = re.compile(
    r"""\b(
        ambiguous | and | arguments? | at | be | choices? | choose | command | could | default
        | directory | does | exist | exit | expected | explicit | file | following | found | from
        | group | help | ignored | int | invalid | is | known | least | match | maybe | meant
        | message | most | must | name | not | number | of | one | optional | options? | or
        | parser | permission | positional | program | required | service | show | string
        | subcommands | such | the | this | to | traceback | type | unexpected | unknown
        | unrecognized | usage | value | version | warning | with | you
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
NOMBRE_DE_OPCION = re.compile(r"(?<!\w)--?[a-z][\w-]*")


def palabras_inglesas(texto: str) -> list[str]:
    """Las palabras inglesas de un texto; los nombres de las opciones no cuentan."""
    return EN_INGLES.findall(NOMBRE_DE_OPCION.sub(" ", texto))


@pytest.fixture(autouse=True)
def como_se_teclea(monkeypatch: pytest.MonkeyPatch) -> None:
    """Se ha tecleado `python -m chatlab …` en una terminal de 80 columnas."""
    monkeypatch.setattr("sys.argv", [str(RAIZ / "chatlab" / "__main__.py")])
    monkeypatch.setenv("COLUMNS", "80")


def ejecutar(orden: str) -> object:
    """Ejecuta `chatlab ORDEN` en este proceso, y devuelve el código con que quiere terminar."""
    with pytest.raises(SystemExit) as final:
        ejecutar_orden(shlex.split(orden))
    return final.value.code


# --- Órdenes mal escritas ----------------------------------------------------------------------

#: Cómo se escribe mal, y qué dice la respuesta.
MAL_EN_TODOS = {
    "--nada": "no conozco --nada",
    "--nada=3": "no conozco --nada=3",
    "-x": "no conozco -x",
    "sobra": "no conozco sobra",
    "--puert 8000": "no conozco --puert 8000",
    "--puerto": "--puerto: falta su valor",
    "--puerto --host": "--puerto: falta su valor",
    "--puerto ''": "--puerto: «» no es un número entero",
    "--puerto abc": "--puerto: «abc» no es un número entero",
    "--puerto 80.5": "--puerto: «80.5» no es un número entero",
    "--puerto=-1": "--puerto: «-1» no es un número entero",
    "--puerto -1": "--puerto: «-1» no es un número entero",
    "--puerto 65536": "--puerto: «65536» no es un número entero de",
    "--puerto 70000": "--puerto: «70000» no es un número entero de",
    "--puerto %s": "--puerto: «%s» no es un número entero",
    "--host": "--host: falta su valor",
    "--host ''": "--host: falta su valor",
    "--host ' '": "--host: falta su valor",
    "--ayuda=no": "no lleva valor, y se le ha dado 'no'",
}
MAL_EN_SERVIDORES = {
    "--host 127.0.0.1 --lan": "--lan: no se puede usar junto con --host",
    "--lan --host 127.0.0.1": "--host: no se puede usar junto con --lan",
    "--lan=si": "--lan: no lleva valor, y se le ha dado 'si'",
    "--nombre Ana": "no conozco --nombre",
}
MAL_EN_CLIENTES = {
    "--puerto 0": "--puerto: «0» no es un número entero de 1 a 65535",
    "--lan": "no conozco --lan",
}
MAL_EN_UNO = {
    "servidor bitacora": {
        "--archivo": "--archivo: falta su valor",
        "--fsync=si": "--fsync: no lleva valor",
        "--max-personas 3": "no conozco --max-personas 3",
    },
    "servidor turnos": {"--archivo a.txt": "no conozco --archivo"},
    "cliente difusion": {"--nombre": "--nombre: falta su valor"},
    "servidor difusion": {
        "--callado=si": "--callado: no lleva valor",
        **{
            f"{opcion} {valor}": (
                f"{opcion}: «{valor}» no es un número entero de {minimo} a {MAXIMO}"
            )
            for opcion, minimo in (
                ("--max-personas", 1),
                ("--max-intentos", 1),
                ("--max-ritmo", 0),
                ("--frenar", 1),
                ("--max-pendiente", 1),
            )
            for valor in (minimo - 1, "2.5", "muchas")
        },
        **{
            f"{opcion} {valor}": f"{opcion}: «{valor}» no es un número de segundos mayor que 0"
            for opcion in ("--espera-nombre", "--espera-lento")
            for valor in ("-5", "0", "nan", "inf", "1e999", "pronto")
        },
    },
}
MALAS = [
    (f"{programa} {mal}", respuesta)
    for programas, males in (
        (PROGRAMAS, MAL_EN_TODOS),
        (SERVIDORES, MAL_EN_SERVIDORES),
        (CLIENTES, MAL_EN_CLIENTES),
        *(([programa], males) for programa, males in MAL_EN_UNO.items()),
    )
    for programa in programas
    for mal, respuesta in males.items()
]
MALAS_DE_CHATLAB = [
    ("", "falta ORDEN"),
    ("saluda", "no conozco «saluda»; puede ser"),
    ("--nada", "falta ORDEN"),
    ("--version=3", "--version: no lleva valor"),
    ("servidor", "falta MODO"),
    ("cliente", "falta MODO"),
    ("servidor nada", "no conozco «nada»; puede ser"),
    ("cliente ''", "no conozco «»; puede ser"),
    ("servidor --puerto 0 difusion", "no conozco «0»; puede ser"),
    ("servidor difsion", "no conozco «difsion»: ¿querías decir «difusion»? Puede ser bitacora, "),
    ("servdor turnos", "no conozco «servdor»: ¿querías decir «servidor»? Puede ser servidor, "),
    ("demo nada", "no conozco «nada»; puede ser"),
    ("demo turnos sobra", "no conozco sobra"),
    ("demo --nada", "no conozco --nada"),
]


@pytest.mark.parametrize(("orden", "respuesta"), MALAS + MALAS_DE_CHATLAB)
def test_una_orden_mal_escrita_se_explica_en_espanol_y_sale_con_codigo_2(
    orden: str, respuesta: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(orden) == 2

    salida, errores = capsys.readouterr()
    assert salida == "", "lo que falla se dice en la salida de errores"
    # Las versiones de Python no citan igual lo que no conocen.
    assert respuesta.replace("'", "") in errores.replace("'", ""), errores
    assert not palabras_inglesas(errores), errores
    uso, *_, consejo = errores.splitlines()
    assert uso.startswith("uso: "), errores
    assert consejo.startswith("Para ver las opciones: "), errores
    assert consejo.endswith(" --ayuda"), errores


@pytest.mark.parametrize("programa", PROGRAMAS)
def test_el_modulo_de_cada_programa_se_explica_igual_que_la_orden(
    programa: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    papel, modo = programa.split()
    modulo = MODOS[modo].modulo(papel)
    monkeypatch.setattr("sys.argv", [str(RAIZ / f"{modulo.replace('.', '/')}.py"), "--puerto", "x"])

    with pytest.raises(SystemExit, match="2"):
        importlib.import_module(modulo).principal(None)

    errores = capsys.readouterr().err
    assert "--puerto: «x» no es un número entero" in errores
    assert f"-m {modulo} --ayuda" in errores, "la orden, tal como se ha tecleado"
    assert not palabras_inglesas(errores), errores


@pytest.mark.parametrize(
    ("tecleado", "orden"),
    [
        ("/usr/bin/chatlab", "chatlab servidor turnos"),
        ("chatlab.exe", "chatlab servidor turnos"),
        (str(RAIZ / "chatlab" / "__main__.py"), "-m chatlab servidor turnos"),
    ],
)
def test_la_orden_que_se_aconseja_es_la_que_se_ha_tecleado(
    tecleado: str, orden: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [tecleado])

    ejecutar("servidor turnos --nada")

    consejo = capsys.readouterr().err.splitlines()[-1].removeprefix("Para ver las opciones: ")
    assert re.fullmatch(rf"(python\S* )?{re.escape(orden)} --ayuda", consejo), consejo


@pytest.mark.parametrize(
    "orden",
    [
        "-m chatlab",
        "-m chatlab saluda",
        "-m chatlab servidor difusión --puerto 70000",
        "-m chatlab.difusion.servidor --host 127.0.0.1 --lan",
        "-m chatlab.turnos.cliente --puerto abc",
    ],
)
def test_una_orden_mal_escrita_de_verdad_sale_con_codigo_2(lanzar: Lanzar, orden: str) -> None:
    programa = lanzar(*orden.split())

    assert programa.esperar_fin() == 2, programa.transcripcion()
    assert programa.pantalla == ""
    assert not palabras_inglesas(programa.errores.texto), programa.transcripcion()


# --- La ayuda ----------------------------------------------------------------------------------


@pytest.mark.parametrize("opcion", ["--ayuda", "--help", "-h"])
@pytest.mark.parametrize("orden", ["", "servidor", "cliente", "demo", *PROGRAMAS])
def test_la_ayuda_esta_en_espanol_y_sale_con_codigo_0(
    orden: str, opcion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(f"{orden} {opcion}") == 0

    ayuda, errores = capsys.readouterr()
    assert errores == ""
    assert ayuda.startswith("uso: "), ayuda
    assert "-h, --ayuda, --help  muestra esta ayuda y termina" in ayuda
    assert not palabras_inglesas(ayuda), ayuda


@pytest.mark.parametrize(
    ("programa", "suyas"),
    [
        *((servidor, ["--host", "--puerto", "--lan"]) for servidor in SERVIDORES),
        *((cliente, ["--host", "--puerto"]) for cliente in CLIENTES),
        ("servidor bitacora", ["--archivo", "--fsync"]),
        ("servidor difusion", ["--max-personas", "--espera-nombre", "--max-pendiente"]),
        ("cliente difusion", ["--nombre"]),
    ],
)
def test_la_ayuda_explica_cada_opcion(
    programa: str, suyas: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    ejecutar(f"{programa} --ayuda")

    ayuda = capsys.readouterr().out
    for opcion in suyas:
        assert re.search(rf"^  {opcion}( [A-Z]+)?\s+\w", ayuda, re.MULTILINE), f"{opcion}\n{ayuda}"


def test_la_ayuda_dice_el_valor_normal_de_cada_limite(capsys: pytest.CaptureFixture[str]) -> None:
    ejecutar("servidor difusion --ayuda")

    ayuda = capsys.readouterr().out
    for valor in ("(localhost)", "(8000)", "(1000)", "(5)", "(60.0)", "(2000)", "(262144)"):
        assert valor in ayuda, ayuda


def test_la_busqueda_de_palabras_inglesas_las_encuentra_y_respeta_las_opciones() -> None:
    assert palabras_inglesas("Usage: x [options]\nunrecognized arguments: --exit") == [
        "Usage",
        "options",
        "unrecognized",
        "arguments",
    ]


# --- Órdenes bien escritas ---------------------------------------------------------------------


def analizador_completo() -> opciones.Analizador:
    analizador = opciones.Analizador(prog="prueba")
    opciones.anadir_red_de_servidor(analizador)
    opciones.anadir_limites(analizador)
    return analizador


def test_sin_opciones_se_escucha_en_localhost_8000_con_los_limites_normales() -> None:
    """«Default port 8000, host `localhost`.»"""
    elegidas = analizador_completo().parse_args([])

    assert (elegidas.host, elegidas.puerto) == ("localhost", 8000)
    assert opciones.limites_de(elegidas) == Limites()


def test_cada_limite_tiene_su_opcion() -> None:
    """«Limits, each with a default and an option.»"""
    orden = (
        "--max-personas 1 --max-intentos 2 --espera-nombre 3.5 --max-ritmo 0"
        " --frenar 5 --max-pendiente 6 --espera-lento 0.5"
    )

    limites = opciones.limites_de(analizador_completo().parse_args(orden.split()))

    assert limites == Limites(
        personas=1,
        intentos_de_nombre=2,
        segundos_para_el_nombre=3.5,
        mensajes_por_segundo=0,
        bytes_para_frenar=5,
        bytes_para_desconectar=6,
        segundos_sin_leer=0.5,
    )
    iguales = {
        campo.name
        for campo in fields(Limites)
        if getattr(limites, campo.name) == getattr(Limites(), campo.name)
    }
    assert iguales == {"segundos_de_despedida", "segundos_para_colgar"}, "los únicos sin opción"


@pytest.mark.parametrize("puerto", ["0", "1", "65535", " 8000 "])
def test_los_puertos_van_de_0_a_65535(puerto: str) -> None:
    assert analizador_completo().parse_args(["--puerto", puerto]).puerto == int(puerto)


def test_lan_escucha_en_todas_las_interfaces() -> None:
    assert analizador_completo().parse_args(["--lan"]).host == "0.0.0.0"


def test_cada_error_para_personas_sabe_con_que_codigo_se_termina() -> None:
    assert ErrorDeRed.codigo == ErrorParaPersonas.codigo == 1
