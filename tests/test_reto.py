"""La orden `chatlab reto`: propone, comprueba y pasa al siguiente."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import NamedTuple

import pytest

from chatlab.corrector.taller import estado
from chatlab.corrector.taller.avance import carpeta_del_curso, marcar
from chatlab.corrector.taller.retos import copiar_reto, sigue_igual
from chatlab.curso.retos import leer_reto
from chatlab.errores import ErrorDeArchivo
from tests.apoyo.programa import RAIZ
from tests.conftest import AbrirTerminal, Lanzar

PEGADOS = ('mensaje = input("Mensaje: ")', 'mensaje = input("Mensaje: ") + input("Y otro: ")')


@pytest.fixture
def entorno(tmp_path: Path) -> dict[str, str]:
    """Con su propia carpeta de estado: nadie ha hecho ningún reto."""
    return {estado.VARIABLE: str(tmp_path / "estado")}


class Hecho(NamedTuple):
    """Cómo acabó la orden, y todo lo que escribió."""

    codigo: int
    escrito: str


def reto(lanzar: Lanzar, carpeta: Path, entorno: dict[str, str], *argumentos: str) -> Hecho:
    programa = lanzar("-m", "chatlab", "reto", *argumentos, carpeta=carpeta, entorno=entorno)
    codigo = programa.esperar_fin()
    return Hecho(codigo, programa.transcripcion())


def copias_de_01_1(carpeta: Path) -> Path:
    return carpeta / "ejercicios" / "01_bitacora" / "retos" / "paso1_un_mensaje"


def cambiar(archivo: Path, antes: str, despues: str) -> None:
    texto = archivo.read_text(encoding="utf-8")
    assert texto.count(antes) == 1
    archivo.write_text(texto.replace(antes, despues), encoding="utf-8")


def test_la_primera_vez_lo_propone_y_copia_sus_programas(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    primera = reto(lanzar, tmp_path, entorno)

    assert primera.codigo == 0
    assert "Reto 01.1 · ¿Letras o bytes?" in primera.escrito
    assert "  2) 7\n" in primera.escrito
    copias = tmp_path / "ejercicios" / "01_bitacora" / "retos" / "paso1_un_mensaje"
    assert sorted(uno.name for uno in copias.iterdir()) == ["cliente.py", "servidor.py"]

    segunda = reto(lanzar, tmp_path, entorno)
    assert segunda.codigo == 1
    assert "Aún no has cambiado nada" in segunda.escrito


def test_al_lograrlo_lo_dice_y_propone_el_siguiente(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    assert reto(lanzar, tmp_path, entorno, "1.2").codigo == 0
    copias = tmp_path / "ejercicios" / "01_bitacora" / "retos" / "paso2_bucle"
    (copias / "cliente.py").write_text("esto no es Python\n", encoding="utf-8")

    roto = reto(lanzar, tmp_path, entorno, "01.2")
    assert roto.codigo == 1
    assert "Todavía no. Reto 01.2 · Pégalos tú" in roto.escrito
    assert "SyntaxError" in roto.escrito
    assert "Pista: Dos `input`" in roto.escrito

    (copias / "cliente.py").unlink()
    assert reto(lanzar, tmp_path, entorno, "01.2").codigo == 0  # falta uno: lo copia otra vez
    cambiar(copias / "cliente.py", *PEGADOS)
    bien = reto(lanzar, tmp_path, entorno, "01.2")
    assert bien.codigo == 0
    assert "✓ Reto 01.2 · Pégalos tú: ¡hecho!" in bien.escrito
    assert "reto 01.3\n" in bien.escrito


def test_vigilando_se_comprueba_al_guardar_y_viene_el_siguiente(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    orden = ("-m", "chatlab", "reto", "01.2", "--vigilar")
    programa = lanzar(*orden, carpeta=tmp_path, entorno=entorno)
    programa.esperar("Vigilo tus copias")
    copias = tmp_path / "ejercicios" / "01_bitacora" / "retos" / "paso2_bucle"
    cambiar(copias / "cliente.py", *PEGADOS)

    programa.esperar("✓ Reto 01.2")
    programa.esperar("Reto 01.3 · Otra manera de acabar")
    programa.ctrl_c()
    programa.esperar("He dejado de vigilar.")
    assert programa.esperar_fin() == 0


def test_lo_que_se_predijo_se_recuerda_y_se_comenta(
    abrir_terminal: AbrirTerminal,
    lanzar: Lanzar,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(estado.VARIABLE, str(tmp_path / "estado"))
    ejercicios = tmp_path / "mis retos"
    terminal = abrir_terminal("-m", "chatlab", "reto", "02.4", "--carpeta", str(ejercicios))
    terminal.esperar("¿Qué crees?")
    terminal.teclear("1\r")
    terminal.esperar("Tus copias están en")
    copias = ejercicios / "02_turnos" / "retos" / "paso4_fuera_de_turno"
    cambiar(copias / "cliente.py", 'linea = mensaje + "\\n"', "linea = mensaje")

    bien = reto(lanzar, tmp_path, {}, "02.4", "--carpeta", str(ejercicios))

    assert "✓ Reto 02.4" in bien.escrito
    assert "No era eso." in bien.escrito


def test_quien_lo_deja_en_la_pregunta_la_encuentra_otra_vez(
    abrir_terminal: AbrirTerminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(estado.VARIABLE, str(tmp_path / "estado"))
    for _ in range(2):
        terminal = abrir_terminal("-m", "chatlab", "reto", "02.4", "--carpeta", str(tmp_path / "e"))
        terminal.esperar("¿Qué crees?")
        terminal.ctrl_c()
        terminal.esperar_fin()


def test_de_un_reto_que_no_existe_se_dice_como_se_pide(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    programa = reto(lanzar, tmp_path, entorno, "9.9")

    assert programa.codigo == 2
    assert "no conozco el reto «9.9»" in programa.escrito
    assert not (tmp_path / "ejercicios").exists()


@pytest.mark.parametrize("dicho", ["01", "1", "01_bitacora"])
def test_de_una_leccion_se_dice_que_hay_un_reto_en_cada_paso(dicho: str) -> None:
    with pytest.raises(ArgumentTypeError, match=re.escape("01.1, 01.2, 01.3, 01.4")):
        leer_reto(dicho)


@pytest.mark.parametrize("dicho", ["", "99", "1.2.3", "9" * 5000 + ".1"])
def test_lo_que_no_es_el_numero_de_un_reto_se_rechaza_en_espanol(dicho: str) -> None:
    with pytest.raises(ArgumentTypeError, match="se dice con la lección y el paso"):
        leer_reto(dicho)


@pytest.mark.parametrize(
    ("programa", "se_ve"),
    [
        ("", "Se vio: servidor.py terminó solo"),
        ("while True:\n    pass\n", "nadie llegó a llamar a `bind`"),
    ],
)
def test_de_un_servidor_que_no_llega_a_escuchar_se_dice_lo_que_hizo(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str], programa: str, se_ve: str
) -> None:
    assert reto(lanzar, tmp_path, entorno, "01.1").codigo == 0
    (copias_de_01_1(tmp_path) / "servidor.py").write_text(programa, encoding="utf-8")

    todavia_no = reto(lanzar, tmp_path, entorno, "01.1")

    assert todavia_no.codigo == 1
    assert se_ve in " ".join(todavia_no.escrito.split())
    assert "│ (vacía)" in todavia_no.escrito


def test_una_linea_sin_fin_se_ensena_cortada(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    assert reto(lanzar, tmp_path, entorno, "01.1").codigo == 0
    inunda = "print('x' * 50_000)\n"
    (copias_de_01_1(tmp_path) / "servidor.py").write_text(inunda, encoding="utf-8")

    todavia_no = reto(lanzar, tmp_path, entorno, "01.1")

    assert "caracteres]" in todavia_no.escrito
    assert max(map(len, todavia_no.escrito.split("\n"))) < 400


def test_lo_que_anade_un_editor_de_windows_no_es_un_cambio(tmp_path: Path) -> None:
    el_reto = leer_reto("01.1")
    copiar_reto(el_reto, tmp_path)
    servidor = tmp_path / "servidor.py"
    texto = servidor.read_text(encoding="utf-8")
    servidor.write_text(texto, encoding="utf-8-sig", newline="\r\n")

    assert sigue_igual(el_reto, tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows no tiene FIFO con nombre")
def test_un_fifo_no_deja_la_orden_esperando_para_siempre(tmp_path: Path) -> None:
    el_reto = leer_reto("01.1")
    copiar_reto(el_reto, tmp_path)
    servidor = tmp_path / "servidor.py"
    servidor.unlink()
    os.mkfifo(servidor)

    assert not sigue_igual(el_reto, tmp_path)


def test_si_donde_van_los_ejercicios_hay_un_archivo_se_dice(tmp_path: Path) -> None:
    archivo = tmp_path / "ejercicios"
    archivo.write_text("", encoding="utf-8")

    with pytest.raises(ErrorDeArchivo, match="es un archivo, y ahí va una carpeta"):
        marcar(archivo)


def test_desde_la_carpeta_de_un_paso_los_ejercicios_van_a_la_principal(tmp_path: Path) -> None:
    paso = RAIZ / "lessons" / "01_bitacora" / "paso1_un_mensaje"

    assert carpeta_del_curso(paso) == RAIZ
    assert carpeta_del_curso(RAIZ) == RAIZ
    assert carpeta_del_curso(tmp_path) == tmp_path
