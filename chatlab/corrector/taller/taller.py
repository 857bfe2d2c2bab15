"""Corregir una entrega: pytest ejecuta las comprobaciones de la lección en un proceso aparte.

    with Taller() as taller:
        informe = taller.corregir(Encargo(leccion, Path("clase/Ana")))

Lo que vuelve es siempre un informe. Si falta un programa, o el corrector falla o no acaba, lo
dice su `problema`: un accidente en una entrega no puede llevarse por delante las demás.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
from pathlib import Path
from typing import Self

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.entrega.otra_leccion import por_que_es_de_otra
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller.a_medias import completar
from chatlab.corrector.taller.peliculas import recoger_peliculas
from chatlab.corrector.taller.proceso_aparte import ProcesoAparte
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.entorno import entorno_de_chatlab
from chatlab.textos import contar

#: Lo que hace de pytest un corrector.
EXTENSION = "chatlab.corrector.plugin"
#: La carpeta en que deja las películas, dentro de la que se le da.
PELICULAS = "peliculas"
#: Segundos que puede durar la corrección de una entrega. La de un chat que va bien dura unos seis.
PLAZO = 180.0

#: Así empieza el problema de un informe cuando la culpa no es de la entrega.
NO_SE_PUDO = "No se pudo comprobar"
#: Por qué: lo que se dice detrás, y también de una nota que se queda en provisional.
ERROR_DEL_CORRECTOR = "error del corrector"
INTERRUMPIDA = "se interrumpió la corrección"

#: Los códigos con los que pytest dice que ha ejecutado las pruebas, pasen o no.
_CODIGOS_BUENOS = (0, 1)
#: Lo que cambiaría qué ejecuta pytest, o cómo, en el equipo de cada cual.
_AJENAS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_THEME")


class Taller:
    """Corrige entregas, una por cada hilo que se lo pida. Al cerrarlo no queda nada en marcha."""

    def __init__(self, plazo: float = PLAZO) -> None:
        self._plazo = plazo
        self._candado = threading.Lock()
        self._en_marcha: set[ProcesoAparte] = set()
        self._cerrado = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cerrar()

    @property
    def cerrado(self) -> bool:
        """Si se interrumpió, aquí o con Ctrl+C."""
        return self._cerrado

    def cerrar(self) -> None:
        """Interrumpe las correcciones que estén en marcha, y no deja empezar otras."""
        with self._candado:
            self._cerrado = True
            en_marcha = list(self._en_marcha)
        for proceso in en_marcha:
            proceso.recoger()

    def corregir(self, encargo: PorCorregir) -> Informe:
        """Corrige una entrega. No lanza errores: lo que vaya mal está en el informe.

        Tampoco con Ctrl+C: se queda con lo comprobado hasta entonces, y el taller se cierra.
        """
        try:
            entrega = Entrega.buscar(encargo.carpeta, encargo.servidor, encargo.cliente)
            # Los programas de un reto son, a propósito, los de un paso.
            if not encargo.reto and (motivo := por_que_es_de_otra(encargo.leccion, entrega)):
                return _sin_corregir(encargo, motivo)
            with tempfile.TemporaryDirectory(
                prefix="chatlab-", ignore_cleanup_errors=True
            ) as carpeta:
                return self._ejecutar(encargo, Path(carpeta))
        except ErrorParaPersonas as error:
            return _sin_corregir(encargo, str(error))
        except Exception as error:  # noqa: BLE001 - ninguna entrega deja sin fila a las demás
            return _sin_corregir(encargo, f"{NO_SE_PUDO}: {ERROR_DEL_CORRECTOR}: {error!r}.")

    def _ejecutar(self, encargo: PorCorregir, carpeta: Path) -> Informe:
        (carpeta / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        (carpeta / PELICULAS).mkdir()
        salida = carpeta / "salida.txt"
        with salida.open("wb") as abierta:
            with self._candado:
                if self._cerrado:
                    return _sin_corregir(encargo, f"{NO_SE_PUDO}: {INTERRUMPIDA}.")
                proceso = ProcesoAparte(_orden(encargo, carpeta), carpeta, _entorno(), abierta)
                self._en_marcha.add(proceso)
            try:
                codigo = proceso.esperar(self._plazo)
            except KeyboardInterrupt:
                codigo, self._cerrado = None, True
            finally:
                proceso.recoger()
                self._en_marcha.discard(proceso)
        motivo = self._por_que_no_vale(codigo, salida)
        informe = _leer_informe(encargo, carpeta / "informe.json", motivo)
        if encargo.con_peliculas:
            informe.peliculas = recoger_peliculas(carpeta / PELICULAS, informe)
        return informe

    def _por_que_no_vale(self, codigo: int | None, salida: Path) -> str:
        """En una frase sin punto; vacío si pytest terminó como debe."""
        if self._cerrado and codigo not in _CODIGOS_BUENOS:
            return INTERRUMPIDA
        if codigo is None:
            return f"la corrección no terminó en {contar(round(self._plazo), 'segundo')}"
        if codigo in _CODIGOS_BUENOS:
            return ""
        como = f"lo mató la señal {-codigo}" if codigo < 0 else f"terminó con código {codigo}"
        return f"{ERROR_DEL_CORRECTOR}: pytest {como}{_que_dijo(salida)}"


def _orden(encargo: PorCorregir, carpeta: Path) -> list[str]:
    opciones = {
        "--entrega": encargo.carpeta.resolve(),
        "--servidor": encargo.servidor,
        "--cliente": encargo.cliente,
        "--rubrica": encargo.rubrica.resolve() if encargo.rubrica else None,
        "--informe-json": carpeta / "informe.json",
        "--peliculas": carpeta / PELICULAS if encargo.con_peliculas else None,
    }
    orden = [sys.executable, "-P", "-m", "pytest", "-p", EXTENSION, "-p", "no:cacheprovider", "-q"]
    # Con una configuración propia no vale la que haya por encima de las lecciones, y pytest no se
    # entretiene en mirar qué hay en las carpetas en que están.
    leccion = str(encargo.leccion.carpeta)
    orden += ["-c", str(carpeta / "pytest.ini"), "--rootdir", leccion, "--confcutdir", leccion]
    orden.append(encargo.que_se_ejecuta)
    # Con «=», un nombre que empiece por un guion no parece otra opción.
    orden += [f"{opcion}={valor}" for opcion, valor in opciones.items() if valor is not None]
    return orden + [f"--responde={dictada}" for dictada in encargo.responde]


def _entorno() -> dict[str, str]:
    """El de este proceso, sin lo que cambiaría a pytest, y de modo que encuentre este chatlab."""
    heredadas = entorno_de_chatlab().items()
    return {
        **{nombre: valor for nombre, valor in heredadas if nombre not in _AJENAS},
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _leer_informe(encargo: PorCorregir, archivo: Path, motivo: str) -> Informe:
    """El que ha escrito pytest; `motivo` es por qué no terminó como debe, si se sabe.

    De una corrección a medias vale lo que ya se había comprobado, y la nota es provisional.
    """
    try:
        informe = Informe.de_json(json.loads(archivo.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        motivo = motivo or f"{ERROR_DEL_CORRECTOR}: no dejó su informe"
        return _sin_corregir(encargo, f"{NO_SE_PUDO}: {motivo}.")
    if motivo and not informe.problema:
        completar(informe, motivo)
    informe.entrega, informe.leccion = encargo.titulo, encargo.leccion.nombre
    return informe


def _sin_corregir(encargo: PorCorregir, problema: str) -> Informe:
    return Informe(encargo.titulo, encargo.leccion.nombre, problema=problema)


#: Como escribe pytest un error de Python, propio o de las pruebas.
_ERROR_DE_PYTHON = re.compile(r"(?:E  |INTERNALERROR>)\s+(\w*(?:Error|Exception)\b.*)")


def _que_dijo(salida: Path) -> str:
    """«: » y el último error que escribió; si no hay ninguno, su última línea."""
    texto = salida.read_text(encoding="utf-8", errors="replace")
    dichas = _ERROR_DE_PYTHON.findall(texto) or [uno for uno in texto.split("\n") if uno.strip()]
    return f": {limpiar(dichas[-1]).strip()[:300].rstrip('.')}" if dichas else ""
