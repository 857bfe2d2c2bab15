"""Los retos: lo que se logra con su solución, y lo que se dice sin ella."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chatlab.corrector.informes.redaccion import redactar
from chatlab.corrector.modelo import Informe, Veredicto
from chatlab.corrector.taller.retos import (
    PLAZO_DEL_RETO,
    comprobar_reto,
    copiar_reto,
    falta_por_copiar,
    sigue_igual,
)
from chatlab.corrector.taller.taller import Taller
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.curso.retos import Reto, leer_retos, todos_los_retos
from chatlab.errores import ErrorDeArchivo

SOLUCIONES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("soluciones_de_los_retos.toml").read_text(encoding="utf-8")
)
RETOS = todos_los_retos()
#: Uno de cada modo basta para saber que el mecanismo funciona; los demás, con las lentas.
DE_MUESTRA = {"01.2", "02.2", "03.5"}
uno_a_uno = pytest.mark.parametrize(
    "reto",
    [
        pytest.param(
            reto, id=reto.numero, marks=() if reto.numero in DE_MUESTRA else pytest.mark.lento
        )
        for reto in RETOS
    ],
)
los_de_casi = pytest.mark.parametrize(
    "reto",
    [
        pytest.param(reto, id=reto.numero, marks=pytest.mark.lento)
        for reto in RETOS
        if "casi" in SOLUCIONES[reto.numero]
    ],
)


def hacer(reto: Reto, carpeta: Path, cambios: list[list[str]]) -> Informe:
    """Copia los programas del paso, los cambia y comprueba el reto."""
    copiar_reto(reto, carpeta)
    for nombre, antes, despues in cambios:
        archivo = carpeta / nombre
        texto = archivo.read_text(encoding="utf-8")
        assert texto.count(antes) == 1, f"{reto.numero}: {nombre} ya no dice «{antes}»"
        archivo.write_text(texto.replace(antes, despues), encoding="utf-8")
    with Taller(PLAZO_DEL_RETO) as taller:
        return comprobar_reto(taller, reto, carpeta)


@uno_a_uno
def test_con_su_cambio_se_logra(reto: Reto, tmp_path: Path) -> None:
    informe = hacer(reto, tmp_path / "reto", SOLUCIONES[reto.numero]["cambios"])

    (resultado,) = informe.resultados
    assert resultado.veredicto is Veredicto.BIEN, redactar(resultado)


@uno_a_uno
def test_sin_cambiar_nada_no_se_logra_y_se_dice_que_falta(reto: Reto, tmp_path: Path) -> None:
    informe = hacer(reto, tmp_path / "reto", [])

    (resultado,) = informe.resultados
    assert resultado.veredicto is Veredicto.FALLA
    assert SOLUCIONES[reto.numero]["sin_hacer"] in resultado.esperado


@los_de_casi
def test_a_medio_hacer_se_dice_lo_que_queda(reto: Reto, tmp_path: Path) -> None:
    casi = SOLUCIONES[reto.numero]["casi"]
    informe = hacer(reto, tmp_path / "reto", casi["cambios"])

    (resultado,) = informe.resultados
    assert resultado.veredicto is Veredicto.FALLA
    assert casi["dice"] in resultado.esperado


def test_cada_paso_tiene_su_reto_y_cada_reto_su_solucion() -> None:
    pasos = [
        (leccion.nombre, paso.name)
        for leccion in lecciones()
        for paso in sorted(leccion.carpeta.glob("paso*"))
    ]

    assert [(reto.leccion.nombre, reto.paso) for reto in RETOS] == pasos
    assert [reto.numero for reto in RETOS] == list(SOLUCIONES)


def test_las_copias_son_los_programas_del_paso_y_no_se_pisan(tmp_path: Path) -> None:
    reto = RETOS[0]
    assert falta_por_copiar(reto, tmp_path)
    copiar_reto(reto, tmp_path)
    assert sigue_igual(reto, tmp_path)
    servidor = tmp_path / "servidor.py"
    assert servidor.read_bytes() == (reto.leccion.carpeta / reto.paso / "servidor.py").read_bytes()

    servidor.write_text("print('lo mío')\n", encoding="utf-8")
    assert not falta_por_copiar(reto, tmp_path)
    copiar_reto(reto, tmp_path)
    assert servidor.read_text(encoding="utf-8") == "print('lo mío')\n"
    assert not sigue_igual(reto, tmp_path)


@pytest.mark.parametrize(
    "texto",
    [
        "[paso1_x]\ntitulo = 'a'\n",
        "[otra_cosa]\ntitulo = 'a'\nconsigna = 'a'\npista = 'a'\nconclusion = 'a'\n",
        "[paso1_x]\ntitulo = 'a'\nconsigna = 'a'\npista = 'a'\nconclusion = 'a'\n"
        "[paso1_x.prediccion]\npregunta = '¿?'\nopciones = ['a']\nacierto = 2\nporque = 'a'\n",
        "esto no es TOML",
    ],
    ids=["incompleto", "no es un paso", "acierto imposible", "no es TOML"],
)
def test_unos_retos_mal_escritos_se_dicen(tmp_path: Path, texto: str) -> None:
    (tmp_path / "retos.toml").write_text(texto, encoding="utf-8")

    with pytest.raises(ErrorDeArchivo, match=r"No entiendo los retos de «.*retos\.toml»"):
        leer_retos(Leccion(tmp_path, "Prueba"))
