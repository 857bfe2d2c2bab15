"""Abrir la película de un fallo en el navegador, desde la terminal."""

from __future__ import annotations

import gzip
import webbrowser
from pathlib import Path

from chatlab.corrector.informes.causas import por_arreglar
from chatlab.corrector.informes.formato import en_una_linea
from chatlab.corrector.informes.peliculas import momento_de
from chatlab.corrector.modelo import Informe, Resultado
from chatlab.corrector.taller import estado
from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import pagina_autonoma
from chatlab.programa.archivos import guardar, no_se_puede_escribir


def ver_la_primera(informe: Informe, carpeta: Path) -> str:
    """Abre la película de lo primero que hay que arreglar, y dice dónde está, o por qué no hay.

    Se guarda en la carpeta de estado, y la siguiente de esa entrega va en su sitio. Lanza
    `ErrorDeArchivo` si no se puede escribir.
    """
    fallos = por_arreglar(informe)
    con_pelicula = [uno for uno in fallos if uno.comprobacion.clave in informe.peliculas]
    if not con_pelicula:
        sin_nada = "no se llegó a ver nada de lo que no salió bien"
        return f"No hay película: {sin_nada if fallos or informe.problema else 'no falla nada'}."
    resultado = con_pelicula[0]
    archivo = _guardar(informe, resultado, carpeta)
    abierta = webbrowser.open(archivo.as_uri())
    titulo = en_una_linea(resultado.comprobacion.titulo)
    que = "Abierta en tu navegador" if abierta else "Abre en tu navegador"
    return f"{que} la película de «{titulo}»:\n{archivo.as_uri()}"


def _guardar(informe: Informe, resultado: Resultado, carpeta: Path) -> Path:
    texto = gzip.decompress(informe.peliculas[resultado.comprobacion.clave]).decode()
    grabacion = Grabacion.leer(texto)
    momento, _ = momento_de(grabacion)
    archivo = estado.archivo_de(carpeta).with_suffix(".html")
    try:
        archivo.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise no_se_puede_escribir(archivo.parent, error) from error
    guardar(archivo, pagina_autonoma(grabacion, momento=momento))
    return archivo
