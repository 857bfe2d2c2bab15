"""Una película abierta en un navegador de verdad, y lo que se ve en ella."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import pagina_autonoma
from tests.apoyo.programa import RAIZ

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

MUESTRAS = RAIZ / "tests" / "observador" / "muestras"
RETRATO = Path(__file__).with_name("retrato.js")
TELEFONO = {"width": 390, "height": 800}
ORDENADOR = {"width": 1280, "height": 800}
CABECERA = {"chatlab": "grabacion", "version": 1, "titulo": "De prueba"}

_ESPERAR = """async (con) => {{
  const limite = performance.now() + 20_000;
  while (!({condicion})(con)) {{
    if (performance.now() > limite) throw new Error("no llega a cumplirse: " + {escrita});
    await new Promise(requestAnimationFrame);
  }}
}}"""


def lineas(*sucesos: dict[str, Any], titulo: str = "De prueba") -> str:
    """El texto de una película con esos sucesos, cada uno a un centésimo del anterior."""
    todas = [{**CABECERA, "titulo": titulo}]
    todas += [{"t": round(0.01 * i, 6), **uno} for i, uno in enumerate(sucesos, 1)]
    return "".join(json.dumps(una) + "\n" for una in todas)


def programa(p: int, nombre: str, **demas: Any) -> dict[str, Any]:
    """La línea de un programa que empieza, en una terminal de verdad."""
    papel = "servidor" if nombre == "servidor" else "cliente"
    orden = ["python", f"{papel}.py"]
    fijo = {"que": "programa", "p": p, "nombre": nombre, "papel": papel, "orden": orden}
    return {**fijo, "terminal": "pty", "filas": 24, "columnas": 80, **demas}


class Cine:
    """La página de una película, abierta desde el disco como quien la ha recibido por correo."""

    def __init__(
        self,
        pagina: Page,
        *,
        colores: Literal["light", "dark"] = "light",
        tamano: dict[str, int] = ORDENADOR,
    ) -> None:
        self.pagina = pagina
        self.pedido: list[str] = []
        self.dicho: list[str] = []
        pagina.emulate_media(color_scheme=colores, reduced_motion="reduce")
        pagina.set_viewport_size({"width": tamano["width"], "height": tamano["height"]})
        pagina.on("request", lambda pedido: self.pedido.append(pedido.url))
        pagina.on("console", lambda m: self.dicho.append(f"{m.type}: {m.text}"))
        pagina.on("pageerror", lambda error: self.dicho.append(str(error)))

    def abrir(self, direccion: str) -> Cine:
        """Abre la página, y espera a que la película esté en ella."""
        self.pagina.goto(direccion)
        self.esperar("() => globalThis.chatlab?.abierto?.pintado !== undefined")
        return self

    def esperar(self, condicion: str, con: Any = None) -> None:
        """Espera a que se cumpla esa función de JavaScript, que recibe `con`.

        La página no deja que se evalúe texto, y es lo que hace la espera de Playwright.
        """
        escrita = json.dumps(condicion)
        self.pagina.evaluate(_ESPERAR.format(condicion=condicion, escrita=escrita), con)

    def calcular(self, javascript: str, con: Any = None) -> Any:
        """Lo que da esa función de JavaScript, que recibe el reproductor y `con`."""
        return self.pagina.evaluate(f"(con) => ({javascript})(chatlab.abierto, con)", con)

    def retratos(self, momentos: Sequence[int]) -> list[dict[str, Any]]:
        """Todo lo que se ve al ir a cada uno de esos sucesos, uno tras otro."""
        retratos: list[dict[str, Any]] = self.pagina.evaluate(
            RETRATO.read_text(encoding="utf-8"), list(momentos)
        )
        return retratos

    def retrato(self) -> dict[str, Any]:
        """Todo lo que se ve ahora."""
        return self.retratos([self.n])[0]

    def teclear(self, *teclas: str) -> None:
        """Pulsa esas teclas, y espera a que se vea lo que hacen."""
        for tecla in teclas:
            self.pagina.keyboard.press(tecla)
        self.esperar("() => !chatlab.abierto.porPintar")

    def esperar_suceso(self, n: int) -> None:
        """Espera a estar en ese suceso, y a que se vea."""
        self.esperar("(n) => chatlab.abierto.pintado === n", n)

    @property
    def n(self) -> int:
        """El suceso en el que está."""
        n: int = self.calcular("(uno) => uno.reloj.n")
        return n

    @property
    def ultimo(self) -> int:
        """El último suceso que hay."""
        n: int = self.calcular("(uno) => uno.reloj.ultimo")
        return n

    @property
    def frase(self) -> str:
        """Lo que dice que pasa."""
        return self.pagina.inner_text(".frase")


def en_archivo(carpeta: Path, texto: str, *, momento: float | None = None) -> str:
    """Guarda esa película en un HTML suelto, y da su dirección en el disco."""
    archivo = carpeta / "pelicula.html"
    pagina = pagina_autonoma(Grabacion.leer(texto), momento=momento)
    archivo.write_text(pagina, encoding="utf-8")
    return archivo.as_uri()


def muestra(nombre: str) -> str:
    """El texto de una película de verdad."""
    return (MUESTRAS / f"{nombre}.chatlab").read_text(encoding="utf-8")


def contexto_de(navegador: Browser) -> BrowserContext:
    """Un navegador sin nada recordado, que no puede salir a la red."""
    contexto = navegador.new_context(offline=True)
    contexto.set_default_timeout(30_000)
    return contexto
