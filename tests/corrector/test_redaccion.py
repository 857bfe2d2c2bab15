"""Lo que se sabe de un fallo, puesto en palabras: cada certeza con las suyas."""

from __future__ import annotations

import json

import pytest

from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar, visto
from chatlab.corrector.informes import json as informe_json
from chatlab.corrector.informes.redaccion import detalles, redactar, titular
from chatlab.corrector.modelo import Informe
from tests.corrector.apoyo_de_informes import ERRATA, SOSPECHA, bien, falla, informe, sin_comprobar


def test_de_un_error_lo_primero_es_el_lugar_y_el_arreglo() -> None:
    assert titular(ERRATA) == "servidor.py, línea 10: En Python se escribe `True`, con mayúscula."
    assert detalles(ERRATA) == [
        "NameError: name 'true' is not defined (en el hilo Thread-2 (atender))",
        "    hilo = threading.Thread(target=atender, daemon=true)",
        "Python distingue mayúsculas de minúsculas.",
    ]


@pytest.mark.parametrize(
    ("grado", "dicho"),
    [
        (Grado.VISTO, "Se vio: Ana envió 4 bytes."),
        (Grado.SE_SIGUE, "Se sigue del código: Ana envió 4 bytes."),
        (Grado.PUEDE_AYUDAR, "Quizá ayude: Ana envió 4 bytes."),
    ],
)
def test_cada_certeza_se_dice_con_otras_palabras(grado: Grado, dicho: str) -> None:
    assert titular(Hallazgo(grado, causa="Ana envió 4 bytes.")) == dicho


def test_una_sospecha_lleva_su_lugar_y_se_dice_que_lo_es() -> None:
    assert titular(SOSPECHA) == (
        "Quizá ayude: servidor.py, línea 26: `accept` está fuera de un bucle."
    )


def test_cada_hallazgo_va_en_su_linea_sin_pegarse_a_otro() -> None:
    texto = redactar(falla("llega", "Tu servidor envió 14 bytes a Carlos.", SOSPECHA))

    assert (
        "Se vio: Tu servidor envió 14 bytes a Carlos.\nQuizá ayude: servidor.py, línea 26: "
    ) in texto


def test_se_dice_de_cual_depende_antes_que_lo_demas() -> None:
    lineas = redactar(falla("rapidos", ERRATA), "Un mensaje llega a los demás").split("\n")

    assert lineas[1] == (
        "Depende de «Un mensaje llega a los demás», que también falla: arregla antes eso."
    )
    assert lineas[2] == titular(ERRATA)


def test_lo_que_no_se_pudo_comprobar_dice_por_que() -> None:
    assert "El corrector tropezó." in redactar(sin_comprobar("llega"))


def test_la_pantalla_del_servidor_lleva_su_articulo() -> None:
    texto = redactar(falla("llega"))

    assert "Pantalla del servidor:\n  │ Escuchando\n" in texto
    assert "Pantalla de Carlos:\n" in texto


def test_un_informe_va_a_json_y_vuelve_con_todas_sus_piezas() -> None:
    suelto = Hallazgo(Grado.SE_SIGUE, causa="a", arreglo="b", lugar=Lugar("x.py"), de="Ana")
    original = informe(
        bien("escucha"), falla("llega", ERRATA, SOSPECHA, suelto), sin_comprobar("rapidos")
    )

    escrito = json.loads(informe_json.de_una(original))

    assert Informe.de_json(escrito) == original
    primero = escrito["resultados"][1]["hallazgos"][0]
    assert primero["grado"] == "visto"
    assert primero["lugar"]["linea"] == 10
    assert primero["error"]["tipo"] == "NameError"
    assert escrito["resultados"][1]["explicacion"].startswith(titular(ERRATA))


def test_un_hecho_no_tiene_lugar_ni_error() -> None:
    hecho = visto("Nadie envió nada.")

    assert (hecho.grado, hecho.lugar, hecho.error) == (Grado.VISTO, None, None)
