"""Lo que se teclea detrás de `chatlab observar`, y qué programas son."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.modos import MODOS
from chatlab.observador.directo.pedido import NoSeQueMirar, Pedido, leer_pedido
from tests.apoyo.programa import RAIZ
from tests.observador.directo.conftest import Programas

PASO = RAIZ / "lessons" / "03_difusion" / "paso1_hilos"


def leer(*palabras: str, clientes: int | None = None) -> Pedido:
    """Lo de detrás de «--» va aparte, como en la orden."""
    corte = palabras.index("--") if "--" in palabras else len(palabras)
    return leer_pedido(palabras[:corte], palabras[corte + 1 :], clientes)


def nombres(pedido: Pedido) -> list[str]:
    return [programa.nombre for programa in pedido.programas]


@pytest.mark.parametrize("dicho", ["difusion", "Difusión", "DIFUSION"])
def test_un_modo_son_su_servidor_y_sus_clientes(dicho: str) -> None:
    pedido = leer(dicho, "--", "--puerto", "9000")

    assert nombres(pedido) == ["servidor", "cliente 1", "cliente 2"]
    assert pedido.programas[0].argumentos == ("-m", "chatlab.difusion.servidor", "--puerto", "9000")
    assert pedido.programas[1].mostrada == ("chatlab", "cliente", "difusion", "--puerto", "9000")
    assert all(programa.archivo.is_file() for programa in pedido.programas)


@pytest.mark.parametrize("modo", MODOS)
def test_de_cada_modo_se_arrancan_los_clientes_que_tienen_sentido(modo: str) -> None:
    cuantos = 1 if modo in ("bitacora", "turnos") else 2

    assert len(leer(modo).demas) == cuantos
    assert len(leer(modo, clientes=5).demas) == 5


@pytest.mark.parametrize(
    "dicho",
    [
        "03.1",
        "3.1",
        "03,1",
        "03/paso1_hilos",
        "03/1",
        "difusión/paso1",
        "03_difusion/paso1_hilos",
        "lessons/03_difusion/paso1_hilos",
        "lessons/03_difusion/paso1_hilos/",
        str(PASO),
    ],
)
def test_un_paso_se_dice_de_muchas_maneras(
    dicho: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """También sin las lecciones delante: si chatlab está instalado, van dentro del paquete."""
    monkeypatch.chdir(tmp_path)

    pedido = leer(dicho)

    assert nombres(pedido) == ["servidor", "cliente 1", "cliente 2"]
    assert {programa.carpeta for programa in pedido.programas} == {PASO}
    assert pedido.programas[0].mostrada == ("python", "servidor.py")
    assert pedido.titulo == "03_difusion/paso1_hilos"


@pytest.mark.parametrize("paso", sorted(RAIZ.glob("lessons/*/paso*")), ids=lambda paso: paso.name)
def test_cada_paso_se_puede_mirar_por_su_numero(paso: Path) -> None:
    leccion, numero = paso.parent.name[:2], paso.name[4]

    pedido = leer(f"{leccion}.{numero}")

    assert [uno.archivo for uno in pedido.primeros] == [paso / "servidor.py"]
    assert {uno.archivo for uno in pedido.demas} == {paso / "cliente.py"}


def test_en_la_bitacora_de_la_leccion_hay_una_persona() -> None:
    assert nombres(leer("01.2")) == ["servidor", "cliente 1"]


def test_una_carpeta_con_los_dos_programas_se_mira_entera(programas: Programas) -> None:
    programas("server.py", "")
    carpeta = programas("client.py", "")

    pedido = leer(str(carpeta))

    assert [programa.argumentos for programa in pedido.programas] == [
        ("server.py",),
        ("client.py",),
        ("client.py",),
    ]


def test_los_argumentos_de_uno_van_entre_comillas_y_los_de_todos_detras(
    programas: Programas, monkeypatch: pytest.MonkeyPatch
) -> None:
    programas("servidor.py", "")
    monkeypatch.chdir(programas("cliente.py", ""))

    pedido = leer(
        "servidor.py", "cliente.py --nombre Ana", "cliente.py --nombre 'Ana Luz'", "--", "9000"
    )

    assert nombres(pedido) == ["servidor", "cliente 1", "cliente 2"]
    assert [programa.argumentos for programa in pedido.programas] == [
        ("servidor.py", "9000"),
        ("cliente.py", "--nombre", "Ana", "9000"),
        ("cliente.py", "--nombre", "Ana Luz", "9000"),
    ]


def test_un_nombre_con_espacios_es_un_archivo(
    programas: Programas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(programas("mi servidor.py", ""))

    (programa,) = leer("mi servidor.py").programas

    assert (programa.nombre, programa.papel) == ("mi servidor", "servidor")
    assert programa.argumentos == ("mi servidor.py",)


def test_los_servidores_van_primero_y_si_no_se_ve_cuales_son_el_que_se_dijo(
    programas: Programas, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nombre in ("cotorra.py", "mi_cliente.py", "mi_servidor.py", "chat.py"):
        monkeypatch.chdir(programas(nombre, ""))

    con_servidor = leer("cotorra.py", "mi_cliente.py", "mi_servidor.py")
    sin_servidor = leer("chat.py", "chat.py")

    assert [uno.nombre for uno in con_servidor.primeros] == ["mi_servidor"]
    assert [uno.papel for uno in con_servidor.programas] == ["programa", "cliente", "servidor"]
    assert [uno.nombre for uno in sin_servidor.primeros] == ["chat 1"]
    assert [uno.nombre for uno in sin_servidor.demas] == ["chat 2"]


def test_otro_cliente_lleva_el_primer_nombre_que_nadie_tiene() -> None:
    pedido = leer("difusion")

    otro = pedido.otro_cliente({"servidor", "cliente 1", "cliente 2"})

    assert otro is not None
    assert otro.nombre == "cliente 3"
    assert otro.argumentos == pedido.programas[-1].argumentos


@pytest.mark.parametrize(
    ("palabras", "frase"),
    [
        (
            ["difusio"],
            "No sé qué es «difusio». ¿Querías decir difusion? Di un modo (bitacora, turnos,",
        ),
        (["03"], "De la lección 03 · difusión, di qué paso: 03.1, 03.2"),
        (["03.9"], "De la lección 03 · difusión, di qué paso: 03.1, 03.2"),
        (["no_esta.py"], "No encuentro «no_esta.py» en esta carpeta."),
        (["otra/no_esta.py"], "No encuentro «no_esta.py» en la carpeta «otra»."),
        (["difusion", "turnos"], "No sé qué es «difusion»"),
        (["vacia"], "En «vacia» no está servidor.py ni cliente.py"),
        (["vacia", "vacia"], "«vacia» es una carpeta"),
        (["'a medias.py"], "le falta cerrar unas comillas"),
        ([""], "No sé qué es «»"),
        (["programa.txt"], "No sé qué es «programa.txt»"),
    ],
)
def test_lo_que_no_se_entiende_se_dice_en_una_frase(
    palabras: list[str], frase: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "vacia").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NoSeQueMirar) as error:
        leer(*palabras)

    assert frase in str(error.value)
    assert error.value.codigo == 2


def test_con_programas_sueltos_no_se_dice_cuantos_clientes(
    programas: Programas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(programas("cliente.py", ""))

    with pytest.raises(NoSeQueMirar, match="--clientes es para un modo"):
        leer("cliente.py", clientes=3)
