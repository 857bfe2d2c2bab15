"""Lo que se graba queda escrito: aunque maten a quien graba, no quepa todo o no sea texto."""

from __future__ import annotations

import os
import textwrap
import threading
import time
from pathlib import Path

import pytest

from chatlab.errores import ErrorDeArchivo
from chatlab.observador.grabacion import (
    Grabacion,
    Grabadora,
    datos_de,
)
from chatlab.observador.grabacion.cinta import maximo
from tests.apoyo.programa import RAIZ
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar
from tests.observador.plato import de
from tests.observador.revision import fallos

SOLO_POSIX = pytest.mark.skipif(os.name != "posix", reason="aquí no hay señales ni se bifurca")


GRABA_Y_SIGUE = """
    import sys, time
    from pathlib import Path
    from chatlab.observador.grabacion import Grabadora
    grabadora = Grabadora(Path(sys.argv[1]))
    p = grabadora.programa("Ana", "cliente", ["python", "x.py"], archivo=None)
    for n in range(1_000_000):
        grabadora.pantalla(p, f"línea {n}\\n".encode())
        time.sleep(0.0005)
"""


@SOLO_POSIX
def test_matar_a_quien_graba_deja_una_grabacion_que_se_lee(lanzar: Lanzar, tmp_path: Path) -> None:
    guion = tmp_path / "graba.py"
    guion.write_text(textwrap.dedent(GRABA_Y_SIGUE), encoding="utf-8")
    destino = tmp_path / "una.chatlab"
    programa = lanzar(str(guion), str(destino), entorno={"PYTHONPATH": str(RAIZ)})
    limite = time.monotonic() + PLAZO
    while not destino.exists() or b"nea 50\\n" not in destino.read_bytes():
        assert time.monotonic() < limite, programa.transcripcion()
        threading.Event().wait(0.01)
    programa.matar()
    programa.esperar_fin()

    grabacion = Grabacion.leer(destino)

    assert not grabacion.completa
    assert len(de(grabacion, "pantalla")) > 50
    assert fallos(grabacion.lineas) == []


def test_la_cabecera_esta_escrita_antes_de_que_pase_nada(tmp_path: Path) -> None:
    grabadora = Grabadora(tmp_path / "una.chatlab", titulo="Difusión")
    cabecera = Grabacion.leer(tmp_path / "una.chatlab").cabecera
    grabadora.cerrar()

    assert cabecera["titulo"] == "Difusión"
    assert cabecera["version"] == 1


def test_donde_no_se_puede_escribir_se_dice(tmp_path: Path) -> None:
    with pytest.raises(ErrorDeArchivo, match=r"No puedo escribir .*una\.chatlab"):
        Grabadora(tmp_path / "no está" / "una.chatlab")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="aquí no hay un disco siempre lleno")
def test_si_se_llena_el_disco_se_dice_al_cerrar() -> None:
    grabadora = Grabadora(Path("/dev/full"))
    p = grabadora.programa("Ana", "cliente", [], archivo=None)
    grabadora.pantalla(p, b"hola")

    with pytest.raises(ErrorDeArchivo, match="/dev/full"):
        grabadora.cerrar()


def test_a_la_vez_desde_muchos_hilos_no_se_pierde_nada() -> None:
    escrito: list[str] = []
    grabadora = Grabadora(escrito.append)
    p = grabadora.programa("Ana", "cliente", [], archivo=None)

    def contar(n: int) -> None:
        for vez in range(200):
            grabadora.pantalla(p, f"{n}:{vez}\n".encode())
            grabadora.tecla(p, b"x")
            grabadora.marca(f"{n}:{vez}")

    hilos = [threading.Thread(target=contar, args=(n,)) for n in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    grabadora.cerrar()
    grabacion = Grabacion.leer(escrito)

    assert fallos(grabacion.lineas) == []
    assert {q: len(de(grabacion, q)) for q in ("pantalla", "tecla", "marca")} == dict.fromkeys(
        ("pantalla", "tecla", "marca"), 1600
    )


@pytest.mark.parametrize("corte", range(1, len("año€🎬".encode())))
def test_una_letra_partida_entre_dos_lecturas_de_la_pantalla_sale_entera(corte: int) -> None:
    escrito: list[str] = []
    grabadora = Grabadora(escrito.append)
    p = grabadora.programa("Ana", "cliente", [], archivo=None)
    datos = "año€🎬".encode()
    grabadora.pantalla(p, datos[:corte])
    grabadora.pantalla(p, datos[corte:])
    grabadora.cerrar()

    assert "".join(x["texto"] for x in de(Grabacion.leer(escrito), "pantalla")) == "año€🎬"


def test_lo_que_no_es_texto_tambien_se_guarda() -> None:
    escrito: list[str] = []
    grabadora = Grabadora(escrito.append, titulo="media \udcff letra")
    p = grabadora.programa("A\x00\x1b[2J\u202e", "cliente", ["\ud800"], archivo=None)
    grabadora.pantalla(p, b"\x1b[31m\x00\xff\n")
    grabadora.pantalla(p, b"acaba en \xe2\x82")
    grabadora.cerrar()
    grabacion = Grabacion.leer(Grabacion.leer(escrito).texto())

    assert grabacion.programas[0]["nombre"] == "A\x00\x1b[2J\u202e"
    assert b"".join(datos_de(x) for x in de(grabacion, "pantalla")) == (
        b"\x1b[31m\x00\xff\nacaba en \xe2\x82"
    )
    assert "".join(escrito).encode()


def test_las_pantallas_enormes_no_pasan_del_tope_y_lo_ultimo_se_ve() -> None:
    escrito: list[str] = []
    tope = 300_000
    grabadora = Grabadora(escrito.append, tope=tope)
    p = grabadora.programa("Ana", "cliente", [], archivo=None)
    for vez in range(20):
        grabadora.pantalla(p, b"\x1b" * 1_000_000 + f"vez {vez}\n".encode())
    grabadora.termina(p, 0)
    grabadora.cerrar()
    texto = "".join(f"{linea}\n" for linea in escrito)
    grabacion = Grabacion.leer(texto)

    assert len(texto.encode()) <= maximo(tope)
    assert len(de(grabacion, "muestreo")) == 1
    ultima = de(grabacion, "pantalla")[-1]
    assert ultima["texto"].endswith("vez 19\n")
    assert ultima["saltados"] > 0
    assert grabacion.lineas[-2]["que"] == "termina"
