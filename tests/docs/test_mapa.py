"""El mapa del curso: lo que se marca se recuerda, y se trae de `chatlab lecciones --codigo`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chatlab.curso.codigo import clave_del_ejercicio, clave_del_reto, escribir_codigo
from chatlab.curso.lecciones import lecciones
from chatlab.curso.retos import todos_los_retos
from docs.taller.mapas import MAPA, MAPA_DEL_CURSO, mapas, paginas_del_curso
from tests.docs.paginas import PAGINAS, inclusiones

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.lento  # abre el navegador para cada una

#: Lo que hace un navegador en el que no se deja guardar nada.
SIN_GUARDAR = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("No se deja.", "SecurityError"); },
});"""
#: Lo que hace un navegador que, desde el disco, guarda aparte lo de cada archivo.
CADA_ARCHIVO_LO_SUYO = """const suyo = (nombre) => `${location.pathname} ${nombre}`;
const { getItem, setItem } = Storage.prototype;
Storage.prototype.getItem = function (nombre) { return getItem.call(this, suyo(nombre)); };
Storage.prototype.setItem = function (nombre, valor) { setItem.call(this, suyo(nombre), valor); };
"""
PASO = "lecciones/01_bitacora/paso2_bucle.html"


@pytest.fixture
def pagina(navegador: Browser, sitio: Path) -> Iterator[Page]:
    """Una pestaña de alguien que no había venido nunca, con el mapa abierto desde el disco."""
    with navegador.new_context(base_url=f"{sitio.as_uri()}/") as contexto:
        nueva = contexto.new_page()
        nueva.emulate_media(reduced_motion="reduce")
        nueva.goto("mapa.html")
        yield nueva


def marcadas(pagina: Page) -> list[str]:
    claves: list[str] = pagina.eval_on_selector_all(
        ".curso a.hecha", "todas => todas.map(una => una.dataset.avance)"
    )
    return claves


def traer(pagina: Page, codigo: str) -> str:
    """Pega el código, y devuelve lo que contesta el mapa."""
    pagina.fill("#codigo", codigo)
    pagina.get_by_role("button", name="Traer").click()
    return pagina.inner_text("#traer .dicho")


def test_el_mapa_nombra_cada_pagina_del_curso_cada_reto_y_cada_ejercicio(pagina: Page) -> None:
    claves: list[str] = pagina.eval_on_selector_all(
        ".curso a[data-avance]", "todas => todas.map(una => una.dataset.avance)"
    )

    assert len(claves) == len(set(claves)) == len(paginas_del_curso()) + len(todos_los_retos())
    assert {clave_del_reto(reto) for reto in todos_los_retos()} <= set(claves)
    assert {clave_del_ejercicio(una) for una in lecciones()} <= set(claves)


def test_se_llega_al_mapa_desde_cada_pagina_de_una_leccion() -> None:
    textos = mapas()
    del_curso = textos.pop(MAPA_DEL_CURSO)

    assert MAPA in PAGINAS
    assert all("mapa.md)" in texto for texto in textos.values())
    assert len(textos) == len(paginas_del_curso())
    assert "01 · Bitácora" in del_curso
    assert MAPA_DEL_CURSO.as_posix().endswith(inclusiones(MAPA)[0].archivo)


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_lo_que_se_marca_en_una_leccion_se_ve_en_el_mapa_y_al_volver(
    navegador: Browser, sitio: Path, servido: str, desde: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    with navegador.new_context(base_url=f"{base}/") as contexto:
        marcar_y_volver(contexto.new_page())


def marcar_y_volver(pagina: Page) -> None:
    pagina.goto("mapa.html")
    assert "Llevas 0 de" in pagina.inner_text("p.sigue")
    pagina.goto(PASO)
    pagina.get_by_label("He acabado esta página").check()
    pagina.get_by_label("Hecho", exact=True).check()
    pagina.goto("mapa.html")

    assert marcadas(pagina) == ["01.2", "01.2r"]
    assert "Llevas 2 de" in pagina.inner_text("p.sigue")
    assert "Sigue por: 01 · Paso 3" in pagina.inner_text("p.sigue")
    assert "2 de 10" in pagina.inner_text(".curso")
    pagina.reload()
    assert marcadas(pagina) == ["01.2", "01.2r"]

    pagina.get_by_role("checkbox", name="Hecho: Paso 2. Mensajes sin fin").uncheck()
    pagina.goto(PASO)
    assert not pagina.get_by_label("He acabado esta página").is_checked()
    assert pagina.get_by_label("Hecho", exact=True).is_checked()


def test_la_portada_lleva_a_quien_ya_empezo_por_donde_iba(pagina: Page) -> None:
    pagina.goto("index.html")
    assert pagina.locator(".portada .sigue").is_hidden()

    pagina.goto("mapa.html")
    traer(pagina, "chatlab:01.0:1")
    pagina.goto("index.html")
    pagina.get_by_role("link", name="Sigue por donde ibas").click()
    assert "Sigue por: 01 · Paso 1" in pagina.inner_text("p.sigue")


def test_se_trae_lo_hecho_aunque_el_codigo_venga_partido_en_lineas(pagina: Page) -> None:
    pagina.get_by_role("checkbox", name="Hecho: Paso 1. Un mensaje").check()
    codigo = escribir_codigo(["01.1r", "01.2r", "01e"])

    assert traer(pagina, f"\n {codigo[:12]}\n{codigo[12:]} \n") == "Traído: 3 cosas nuevas."
    assert marcadas(pagina) == ["01.1", "01.1r", "01.2r", "01e"]
    assert traer(pagina, codigo) == "Ya lo tenías todo marcado."


#: Lo que se puede pegar sin que sea un código, y lo que se contesta.
NO_ES_UN_CODIGO = {
    "": "No hay nada escrito",
    "hola": "debe empezar por «chatlab:»",
    "chatlab:01.1r,01.2r:3": "El código está cortado",
    "chatlab:01.1r,01.2r": "El código está cortado",
    "chatlab:<b>x</b>:1": "algo que no entiendo: «<b>x</b>»",
    "chatlab:__proto__:1": "algo que no entiendo: «__proto__»",
    "chatlab:" + "01.1r," * 900 + ":900": "El código está cortado",
}


def test_un_codigo_que_no_se_entiende_dice_por_que_y_no_marca_nada(pagina: Page) -> None:
    for codigo, contesta in NO_ES_UN_CODIGO.items():
        assert contesta in traer(pagina, codigo)
    assert marcadas(pagina) == []
    assert pagina.locator("#traer b").count() == 0


def test_lo_que_este_mapa_no_tiene_se_dice_y_lo_demas_se_marca(pagina: Page) -> None:
    dicho = traer(pagina, "chatlab:01.1r,42.1r:2")

    assert "Traído: 1 cosa nueva." in dicho
    assert "no tiene 42.1r" in dicho
    assert marcadas(pagina) == ["01.1r"]


def test_el_codigo_que_da_el_mapa_sirve_en_otro_navegador(pagina: Page, navegador: Browser) -> None:
    traer(pagina, "chatlab:01.0,01.1,01.1r:3")
    pagina.get_by_role("button", name="Dame mi código").click()
    codigo = pagina.input_value("#codigo")

    assert codigo == "chatlab:01.0,01.1,01.1r:3"
    with navegador.new_context() as otro:
        ajena = otro.new_page()
        ajena.goto(pagina.url)
        assert marcadas(ajena) == []
        traer(ajena, codigo)
        assert marcadas(ajena) == ["01.0", "01.1", "01.1r"]


def test_donde_cada_archivo_guarda_lo_suyo_lo_hecho_viaja_con_los_enlaces(pagina: Page) -> None:
    pagina.add_init_script(CADA_ARCHIVO_LO_SUYO)
    pagina.goto(PASO)
    pagina.get_by_label("He acabado esta página").check()
    pagina.get_by_label("Hecho", exact=True).check()
    pagina.get_by_role("link", name="Mapa de todo el curso").click()

    pagina.wait_for_url("**/mapa.html")
    assert marcadas(pagina) == ["01.2", "01.2r"]
    pagina.get_by_role("checkbox", name="Hecho: Paso 2. Mensajes sin fin").uncheck()
    pagina.get_by_role("link", name="Paso 2. Mensajes sin fin", exact=True).click()
    pagina.wait_for_url(f"**/{PASO}")
    assert not pagina.get_by_label("He acabado esta página").is_checked()
    assert pagina.get_by_label("Hecho", exact=True).is_checked()
    assert pagina.url.endswith(PASO)


def test_borrar_todo_pregunta_antes(pagina: Page) -> None:
    traer(pagina, "chatlab:01.0:1")
    borrar = pagina.get_by_role("button", name="Borrar todo")
    pagina.once("dialog", lambda dialogo: dialogo.dismiss())
    borrar.click()
    assert marcadas(pagina) == ["01.0"]

    pagina.once("dialog", lambda dialogo: dialogo.accept())
    borrar.click()
    assert marcadas(pagina) == []


def test_donde_no_se_puede_guardar_se_avisa_y_el_mapa_funciona(
    navegador: Browser, sitio: Path
) -> None:
    with navegador.new_context() as contexto:
        pagina = contexto.new_page()
        pagina.add_init_script(SIN_GUARDAR)
        pagina.goto(f"{sitio.as_uri()}/mapa.html")

        assert "no deja guardar nada" in pagina.inner_text("#traer")
        traer(pagina, "chatlab:01.0:1")
        assert marcadas(pagina) == ["01.0"]


def test_de_lo_guardado_que_no_se_entiende_no_se_hace_caso(pagina: Page) -> None:
    for guardado in ("{", "3", "null", '{"hecho": 1}', '{"hecho": ["<b>", 7, null, "01.0"]}'):
        pagina.evaluate("texto => localStorage.setItem('chatlab.avance', texto)", guardado)
        pagina.reload()
        assert marcadas(pagina) == (["01.0"] if "01.0" in guardado else [])
