"""En la página de un paso se ve qué es nuevo: señalado en el código, y sin lo que ya se explicó."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.taller import pasos, trozos
from docs.taller.cambios import cambios
from docs.taller.codigo import preparar
from docs.taller.pasos import igual_desde, lineas_nuevas
from docs.taller.trozos import Trozo
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, nombre

PASO1 = '''\
"""Paso 1."""

import socket


def principal():
    print("hola")
    print("adiós")
'''
PASO2 = '''\
"""Paso 2, con más que decir.

Y otra línea.
"""

import socket


def principal():
    try:
        print("hola")
        print("otra vez")
    except OSError:
        print("adiós")
'''
SERVIDOR = "lessons/01_prueba/paso{}_x/servidor.py"
DE_PASOS = [p for p in PAGINAS if re.match(r"lecciones/\w+/paso[2-9]", nombre(p))]


@pytest.fixture
def leccion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una lección con dos pasos, y sus trozos."""
    monkeypatch.setattr(trozos, "RAIZ", tmp_path)
    monkeypatch.setattr(trozos, "MAPAS", tmp_path / "mapas")
    monkeypatch.setattr(pasos, "RAIZ", tmp_path)
    monkeypatch.setattr("docs.taller.codigo.RAIZ", tmp_path)
    for numero, codigo in enumerate((PASO1, PASO2), start=1):
        servidor = tmp_path / SERVIDOR.format(numero)
        servidor.parent.mkdir(parents=True)
        servidor.write_text(codigo, encoding="utf-8")
        mapa = trozos.mapa_de(SERVIDOR.format(numero))
        mapa.parent.mkdir(parents=True, exist_ok=True)
        mapa.write_text(
            '["servidor.py"]\nmodulos = "import socket"\nprincipal = "def principal():"\n',
            encoding="utf-8",
        )
    return tmp_path


def pagina(paso: int, trozo: str) -> list[str]:
    pedido = f"{SERVIDOR.format(paso)}:{trozo}" if trozo else SERVIDOR.format(paso)
    return ["## Trozo a trozo", "", '```python title="uno"', f'--8<-- "{pedido}"', "```"]


def test_lo_nuevo_de_un_paso_no_cuenta_el_texto_que_lo_abre_ni_el_sangrado(leccion: Path) -> None:
    lineas = PASO2.splitlines()

    nuevas = [lineas[numero - 1].strip() for numero in sorted(lineas_nuevas(SERVIDOR.format(2)))]

    assert nuevas == ["try:", 'print("otra vez")', "except OSError:"]
    assert lineas_nuevas(SERVIDOR.format(1)) == set()


def test_un_trozo_que_no_ha_cambiado_dice_desde_que_paso(leccion: Path) -> None:
    assert igual_desde(SERVIDOR.format(2), Trozo(6, 6)) == 1
    assert igual_desde(SERVIDOR.format(2), Trozo(9, 14)) is None
    assert igual_desde(SERVIDOR.format(1), Trozo(3, 3)) is None


def test_lo_nuevo_se_senala_y_se_dice_que_quiere_decir(leccion: Path) -> None:
    titulo, _, leyenda, _, valla, pedido, _ = preparar(pagina(2, "principal"))

    assert titulo == "## Trozo a trozo"
    assert leyenda.startswith("Las líneas señaladas no estaban en el paso anterior.")
    assert valla == '```python title="uno" hl_lines="2 4 5"'
    assert pedido == f'--8<-- "{SERVIDOR.format(2)}:9:14"'


def test_lo_que_no_ha_cambiado_se_pliega(leccion: Path) -> None:
    preparada = preparar(pagina(2, "modulos"))

    assert preparada[4:] == [
        '??? igual "uno · igual que en el paso 1"',
        "",
        "    ```python",
        f'    --8<-- "{SERVIDOR.format(2)}:6:6"',
        "    ```",
    ]


def test_en_el_primer_paso_no_hay_nada_que_senalar_ni_que_plegar(leccion: Path) -> None:
    preparada = preparar(pagina(1, "principal"))

    esperada = pagina(1, "principal")
    esperada[3] = f'--8<-- "{SERVIDOR.format(1)}:6:8"'
    assert preparada == esperada


def test_en_el_archivo_entero_tambien_se_senala_lo_nuevo(leccion: Path) -> None:
    assert preparar(pagina(2, ""))[4] == '```python title="uno" hl_lines="10 12 13"'


def test_un_bloque_con_varios_trozos_se_queda_como_esta(leccion: Path) -> None:
    pedidos = [f'--8<-- "{SERVIDOR.format(2)}:{trozo}"' for trozo in ("modulos", "principal")]

    preparada = preparar(["```python", pedidos[0], "", pedidos[1], "```"])

    assert preparada == [
        "```python",
        f'--8<-- "{SERVIDOR.format(2)}:6:6"',
        "",
        f'--8<-- "{SERVIDOR.format(2)}:9:14"',
        "```",
    ]


@pytest.mark.parametrize("pagina", DE_PASOS, ids=nombre)
def test_cada_paso_ensena_algo_nuevo_y_no_repite_lo_demas(pagina: Path) -> None:
    preparada = "\n".join(preparar(pagina.read_text(encoding="utf-8").splitlines()))

    assert "hl_lines=" in preparada
    assert "igual que en el paso" in preparada.lower()


def test_los_cambios_empiezan_por_el_cambio_y_no_por_el_texto_que_abre_el_programa() -> None:
    for ruta, cambio in cambios().items():
        for linea in cambio.splitlines()[2:]:
            assert not re.match(r'[-+ ]"""[^"]*, paso \d', linea), ruta


def test_los_numeros_de_un_cambio_son_los_del_archivo_entero() -> None:
    paso2 = RAIZ / "lessons" / "01_bitacora" / "paso2_bucle"
    cambio = cambios()[RAIZ / "docs/grabaciones/01_bitacora/paso2_bucle/servidor.diff"]
    donde = re.search(r"^@@ -\d+,\d+ \+(\d+),\d+ @@\n (.*)\n", cambio, re.MULTILINE)

    assert donde is not None
    lineas = (paso2 / "servidor.py").read_text(encoding="utf-8").splitlines()
    assert lineas[int(donde[1]) - 1] == donde[2]
