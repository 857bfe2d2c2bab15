"""Los informes: lo que lee cada cual, y que nada de una entrega puede mandar sobre ellos."""

from __future__ import annotations

import base64
import csv as csv_de_python
import hashlib
import io
import json as json_de_python
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from chatlab.corrector.informes import csv, html, json, junit
from chatlab.corrector.informes.resumen import resumir
from chatlab.corrector.informes.terminal import escribir_informe
from chatlab.corrector.informes.terminal_de_clase import escribir_clase
from chatlab.corrector.modelo import Informe
from tests.corrector.apoyo_de_informes import (
    ERRATA,
    SOSPECHA,
    TITULOS,
    aprobado,
    bien,
    falla,
    informe,
    sin_comprobar,
    suspenso,
)

#: Lo peor que puede venir en el nombre de una carpeta o en la pantalla de un programa.
HOSTIL = "<script>alert(1)</script>\x1b[31m\x00\u202e&amp;\"'\ud800]]>"
SIN_PROGRAMAS = informe(entrega="Íñigo", problema="En «clase/Íñigo» no está el servidor.")


# --- En la terminal ------------------------------------------------------------------------------


def en_la_terminal(cual: Informe, *, detalle: bool = False, ancho: int | None = None) -> str:
    """Lo que se escribe; con `ancho`, en una terminal de esas columnas."""
    salida = io.StringIO()
    consola = Console(
        file=salida,
        width=ancho,
        force_terminal=bool(ancho),
        color_system="truecolor" if ancho else None,
    )
    escribir_informe(consola, cual, "Lección 03 · Difusión · mi chat", detalle=detalle)
    return salida.getvalue()


def sin_colores(texto: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", texto)


def test_lo_primero_es_el_archivo_la_linea_y_el_arreglo() -> None:
    primera, _, _ = en_la_terminal(suspenso()).partition("\n")

    assert primera == "servidor.py, línea 10: En Python se escribe `True`, con mayúscula."


def test_un_error_se_cuenta_una_vez_aunque_haga_fallar_varias_cosas() -> None:
    texto = en_la_terminal(suspenso())

    assert texto.count("NameError") == 1
    assert f"Por esto fallan: {TITULOS['llega']}; {TITULOS['rapidos']}.\n" in texto


def test_un_fallo_dice_que_se_esperaba_por_que_y_una_pista() -> None:
    texto = en_la_terminal(informe(falla("llega", "Tu servidor no envió nada a nadie.")))

    assert texto.startswith(
        "✗ Un mensaje llega a los demás · 0 de 3 puntos\n"
        "    Se vio: Tu servidor no envió nada a nadie.\n"
        "    Se esperaba: Que en la pantalla de Carlos aparezca «hola».\n"
        "    Pista: ¿Llamas a `start()`?\n"
    )


def test_una_sospecha_va_detras_de_lo_que_se_esperaba_y_se_dice_que_lo_es() -> None:
    texto = en_la_terminal(informe(falla("llega", SOSPECHA)))

    assert texto.startswith(
        "✗ Un mensaje llega a los demás · 0 de 3 puntos\n"
        "    Se esperaba: Que en la pantalla de Carlos aparezca «hola».\n"
        "    Quizá ayude: servidor.py, línea 26: `accept` está fuera de un bucle.\n"
    )


def test_lo_que_falla_por_lo_mismo_sin_explicacion_se_junta() -> None:
    texto = en_la_terminal(informe(falla("escucha", "No escucha."), falla("llega")))

    assert texto.count("Se esperaba:") == 1
    assert f"Por lo mismo falla también: {TITULOS['llega']}." in texto


def test_una_frase_de_la_explicacion_no_se_repite() -> None:
    texto = en_la_terminal(
        informe(
            falla("llega", "Recibió 4 bytes.", SOSPECHA),
            falla("rapidos", "Recibió 9 bytes.", SOSPECHA),
        )
    )

    assert texto.count(SOSPECHA.causa) == 1
    assert "Recibió 9 bytes." in texto


def test_despues_van_la_lista_por_niveles_los_puntos_la_nota_y_el_aislamiento() -> None:
    texto = en_la_terminal(aprobado())

    assert texto.endswith(
        "Lección 03 · Difusión · mi chat\n"
        "Nivel básico: 2 de 2\n"
        "  ✓ El servidor arranca y escucha · 1 punto\n"
        "  ✓ Un mensaje llega a los demás · 3 puntos\n"
        "Nivel robusto: 0 de 1\n"
        "  ✗ Dos mensajes rápidos llegan como dos · 0 de 2 puntos\n"
        "4 de 6 puntos · nota 6,7 sobre 10\n"
        "Nivel básico superado.\n"
        "Aislamiento: completo\n"
    )


def test_lo_que_no_se_pudo_comprobar_no_se_da_por_fallado() -> None:
    texto = en_la_terminal(informe(bien("escucha"), sin_comprobar("llega")))

    assert "– Un mensaje llega a los demás · 0 de 3 puntos · no se pudo comprobar\n" in texto
    assert "    El corrector tropezó.\n" in texto
    assert "✗" not in texto


def a_medias() -> Informe:
    """Solo dio tiempo a comprobar si el servidor escucha."""
    motivo = "No hubo tiempo."
    uno = informe(bien("escucha"), sin_comprobar("llega", motivo), sin_comprobar("rapidos", motivo))
    uno.provisional = "La nota es provisional: la corrección no terminó en 180 segundos."
    return uno


def test_una_nota_provisional_lo_dice_y_el_motivo_se_cuenta_una_vez() -> None:
    texto = en_la_terminal(a_medias())

    assert "1 de 6 puntos · nota provisional 1,7 sobre 10\n" in texto
    assert a_medias().provisional in texto
    assert texto.count("No hubo tiempo.") == 1


def test_en_la_hoja_y_en_la_pagina_se_dice_que_la_nota_es_provisional() -> None:
    (fila,) = hoja(a_medias())

    assert fila["Nota"] == "1,7"
    assert fila["Observaciones"] == a_medias().provisional
    assert a_medias().provisional in pagina(a_medias())


def test_sin_corregir_no_hay_nota() -> None:
    texto = en_la_terminal(SIN_PROGRAMAS)

    assert texto.startswith("En «clase/Íñigo» no está el servidor.\n")
    assert "Sin nota." in texto
    assert "sobre 10" not in texto


def test_con_detalle_se_ve_lo_hecho_y_cada_pantalla() -> None:
    texto = en_la_terminal(aprobado(), detalle=True)

    assert "    - Ana escribe «hola».\n" in texto
    assert "    Pantalla del servidor:\n    │ Escuchando\n    │ Ana: hola\n" in texto
    assert "    Pantalla de Carlos:\n    │ (vacía)\n" in texto
    assert "Pantalla" not in en_la_terminal(aprobado())


def test_de_una_pantalla_enorme_se_ensena_el_principio_y_el_final() -> None:
    pantalla = "\n".join(f"línea {numero} {'x' * 900}" for numero in range(5000))
    texto = en_la_terminal(informe(falla("llega", visto={"Ana": pantalla})), detalle=True)

    assert "línea 0 " in texto
    assert "línea 4999 " in texto
    assert "[… 4960 líneas …]" in texto
    assert len(texto) < 20_000


def test_sin_terminal_no_hay_colores_ni_lineas_partidas() -> None:
    largo = "Una explicación " + "muy " * 100 + "larga."
    texto = en_la_terminal(informe(falla("llega", largo)))

    assert "\x1b" not in texto
    assert f"    Se vio: {largo}\n" in texto
    assert not re.search(r" +$", texto, re.MULTILINE)


def test_en_una_terminal_estrecha_se_parte_con_su_sangria() -> None:
    texto = en_la_terminal(informe(falla("llega", "palabra " * 30)), ancho=40)
    lineas = sin_colores(texto).split("\n")

    assert "\x1b[31m" in texto  # rojo
    assert max(map(len, lineas)) <= 40
    assert all(linea.startswith("    ") for linea in lineas if "palabra" in linea)


def test_nada_de_una_entrega_llega_a_la_terminal_sin_limpiar() -> None:
    malo = falla("llega", HOSTIL, hecho=[HOSTIL], esperado=HOSTIL, visto={HOSTIL: HOSTIL})
    texto = en_la_terminal(informe(malo, problema=HOSTIL), detalle=True)

    assert not set(texto) & {"\x1b", "\x00", "\u202e", "\ud800"}
    assert "<script>" in texto  # en una terminal son solo letras


def test_una_etiqueta_de_rich_en_una_entrega_son_letras() -> None:
    texto = en_la_terminal(informe(falla("llega", "[bold]hola[/bold] [/]")), ancho=80)

    assert "[bold]hola[/bold] [/]" in sin_colores(texto)


# --- Una clase en la terminal --------------------------------------------------------------------


def clase_en_la_terminal(informes: Sequence[Informe], ancho: int | None = None) -> str:
    salida = io.StringIO()
    consola = Console(file=salida, width=ancho, force_terminal=bool(ancho))
    escribir_clase(consola, informes, resumir(informes))
    return salida.getvalue()


def test_la_clase_es_una_tabla_con_su_resumen() -> None:
    assert clase_en_la_terminal([aprobado(), suspenso(), SIN_PROGRAMAS]) == (
        "Estudiante    Básico  Robusto  Puntos  Nota\n"
        "Ana              2/2      0/1     4/6   6,7\n"
        "Bruno            1/2      0/1     1/6   1,7\n"
        "Íñigo              –        –       –     –\n"
        "\n"
        "Íñigo: En «clase/Íñigo» no está el servidor.\n"
        "\n"
        "3 entregas: 2 corregidas y 1 aprobada (nivel básico superado).\n"
        "Nota media de las corregidas: 4,2.\n"
        "Lo que más falla: «Dos mensajes rápidos llegan como dos» (2 de 2).\n"
    )


def test_en_una_terminal_estrecha_la_tabla_cabe() -> None:
    texto = clase_en_la_terminal([aprobado("Ñ" * 70), suspenso()], ancho=60)

    assert max(len(linea) for linea in sin_colores(texto).split("\n")[:6]) <= 60


def test_un_nombre_de_carpeta_hostil_no_manda_sobre_la_terminal() -> None:
    texto = clase_en_la_terminal([aprobado(HOSTIL)])

    assert not set(texto) & {"\x1b", "\x00", "\u202e", "\ud800"}


def test_una_clase_en_la_que_no_se_pudo_corregir_nada_no_tiene_media() -> None:
    resumen = resumir([SIN_PROGRAMAS])

    assert resumen.nota_media is None
    assert resumen.la_que_mas_falla is None
    assert "Nota media" not in clase_en_la_terminal([SIN_PROGRAMAS])


# --- La página ---------------------------------------------------------------------------------

#: Los elementos que no llevan cierre (HTML, apartado 13.1.2).
SIN_CIERRE = {"meta", "br", "img", "link", "input", "hr"}


class Pagina(HTMLParser):
    """Los elementos de una página y su texto; comprueba que cada uno se cierra donde debe."""

    def __init__(self, texto: str) -> None:
        super().__init__()
        self.elementos: list[tuple[str, dict[str, str | None]]] = []
        self.textos: list[str] = []
        self._abiertos: list[str] = []
        self.feed(texto)
        self.close()
        assert not self._abiertos

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementos.append((tag, dict(attrs)))
        if tag not in SIN_CIERRE:
            self._abiertos.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._abiertos.pop() == tag

    def handle_data(self, data: str) -> None:
        self.textos.append(data)

    def cuantos(self, etiqueta: str, clase: str = "") -> int:
        return sum(
            (tag == etiqueta and clase in (attrs.get("class") or "").split(" ")) or not clase
            for tag, attrs in self.elementos
            if tag == etiqueta
        )

    @property
    def estructura(self) -> list[str]:
        return [tag for tag, _ in self.elementos]


def pagina(*informes: Informe) -> str:
    return html.de_la_clase(informes, "Lección 03 · clase", datetime(2026, 11, 20, 9, 30))


def test_la_pagina_tiene_una_fila_por_estudiante_y_una_columna_por_comprobacion() -> None:
    leida = Pagina(pagina(aprobado(), suspenso(), SIN_PROGRAMAS))

    assert leida.cuantos("th", "estudiante") == 1 + 3
    assert leida.cuantos("th", "comprobacion") == 3
    assert leida.cuantos("details") == 2 * 3
    assert leida.cuantos("td", "problema") == 1


def test_cada_celda_abre_lo_hecho_lo_esperado_y_lo_visto_sin_javascript() -> None:
    texto = pagina(informe(falla("llega", "Tu servidor no envió nada.")))
    celda = texto[texto.index("<details") : texto.index("</details>")]

    for parte in (
        "<summary>",
        "Ana. Un mensaje llega a los demás: falla en tu programa",
        "Tu servidor no envió nada.",
        "<li>Ana escribe «hola».</li>",
        "<p>Que en la pantalla de Carlos aparezca «hola».</p>",
        ">Escuchando\nAna: hola</pre>",
        "<code>start()</code>",
    ):
        assert parte in celda


def test_la_pagina_no_carga_nada_de_fuera() -> None:
    leida = Pagina(pagina(aprobado(), suspenso()))

    nombres = {nombre for _, attrs in leida.elementos for nombre in attrs}
    assert not nombres & {"src", "href", "srcset", "style", "action"}
    assert not {nombre for nombre in nombres if nombre.startswith("on")}
    assert not re.search(r"https?://|url\(|@import", pagina(aprobado()))


def test_la_politica_de_la_pagina_solo_deja_su_estilo_y_su_programa() -> None:
    texto = pagina(aprobado())
    politica = re.search(r'Content-Security-Policy" content="([^"]+)"', texto)
    assert politica is not None

    assert "default-src 'none'" in politica[1]
    for etiqueta, directiva in (("style", "style-src"), ("script", "script-src")):
        contenido = re.search(rf"<{etiqueta}>(.*?)</{etiqueta}>", texto, re.DOTALL)
        assert contenido is not None
        huella = base64.b64encode(hashlib.sha256(contenido[1].encode()).digest()).decode()
        assert f"{directiva} 'sha256-{huella}'" in politica[1]


def test_la_pagina_se_puede_leer_con_cualquier_ayuda() -> None:
    texto = pagina(aprobado(), suspenso())
    leida = Pagina(texto)

    assert '<html lang="es">' in texto
    assert 'name="viewport"' in texto
    assert "prefers-color-scheme: dark" in texto
    for etiqueta, attrs in leida.elementos:
        if etiqueta == "th":
            assert attrs.get("scope") in ("row", "col", "colgroup")
        if etiqueta == "div" and attrs.get("role") == "region":  # se mueve con el teclado
            assert attrs["tabindex"] == "0"
            assert f'id="{attrs["aria-labelledby"]}"' in texto


def test_nada_de_una_entrega_es_html() -> None:
    malo = falla("llega", HOSTIL, hecho=[HOSTIL], esperado=HOSTIL, visto={HOSTIL: HOSTIL})
    normal = falla("llega", "a", hecho=["a"], esperado="a", visto={"a": "a"})
    texto = pagina(informe(malo, entrega=HOSTIL))

    assert Pagina(texto).estructura == Pagina(pagina(informe(normal))).estructura
    assert "<script>alert(1)" in "".join(Pagina(texto).textos)
    texto.encode("utf-8")  # sin medios caracteres


@pytest.mark.lento
@settings(max_examples=40)  # cada uno escribe una página entera
@given(st.text())
def test_ningun_texto_cambia_la_estructura_de_la_pagina(texto: str) -> None:
    malo = falla("llega", f"x{texto}", hecho=[texto], esperado=f"x{texto}", visto={texto: texto})
    leida = Pagina(pagina(informe(malo, entrega=texto)))

    normal = falla("llega", "x", hecho=["a"], esperado="x", visto={"a": "a"})
    sin_codigo = [tag for tag in leida.estructura if tag != "code"]
    assert sin_codigo == [
        tag for tag in Pagina(pagina(informe(normal))).estructura if tag != "code"
    ]


def test_un_fallo_sin_explicacion_toma_la_del_que_falla_por_lo_mismo() -> None:
    texto = pagina(informe(falla("escucha", "No escucha en ningún puerto."), falla("llega")))

    assert f"Por lo mismo que «{TITULOS['escucha']}»" in texto
    celdas, _, _ = texto.partition("<h2>Lo primero")
    assert celdas.count("No escucha en ningún puerto.") == 2


def test_la_pagina_dice_lo_primero_que_arregla_cada_cual_y_de_que_depende_lo_demas() -> None:
    llega = falla("llega", ERRATA)
    rapidos = falla("rapidos", "Llegaron pegados.")
    rapidos.comprobacion = replace(rapidos.comprobacion, depende="llega")
    texto = pagina(informe(llega, rapidos))

    assert "<h2>Lo primero que hay que arreglar</h2>" in texto
    assert "con mayúscula. (NameError)" in texto
    assert f"Depende de «{TITULOS['llega']}», que también falla" in texto


def test_en_la_hoja_va_lo_primero_que_arregla_cada_cual() -> None:
    ana, bruno = hoja(informe(bien("llega")), suspenso())

    assert ana["Lo primero que arreglar"] == ""
    assert bruno["Lo primero que arreglar"].startswith("servidor.py, línea 10: ")


def test_una_entrega_que_no_tiene_una_comprobacion_deja_su_hueco() -> None:
    leida = Pagina(pagina(aprobado(), informe(bien("llega"), entrega="Bruno")))

    assert leida.cuantos("td", "hueco") == 2 * 3
    assert leida.cuantos("details") == 3 + 1
    assert "sin datos" in leida.textos


# --- La hoja de cálculo --------------------------------------------------------------------------


def hoja(*informes: Informe) -> list[dict[str, str]]:
    texto = csv.de_la_clase(informes)
    return list(csv_de_python.DictReader(io.StringIO(texto, newline=""), delimiter=";"))


def test_la_hoja_tiene_una_fila_por_estudiante_con_puntos_y_nota_sobre_10() -> None:
    ana, bruno = hoja(aprobado("Ana García"), suspenso())

    assert (ana["Estudiante"], ana["Puntos"], ana["Puntos posibles"]) == ("Ana García", "4", "6")
    assert (ana["Nota"], ana["Básico superado"]) == ("6,7", "sí")
    assert (bruno["Nota"], bruno["Básico superado"]) == ("1,7", "no")
    assert ana[TITULOS["llega"]] == "3"
    assert bruno[TITULOS["llega"]] == "0"


def test_la_hoja_se_abre_bien_en_un_excel_en_espanol() -> None:
    """Marca de UTF-8, punto y coma, coma decimal y nada que parezca una fecha."""
    texto = csv.de_la_clase([aprobado()])

    assert texto.encode(csv.CODIFICACION).startswith(b"\xef\xbb\xbfEstudiante;Puntos;")
    assert ";6,7;" in texto
    assert ";2 de 2;" in texto
    assert texto.endswith("\r\n")


def test_quien_no_se_pudo_corregir_no_tiene_un_cero() -> None:
    (fila,) = hoja(SIN_PROGRAMAS)

    assert fila["Nota"] == fila["Puntos"] == ""
    assert fila["Observaciones"] == "En «clase/Íñigo» no está el servidor."


@pytest.mark.parametrize("nombre", ["=1+1", "+34 600", "-Ana", "@Ana", "=cmd|' /C calc'!A0"])
def test_un_nombre_no_puede_ser_una_formula(nombre: str) -> None:
    (fila,) = hoja(aprobado(nombre))

    assert fila["Estudiante"] == f"'{nombre}"


def test_un_nombre_con_separadores_sigue_siendo_una_celda() -> None:
    (fila,) = hoja(aprobado('García; Ana "la rápida"\n2.º B'))

    assert fila["Estudiante"] == 'García; Ana "la rápida" 2.º B'
    assert fila["Nota"] == "6,7"


# --- Para otros programas ------------------------------------------------------------------------


def test_junit_cuenta_fallos_y_errores() -> None:
    documento = junit.de_la_clase(
        [informe(bien("escucha"), falla("llega", ERRATA), sin_comprobar("rapidos"))]
    )
    (suite,) = ET.fromstring(documento.encode())

    assert suite.attrib["name"] == "03_difusion: Ana"
    assert [suite.attrib[cual] for cual in ("tests", "failures", "errors")] == ["3", "1", "1"]
    fallo = suite.find("testcase/failure")
    assert fallo is not None
    assert fallo.attrib["message"].startswith("servidor.py, línea 10")
    assert "Pantalla del servidor:\n  │ Escuchando" in (fallo.text or "")


def test_junit_dice_de_cual_depende_cada_fallo() -> None:
    rapidos = falla("rapidos", "Llegaron pegados.")
    rapidos.comprobacion = replace(rapidos.comprobacion, depende="llega")
    (suite,) = ET.fromstring(junit.de_la_clase([informe(falla("llega"), rapidos)]).encode())

    textos = [fallo.text or "" for fallo in suite.iter("failure")]
    assert [f"Depende de «{TITULOS['llega']}»" in texto for texto in textos] == [False, True]


def test_en_junit_una_entrega_sin_programas_es_un_error() -> None:
    (suite,) = ET.fromstring(junit.de_la_clase([SIN_PROGRAMAS]).encode())

    assert suite.attrib["errors"] == "1"
    error = suite.find("testcase/error")
    assert error is not None
    assert error.attrib["message"] == SIN_PROGRAMAS.problema


@given(st.text())
def test_junit_es_xml_con_cualquier_texto(texto: str) -> None:
    malo = falla("llega", texto, hecho=[texto], esperado=texto, visto={texto: texto})

    ET.fromstring(junit.de_la_clase([informe(malo, entrega=texto, problema=texto)]).encode())


def test_el_json_se_puede_volver_a_leer() -> None:
    original = suspenso()

    assert Informe.de_json(json_de_python.loads(json.de_una(original))) == original
    (en_lista,) = json_de_python.loads(json.de_la_clase([original]))
    assert en_lista == json_de_python.loads(json.de_una(original))
    assert (en_lista["nota"], en_lista["aprobado"]) == (1.7, False)


def test_en_el_json_no_hay_nada_que_una_terminal_obedezca() -> None:
    raro = Informe("\x1b[31m\x9b31m\u202e\udce9 ñ 🎉", "03_difusion")

    escrito = json.de_una(raro)

    assert escrito.replace("\n", "").isprintable()
    assert "ñ 🎉" in escrito
    assert Informe.de_json(json_de_python.loads(escrito)) == raro
