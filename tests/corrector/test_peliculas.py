"""La película de cada fallo: en el informe, con `--ver`, y de un proceso a otro."""

from __future__ import annotations

import gzip
import json
import random
import re
import webbrowser
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from chatlab.corrector.informes import html, peliculas
from chatlab.corrector.informes import json as en_json
from chatlab.corrector.modelo import MAX_PELICULA, Informe
from chatlab.corrector.taller import estado, taller
from chatlab.corrector.taller.peliculas import recoger_peliculas
from chatlab.curso import lecciones as curso
from chatlab.observador.grabacion import Grabacion
from chatlab.ordenes import corregir
from tests.corrector.apoyo_de_informes import (
    EXTENSION,
    aprobado,
    bien,
    crear_entrega,
    crear_extension,
    crear_lecciones,
    falla,
    informe,
)
from tests.corrector.test_informes import HOSTIL, Pagina
from tests.docs.accesibilidad import TODAS, faltas_graves

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

CODIGO = 'import socket\n\nprint("escucho")\n'
CABECERA = {"chatlab": "grabacion", "version": 1, "titulo": "Un mensaje llega"}


def pelicula(*lineas: dict[str, object], codigo: str = CODIGO) -> str:
    """Una grabación pequeña, con el código de un programa y una marca a los 2 segundos."""
    todas: list[dict[str, object]] = [
        {"que": "archivo", "t": 0, "ruta": "servidor.py", "texto": codigo},
        {"que": "programa", "t": 0.1, "p": 1, "nombre": "servidor", "papel": "servidor",
         "orden": ["python", "servidor.py"], "archivo": "servidor.py"},
        {"que": "pantalla", "t": 1, "p": 1, "texto": "escucho\r\n"},
        *lineas,
        {"que": "marca", "t": 1.5, "texto": "Desde aquí espera.", "clave": "otra"},
        {"que": "marca", "t": 2, "texto": "Aquí `recv` devolvió dos mensajes juntos.",
         "clave": "principal"},
    ]  # fmt: skip
    return "".join(f"{json.dumps(linea)}\n" for linea in [CABECERA, *todas])


def con_peliculas(uno: Informe, **por_clave: str) -> Informe:
    uno.peliculas = {clave: gzip.compress(texto.encode()) for clave, texto in por_clave.items()}
    return uno


def suspenso_con_peliculas(entrega: str = "Ana", texto: str = "") -> Informe:
    texto = texto or pelicula()
    fallos = (falla("llega", "Se pegaron."), falla("rapidos", "Se partió."))
    return con_peliculas(informe(*fallos, entrega=entrega), llega=texto, rapidos=texto)


def pagina(*informes: Informe) -> str:
    return html.de_la_clase(informes, "Lección 03 · clase", datetime(2026, 11, 20, 9, 30))


def guardadas(texto: str) -> dict[str, str]:
    """Lo que hay en cada etiqueta inerte de la página, por su identificador."""
    etiquetas = re.findall(
        r'<script type="application/gzip" id="([^"]+)"[^>]*>([A-Za-z0-9+/=]*)</script>', texto
    )
    return dict(etiquetas)


# --- En el informe -------------------------------------------------------------------------------


def test_en_lo_que_falla_un_boton_abre_la_pelicula_y_dice_lo_que_se_ve() -> None:
    texto = pagina(suspenso_con_peliculas(), aprobado("Bruno"))

    assert texto.count("▶ Mira qué pasó") == 2 + 1  # y otro en «Lo primero que hay que arreglar»
    assert "Aquí <code>recv</code> devolvió dos mensajes juntos." in texto
    assert 'data-pelicula="pelicula-0-llega"' in texto
    assert 'id="pelicula-0-llega" data-momento="2.0"' in texto


def test_quien_la_ensena_y_el_codigo_de_los_programas_se_guardan_una_vez() -> None:
    dentro = guardadas(pagina(*(suspenso_con_peliculas(f"{n}") for n in range(30))))

    assert sum(nombre.startswith("pelicula-") for nombre in dentro) == 60
    assert sum(nombre.startswith("codigo-") for nombre in dentro) == 1
    assert {"reproductor-guion", "reproductor-estilo"} <= dentro.keys()


def test_sin_peliculas_la_pagina_es_la_de_siempre() -> None:
    texto = pagina(informe(falla("llega", "Se pegaron.")))

    assert "pelicula" not in texto[texto.index("<main>") : texto.index("</main>")]
    assert "reproductor-guion" not in texto.rpartition("<script>")[0]
    assert "unsafe-inline" not in texto


def test_con_peliculas_solo_se_ejecutan_el_programa_de_la_pagina_y_quien_las_ensena() -> None:
    politica = re.search(
        r'Content-Security-Policy" content="([^"]+)"', pagina(suspenso_con_peliculas())
    )
    assert politica is not None

    assert "default-src 'none'" in politica[1]
    guiones = re.search(r"script-src ([^;]+);", politica[1])
    assert guiones is not None
    assert re.fullmatch(r"'sha256-[^']+' 'sha256-[^']+'", guiones[1])


def test_lo_que_no_se_llego_a_hacer_ensena_la_pelicula_de_lo_que_lo_impide() -> None:
    primera = falla("escucha", "No escucha en ningún puerto.")
    texto = pagina(con_peliculas(informe(primera, falla("llega", hecho=[])), escucha=pelicula()))

    assert texto.count('data-pelicula="pelicula-0-escucha"') == 2 + 1


def test_una_pelicula_que_no_se_entiende_no_estropea_el_informe() -> None:
    roto = informe(falla("llega", "Se pegaron."))
    roto.peliculas = {"llega": b"esto no es gzip"}
    otro = con_peliculas(informe(falla("llega", "Se pegaron.")), llega="esto no es una grabación")

    assert "Mira qué pasó</button>" not in pagina(roto, otro)


def test_nada_de_lo_que_dijo_un_programa_es_html() -> None:
    feo = (
        f"{HOSTIL}</script><img src=x onerror=alert(1)>\u2028\u2029\x1b]0;x\x07\u202e" + "x" * 10**6
    )
    mala = pelicula(
        {"que": "pantalla", "t": 1.2, "p": 1, "texto": feo},
        {"que": "marca", "t": 1.3, "texto": feo, "clave": "principal"},
        codigo=feo,
    )
    malo = suspenso_con_peliculas(HOSTIL, mala)
    leida, normal = Pagina(pagina(malo)), Pagina(pagina(suspenso_con_peliculas()))

    def sin_codigo(una: Pagina) -> list[str]:
        return [etiqueta for etiqueta in una.estructura if etiqueta != "code"]

    assert sin_codigo(leida) == sin_codigo(normal)
    assert not {nombre for _, attrs in leida.elementos for nombre in attrs if nombre[:2] == "on"}


# --- El peso -------------------------------------------------------------------------------------


@pytest.mark.lento
def test_el_informe_de_una_clase_de_30_no_pasa_de_10_megas() -> None:
    azar = random.Random(13)
    # Lo que peor se comprime: 120 kB de letras al azar en cada película, y fallan dos de cada una.
    letras = [
        "".join(azar.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=60)) for _ in range(2000)
    ]
    pesada = pelicula(
        *(
            {"que": "pantalla", "t": 1 + n / 1e6, "p": 1, "texto": una}
            for n, una in enumerate(letras)
        )
    )
    texto = pagina(*(suspenso_con_peliculas(f"{n}", pesada) for n in range(100)))

    assert len(texto.encode()) <= peliculas.MAX_PAGINA
    celdas, _, _ = texto.partition("<h2>Lo primero")
    vistas = celdas.count("▶ Mira qué pasó")
    assert 60 < vistas < 200
    assert texto.count("La película de este fallo no cabe en el informe.") == 200 - vistas
    assert f"No caben todas las películas: {200 - vistas} se han quedado fuera" in texto


def test_se_quedan_fuera_las_ultimas_y_nadie_pierde_la_primera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    informes = [suspenso_con_peliculas(f"{n}") for n in range(4)]
    cabe_todo = len(pagina(*informes))
    monkeypatch.setattr(peliculas, "MAX_PAGINA", cabe_todo + 4 * html.AVISOS - 2000)
    texto = pagina(*informes)

    vistas = [f"pelicula-{n}-llega" in guardadas(texto) for n in range(4)]
    assert all(vistas)
    assert "no cabe en el informe" in texto


# --- De un proceso a otro ------------------------------------------------------------------------


def test_de_cada_pelicula_se_recoge_lo_que_cabe_y_de_otras_nada(tmp_path: Path) -> None:
    (tmp_path / "llega.chatlab").write_text(pelicula(), encoding="utf-8")
    (tmp_path / "escucha.chatlab").write_text("x" * (MAX_PELICULA * 2), encoding="utf-8")
    (tmp_path / "otra.chatlab").write_text(pelicula(), encoding="utf-8")
    (tmp_path / "rapidos.chatlab").symlink_to(tmp_path / "otra.chatlab")
    fallos = informe(falla("llega"), falla("escucha"), falla("rapidos"))

    recogidas = recoger_peliculas(tmp_path, fallos)

    assert recogidas.keys() == {"llega", "escucha"}
    assert Grabacion.leer(gzip.decompress(recogidas["llega"]).decode()).archivos == {
        "servidor.py": CODIGO
    }
    assert len(gzip.decompress(recogidas["escucha"])) == MAX_PELICULA


def test_las_peliculas_no_cambian_el_json() -> None:
    con, sin = (
        suspenso_con_peliculas(),
        informe(falla("llega", "Se pegaron."), falla("rapidos", "Se partió.")),
    )

    assert en_json.de_una(con) == en_json.de_una(sin)
    assert Informe.de_json(con.a_json()) == sin


# --- Las órdenes ---------------------------------------------------------------------------------


@pytest.fixture
def aula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta vacía en la que se está, con el corrector de mentira."""
    monkeypatch.setattr(curso, "EN_EL_CLON", crear_lecciones(tmp_path / "lessons"))
    monkeypatch.setattr(taller, "EXTENSION", EXTENSION)
    monkeypatch.setenv("PYTHONPATH", str(crear_extension(tmp_path / "extension")))
    monkeypatch.setenv(estado.VARIABLE, str(tmp_path / "estado"))
    (tmp_path / "aula").mkdir()
    monkeypatch.chdir(tmp_path / "aula")
    return tmp_path / "aula"


@pytest.fixture
def abierto(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """La dirección que se abre en el navegador, que es uno de mentira; vacía si ninguna."""
    abiertas: list[str] = []

    def abrir(direccion: str) -> bool:
        abiertas.append(direccion)
        return True

    # Y no con `BROWSER`, que se mira una vez por proceso: valdría la de otra prueba.
    monkeypatch.setattr(webbrowser, "open", abrir)
    return lambda: abiertas[-1] if abiertas else ""


def entrega_con_pelicula(carpeta: Path, texto: str = "") -> Path:
    suya = informe(falla("llega", "Se pegaron."))
    guion = {"informe": suya.a_json(), "peliculas": {"llega": texto or pelicula()}}
    return crear_entrega(carpeta, guion)


def test_con_ver_se_abre_la_pelicula_de_lo_primero_que_falla(
    aula: Path, abierto: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    entrega_con_pelicula(aula / "Ana")

    assert corregir.principal(["03", "Ana", "--ver"]) == 1

    escrito = capsys.readouterr().out
    assert "Abierta en tu navegador la película de «Un mensaje llega a los demás»:" in escrito
    direccion = escrito.strip().rpartition("\n")[2]
    assert direccion == abierto()
    archivo = Path(url2pathname(urlsplit(direccion).path))
    assert archivo.parent == aula.parent / "estado"  # y nada en la carpeta de la entrega
    assert 'data-momento="2.0"' in archivo.read_text(encoding="utf-8")
    assert sorted(uno.name for uno in (aula / "Ana").iterdir() if "peli" in uno.name) == []


def test_con_ver_y_sin_fallos_se_dice_que_no_hay_pelicula(
    aula: Path, abierto: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    crear_entrega(aula / "Ana", informe(bien("escucha"), bien("llega")))

    assert corregir.principal(["03", "Ana", "--ver"]) == 0

    assert "No hay película: no falla nada." in capsys.readouterr().out
    assert not abierto()


def test_con_ver_y_json_por_la_salida_solo_va_el_json(
    aula: Path, abierto: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    entrega_con_pelicula(aula / "Ana")

    corregir.principal(["03", "Ana", "--ver", "--json"])

    salida = capsys.readouterr()
    assert json.loads(salida.out)["resultados"]
    assert "Abierta en tu navegador" in salida.err


def test_con_una_clase_ver_dice_donde_estan_las_peliculas(
    aula: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as final:
        corregir.principal(["03", "--clase", ".", "--ver"])

    assert final.value.code == 2
    assert "las de una clase van en la página de --informe" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("opciones", "las_lleva"),
    [([], True), (["--sin-peliculas"], False)],
    ids=["con ellas", "sin ellas"],
)
def test_el_informe_lleva_las_peliculas_si_no_se_dice_que_no(
    aula: Path, opciones: list[str], las_lleva: bool
) -> None:
    entrega_con_pelicula(aula / "Ana")

    corregir.principal(["03", "Ana", "--informe", "informe.html", *opciones])

    texto = (aula / "informe.html").read_text(encoding="utf-8")
    assert ("▶ Mira qué pasó</button>" in texto) == las_lleva


# --- En el navegador -----------------------------------------------------------------------------


def una_de_verdad(*, hostil: str = "") -> str:
    """Dos programas, una conexión y una marca: lo bastante para que se vea todo."""
    return pelicula(
        {"que": "hilo", "t": 1.01, "p": 1, "h": 1, "nombre": "principal"},
        {"que": "pantalla", "t": 1.2, "p": 1, "texto": hostil or "hola\r\n"},
    )


@pytest.fixture
def abrir(navegador: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Abre una página en el navegador, con lo que dice y pide apuntado en `dicho` y `pedido`."""
    contextos = []

    def abrir(texto: str, ancho: int = 1280, colores: str = "light") -> Page:
        archivo = tmp_path / "informe.html"
        archivo.write_text(texto, encoding="utf-8")
        contexto = navegador.new_context(
            viewport={"width": ancho, "height": 800},
            color_scheme="dark" if colores == "dark" else "light",
            reduced_motion="reduce",
        )
        contextos.append(contexto)
        hoja = contexto.new_page()
        hoja.goto(archivo.as_uri())
        return hoja

    yield abrir
    for contexto in contextos:
        contexto.close()


def proyectar(hoja: Page, cual: str = "pelicula-0-llega") -> FrameLocator:
    """Abre la celda y pulsa «Mira qué pasó»; devuelve el marco con la película ya en marcha."""
    boton = hoja.locator(f'button[data-pelicula="{cual}"]')
    celda = hoja.locator("details.celda", has=boton)
    celda.locator("summary").click()
    celda.locator(boton).click()
    marco = hoja.frame_locator("#cine iframe")
    marco.locator(".chatlab-pelicula").wait_for()
    return marco


@pytest.mark.lento
@pytest.mark.parametrize("colores", ["light", "dark"])
@pytest.mark.parametrize("ancho", [1280, 390])
def test_se_abre_en_su_momento_con_el_codigo_al_lado(
    abrir: Callable[..., Page], ancho: int, colores: str
) -> None:
    hoja = abrir(pagina(suspenso_con_peliculas(texto=una_de_verdad())), ancho, colores)
    fallos: list[str] = []
    pedido: list[str] = []
    hoja.on("pageerror", lambda error: fallos.append(str(error)))
    hoja.on("request", lambda una: pedido.append(una.url))

    marco = proyectar(hoja)

    marco.get_by_text("Aquí `recv` devolvió dos mensajes juntos.").first.wait_for()
    marco.get_by_text('print("escucho")').first.wait_for(state="attached")
    assert not fallos
    assert all(uno.startswith(("about:", "blob:", "data:")) for uno in pedido)
    assert hoja.locator("#cine iframe").get_attribute("sandbox") == "allow-scripts allow-downloads"
    assert hoja.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not [
        falta for falta in faltas_graves(hoja, TODAS) if "#cine" in falta or "cine" in falta
    ]


@pytest.mark.lento
def test_cerrada_la_pelicula_se_sigue_en_la_celda_de_la_que_se_vino(
    abrir: Callable[..., Page],
) -> None:
    hoja = abrir(pagina(suspenso_con_peliculas(texto=una_de_verdad())))
    proyectar(hoja)

    hoja.locator("#cine .barra button").click()

    hoja.locator("#cine iframe").wait_for(state="detached")
    assert hoja.locator("details.celda[open]").count() == 1
    hoja.locator('details button[data-pelicula="pelicula-0-llega"]').click()  # y otra vez
    hoja.frame_locator("#cine iframe").locator(".chatlab-pelicula").wait_for()
    hoja.keyboard.press("Escape")


@pytest.mark.lento
def test_lo_que_escribio_una_entrega_hostil_es_texto_tambien_en_su_pelicula(
    abrir: Callable[..., Page],
) -> None:
    orden = "parent.document.title = 'ROTO'; document.title = 'ROTO'"
    feo = (
        f'</script><script>{orden}</script><img src=x onerror="{orden}">\u2028\u2029\u202e'
        "\x1b]0;ROTO\x07\x1b[31m" + "y" * 1_000_000
    )
    mala = pelicula(
        {"que": "pantalla", "t": 1.2, "p": 1, "texto": feo},
        {"que": "marca", "t": 1.9, "texto": feo[:200], "clave": "otra"},
        codigo=feo[:2000],
    )
    hoja = abrir(pagina(suspenso_con_peliculas(feo[:80], mala)))
    marco = proyectar(hoja)
    marco.get_by_text("Aquí `recv` devolvió dos mensajes juntos.").first.wait_for()

    assert "ROTO" not in hoja.title()
    assert marco.locator("body").evaluate("() => document.title") != "ROTO"
    assert marco.locator("img").count() == 0
    assert (
        marco.locator("body").evaluate(
            "() => { try { return parent.document.title } catch (error) { return error.name } }"
        )
        == "SecurityError"
    )


@pytest.mark.lento
def test_la_que_deja_ver_es_la_misma_en_un_solo_archivo(
    aula: Path, abierto: Callable[[], str], navegador: Browser
) -> None:
    entrega_con_pelicula(aula / "Ana", una_de_verdad())
    corregir.principal(["03", "Ana", "--ver"])

    hoja = navegador.new_page()
    hoja.goto(abierto())
    hoja.get_by_text("Aquí `recv` devolvió dos mensajes juntos.").first.wait_for()
    hoja.close()
