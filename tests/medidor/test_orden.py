"""La orden `chatlab medir`: sus opciones, sus turnos, su gráfica y su barra."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock
from xml.etree import ElementTree

import pytest

import chatlab.ordenes.medir as orden_medir
from chatlab.errores import ErrorDeArchivo
from chatlab.medidor import avance, grafica
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.objetivos import ModoPropio, ServidorAjeno, leer_destino
from chatlab.medidor.resultado import Medida, Medido
from chatlab.programa.instalacion import FaltaInstalar
from tests.conftest import Lanzar
from tests.medidor.test_cuentas import medir_con_la_orden
from tests.medidor.test_resultado import UNO


@pytest.mark.parametrize(
    ("opciones", "queja"),
    [
        ([], "di qué servidor se mide"),
        (["localhost"], "«localhost» no es una dirección"),
        (["localhost:0"], "no es una dirección"),
        (["localhost:99999"], "no es una dirección"),
        (["--modo", "turnos"], "puede ser"),
        (["--modo", "eventos", "localhost:8000"], "varios, con --comparar"),
        (["--comparar", "--modo", "eventos"], "hacen falta dos servidores"),
        (["--modo", "eventos", "--clientes", "0"], "«0» no es un número entero"),
        (["--modo", "eventos", "--tamano", "5000"], "«5000» no es un número entero de 16 a 4095"),
        (["--modo", "eventos", "--ventana", "0"], "«0» no es un número entero"),
        (["--modo", "eventos", "--rondas", "x"], "«x» no es un número entero"),
    ],
)
def test_una_orden_mal_escrita_termina_con_codigo_2(
    opciones: list[str], queja: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as fin:
        orden_medir.principal(opciones)

    assert fin.value.code == 2
    assert queja in capsys.readouterr().err


def test_con_la_orden_de_verdad_tambien(lanzar: Lanzar) -> None:
    orden = lanzar("-m", "chatlab", "medir", "--modo", "eventos", "--mensajes", "0")

    assert orden.esperar_fin() == 2


def test_un_destino_puede_ser_ipv6() -> None:
    assert leer_destino("[::1]:8000") == ServidorAjeno("::1", 8000)
    assert leer_destino("[::1]:8000").rotulo == "[::1]:8000"
    assert leer_destino("localhost:80").rotulo == "localhost:80"


def test_con_ritmo_los_mensajes_son_los_de_diez_segundos() -> None:
    def encargo(*mas: str) -> Encargo:
        return orden_medir.encargo_de(orden_medir.leer_opciones(["--modo", "eventos", *mas]))

    assert encargo().mensajes == Encargo().mensajes
    assert encargo("--ritmo", "100").mensajes == 1000
    assert encargo("--ritmo", "100", "--mensajes", "7").mensajes == 7


# --- Comparar ------------------------------------------------------------------------------------


def test_al_comparar_los_servidores_se_alternan(monkeypatch: pytest.MonkeyPatch) -> None:
    medidos = []

    def medir(objetivo: ServidorAjeno | ModoPropio, _encargo: Encargo, _barra: object) -> Medida:
        medidos.append(objetivo.rotulo)
        return UNO

    monkeypatch.setattr(orden_medir, "medir", medir)
    objetivos = [ModoPropio("difusion"), ModoPropio("eventos")]

    resultado = orden_medir.medir_por_turnos(objetivos, Encargo(), 3, avance.SinBarra())

    assert medidos == ["difusion", "eventos"] * 3
    assert [(uno.rotulo, len(uno.rondas)) for uno in resultado] == [("difusion", 3), ("eventos", 3)]


def test_compara_los_dos_motores(lanzar: Lanzar) -> None:
    opciones = ("--modo", "difusion", "--modo", "eventos", "--rondas", "2")

    informe = medir_con_la_orden(
        lanzar, "--comparar", *opciones, "--clientes", "10", "--mensajes", "200"
    )

    assert informe["ventana"] == 20_000
    for medido, modo in zip(informe["servidores"], ("difusion", "eventos"), strict=True):
        assert medido["servidor"] == modo
        assert [ronda["entregas"] for ronda in medido["rondas"]] == [2000, 2000]


def test_sin_json_ensena_una_tabla(lanzar: Lanzar) -> None:
    orden = lanzar(
        *("-m", "chatlab", "medir", "--comparar", "--modo", "difusion", "--modo", "eventos"),
        *("--rondas", "1", "--clientes", "3", "--mensajes", "20"),
    )

    assert orden.esperar_fin() == 0, orden.transcripcion()
    assert "3 receptores, 1 emisor, 20 mensajes de 64 bytes" in orden.pantalla
    assert "\ndifusion " in orden.pantalla
    assert "\neventos " in orden.pantalla


# --- La gráfica ----------------------------------------------------------------------------------


def test_sin_matplotlib_dice_que_instalar_antes_de_medir(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("chatlab.programa.instalacion.find_spec", lambda _nombre: None)

    with pytest.raises(FaltaInstalar, match=r"hace falta matplotlib(.|\n)*\[medidor\]"):
        orden_medir.principal(["--modo", "eventos", "--grafica", str(tmp_path / "salida.svg")])


def test_si_la_grafica_no_se_podra_escribir_lo_dice_antes_de_medir(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("chatlab.programa.instalacion.find_spec", lambda _nombre: object())

    for ruta in (tmp_path, tmp_path / "no_existe" / "salida.svg"):
        with pytest.raises(ErrorDeArchivo, match="No puedo escribir"):
            orden_medir.principal(["--modo", "eventos", "--grafica", str(ruta)])


def test_la_grafica_lleva_el_caudal_y_las_latencias(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Con un matplotlib fingido: se mira lo que se le pide que dibuje."""
    caudal, latencia, figura = MagicMock(), MagicMock(), MagicMock()
    figura.subplots.return_value = (caudal, latencia)
    figura.savefig.side_effect = lambda archivo, **_: archivo.write("<svg/>")
    fingido = ModuleType("matplotlib.figure")
    fingido.Figure = MagicMock(return_value=figura)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "matplotlib", ModuleType("matplotlib"))
    monkeypatch.setitem(sys.modules, "matplotlib.figure", fingido)
    ronda = replace(UNO, sueltas=(4_000_000, 1_000_000, 2_000_000))

    grafica.dibujar(tmp_path / "salida.svg", Encargo(), [Medido("eventos", (ronda,))])

    assert list(caudal.bar.call_args.args[1]) == [500_000.0]
    assert caudal.bar.call_args.kwargs["tick_label"] == ["eventos"]
    tiempos, cuantos = latencia.plot.call_args.args
    assert (tiempos[0], tiempos[-1]) == (1.0, 4.0)
    assert (cuantos[0], cuantos[-1]) == (0, 100)
    assert "ventana 20 000" in figura.suptitle.call_args.args[0]
    assert (tmp_path / "salida.svg").read_text(encoding="utf-8") == "<svg/>"
    assert figura.savefig.call_args.kwargs["format"] == "svg"


def test_la_grafica_es_un_svg_de_verdad(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    ronda = replace(UNO, sueltas=(4_000_000, 1_000_000, 2_000_000))

    grafica.dibujar(tmp_path / "salida.svg", Encargo(), [Medido("eventos", (ronda,))])

    svg = ElementTree.parse(tmp_path / "salida.svg").getroot()
    assert svg.tag.endswith("}svg")
    assert "ventana 20 000" in "".join(svg.itertext())


# --- La barra ------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_en_una_terminal_hay_una_barra_que_dice_que_pasa(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rich")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with avance.abrir_barra(Encargo(clientes=10, mensajes=200)) as barra:
        barra.empieza("eventos")
        barra.entran(4)
        barra.llegan(150)

    assert "eventos: entran los clientes" in terminal.getvalue()
    assert "150/200" in terminal.getvalue()


def test_sin_terminal_o_sin_rich_no_hay_barra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert type(avance.abrir_barra(Encargo())) is avance.SinBarra

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(avance, "find_spec", lambda _nombre: None)
    assert type(avance.abrir_barra(Encargo())) is avance.SinBarra
