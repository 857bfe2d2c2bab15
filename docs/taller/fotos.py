"""Las fotos de las guías: lo que se ve al abrir una película en un navegador de verdad.

Las hace `docs/rehacer_fotos.py` con el sitio ya construido, y `tests/docs/test_fotos.py` mira que
se siga viendo lo mismo. Cada una se hace en claro y en oscuro, y la página enseña la suya.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chatlab.observador.grabacion import Grabacion
from docs.taller.inclusiones import DOCS
from docs.taller.miralo import momento

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CARPETA = DOCS / "imagenes" / "peliculas"
#: Colores distintos que se guardan: bastan para letras y líneas, y pesa la tercera parte.
COLORES = 64
#: Que la película está puesta en su momento, y pintada.
PUESTA = """segundos => {
  const { reloj, pelicula, porPintar } = window.chatlab?.abierto ?? {};
  return reloj && pelicula.sucesos[reloj.n]?.t === segundos && !porPintar;
}"""

Tema = Literal["claro", "oscuro"]
TEMAS: tuple[Tema, ...] = ("claro", "oscuro")


@dataclass(frozen=True, slots=True)
class Foto:
    """Una foto: cómo se llama, de qué guion y en qué momento, y lo que mide la ventana.

    `se_lee` es lo que hace que se reconozca de un vistazo: lo que tiene que haber en la página.
    """

    nombre: str
    guion: str
    clave: str
    se_lee: tuple[str, ...]
    ancho: int = 1280
    alto: int = 800

    def archivo(self, tema: Tema) -> Path:
        """Donde se guarda."""
        return CARPETA / f"{self.nombre}-{tema}.png"

    def segundos(self) -> float:
        """En qué momento de la película."""
        pelicula = Grabacion.leer(DOCS / "grabaciones" / f"{self.guion}.chatlab")
        _, suceso = momento(pelicula, self.clave, self.nombre)
        return float(suceso["t"])


LA_PAGINA = ("Carlos lee", "[Ana] ¡Hola a todos!", "servidor.py")
FOTOS = (
    Foto("pagina", "03_difusion/paso1_hilos/charla", "llega", LA_PAGINA),
    Foto("telefono", "03_difusion/paso1_hilos/charla", "llega", ("Carlos",), 390, 800),
    Foto("pegados", "04_tramas/paso1_trozos/varios", "pegados", ("b'unodostres'", "tres")),
    Foto("letra", "04_tramas/paso1_trozos/largo", "letra", (r"\xbce\xc3'", r"b'\xb1a")),
    Foto("puerta", "ejemplos/nombre_en_la_puerta", "puerta", ("espera en recv", "¿Hay alguien?")),
    Foto("candado", "ejemplos/candado_dos_veces", "todos", ("candado", "difundir")),
    Foto("lleno", "06_robustez/paso1_uno_lento/sola", "lleno", ("espera en send", "sin leer")),
)


def abrir(pagina: Page, foto: Foto, sitio: str, tema: Tema) -> None:
    """Deja la película abierta en su momento, y pintada."""
    segundos = foto.segundos()
    pagina.set_viewport_size({"width": foto.ancho, "height": foto.alto})
    pagina.goto("about:blank")  # si solo cambia lo de detrás de la almohadilla, no se carga
    pagina.goto(f"{sitio}/pelicula.html?g={foto.guion}&tema={tema}#t={segundos}")
    pagina.wait_for_function(PUESTA, arg=segundos)
    pagina.evaluate("() => new Promise(requestAnimationFrame)")


def hacer(
    navegador: Browser, sitio: str, fotos: Sequence[Foto] = FOTOS
) -> Iterator[tuple[Path, bytes]]:
    """Cada foto, en cada tema: su archivo y sus bytes."""
    with navegador.new_context(reduced_motion="reduce") as contexto:
        pagina = contexto.new_page()
        for foto in fotos:
            for tema in TEMAS:
                abrir(pagina, foto, sitio, tema)
                yield foto.archivo(tema), con_pocos_colores(pagina.screenshot())


def con_pocos_colores(png: bytes) -> bytes:
    """La misma imagen, con una paleta."""
    from PIL import Image

    salida = io.BytesIO()
    imagen = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLORES, dither=Image.Dither.NONE)
    imagen.save(salida, "PNG", optimize=True)
    return salida.getvalue()
