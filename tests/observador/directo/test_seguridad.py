"""Solo quien abrió la página lee lo que hacen los programas, y teclea en ellos."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.apoyo.transcripcion import PLAZO
from tests.observador.directo.apoyo import Observacion


@pytest.fixture(scope="module")
def observacion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observacion]:
    """Una para todas las pruebas que solo preguntan."""
    carpeta = tmp_path_factory.mktemp("secreto")
    (carpeta / "secreto.py").write_text("while True: input('lo mío')", encoding="utf-8")
    una = Observacion("secreto.py", carpeta=carpeta)
    # Con una página abierta, no termina entre una prueba y otra.
    una.abrir_pagina().esperar_en_pantalla(1, "lo mío")
    yield una
    una.cerrar()


@pytest.fixture
def pedir(observacion: Observacion) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://{observacion.maquina}", timeout=PLAZO) as cliente:
        yield cliente


CON_LLAVE = ["/", "/grabacion", "/exportar", "/ws", "/otra"]


@pytest.mark.parametrize("ruta", CON_LLAVE)
@pytest.mark.parametrize("llave", [None, "", "otra", "ñ"])
def test_sin_la_llave_no_se_entra(pedir: httpx.Client, ruta: str, llave: str | None) -> None:
    respuesta = pedir.get(ruta, params={} if llave is None else {"llave": llave})

    assert respuesta.status_code == 403
    assert "llave" in respuesta.text


def test_dos_llaves_no_son_una(pedir: httpx.Client, observacion: Observacion) -> None:
    assert pedir.get(f"/?llave={observacion.llave}&llave=otra").status_code == 403


def test_con_la_llave_se_ve_la_pagina_y_se_descarga_la_pelicula(
    pedir: httpx.Client, observacion: Observacion
) -> None:
    con_llave = {"llave": observacion.llave}

    portada = pedir.get("/", params=con_llave)
    grabacion = pedir.get("/grabacion", params=con_llave)
    exportada = pedir.get("/exportar", params=con_llave)

    assert portada.headers["content-type"].startswith("text/html")
    assert json.loads(grabacion.text.splitlines()[0])["version"] == 1
    assert 'filename="secreto-py.chatlab"' in grabacion.headers["content-disposition"]
    assert exportada.text.startswith("<!doctype html>")
    assert exportada.headers["content-disposition"] == 'attachment; filename="secreto-py.html"'


@pytest.mark.parametrize("maquina", ["ejemplo.es", "127.0.0.1", "localhost:1", "[::1]:{puerto}"])
def test_quien_pregunta_por_otra_maquina_no_entra(
    pedir: httpx.Client, observacion: Observacion, maquina: str
) -> None:
    """Con «DNS rebinding», el nombre de una página ajena lleva a esta máquina."""
    puerto = observacion.maquina.partition(":")[2]
    for ruta in ("/", "/pagina/index.html"):
        respuesta = pedir.get(
            ruta,
            params={"llave": observacion.llave},
            headers={"Host": maquina.format(puerto=puerto)},
        )
        assert respuesta.status_code == 403


@pytest.mark.parametrize(
    ("origen", "con_llave"),
    [("http://ejemplo.es", True), (None, True), ("null", True), ("bueno", False)],
)
def test_otra_pagina_no_abre_el_websocket(
    observacion: Observacion, origen: str | None, con_llave: bool
) -> None:
    maquina = observacion.maquina
    llave = observacion.llave if con_llave else "otra"
    with (
        pytest.raises(InvalidStatus) as fallo,
        connect(
            f"ws://{maquina}/ws?llave={llave}",
            origin=f"http://{maquina}" if origen == "bueno" else origen,  # type: ignore[arg-type]
        ),
    ):
        pass

    assert fallo.value.response.status_code == 403


def test_ninguna_otra_pagina_puede_leer_ni_usar_la_respuesta(
    pedir: httpx.Client, observacion: Observacion
) -> None:
    respuestas = [
        pedir.get(ruta, params={"llave": observacion.llave}, headers={"Origin": "http://otra.es"})
        for ruta in ("/", "/pagina/index.html", "/grabacion", "/no-existe")
    ]
    respuestas.append(pedir.get("/"))

    for respuesta in respuestas:
        cabeceras = respuesta.headers
        assert not [nombre for nombre in cabeceras if nombre.startswith("access-control")]
        assert cabeceras["x-content-type-options"] == "nosniff"
        assert cabeceras["referrer-policy"] == "no-referrer"
        assert cabeceras["cross-origin-resource-policy"] == "same-origin"
        politica = dict(
            parte.strip().split(" ", 1) for parte in cabeceras["content-security-policy"].split(";")
        )
        assert politica["default-src"] == politica["frame-ancestors"] == "'none'"
        assert politica["script-src"] == "'self'"
        assert "set-cookie" not in cabeceras


@pytest.mark.parametrize(
    "ruta",
    [
        "/pagina/../sitio.py",
        "/pagina/%2e%2e/directo/sitio.py",
        "/pagina/..%2fdirecto%2fsitio.py",
        "/pagina//etc/passwd",
        "/pagina/%2fetc%2fpasswd",
        "/pagina/",
    ],
)
def test_no_se_sale_de_la_carpeta_de_la_pagina(
    pedir: httpx.Client, observacion: Observacion, ruta: str
) -> None:
    respuesta = pedir.get(ruta, params={"llave": observacion.llave})

    assert respuesta.status_code in (403, 404)


def test_nadie_escribe_con_otros_metodos(pedir: httpx.Client, observacion: Observacion) -> None:
    for metodo in ("POST", "PUT", "DELETE", "OPTIONS"):
        respuesta = pedir.request(metodo, "/", params={"llave": observacion.llave})
        assert respuesta.status_code == 405


@pytest.mark.parametrize(
    "recado",
    [
        "no es json",
        "[]",
        "{}",
        '{"orden":"matar"}',
        '{"orden":"tecla","p":"1","texto":"x"}',
        '{"orden":"tecla","p":1,"texto":7}',
        '{"orden":"tamano","p":1,"filas":0,"columnas":80}',
        '{"orden":"tamano","p":1,"filas":1e999,"columnas":80}',
        '{"orden":"senal","p":1,"senal":["SIGKILL"]}',
        "[" * 60_000,
        b"\x00\x01",
    ],
)
def test_lo_que_no_se_entiende_no_estropea_nada(
    observacion: Observacion, recado: str | bytes
) -> None:
    pagina = observacion.abrir_pagina()

    pagina.mandar_texto(recado)
    pagina.teclear(99, "a nadie")
    pagina.mandar(orden="senal", p=1, senal="SIGUSR1")

    comprobar_que_sigue(observacion)
    pagina.cerrar()


def comprobar_que_sigue(observacion: Observacion) -> None:
    """Otra página teclea, y el programa contesta."""
    otra = observacion.abrir_pagina()
    otra.esperar_en_pantalla(1, "lo mío")
    antes = otra.pantalla(1).count("lo mío")
    otra.teclear(1, "\r")
    otra.esperar(lambda: otra.pantalla(1).count("lo mío") > antes, "que conteste")
    otra.cerrar()


def test_a_quien_no_para_de_mandar_lo_que_no_se_entiende_se_le_cierra(
    observacion: Observacion,
) -> None:
    pagina = observacion.abrir_pagina()
    try:
        for _ in range(50):
            pagina.mandar_texto("basura")
    except ConnectionClosed:
        pass  # ya lo ha cerrado

    pagina.esperar(lambda: pagina.cerrada, "que se cierre")
    comprobar_que_sigue(observacion)


def test_un_recado_enorme_cierra_solo_esa_pagina(observacion: Observacion) -> None:
    pagina = observacion.abrir_pagina()

    try:
        pagina.mandar(orden="tecla", p=1, texto="x" * 1_000_000)
    except ConnectionClosed:
        pass  # ya lo ha cerrado

    pagina.esperar(lambda: pagina.cerrada, "que se cierre")
    comprobar_que_sigue(observacion)


def test_no_caben_paginas_sin_fin(observacion: Observacion) -> None:
    paginas = [observacion.abrir_pagina() for _ in range(25)]

    paginas[-1].esperar(lambda: paginas[-1].cerrada, "que se cierre la que no cabe")
    assert not paginas[0].cerrada
    for pagina in paginas:
        pagina.cerrar()
