"""Una clase entera: cada subcarpeta es una entrega, y se corrigen varias a la vez."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from chatlab.corrector.diagnostico.carpetas import se_llama_como_una_ajena
from chatlab.corrector.entrega import que_falta
from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller.taller import Taller
from chatlab.errores import ErrorDeArchivo
from chatlab.textos import sin_tildes

#: Segundos entre dos miradas a las correcciones. En Windows, una espera sin plazo no ve Ctrl+C.
MIRADA = 0.5

#: Se llama al empezar cada encargo, y otra vez, con su informe, al acabarlo. Desde varios hilos.
AlAvanzar = Callable[[PorCorregir, Informe | None], None]


def entregas_de_la_clase(carpeta: Path) -> list[Path]:
    """Las subcarpetas, por orden alfabético; las ocultas no son de nadie.

    Lanza `ErrorDeArchivo` si no hay ninguna.
    """
    try:
        subcarpetas = [
            una for una in carpeta.iterdir() if una.is_dir() and not se_llama_como_una_ajena(una)
        ]
    except NotADirectoryError:
        raise ErrorDeArchivo(f"«{carpeta}» no es una carpeta.") from None
    except FileNotFoundError:
        raise ErrorDeArchivo(que_falta.no_existe(carpeta)) from None
    except PermissionError:
        raise ErrorDeArchivo(que_falta.no_se_puede_leer(carpeta)) from None
    if not subcarpetas:
        raise ErrorDeArchivo(
            f"En «{carpeta}» no hay ninguna subcarpeta, y esperaba una por estudiante. "
            "Si las entregas están comprimidas, descomprímelas antes."
        )
    return sorted(subcarpetas, key=lambda una: (sin_tildes(una.name), una.name))


def nucleos() -> int:
    """Los núcleos del procesador que este programa puede usar."""
    if hasattr(os, "sched_getaffinity"):  # en Linux, los que le deja quien lo arrancó
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def corregir_clase(
    taller: Taller, encargos: Sequence[PorCorregir], a_la_vez: int, al_avanzar: AlAvanzar
) -> list[Informe]:
    """Corrige los encargos, `a_la_vez` cada vez, y devuelve sus informes en el mismo orden.

    Con Ctrl+C se queda con lo hecho hasta entonces, y cierra el taller; si aún no había nada, lanza
    `KeyboardInterrupt`.
    """

    def corregir(encargo: PorCorregir) -> Informe:
        al_avanzar(encargo, None)
        informe = taller.corregir(encargo)
        al_avanzar(encargo, informe)
        return informe

    with ThreadPoolExecutor(a_la_vez) as hilos:
        futuros = [hilos.submit(corregir, encargo) for encargo in encargos]
        try:
            _esperar(futuros)
        except KeyboardInterrupt:
            # Cerrado el taller, las que faltan acaban enseguida: dicen que se interrumpieron.
            taller.cerrar()
        except BaseException:
            # Sin esto, salir del `with` esperaría a que se corrigieran todas.
            hilos.shutdown(wait=False, cancel_futures=True)
            taller.cerrar()
            raise
        informes = [futuro.result() for futuro in futuros]
    if taller.cerrado and not any(informe.resultados for informe in informes):
        raise KeyboardInterrupt
    return informes


def _esperar(futuros: Sequence[Future[Informe]]) -> None:
    pendientes = set(futuros)
    while pendientes:
        _, pendientes = wait(pendientes, timeout=MIRADA)
