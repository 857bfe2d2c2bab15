"""Una secuencia como diagrama: una columna por programa, y el tiempo de arriba abajo.

Una barra al lado de la línea de un programa dice que uno de sus hilos está parado en una llamada.

El SVG no trae colores: usa las clases de la página en que se pone, y así se lee igual en claro y en
oscuro. Lleva título y descripción para quien no lo ve (SVG 2, 5.9).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import accumulate

from chatlab.observador.barras import ALTO_DE_LEYENDA, barra, desvio, leyenda
from chatlab.observador.esperas import Espera
from chatlab.observador.palabras import citar
from chatlab.observador.secuencia import Flecha, Nota, Paso, Secuencia
from chatlab.textos import contar, enumerar

ANCHO = 720
#: Puntos que se dejan a cada lado, lo que mide la cabecera de los actores y cada paso.
MARGEN = 84
CABECERA = 64
ALTO_DE_FLECHA = 52
ALTO_DE_NOTA = 30
#: Puntos que ocupa de media un carácter de los rótulos.
ANCHO_DE_LETRA = 7.8
#: Puntos entre lo que hace un programa y la barra de su espera, y los que mide la más corta.
HUECO = 6
BARRA_MINIMA = 10
#: Pasos que se dibujan; el resto solo se cuenta con palabras.
MAX_PASOS = 60


def dibujar(secuencia: Secuencia, titulo: str, nombre: str) -> str:
    """El diagrama, como un elemento `<svg>` sin líneas en blanco.

    `nombre` distingue sus identificadores de los de otro dibujo de la misma página.
    """
    return "\n".join(_Dibujo(secuencia, titulo, nombre).lineas()) + "\n"


class _Dibujo:
    def __init__(self, secuencia: Secuencia, titulo: str, nombre: str) -> None:
        self._secuencia = secuencia
        self._titulo = titulo
        self._nombre = nombre
        self._pasos = secuencia.pasos[:MAX_PASOS]
        huecos = max(1, len(secuencia.actores) - 1)
        separacion = (ANCHO - 2 * MARGEN) / huecos
        self._x = {
            actor: MARGEN + posicion * separacion
            for posicion, actor in enumerate(secuencia.actores)
        }
        #: Donde acaba cada paso, y delante, donde empieza el primero.
        self._finales = [*accumulate(map(_alto_de, self._pasos), initial=CABECERA)]
        self._alto = self._finales[-1] + 24
        self._esperas = [una for una in secuencia.esperas if una.desde <= len(self._pasos)]

    def lineas(self) -> Iterator[str]:
        titulo, descripcion = f"{self._nombre}-titulo", f"{self._nombre}-descripcion"
        yield (
            f'<svg class="secuencia" viewBox="0 0 {ANCHO} {self._alto_con_leyenda}" role="img" '
            f'aria-labelledby="{titulo} {descripcion}" xmlns="http://www.w3.org/2000/svg">'
        )
        yield f'<title id="{titulo}">{escape(self._titulo)}</title>'
        yield f'<desc id="{descripcion}">{escape(self._resumen())}</desc>'
        yield from self._columnas()
        yield from self._barras()
        for paso, y in zip(self._pasos, self._finales[1:], strict=True):
            yield from self._flecha(paso, y) if isinstance(paso, Flecha) else self._nota(paso, y)
        yield from leyenda(self._esperas, self._alto_con_leyenda - 8)
        yield "</svg>"

    @property
    def _alto_con_leyenda(self) -> int:
        return self._alto + (ALTO_DE_LEYENDA if self._esperas else 0)

    def _resumen(self) -> str:
        envios = sum(isinstance(p, Flecha) and p.que == "send" for p in self._secuencia.pasos)
        actores = enumerar([*self._secuencia.actores])
        esperas = f" y {contar(len(self._esperas), 'espera')}" if self._esperas else ""
        return f"Diagrama de secuencia de {actores}, con {contar(envios, 'envío')}{esperas}."

    def _columnas(self) -> Iterator[str]:
        for actor, x in self._x.items():
            yield f'<path class="vida" d="M{x:g} 44V{self._alto - 8}"/>'
            yield f'<rect class="relleno" x="{x - 58:g}" y="10" width="116" height="34" rx="6"/>'
            yield _rotulo("texto", x, 33, escape(actor))

    def _barras(self) -> Iterator[str]:
        for espera in self._esperas:
            desde, hasta = self._principio(espera), self._fin(espera)
            if hasta - desde >= BARRA_MINIMA:
                yield from barra(espera, self._x[espera.actor], desde, hasta)

    def _principio(self, espera: Espera) -> float:
        """Justo detrás de lo anterior que hizo, o que le llegó."""
        anterior = espera.desde - 1
        if anterior < 0:
            return CABECERA - 12
        suyo = _es_de(self._pasos[anterior], espera.actor)
        return (self._y(anterior) if suyo else self._finales[espera.desde]) + HUECO

    def _fin(self, espera: Espera) -> float:
        if espera.hasta is None or espera.hasta >= len(self._pasos):
            return self._alto - 8
        suyo = _es_de(self._pasos[espera.hasta], espera.actor)
        return self._y(espera.hasta) if suyo else self._finales[espera.hasta]

    def _y(self, paso: int) -> float:
        """Donde está la raya de una flecha, o el punto de una nota."""
        return self._finales[paso + 1] - (18 if isinstance(self._pasos[paso], Flecha) else 12)

    def _carriles(self, actor: str, lado: int) -> int:
        """Los puntos que ocupan sus barras a la derecha (1) o a la izquierda (-1)."""
        desvios = [desvio(una.carril) * lado for una in self._esperas if una.actor == actor]
        return max([0, *desvios])

    def _flecha(self, flecha: Flecha, y: int) -> Iterator[str]:
        desde, hasta = self._x[flecha.origen], self._x[flecha.destino]
        if desde == hasta:  # un programa que habla consigo mismo
            yield from self._nota(Nota(flecha.origen, " · ".join(self._rotulos(flecha, 300))), y)
            return
        sentido = 1 if hasta > desde else -1
        clase = {"send": "acento", "connect": "trazo"}.get(flecha.que, "trazo discontinuo")
        punta = "punta-acento" if flecha.que == "send" else "punta"
        yield f'<path class="{clase}" d="M{desde:g} {y - 18}H{hasta - 9 * sentido:g}"/>'
        yield (f'<path class="{punta}" d="M{hasta:g} {y - 18}l{-10 * sentido} -5v10z"/>')
        centro = (desde + hasta) / 2
        encima, debajo = self._rotulos(flecha, abs(hasta - desde) - 16)
        yield _rotulo("texto", centro, y - 25, encima)
        if debajo:
            yield _rotulo("texto-suave", centro, y - 2, debajo)

    def _rotulos(self, flecha: Flecha, ancho: float) -> tuple[str, str]:
        """Lo que se escribe encima y debajo de la flecha."""
        if flecha.que != "send":
            return flecha.que, escape(flecha.detalle)
        cabe = max(8, int(ancho / ANCHO_DE_LETRA))
        return escape(citar(flecha.datos, cabe - 2)), contar(flecha.cuantos, "byte")

    def _nota(self, nota: Nota, y: int) -> Iterator[str]:
        x = self._x[nota.actor]
        lado = -1 if x > ANCHO / 2 else 1
        donde = f'x="{x + lado * (12 + self._carriles(nota.actor, lado)):g}"'
        if lado < 0:
            donde += ' text-anchor="end"'
        yield f'<circle class="punta" cx="{x:g}" cy="{y - 12}" r="4"/>'
        yield f'<text class="texto-suave" {donde} y="{y - 7}">{escape(nota.texto)}</text>'


def _rotulo(clase: str, x: float, y: int, texto: str) -> str:
    return f'<text class="{clase}" x="{x:g}" y="{y}" text-anchor="middle">{texto}</text>'


def _es_de(paso: Paso, actor: str) -> bool:
    """Si ese paso lo da ese actor, o le llega."""
    return actor in ((paso.origen, paso.destino) if isinstance(paso, Flecha) else (paso.actor,))


def _alto_de(paso: Flecha | Nota) -> int:
    return ALTO_DE_FLECHA if isinstance(paso, Flecha) else ALTO_DE_NOTA
