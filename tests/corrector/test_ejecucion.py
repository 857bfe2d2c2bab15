"""Corregir una entrega en un proceso aparte: lo que vuelve es siempre un informe, y nada queda."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe, Veredicto
from chatlab.corrector.taller import taller
from chatlab.corrector.taller.clase import corregir_clase, entregas_de_la_clase
from chatlab.corrector.taller.proceso_aparte import ProcesoAparte
from chatlab.corrector.taller.taller import NO_SE_PUDO, Taller
from chatlab.curso.lecciones import Leccion
from chatlab.errores import ErrorDeArchivo
from tests.apoyo.transcripcion import PLAZO
from tests.corrector.apoyo_de_informes import (
    COMPROBACIONES,
    EXTENSION,
    Llamada,
    aprobado,
    bien,
    crear_entrega,
    crear_extension,
    crear_lecciones,
    esperar_llamada,
    suspenso,
)
from tests.corrector.apoyo_de_informes import (
    informe as informe_de_mentira,
)

sin_senales = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows un proceso no puede hacerse el sordo a Ctrl+C"
)


@pytest.fixture(autouse=True)
def corrector_de_mentira(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taller, "EXTENSION", EXTENSION)
    monkeypatch.setenv("PYTHONPATH", str(crear_extension(tmp_path / "extension")))


@pytest.fixture
def leccion(tmp_path: Path) -> Leccion:
    return Leccion(crear_lecciones(tmp_path / "lessons") / "03_difusion", "Difusión")


def corregir(leccion: Leccion, carpeta: Path, plazo: float = PLAZO, **cambios: Any) -> Informe:
    with Taller(plazo) as taller:
        return taller.corregir(PorCorregir(leccion, carpeta, **cambios))


# --- Lo que va bien ------------------------------------------------------------------------------


def test_devuelve_el_informe_que_escribe_el_corrector(leccion: Leccion, tmp_path: Path) -> None:
    entrega = crear_entrega(tmp_path / "Íñigo Núñez [2.º B]", aprobado("otro nombre"))

    informe = corregir(leccion, entrega)

    assert informe == aprobado("Íñigo Núñez [2.º B]")


def test_una_entrega_que_empieza_por_un_guion_no_es_una_opcion(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crear_entrega(tmp_path / "--version", aprobado())
    monkeypatch.chdir(tmp_path)

    assert corregir(leccion, Path("--version")).entrega == "--version"


def test_el_corrector_recibe_las_opciones_y_nada_mas(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ni las opciones que alguien tenga puestas para pytest, ni su configuración."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only --opcion-rara")
    (leccion.carpeta / "pytest.ini").write_text("[pytest]\naddopts = --otra\n", encoding="utf-8")
    rubrica = tmp_path / "rúbrica.toml"
    entrega = crear_entrega(tmp_path / "Ana", {"informe": aprobado().a_json(), "chivato": True})
    (entrega / "chat.py").touch()

    informe = corregir(leccion, entrega, servidor="chat.py", rubrica=rubrica)

    assert json.loads(informe.aislamiento) == {
        "opciones": ["chat.py", None, str(rubrica)],
        "extensiones": "1",
        "addopts": None,
        "pruebas": 1,
    }


def test_no_deja_nada_en_la_entrega_ni_en_la_leccion(leccion: Leccion, tmp_path: Path) -> None:
    entrega = crear_entrega(tmp_path / "Ana", suspenso())
    antes = sorted(tmp_path.rglob("*"))

    corregir(leccion, entrega)

    assert sorted(tmp_path.rglob("*")) == antes


# --- Lo que va mal -------------------------------------------------------------------------------


def test_una_entrega_sin_programas_tiene_su_informe(leccion: Leccion, tmp_path: Path) -> None:
    (tmp_path / "Ana").mkdir()
    (tmp_path / "Ana" / "memoria.docx").touch()

    informe = corregir(leccion, tmp_path / "Ana")

    assert "no está ni el servidor" in informe.problema
    assert (informe.entrega, informe.aprobado) == ("Ana", False)


def test_si_la_carpeta_no_existe_lo_dice(leccion: Leccion, tmp_path: Path) -> None:
    assert "No existe la carpeta" in corregir(leccion, tmp_path / "nadie").problema


def test_un_como_se_usa_que_no_se_entiende_es_el_problema_de_esa_entrega(
    leccion: Leccion, tmp_path: Path
) -> None:
    """Se lee también para buscar los programas, antes de que haya quien corrija."""
    doble = "import socket\ns = socket.socket()\ns.listen()\ns.connect(('localhost', 9000))\n"
    (tmp_path / "Ana").mkdir()
    (tmp_path / "Ana" / "chat.py").write_text(doble, encoding="utf-8")
    (tmp_path / "Ana" / "como_se_usa.toml").write_text("[[[", encoding="utf-8")

    assert "No entiendo como_se_usa.toml" in corregir(leccion, tmp_path / "Ana").problema


def test_un_error_inesperado_es_el_problema_de_esa_entrega(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fallar(*_argumentos: object) -> str:
        raise RecursionError("de puro hondo")

    monkeypatch.setattr(taller, "por_que_es_de_otra", fallar)
    entrega = crear_entrega(tmp_path / "Ana", aprobado())

    assert corregir(leccion, entrega).problema == (
        f"{NO_SE_PUDO}: error del corrector: RecursionError('de puro hondo')."
    )


@pytest.mark.parametrize(
    ("guion", "motivo"),
    [
        ({"codigo": 7}, "pytest terminó con código 7: algo se ha roto por dentro."),
        ({"codigo": 0}, "no dejó su informe."),
        ({"escribe": "{"}, "no dejó su informe."),
        ({"escribe": "[]"}, "no dejó su informe."),
        ({"escribe": '{"entrega": 3}'}, "no dejó su informe."),
    ],
)
def test_un_fallo_del_corrector_no_es_culpa_de_la_entrega(
    leccion: Leccion, tmp_path: Path, guion: dict[str, Any], motivo: str
) -> None:
    informe = corregir(leccion, crear_entrega(tmp_path / "Ana", guion))

    assert informe.problema.startswith(f"{NO_SE_PUDO}: error del corrector: ")
    assert motivo in informe.problema
    assert not informe.resultados


def test_una_leccion_que_no_se_entiende_es_un_fallo_del_corrector(
    leccion: Leccion, tmp_path: Path
) -> None:
    leccion.comprobaciones.write_text("esto no es Python", encoding="utf-8")
    entrega = crear_entrega(tmp_path / "Ana", {"escribe": ""})

    assert corregir(leccion, entrega).problema == (
        f"{NO_SE_PUDO}: error del corrector: pytest terminó con código 2: "
        "SyntaxError: invalid syntax."
    )


def test_el_problema_que_cuenta_el_corrector_es_el_del_informe(
    leccion: Leccion, tmp_path: Path
) -> None:
    dicho = aprobado()
    dicho.problema = "Se acabó el disco."
    entrega = crear_entrega(tmp_path / "Ana", {"informe": dicho.a_json(), "codigo": 3})

    assert corregir(leccion, entrega).problema == "Se acabó el disco."


@pytest.mark.parametrize("sordo", [False, pytest.param(True, marks=sin_senales)])
def test_si_se_pasa_de_tiempo_se_dice_y_no_queda_nada_en_marcha(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sordo: bool
) -> None:
    esperar = ProcesoAparte.esperar

    def esperar_poco(proceso: ProcesoAparte, plazo: float) -> int | None:
        """El plazo de la corrección vence cuando ya está en marcha; los demás son más cortos."""
        if plazo != PLAZO:
            return esperar(proceso, 2)
        llamada.esperar()
        return None

    monkeypatch.setattr(ProcesoAparte, "esperar", esperar_poco)
    with esperar_llamada() as llamada:
        guion = {"avisa": llamada.puerto, "sordo": sordo, "informe": A_MEDIAS.a_json()}
        informe = corregir(leccion, crear_entrega(tmp_path / "Ana", guion))

        assert llamada.no_queda_nadie() or os.name == "nt"

    assert informe.problema == ""
    assert informe.provisional == (
        "La nota es provisional: la corrección no terminó en 20 segundos, y quedaron "
        "2 comprobaciones sin hacer, que no suman. Se detuvo en «Un mensaje llega a los demás»."
    )


# --- Lo que se queda a medias --------------------------------------------------------------------

#: Solo dio tiempo a la primera de las tres.
A_MEDIAS = informe_de_mentira(bien("escucha"))
A_MEDIAS.pendientes = [COMPROBACIONES["llega"], COMPROBACIONES["rapidos"]]


def test_lo_ya_comprobado_vale_aunque_muera_quien_corrige(leccion: Leccion, tmp_path: Path) -> None:
    guion = {"informe": A_MEDIAS.a_json(), "codigo": 3}

    informe = corregir(leccion, crear_entrega(tmp_path / "Ana", guion))

    veredictos = [uno.veredicto for uno in informe.resultados]
    assert veredictos == [Veredicto.BIEN, Veredicto.SIN_COMPROBAR, Veredicto.SIN_COMPROBAR]
    assert (informe.puntos, informe.puntos_posibles, informe.aprobado) == (1, 6, False)
    assert "error del corrector: pytest terminó con código 3" in informe.provisional
    assert informe.pendientes == []


def test_lo_que_no_dio_tiempo_a_comprobar_lo_dice(leccion: Leccion, tmp_path: Path) -> None:
    guion = {"informe": A_MEDIAS.a_json(), "codigo": 3}

    informe = corregir(leccion, crear_entrega(tmp_path / "Ana", guion))

    assert [uno.motivo for uno in informe.resultados] == [
        "",
        "No hubo tiempo de terminarla.",
        "No hubo tiempo.",
    ]


def test_si_todo_estaba_comprobado_la_nota_no_es_provisional(
    leccion: Leccion, tmp_path: Path
) -> None:
    guion = {"informe": aprobado().a_json(), "codigo": 3}

    assert corregir(leccion, crear_entrega(tmp_path / "Ana", guion)) == aprobado("Ana")


def test_con_ctrl_c_vale_lo_ya_comprobado(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    esperar = ProcesoAparte.esperar

    def pulsar_ctrl_c(proceso: ProcesoAparte, plazo: float) -> int | None:
        if plazo != PLAZO:
            return esperar(proceso, 2)
        llamada.esperar()
        raise KeyboardInterrupt

    monkeypatch.setattr(ProcesoAparte, "esperar", pulsar_ctrl_c)
    with esperar_llamada() as llamada, Taller(PLAZO) as taller:
        guion = {"avisa": llamada.puerto, "informe": A_MEDIAS.a_json()}
        informe = taller.corregir(PorCorregir(leccion, crear_entrega(tmp_path / "Ana", guion)))

        assert taller.cerrado
        assert llamada.no_queda_nadie() or os.name == "nt"

    assert informe.puntos == 1
    assert "se interrumpió la corrección, y quedaron 2 comprobaciones" in informe.provisional


def interrumpir(taller: Taller, llamada: Llamada) -> None:
    llamada.esperar()
    taller.cerrar()


def test_cerrar_el_taller_interrumpe_lo_que_haya_en_marcha(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatlab.corrector.taller.proceso_aparte.PLAZO_PARA_RECOGER", 2.0)
    with esperar_llamada() as llamada, Taller(plazo=60) as taller:
        entrega = crear_entrega(tmp_path / "Ana", {"avisa": llamada.puerto, "sordo": True})
        hilo = threading.Thread(target=interrumpir, args=(taller, llamada))
        hilo.start()
        informe = taller.corregir(PorCorregir(leccion, entrega))
        hilo.join(PLAZO)

        assert llamada.no_queda_nadie()

    assert informe.problema == f"{NO_SE_PUDO}: se interrumpió la corrección."


def test_un_taller_cerrado_no_empieza_nada(leccion: Leccion, tmp_path: Path) -> None:
    taller = Taller()
    taller.cerrar()

    informe = taller.corregir(PorCorregir(leccion, crear_entrega(tmp_path / "Ana", aprobado())))

    assert informe.problema == f"{NO_SE_PUDO}: se interrumpió la corrección."


# --- Una clase -----------------------------------------------------------------------------------


def test_las_entregas_de_una_clase_son_sus_subcarpetas_por_orden(tmp_path: Path) -> None:
    for nombre in ("Óscar", "ana", "Íñigo", "Zoe", ".git", "__MACOSX"):
        (tmp_path / "clase" / nombre).mkdir(parents=True)
    (tmp_path / "clase" / "lista.txt").touch()
    (tmp_path / "clase" / "ana" / "pyvenv.cfg").touch()  # su entorno, junto a sus programas

    nombres = [carpeta.name for carpeta in entregas_de_la_clase(tmp_path / "clase")]

    assert nombres == ["ana", "Íñigo", "Óscar", "Zoe"]


@pytest.mark.parametrize("que", ["vacía", "archivo", "nada"])
def test_una_clase_sin_entregas_se_dice_en_una_frase(tmp_path: Path, que: str) -> None:
    (tmp_path / "vacía").mkdir()
    (tmp_path / "archivo").touch()

    with pytest.raises(ErrorDeArchivo, match=que):
        entregas_de_la_clase(tmp_path / que)


def test_los_informes_de_una_clase_salen_en_orden_y_cada_uno_con_su_nombre(
    leccion: Leccion, tmp_path: Path
) -> None:
    encargos = [
        PorCorregir(leccion, crear_entrega(tmp_path / "clase" / nombre, hecho))
        for nombre, hecho in (("Ana", aprobado()), ("Bruno", suspenso()), ("Eva", {"codigo": 9}))
    ]
    avances: list[tuple[str, bool]] = []

    with Taller(PLAZO) as taller:
        informes = corregir_clase(
            taller,
            encargos,
            a_la_vez=3,
            al_avanzar=lambda encargo, uno: avances.append((encargo.titulo, uno is not None)),
        )

    assert [informe.entrega for informe in informes] == ["Ana", "Bruno", "Eva"]
    assert informes[2].problema
    assert sorted(avances) == sorted(
        (nombre, acabado) for nombre in ("Ana", "Bruno", "Eva") for acabado in (False, True)
    )


def test_no_se_corrigen_mas_a_la_vez_de_las_que_se_piden(leccion: Leccion, tmp_path: Path) -> None:
    encargos = [
        PorCorregir(leccion, crear_entrega(tmp_path / "clase" / str(numero), aprobado()))
        for numero in range(4)
    ]
    candado = threading.Lock()
    en_marcha: set[str] = set()
    llegaron_a_ser = 0

    def contar(encargo: PorCorregir, informe: Informe | None) -> None:
        nonlocal llegaron_a_ser
        with candado:
            en_marcha.add(encargo.titulo) if informe is None else en_marcha.remove(encargo.titulo)
            llegaron_a_ser = max(llegaron_a_ser, len(en_marcha))

    with Taller(PLAZO) as taller:
        corregir_clase(taller, encargos, a_la_vez=2, al_avanzar=contar)

    assert llegaron_a_ser == 2


def pulsar_ctrl_c_en_la_clase(monkeypatch: pytest.MonkeyPatch, cuando: Callable[[], None]) -> None:
    def esperar(_futuros: object) -> None:
        cuando()
        raise KeyboardInterrupt

    monkeypatch.setattr("chatlab.corrector.taller.clase._esperar", esperar)
    monkeypatch.setattr("chatlab.corrector.taller.proceso_aparte.PLAZO_PARA_RECOGER", 2.0)


def test_ctrl_c_no_espera_a_que_se_corrija_toda_la_clase(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with esperar_llamada() as llamada, Taller(plazo=60) as taller:
        pulsar_ctrl_c_en_la_clase(monkeypatch, llamada.esperar)
        encargos = [
            PorCorregir(leccion, crear_entrega(tmp_path / nombre, {"avisa": llamada.puerto}))
            for nombre in ("Ana", "Bruno", "Carlos")
        ]
        with pytest.raises(KeyboardInterrupt):
            corregir_clase(taller, encargos, 1, lambda *_: None)

        assert llamada.no_queda_nadie() or os.name == "nt"


def test_con_ctrl_c_en_una_clase_vale_lo_ya_corregido(
    leccion: Leccion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with esperar_llamada() as llamada, Taller(plazo=60) as taller:
        pulsar_ctrl_c_en_la_clase(monkeypatch, llamada.esperar)
        guiones: dict[str, dict[str, Any] | Informe] = {
            "Ana": aprobado(),
            "Bruno": {"avisa": llamada.puerto, "informe": A_MEDIAS.a_json()},
            "Carlos": aprobado(),
        }
        encargos = [
            PorCorregir(leccion, crear_entrega(tmp_path / nombre, guion))
            for nombre, guion in guiones.items()
        ]
        ana, bruno, carlos = corregir_clase(taller, encargos, 1, lambda *_: None)

    assert ana == aprobado("Ana")
    assert bruno.puntos == 1
    assert "se interrumpió la corrección" in bruno.provisional
    assert carlos.problema == f"{NO_SE_PUDO}: se interrumpió la corrección."
