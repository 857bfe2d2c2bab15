"""El torneo: quién aguanta más ataques, y quién no compite."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from chatlab.corrector.informes.torneo import aguanta, escribir_torneo
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller.a_medias import completar
from chatlab.corrector.taller.taller import INTERRUMPIDA
from chatlab.curso.ficha import leer_ficha
from chatlab.curso.lecciones import leer_leccion
from chatlab.curso.pistas import leer_pistas
from chatlab.ordenes.torneo import la_de_los_ataques
from tests.conftest import Lanzar
from tests.corrector.apoyo_de_informes import COMPROBACIONES, ERRATA, bien, falla, informe

ATAQUES = {"llega": "goteo", "rapidos": "no lee"}


def tabla(*informes: Informe) -> str:
    """Lo que se escribe donde no hay terminal."""
    escrito = io.StringIO()
    escribir_torneo(Console(file=escrito, width=80), informes, ATAQUES)
    return escrito.getvalue()


def test_va_delante_quien_mas_aguanta_y_los_empatados_comparten_puesto() -> None:
    escrito = tabla(
        informe(bien("escucha"), falla("llega"), falla("rapidos"), entrega="Bruno"),
        informe(bien("escucha"), bien("llega"), falla("rapidos"), entrega="Zoe"),
        informe(bien("escucha"), falla("llega"), bien("rapidos"), entrega="Ana"),
    )

    filas = [" ".join(linea.split()) for linea in escrito.split("\n")]
    assert filas[1:4] == ["1.º Ana 1/2 ✗ ✓", "1.º Zoe 1/2 ✓ ✗", "3.º Bruno 0/2 ✗ ✗"]
    assert "Ataques: 1 goteo · 2 no lee" in escrito


def test_quien_no_funciona_no_compite_y_se_dice_por_que() -> None:
    escrito = tabla(
        informe(falla("escucha"), falla("llega"), entrega="Bruno"),
        Informe("Vacía", "06_robustez", problema="La carpeta está vacía."),
    )

    assert "1.º" not in escrito
    assert "Bruno no compite: «" in escrito
    assert "Vacía no compite: La carpeta está vacía." in escrito


def test_de_quien_no_compite_se_dice_lo_que_hay_que_arreglar_antes_y_su_causa() -> None:
    de_estilo = falla("rapidos")  # se comprueba antes, y no es lo primero
    escrito = tabla(informe(de_estilo, falla("escucha", ERRATA), falla("llega"), entrega="Bruno"))

    assert "Bruno no compite: «El servidor arranca y escucha» falla en tu programa." in escrito
    assert "servidor.py, línea 10: En Python se escribe `True`" in escrito


def test_de_un_torneo_interrumpido_se_dice_que_puestos_son_provisionales() -> None:
    a_medias = informe(bien("escucha"), bien("llega"), entrega="Ana")
    a_medias.pendientes = [COMPROBACIONES["rapidos"]]
    completar(a_medias, INTERRUMPIDA)
    entero = informe(bien("escucha"), bien("llega"), falla("rapidos"), entrega="Zoe")

    escrito = tabla(a_medias, entero)

    assert "El puesto de Ana es provisional: quedaron ataques sin hacer." in escrito
    assert "El puesto de Zoe" not in escrito


def test_solo_cuentan_los_ataques() -> None:
    uno = informe(bien("escucha"), bien("llega"), falla("rapidos"))

    assert aguanta(uno, ATAQUES) == 1


def test_los_ataques_son_comprobaciones_de_su_leccion() -> None:
    leccion = la_de_los_ataques()

    assert leccion.numero == "06"
    assert leer_ficha(leccion.ficha).ataques.keys() <= leer_pistas(leccion.pistas).keys()


@pytest.mark.lento
def test_de_dos_servidores_gana_el_que_esta_hecho(lanzar: Lanzar, tmp_path: Path) -> None:
    leccion = leer_leccion("06")
    shutil.copytree(leccion.carpeta / "solucion", tmp_path / "clase" / "Ana")
    shutil.copytree(leccion.ejercicio, tmp_path / "clase" / "Bruno")

    torneo = lanzar("-m", "chatlab", "torneo", str(tmp_path / "clase"), carpeta=tmp_path)

    assert torneo.esperar_fin(180) == 0, torneo.transcripcion()
    filas = [" ".join(linea.split()) for linea in torneo.pantalla.split("\n")]
    assert filas[1].startswith("1.º Ana 9/9")
    assert filas[2].startswith("2.º Bruno")
