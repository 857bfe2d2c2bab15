"""Las películas del sitio: cada paso tiene la suya, pesan poco y no llevan nada de esta máquina."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from chatlab.corrector.jaula.rollo import Trazo
from chatlab.observador.grabacion import Grabacion, datos_de
from docs.taller.filmar import sin_rutas
from docs.taller.guion import GRABACIONES, GUIONES, leer_guion
from docs.taller.inclusiones import Proyeccion
from docs.taller.miralo import PeliculaMal, on_post_page
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, nombre, proyecciones

PASOS = [pagina for pagina in PAGINAS if pagina.match("lecciones/*/paso*.md")]
ABIERTAS = sorted({una.archivo for pagina in PAGINAS for una in proyecciones(pagina)})
#: Bytes de cada película, y del reproductor, comprimido.
PESO_DE_UNA = 40_000
PESO_DEL_REPRODUCTOR = 120_000
#: Lo que delata la máquina en que se grabó.
DE_UNA_MAQUINA = re.compile(r"/tmp/|/home/|/root/|/Users/|/var/|\.venv|" + re.escape(str(RAIZ)))


def relativa(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


@pytest.mark.parametrize("pagina", PASOS, ids=nombre)
def test_cada_paso_tiene_una_pelicula_suya(pagina: Path) -> None:
    del_paso = f"{pagina.parent.name}/{pagina.stem}/"

    assert [una for una in proyecciones(pagina) if una.guion.startswith(del_paso)]


@pytest.mark.parametrize("archivo", ABIERTAS, ids=relativa)
def test_cada_pelicula_se_lee_entera_pesa_poco_y_no_dice_donde_se_grabo(archivo: Path) -> None:
    pelicula = Grabacion.leer(archivo)
    de_chatlab = [p for p in pelicula.programas if (p["archivo"] or "").endswith(".py")]

    assert pelicula.completa
    assert archivo.stat().st_size <= PESO_DE_UNA
    assert not DE_UNA_MAQUINA.search(archivo.read_text(encoding="utf-8"))
    assert de_chatlab
    assert all(pelicula.archivos[programa["archivo"]] for programa in de_chatlab)
    assert any(linea["que"] == "send" for linea in pelicula.lineas)


@pytest.mark.parametrize("archivo", ABIERTAS, ids=relativa)
def test_el_codigo_de_cada_pelicula_es_el_de_ahora(archivo: Path) -> None:
    guion = leer_guion(GUIONES / archivo.relative_to(GRABACIONES).with_suffix(".txt"))
    # De un paso se ejecuta a veces un programa de otro, y los de un ejemplo están más adentro.
    cercanos = {ruta.name: ruta for ruta in guion.carpeta.parent.rglob("*.py")}
    suyos = {ruta.name: ruta for ruta in guion.carpeta.rglob("*.py")}

    for ruta, texto in Grabacion.leer(archivo).archivos.items():
        programa = (cercanos | suyos)[Path(ruta).name]
        assert texto == programa.read_text(encoding="utf-8"), (
            f"ejecuta docs/rehacer.py {guion.nombre}"
        )


@pytest.mark.parametrize("archivo", ABIERTAS, ids=relativa)
def test_las_lineas_de_cada_envio_son_de_un_archivo_que_la_pelicula_lleva(archivo: Path) -> None:
    pelicula = Grabacion.leer(archivo)
    largos = {ruta: texto.count("\n") + 1 for ruta, texto in pelicula.archivos.items()}
    lugares = {linea["lugar"] for linea in pelicula.lineas if linea.get("lugar")}

    assert lugares
    for lugar in lugares:
        ruta, _, numero = lugar.rpartition(":")
        assert ruta == "<stdin>" or int(numero) <= largos[ruta], lugar


def test_los_momentos_de_un_guion_estan_en_su_pelicula_con_su_clave() -> None:
    abiertas = {una.guion for pagina in PAGINAS for una in proyecciones(pagina)}
    guiones = [leer_guion(GUIONES / f"{una}.txt") for una in sorted(abiertas)]
    con_momentos = [guion for guion in guiones if guion.momentos]

    assert con_momentos
    for guion in con_momentos:
        pelicula = Grabacion.leer(guion.destino.with_name(f"{guion.destino.name}.chatlab"))
        marcas = [linea["clave"] for linea in pelicula.lineas if linea["que"] == "marca"]
        assert marcas == [momento.clave for momento in guion.momentos]


def test_una_ruta_que_sale_en_dos_veces_tampoco_se_ve() -> None:
    salidas = [b'  File "/tmp/x', b'yz/servidor.py", line 3\n', b"\0\0fin"]
    trazos = [Trazo(float(n), "pantalla", datos) for n, datos in enumerate(salidas)]

    limpios = sin_rutas(trazos, {"/tmp/xyz": "…"})

    assert b"".join(uno.datos for uno in limpios).decode() == '  File "…/servidor.py", line 3\nfin'


# --- En el sitio ---


class _Pagina:
    """Lo que MkDocs dice de una página."""

    url = "lecciones/03_difusion/paso1_hilos.html"

    class file:  # noqa: N801 — así se llama en MkDocs
        src_uri = "lecciones/03_difusion/paso1_hilos.md"


@pytest.mark.parametrize(
    ("pedida", "falta"),
    [
        ('<div data-pelicula="03_difusion/no_esta"></div>', "03_difusion/no_esta"),
        (
            '<div data-pelicula="04_tramas/paso1_trozos/varios" data-momento="nunca"></div>',
            "nunca",
        ),
    ],
)
def test_pedir_una_pelicula_o_un_momento_que_no_esta_dice_donde(pedida: str, falta: str) -> None:
    with pytest.raises(PeliculaMal, match=f"(?s){_Pagina.file.src_uri}.*«{falta}»"):
        on_post_page(f"<body>{pedida}</body>", _Pagina)  # type: ignore[arg-type]


def test_cada_pelicula_del_sitio_es_un_programa_que_entrega_la_grabacion(sitio: Path) -> None:
    for archivo in ABIERTAS:
        del_guion = Proyeccion(
            archivo.relative_to(RAIZ / "docs/grabaciones").with_suffix("").as_posix(), ""
        )
        programa = (sitio / "peliculas" / f"{del_guion.guion}.js").read_text(encoding="utf-8")
        dentro = programa.removeprefix("proyectar(").removesuffix(");\n")
        assert json.loads(dentro) == archivo.read_text(encoding="utf-8")


def test_el_reproductor_pesa_poco_y_esta_una_sola_vez(sitio: Path) -> None:
    partes = [sitio / "peliculas" / uno for uno in ("reproductor.js", "reproductor.css")]
    comprimido = sum(len(gzip.compress(parte.read_bytes())) for parte in partes)

    assert comprimido <= PESO_DEL_REPRODUCTOR
    assert list(sitio.rglob("reproductor.js")) == partes[:1]


def test_el_buscador_no_encuentra_los_cuadros_de_las_peliculas(sitio: Path) -> None:
    indice = (sitio / "search" / "search_index.json").read_text(encoding="utf-8")

    assert "paso a paso</a>" not in indice
    assert "Mira esta ejecución" not in indice


def test_los_envios_de_una_pelicula_llevan_lo_que_se_envio() -> None:
    pelicula = Grabacion.leer(RAIZ / "docs/grabaciones/04_tramas/paso1_trozos/varios.chatlab")

    enviado = [datos_de(linea) for linea in pelicula.lineas if linea["que"] == "send"]
    recibido = [datos_de(linea) for linea in pelicula.lineas if linea["que"] == "recv"]

    assert enviado[-3:] == [b"uno", b"dos", b"tres"]
    assert b"unodostres" in recibido


def test_nadie_cuenta_en_su_pantalla_que_se_ha_ido_quien_aun_esta() -> None:
    pelicula = Grabacion.leer(RAIZ / "docs/grabaciones/03_difusion/paso1_hilos/charla.chatlab")
    lineas = pelicula.lineas

    [se_entera] = [n for n, una in enumerate(lineas) if una["que"] == "recv" and not una["cuantos"]]
    [lo_dice] = [n for n, una in enumerate(lineas) if b"Carlos desconectado" in datos_de(una)]
    assert se_entera < lo_dice


@pytest.mark.parametrize("archivo", ABIERTAS, ids=relativa)
def test_lo_que_causa_ctrl_c_se_ve_despues_de_pulsarlo(archivo: Path) -> None:
    pulsado: set[int] = set()

    for linea in Grabacion.leer(archivo).lineas:
        if linea["que"] == "tecla" and linea["texto"] == "\x03":
            pulsado.add(linea["p"])
        if linea["que"] == "pantalla" and b"^C" in datos_de(linea):
            assert linea["p"] in pulsado, linea["t"]
