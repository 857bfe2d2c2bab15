"""La grabación: todo lo que hicieron unos programas, escrito según pasa y en orden causal.

    grabadora = Grabadora(Path("clase.chatlab"), titulo="Difusión")
    with Testigo(oidor=grabadora.sucesos) as testigo: ...

El formato lo cuenta `docs/referencia/grabacion.md`.

formato.py        cómo es una línea
grabadora.py      quien la escribe mientras pasa
en_vivo.py        en qué orden, cuando aún no se ha visto todo
causas.py         a qué hay que esperar antes de contar algo
parejas.py        los extremos de las conexiones, según llegan
colas.py          en qué cola espera cada suceso
despues.py        la de lo que ya pasó
traductor.py      de los sucesos de la sonda a líneas
de_conexiones.py  lo mismo, de lo que pasa en las conexiones
elenco.py         los programas y sus hilos, con su número
enlaces.py        las conexiones, y por qué byte va cada sentido
fuentes.py        los archivos de los programas
letras.py         lo que sale en una pantalla, sin partir letras
cinta.py          el instante de cada línea, y cuándo se escribe
muestreo.py       lo que se escribe cuando ya no cabe todo
salida.py         adónde va según se escribe
lectura.py        una grabación ya hecha
recorte.py        un trozo de ella, que se ve solo
hasta_aqui.py     lo que hay en un momento de ella
"""

from chatlab.observador.grabacion.despues import DePantalla, ProgramaGrabado, grabar_sucesos
from chatlab.observador.grabacion.formato import EXTENSION, TOPE, datos_de
from chatlab.observador.grabacion.grabadora import Grabadora
from chatlab.observador.grabacion.lectura import Grabacion, GrabacionIlegible

__all__ = [
    "EXTENSION",
    "TOPE",
    "DePantalla",
    "Grabacion",
    "GrabacionIlegible",
    "Grabadora",
    "ProgramaGrabado",
    "datos_de",
    "grabar_sucesos",
]
