"""La página en Chromium, con programas de verdad: se teclea en ella, y otra página no puede."""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.apoyo.espera import hasta
from tests.observador.directo.apoyo import Observacion
from tests.observador.directo.conftest import Observar, Programas

pytestmark = pytest.mark.lento


@pytest.fixture
def hoja(navegador: Browser) -> Iterator[Page]:
    """Una pestaña vacía; al final, nada de fuera se ha pedido y nada ha fallado."""
    contexto = navegador.new_context(viewport={"width": 1280, "height": 800})
    pestana = contexto.new_page()
    errores: list[str] = []
    pestana.on("pageerror", lambda error: errores.append(str(error)))
    pestana.on("console", lambda m: errores.append(m.text) if m.type == "error" else None)
    fuera: list[str] = []
    pestana.on(
        "request",
        lambda p: None if p.url.startswith(("http://127.0.0.1", "data:")) else fuera.append(p.url),
    )
    yield pestana
    contexto.close()
    assert (errores, fuera) == ([], [])


def direccion(observacion: Observacion) -> str:
    return f"http://{observacion.maquina}/?llave={observacion.llave}"


def test_lo_que_se_teclea_en_la_pagina_llega_al_programa(
    observar: Observar, programas: Programas, hoja: Page
) -> None:
    carpeta = programas("eco.py", "while texto := input('> '): print('oigo', texto[::-1])")
    observacion = observar("eco.py", carpeta=carpeta)
    hoja.goto(direccion(observacion))

    hoja.locator(".xterm-helper-textarea").focus()
    hoja.keyboard.type("año")
    hoja.keyboard.press("Enter")

    assert hasta(lambda: "oigo oña" in (hoja.locator(".xterm-rows").text_content() or ""))


def test_recargar_ensena_lo_mismo_y_no_teclea_nada(
    observar: Observar, programas: Programas, hoja: Page
) -> None:
    """Lo ya visto lleva preguntas a la terminal (ESC[6n): nadie debe contestarlas otra vez."""
    codigo = (
        r"print('\x1b[6n\x1b[c' * 3 + 'listo')" + "\nwhile texto := input(): print(repr(texto))"
    )
    observacion = observar("eco.py", carpeta=programas("eco.py", codigo))
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")
    for _ in range(2):
        hoja.goto(direccion(observacion))
        assert hasta(lambda: "listo" in (hoja.locator(".xterm-rows").text_content() or ""))

    pagina.teclear(1, "fin\r")

    assert "'fin'" in pagina.esperar_en_pantalla(1, "'fin'")
    assert [linea["texto"] for linea in pagina.de("tecla")] == ["fin\r"]


def test_al_cerrar_la_pestana_terminan_los_programas(
    observar: Observar, programas: Programas, hoja: Page
) -> None:
    observacion = observar("programa.py", carpeta=programas("programa.py", "input('listo')"))
    hoja.goto(direccion(observacion))
    assert hasta(lambda: "listo" in (hoja.locator(".xterm-rows").text_content() or ""))

    hoja.goto("about:blank")

    assert observacion.orden.esperar_fin() == 0


def test_una_pelicula_guardada_empieza_por_el_principio_o_por_donde_se_pida(
    observar: Observar, programas: Programas, hoja: Page
) -> None:
    carpeta = programas("programa.py", "print('hola')")
    observacion = observar("programa.py", "--guardar", "x.chatlab", carpeta=carpeta)
    assert observacion.abrir_pagina().codigo(1) == 0
    observacion.terminar()
    guardada = observar("--reproducir", "x.chatlab", carpeta=carpeta)

    hoja.goto(direccion(guardada))
    expect(hoja.get_by_text("Grabación", exact=True)).to_be_visible()
    assert hasta(lambda: hoja.evaluate("chatlab.abierto.reloj.n") <= 0)
    expect(hoja.get_by_role("button", name="En directo")).to_be_hidden()

    hoja.goto("about:blank")
    hoja.goto(f"{direccion(guardada)}#t=1000")
    expect(hoja.get_by_text("Grabación", exact=True)).to_be_visible()
    assert hasta(lambda: "hola" in (hoja.locator(".xterm-rows").text_content() or ""))


# --- Otra página ---------------------------------------------------------------------------------

ATAQUE = """<!doctype html><script type="module">
const maquina = "MAQUINA", llave = "LLAVE";
const prueba = async (hacer) => { try { return await hacer(); } catch (error) { return "no"; } };
const dice = {};
for (const ruta of ["/", "/grabacion", "/exportar", "/pagina/index.html"]) {
  const donde = `http://${maquina}${ruta}?llave=${llave}`;
  for (const mode of ["cors", "no-cors"]) {
    dice[ruta + mode] = await prueba(async () => (await fetch(donde, {mode})).text());
  }
}
dice.socket = await prueba(() => new Promise((bien, mal) => {
  const socket = new WebSocket(`ws://${maquina}/ws?llave=${llave}`);
  socket.onopen = () => {
    socket.send(JSON.stringify({orden: "tecla", p: 1, texto: "mala"}));
    bien("abierto");
  };
  socket.onerror = mal;
}));
dice.marco = await prueba(() => new Promise((bien) => {
  const marco = document.createElement("iframe");
  marco.src = `http://${maquina}/?llave=${llave}`;
  marco.onload = () => { try { bien(marco.contentWindow.document.body.textContent || "no"); }
                         catch { bien("no"); } };
  document.body.append(marco);
}));
document.title = "hecho"; globalThis.dice = dice;
</script><body></body>"""


@contextmanager
def otra_pagina(html: str) -> Iterator[str]:
    """Un sitio cualquiera, de otra procedencia, en otro puerto."""

    class Sitio(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_que: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sitio) as servidor:
        hilo = threading.Thread(target=servidor.serve_forever)
        hilo.start()
        yield f"http://127.0.0.1:{servidor.server_address[1]}/"
        servidor.shutdown()
        hilo.join()


def test_la_pagina_de_otro_sitio_ni_lee_ni_teclea_aunque_sepa_la_llave(
    observar: Observar, programas: Programas, navegador: Browser
) -> None:
    codigo = "print('secreto')\nwhile True: print('oigo', input())"
    observacion = observar("programa.py", carpeta=programas("programa.py", codigo))
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "secreto")
    html = ATAQUE.replace("MAQUINA", observacion.maquina).replace("LLAVE", observacion.llave)

    with otra_pagina(html) as sitio, navegador.new_context() as contexto:
        pestana = contexto.new_page()
        pestana.goto(sitio)
        expect(pestana).to_have_title("hecho")
        dice = pestana.evaluate("dice")

    assert {lo_que for lo_que in dice.values() if lo_que} == {"no"}
    assert not pagina.de("tecla")


# --- Lo que se ve es lo que pasó -----------------------------------------------------------------

QUE_APUNTA = """
import socket, sys
def apuntar(que, cuantos):
    with open(sys.argv[2], "a") as cuaderno:
        cuaderno.write(f"{que} {cuantos}\\n")
"""
QUE_APUNTA_SERVIDOR = (
    QUE_APUNTA
    + """
import threading
def atender(conexion):
    while datos := conexion.recv(5):
        apuntar("recv", len(datos))
        conexion.sendall(datos * 2)
        apuntar("send", len(datos) * 2)
escucha = socket.create_server(("localhost", int(sys.argv[1])))
while True:
    threading.Thread(target=atender, args=escucha.accept()[:1], daemon=True).start()
"""
)
QUE_APUNTA_CLIENTE = (
    QUE_APUNTA
    + """
conexion = socket.create_connection(("localhost", int(sys.argv[1])))
for mensaje in (b"hola", b"una frase larga", b"adios y gracias"):
    conexion.sendall(mensaje)
    apuntar("send", len(mensaje))
    falta = len(mensaje) * 2
    while falta:
        datos = conexion.recv(1024)
        apuntar("recv", len(datos))
        falta -= len(datos)
input("listo")
"""
)


def test_las_flechas_de_la_pagina_son_las_llamadas_que_hicieron_los_programas(
    observar: Observar, programas: Programas, hoja: Page, tmp_path: Path, puerto: str
) -> None:
    programas("servidor.py", QUE_APUNTA_SERVIDOR)
    carpeta = programas("cliente.py", QUE_APUNTA_CLIENTE)
    cuaderno = tmp_path / "cuaderno.txt"
    observacion = observar(
        "servidor.py", "cliente.py", "cliente.py", "--", puerto, str(cuaderno), carpeta=carpeta
    )
    pagina = observacion.abrir_pagina()
    for nombre in ("cliente 1", "cliente 2"):
        pagina.esperar_en_pantalla(pagina.programa(nombre), "listo")
    apuntadas = Counter(linea.split()[0] for linea in cuaderno.read_text().splitlines())
    hoja.goto(direccion(observacion))

    assert hasta(
        lambda: hoja.evaluate("chatlab.abierto?.mundo?.flechas.length ?? 0") == apuntadas["send"]
    ), (apuntadas, pagina.resumen())
    lecturas = hoja.evaluate(
        "new Set(chatlab.abierto.mundo.flechas.flatMap((flecha) => flecha.lecturas)).size"
    )
    assert lecturas == apuntadas["recv"]
