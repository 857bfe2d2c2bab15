"""El informe de una clase como una sola página, que se abre sin conexión.

La plantilla está en `pagina/`. Jinja escapa todo lo que no sea suyo, y la política de seguridad de
la página (CSP) no deja cargar ni ejecutar nada más que su propio estilo y su propio programa: una
entrega que escriba `<script>` en su pantalla solo enseña esas letras.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from chatlab.corrector.diagnostico.hallazgo import Hallazgo
from chatlab.corrector.informes.causas import (
    Causa,
    causa_de,
    causas_de,
    lo_primero,
    por_arreglar,
)
from chatlab.corrector.informes.formato import (
    SIGNOS,
    bien_de,
    corregido,
    del_nivel,
    limpio,
    nota,
    nota_de,
    observacion,
    recortada,
    resumidas,
)
from chatlab.corrector.informes.peliculas import Cartelera, Pelicula, hacer_cartelera
from chatlab.corrector.informes.redaccion import detalles, pantalla_de, que_depende, titular
from chatlab.corrector.informes.resumen import Recuento, Resumen, resumir
from chatlab.corrector.modelo import Informe, Nivel, Resultado, Veredicto
from chatlab.observador.pagina.empaquetar import huella, huella_del_guion

PAGINA = Path(__file__).with_name("pagina")
#: Frases que se enseñan, como mucho, de lo que se hizo: las celdas de una clase son cientos.
MAX_HECHO = 20
#: Bytes que ocupa en cada fila lo que se dice de sus películas, sin ellas.
AVISOS = 8000

_CODIGO = re.compile(r"(`[^`\n]+`|^ {4}.+$)", re.MULTILINE)

_CLASES = {
    Veredicto.BIEN: "bien",
    Veredicto.FALLA: "falla",
    Veredicto.SIN_COMPROBAR: "dudosa",
}


@dataclass(frozen=True, slots=True)
class Casilla:
    """Una comprobación de una entrega, lista para enseñarla."""

    resultado: Resultado
    #: Lo que lo explica, que puede ser lo de otra comprobación que falla por lo mismo.
    hallazgos: list[Hallazgo]
    #: El título de esa otra.
    igual_que: str
    #: De cuál depende, si tampoco sale bien, en una frase.
    depende_de: str
    #: Su película, si la tiene; o si la tendría, y no cabe en la página.
    pelicula: Pelicula | None = None
    sin_sitio: bool = False

    @property
    def clase(self) -> str:
        """La clase de CSS de su veredicto."""
        return _CLASES[self.resultado.veredicto]

    @property
    def signo(self) -> str:
        """El signo de su veredicto, que se entiende sin colores."""
        return SIGNOS[self.resultado.veredicto]

    @property
    def hecho(self) -> list[str]:
        """Lo que se hizo, con lo del medio resumido si es largo."""
        return resumidas(self.resultado.hecho, MAX_HECHO)

    @property
    def que_se_ve(self) -> str:
        """Lo que pasa en el momento por el que se abre su película, si no se ha dicho ya."""
        frase = self.pelicula.frase if self.pelicula is not None else ""
        dicho = any(uno.causa and uno.causa[:80] in frase for uno in self.hallazgos)
        return "" if dicho else frase

    @property
    def pantallas(self) -> dict[str, str]:
        """Lo que había en cada pantalla, recortado si es largo."""
        return {nombre: recortada(pantalla) for nombre, pantalla in self.resultado.visto.items()}


@dataclass(frozen=True, slots=True)
class Fila:
    """Una entrega. En `celdas`, una por columna: `None` donde no hay resultado."""

    informe: Informe
    celdas: list[Casilla | None]
    corregida: bool
    nota: str
    basico: str
    observacion: str
    #: Lo primero que hay que arreglar; vacío si no falla nada.
    lo_primero: str
    #: Su película, si la tiene.
    pelicula: Pelicula | None = None

    @property
    def vacia(self) -> bool:
        """Si no hay nada que enseñar en sus celdas: en su lugar va la observación."""
        return not self.informe.resultados


def de_la_clase(informes: Sequence[Informe], titulo: str, cuando: datetime) -> str:
    """La página, con una fila por entrega y una columna por comprobación.

    Lleva las películas de lo que falla que quepan en ella.
    """
    if not any(informe.peliculas for informe in informes):
        return _pagina(informes, titulo, cuando, Cartelera())
    sin_peliculas = len(_pagina(informes, titulo, cuando, Cartelera()).encode())
    cartelera = hacer_cartelera(informes, sin_peliculas + AVISOS * len(informes))
    return _pagina(informes, titulo, cuando, cartelera)


def _pagina(
    informes: Sequence[Informe], titulo: str, cuando: datetime, cartelera: Cartelera
) -> str:
    resumen = resumir(informes)
    entorno = Environment(
        loader=FileSystemLoader(PAGINA, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entorno.filters["limpio"] = limpio
    entorno.filters["nota"] = nota
    entorno.filters["trozos"] = _trozos
    entorno.filters["pantalla_de"] = pantalla_de
    entorno.filters["titular"] = titular
    entorno.filters["detalles"] = detalles
    estilo = _leer("estilo.css")
    programa = "\n".join(map(_leer, ("cajones.js", "cine.js")))
    return entorno.get_template("informe.html.j2").render(
        titulo=titulo,
        cuando=cuando,
        resumen=resumen,
        niveles=_niveles(resumen),
        filas=[_fila(n, informe, resumen, cartelera) for n, informe in enumerate(informes)],
        cartelera=cartelera,
        aislamientos=_aislamientos(informes),
        estilo=Markup(estilo),
        programa=Markup(programa),
        **_politica(estilo, programa, cartelera),
    )


def _politica(estilo: str, programa: str, cartelera: Cartelera) -> dict[str, str]:
    """Qué estilos y qué programas deja la página: el marco de una película la hereda.

    En ese marco solo se ejecuta quien la enseña. Su estilo va sin huella, porque las terminales
    escriben el suyo al crearse.
    """
    if not cartelera.peliculas:
        return {"de_estilo": huella(estilo), "de_guion": huella(programa)}
    return {
        "de_estilo": "'unsafe-inline'",
        "de_guion": f"{huella(programa)} {huella_del_guion()}",
    }


def _niveles(resumen: Resumen) -> list[tuple[Nivel, list[Recuento]]]:
    """Las columnas de cada nivel, sin los niveles que no tengan ninguna."""
    por_nivel = [
        (nivel, [uno for uno in resumen.recuentos if uno.comprobacion.nivel is nivel])
        for nivel in Nivel
    ]
    return [(nivel, recuentos) for nivel, recuentos in por_nivel if recuentos]


def _fila(numero: int, informe: Informe, resumen: Resumen, cartelera: Cartelera) -> Fila:
    por_clave = {uno.comprobacion.clave: uno for uno in informe.resultados}
    en_orden = [por_clave.get(recuento.comprobacion.clave) for recuento in resumen.recuentos]
    causas = causas_de(informe)
    return Fila(
        informe,
        [
            _con_pelicula(_celda(uno, causas), numero, cartelera, causas) if uno else None
            for uno in en_orden
        ],
        corregido(informe),
        nota_de(informe),
        bien_de(del_nivel(informe, Nivel.BASICO)),
        observacion(informe),
        lo_primero(informe),
        _la_de_lo_primero(numero, informe, cartelera),
    )


def _la_de_lo_primero(numero: int, informe: Informe, cartelera: Cartelera) -> Pelicula | None:
    primeros = por_arreglar(informe)[:1]
    return next(
        (cartelera.peliculas.get((numero, uno.comprobacion.clave)) for uno in primeros), None
    )


def _celda(resultado: Resultado, causas: Sequence[Causa]) -> Casilla:
    causa = causa_de(resultado, causas)
    if causa is None:
        return Casilla(resultado, resultado.hallazgos, "", "")
    titulo = causa.raiz.comprobacion.titulo
    if resultado in causa.dependen:
        return Casilla(resultado, resultado.hallazgos, "", que_depende(titulo))
    if resultado.hallazgos:
        return Casilla(resultado, resultado.hallazgos, titulo, "")
    return Casilla(resultado, causa.hallazgos, titulo, "")


def _con_pelicula(
    casilla: Casilla, numero: int, cartelera: Cartelera, causas: Sequence[Causa]
) -> Casilla:
    """Con su película o, si no llegó a empezar porque falla otra, con la de esa."""
    causa = causa_de(casilla.resultado, causas)
    cual = (numero, casilla.resultado.comprobacion.clave)
    if causa is not None and not casilla.resultado.hecho:
        cual = (numero, causa.raiz.comprobacion.clave)
    return replace(
        casilla,
        pelicula=cartelera.peliculas.get(cual),
        sin_sitio=cual in cartelera.sin_sitio,
    )


def _aislamientos(informes: Sequence[Informe]) -> list[str]:
    """Los distintos que ha habido: casi siempre uno."""
    return list(dict.fromkeys(uno.aislamiento for uno in informes if uno.aislamiento))


def _trozos(texto: str) -> list[tuple[bool, str]]:
    """El texto en trozos, y si cada uno es código: lo que va entre acentos graves, o sangrado."""
    partes = _CODIGO.split(limpio(texto))
    return [(lugar % 2 == 1, parte.strip("`")) for lugar, parte in enumerate(partes) if parte]


def _leer(nombre: str) -> str:
    return (PAGINA / nombre).read_text(encoding="utf-8").strip()
