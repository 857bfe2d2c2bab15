"""La demostración: arranca los programas de verdad, y solo acaba bien si todo llegó."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar


def test_sin_modo_ensena_los_tres_en_orden_y_dice_que_probar(lanzar: Lanzar) -> None:
    demo = lanzar("-m", "chatlab", "demo")

    assert demo.esperar_fin() == 0, demo.transcripcion()

    titulos = [linea for linea in demo.pantalla.splitlines() if linea.startswith("Modo ")]
    assert [titulo.split()[1] for titulo in titulos] == ["bitácora", "turnos", "difusión"]
    assert demo.pantalla.count("Qué has visto.") == 3
    for modo in ("bitacora", "turnos", "difusion"):
        assert f"-m chatlab servidor {modo}\n" in demo.pantalla
        assert f"-m chatlab cliente {modo}\n" in demo.pantalla


def test_cada_pantalla_lleva_el_nombre_de_quien_la_ve(lanzar: Lanzar) -> None:
    demo = lanzar("-m", "chatlab", "demo", "difusión")

    assert demo.esperar_fin() == 0, demo.transcripcion()

    for linea in (
        "servidor │ Escuchando en 127.0.0.1:",
        "Ana      │ Tú: ¡Hola a todos! 😀",
        "Carlos   │ Ana: ¡Hola a todos! 😀",
        "Lucía    │ Ana: ¡Hola a todos! 😀",
        "Ana      │ Lucía (privado): Luego te llamo",
        "Carlos   │ * El servidor se cierra. ¡Hasta pronto!",
    ):
        assert f"\n{linea}" in demo.pantalla


def test_sin_terminal_no_hay_colores(lanzar: Lanzar) -> None:
    demo = lanzar("-m", "chatlab", "demo", "turnos")

    assert demo.esperar_fin() == 0, demo.transcripcion()
    assert "\x1b" not in demo.pantalla


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect necesita un pseudoterminal")
def test_en_una_terminal_cada_actor_tiene_su_color() -> None:
    import pexpect

    from tests.apoyo.terminal import en_pseudoterminal

    entorno = {**os.environ, "TERM": "xterm"}
    entorno.pop("NO_COLOR", None)
    orden = [sys.executable, "-m", "chatlab", "demo", "turnos"]
    terminal = en_pseudoterminal(orden, env=entorno, timeout=20)
    with terminal:
        terminal.expect(pexpect.EOF)

    assert isinstance(terminal.before, bytes)
    pantalla = terminal.before.decode()
    assert "\x1b[36mservidor │\x1b[0m Escuchando en" in pantalla
    assert "\x1b[32mAna      │\x1b[0m Tú: Hola" in pantalla
    assert terminal.exitstatus == 0


def test_si_un_mensaje_no_llega_lo_dice_y_falla(lanzar: Lanzar, tmp_path: Path) -> None:
    """Con una sala que no difunde nada, la demostración no puede acabar bien."""
    copia = tmp_path / "chatlab"
    shutil.copytree(RAIZ / "chatlab", copia)
    _cambiar(copia / "chat" / "sala.py", "            Difundir(numero, linea),\n", "")
    _cambiar(copia / "demo" / "tablado.py", "PLAZO = 10.0", "PLAZO = 2.0")

    demo = lanzar("-m", "chatlab", "demo", "difusion", carpeta=tmp_path)

    assert demo.esperar_fin() == 1
    assert "Carlos no ha visto «Ana: ¡Hola a todos! 😀»" in demo.errores.texto


def test_un_modo_que_no_existe_es_un_error_de_uso(lanzar: Lanzar) -> None:
    demo = lanzar("-m", "chatlab", "demo", "telepatía")

    assert demo.esperar_fin() == 2
    assert "bitacora" in demo.errores.texto


def _cambiar(archivo: Path, antes: str, despues: str) -> None:
    texto = archivo.read_text(encoding="utf-8")
    assert texto.count(antes) == 1, f"«{antes}» ya no está en {archivo.name}"
    archivo.write_text(texto.replace(antes, despues), encoding="utf-8")
