"""Qué se cuenta primero: la causa de la que depende lo demás, una vez y con lo que cae con ella."""

from __future__ import annotations

import ast
import io
from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.informes import csv, html, junit
from chatlab.corrector.informes.causas import causas_de, lo_primero, por_arreglar
from chatlab.corrector.informes.terminal import escribir_informe
from chatlab.corrector.modelo import Comprobacion, Informe, Nivel, Resultado, Veredicto
from tests.apoyo.lecciones import declaradas as de_la_leccion
from tests.apoyo.programa import RAIZ
from tests.corrector.apoyo_de_informes import ERRATA, SOSPECHA
from tests.corrector.banco import CLAVES

# --- Lo que declara cada lección -----------------------------------------------------------------


def declaradas(leccion: str) -> dict[str, Comprobacion]:
    """Las comprobaciones de una lección, por su clave."""
    return de_la_leccion(RAIZ / "lessons" / leccion)


en_cada_leccion = pytest.mark.parametrize("leccion", CLAVES)


@en_cada_leccion
def test_todas_las_comprobaciones_dicen_de_cual_dependen(leccion: str) -> None:
    comprobaciones = declaradas(leccion)
    raices = [una.clave for una in comprobaciones.values() if not una.depende]

    assert set(comprobaciones) == set(CLAVES[leccion])
    assert raices == ["servidor_escucha"]
    assert {una.depende for una in comprobaciones.values()} - {""} <= set(comprobaciones)


@en_cada_leccion
def test_ninguna_depende_de_si_misma_ni_lo_basico_de_lo_robusto(leccion: str) -> None:
    comprobaciones = declaradas(leccion)
    for comprobacion in comprobaciones.values():
        camino = [comprobacion]
        while camino[-1].depende:
            camino.append(comprobaciones[camino[-1].depende])
            assert len(camino) <= len(comprobaciones), comprobacion.clave
        niveles = [una.nivel for una in camino[1:]]
        assert Nivel.ROBUSTO not in niveles or comprobacion.nivel is Nivel.ROBUSTO


@en_cada_leccion
def test_lo_que_pasa_en_una_comprobacion_no_se_contradice(leccion: str) -> None:
    terminan = {Pasa.EL_SERVIDOR_TERMINA, Pasa.EL_CLIENTE_TERMINA}
    for comprobacion in declaradas(leccion).values():
        pasa = set(comprobacion.pasa)
        assert len(pasa) == len(comprobacion.pasa), comprobacion.clave
        assert not {Pasa.ALGUIEN_SE_VA, Pasa.NADIE_SE_HA_IDO} <= pasa, comprobacion.clave
        assert Pasa.ALGUIEN_SE_VA in pasa or not pasa & terminan, comprobacion.clave
        assert Pasa.EL_SERVIDOR_TERMINA in pasa or Pasa.CON_CTRL_C not in pasa, comprobacion.clave


def test_cada_cosa_que_pasa_la_dice_alguna_comprobacion() -> None:
    dichas = {
        pasa for leccion in CLAVES for una in declaradas(leccion).values() for pasa in una.pasa
    }

    assert dichas == set(Pasa)


@pytest.mark.parametrize("carpeta", ["diagnostico", "juicio", "informes", "entrega", "taller"])
def test_quien_explica_un_fallo_no_nombra_ninguna_comprobacion(carpeta: str) -> None:
    claves = {clave for suyas in CLAVES.values() for clave in suyas}
    for archivo in (RAIZ / "chatlab" / "corrector" / carpeta).rglob("*.py"):
        arbol = ast.parse(archivo.read_text(encoding="utf-8"))
        textos = {nodo.value for nodo in ast.walk(arbol) if isinstance(nodo, ast.Constant)}
        assert not textos & claves, archivo.name


@en_cada_leccion
def test_solo_lo_que_mira_como_se_cierra_es_de_estilo(leccion: str) -> None:
    de_estilo = {una.clave for una in declaradas(leccion).values() if una.de_estilo}

    assert de_estilo == {"ctrl_c", "puerto_libre"}


# --- El orden, con las comprobaciones de la lección 03 -------------------------------------------


def fallan(*claves: str, sin: dict[str, list[Hallazgo]] | None = None) -> Informe:
    """Un informe de la lección 03 en el que fallan esas; `sin` dice lo que se sabe de algunas."""
    explicadas = sin or {}
    return Informe(
        "Ana",
        "03_difusion",
        [
            Resultado(
                comprobacion,
                Veredicto.FALLA if clave in claves else Veredicto.BIEN,
                esperado=f"Que pase {clave}." if clave in claves else "",
                hallazgos=explicadas.get(clave, []),
            )
            for clave, comprobacion in declaradas("03_difusion").items()
        ],
    )


def raices(informe: Informe) -> list[str]:
    return [causa.raiz.comprobacion.clave for causa in causas_de(informe)]


def test_si_no_llega_ningun_mensaje_es_una_sola_causa_con_lo_que_cae() -> None:
    informe = fallan("mensaje_llega", "con_nombre", "aviso_entrada", "tercera_persona", "largo")

    (causa,) = causas_de(informe)

    assert causa.raiz.comprobacion.clave == "mensaje_llega"
    assert {uno.comprobacion.clave for uno in causa.dependen} == {
        "con_nombre",
        "aviso_entrada",
        "tercera_persona",
        "largo",
    }


def test_si_el_servidor_no_escucha_no_hay_nada_mas_que_contar() -> None:
    assert raices(fallan(*CLAVES["03_difusion"])) == ["servidor_escucha"]


def test_lo_de_estilo_va_detras_de_que_llegue_un_mensaje() -> None:
    aviso = {"puerto_libre": [SOSPECHA], "ctrl_c": [SOSPECHA]}

    assert raices(fallan("puerto_libre", "ctrl_c", "mensaje_llega", sin=aviso)) == [
        "mensaje_llega",
        "ctrl_c",
        "puerto_libre",
    ]


def test_lo_basico_va_antes_que_lo_robusto_aunque_lo_robusto_tenga_linea() -> None:
    assert raices(fallan("largo", "sin_eco", sin={"largo": [ERRATA]})) == ["sin_eco", "largo"]


def test_lo_basico_de_estilo_va_antes_que_lo_robusto_si_lo_demas_va_bien() -> None:
    assert raices(fallan("ctrl_c", "largo", "puerto_libre")) == ["ctrl_c", "largo", "puerto_libre"]


def test_un_error_propio_se_cuenta_aunque_dependa_de_algo_que_falla() -> None:
    informe = fallan("mensaje_llega", "palabra_salida", sin={"palabra_salida": [ERRATA]})

    assert raices(informe) == ["mensaje_llega", "palabra_salida"]


def test_un_error_de_la_red_en_algo_que_depende_de_otro_fallo_no_es_otra_causa() -> None:
    cortada = replace(ERRATA, error=ErrorDePython("ConnectionResetError", "[Errno 104] …"))

    assert raices(fallan("mensaje_llega", "largo", sin={"largo": [cortada]})) == ["mensaje_llega"]
    assert raices(fallan("muerte_rst", sin={"muerte_rst": [cortada]})) == ["muerte_rst"]


def test_el_mismo_error_es_la_misma_causa_lo_vea_quien_lo_vea() -> None:
    en_otro_hilo = replace(
        ERRATA, error=ErrorDePython("NameError", "name 'true' is not defined"), de="Ana"
    )
    informe = fallan("sin_eco", "largo", sin={"sin_eco": [ERRATA], "largo": [en_otro_hilo]})

    (causa,) = causas_de(informe)

    assert [uno.comprobacion.clave for uno in causa.iguales] == ["largo"]


def test_dos_errores_distintos_son_dos_causas() -> None:
    otro = replace(ERRATA, lugar=Lugar("servidor.py", 30))
    informe = fallan("sin_eco", "tildes", sin={"sin_eco": [ERRATA], "tildes": [otro]})

    assert len(causas_de(informe)) == 2


def test_sin_fallos_no_hay_causas() -> None:
    assert causas_de(fallan()) == []
    assert lo_primero(fallan()) == ""


def test_se_arregla_antes_la_raiz_y_al_final_lo_que_no_se_pudo_comprobar() -> None:
    informe = fallan("puerto_libre", "mensaje_llega", "tildes")
    informe.resultados[-1].veredicto = Veredicto.SIN_COMPROBAR
    dudosa = informe.resultados[-1].comprobacion.clave

    assert [uno.comprobacion.clave for uno in por_arreglar(informe)] == [
        "mensaje_llega",
        "puerto_libre",
        "tildes",
        dudosa,
    ]


# --- Lo primero, en una línea --------------------------------------------------------------------


def test_lo_primero_de_un_error_es_su_lugar_y_su_arreglo() -> None:
    informe = fallan("mensaje_llega", sin={"mensaje_llega": [ERRATA]})

    assert lo_primero(informe).startswith("servidor.py, línea 10: ")


def test_una_sospecha_no_es_nunca_la_causa() -> None:
    informe = fallan("mensaje_llega", sin={"mensaje_llega": [SOSPECHA]})

    assert lo_primero(informe) == "Falla «Un mensaje llega a los demás»."


CUANDO = datetime(2026, 11, 20, 9, 30)


def test_de_lo_que_python_solo_avisa_no_es_nunca_la_causa() -> None:
    aviso = replace(
        ERRATA,
        grado=Grado.PUEDE_AYUDAR,
        error=ErrorDePython("SyntaxWarning", '"is" with a literal'),
    )
    informe = fallan("mensaje_llega", sin={"mensaje_llega": [aviso]})

    assert lo_primero(informe) == "Falla «Un mensaje llega a los demás»."


def en_la_terminal(informe: Informe) -> str:
    salida = io.StringIO()
    escribir_informe(Console(file=salida), informe, "Lección", detalle=True)
    return salida.getvalue()


@en_cada_leccion
def test_en_ningun_informe_se_ve_el_nombre_interno_de_una_comprobacion(leccion: str) -> None:
    resultados = [
        Resultado(replace(comprobacion, enlace=""), Veredicto.FALLA, esperado="Que algo pase.")
        for comprobacion in declaradas(leccion).values()
    ]
    informe = Informe("Ana", leccion, resultados)
    textos = [
        junit.de_la_clase([informe]),
        csv.de_la_clase([informe]),
        html.de_la_clase([informe], "Clase", CUANDO),
        en_la_terminal(informe),
    ]

    for clave in CLAVES[leccion]:
        if "_" in clave:  # «largo» o «tildes» son palabras corrientes
            assert not [texto for texto in textos if clave in texto], clave
