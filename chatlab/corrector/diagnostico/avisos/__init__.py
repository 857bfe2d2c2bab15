"""Lo que se ve en el código de un alumno sin ejecutarlo: pistas, no pruebas.

Cada archivo busca una clase de falta con `ast`. Un aviso puede estar de más; por eso acompaña a una
comprobación que ha fallado y nunca la sustituye.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from chatlab.corrector.diagnostico.avisos import (
    asincronia,
    bytes_y_texto,
    candado_nuevo,
    candados,
    errores_escondidos,
    hilos,
    procesos_hijos,
    recepcion,
    servidores,
    sin_definir,
    sombras,
    tramas,
)
from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.avisos.windows import avisos_de_windows
from chatlab.corrector.diagnostico.explicaciones.modulos import CONOCIDOS
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuente
from chatlab.corrector.diagnostico.hallazgo import Hallazgo
from chatlab.corrector.diagnostico.que_pasa import Pasa

#: Con más, nadie sabría por cuál empezar.
MAX_AVISOS = 12
#: Caracteres que se guardan de la línea de un aviso.
MAX_CODIGO = 160
#: Nodos de un archivo: unas mil líneas. Algún aviso los mira todos por cada hilo o cada `recv`.
MAX_NODOS = 10_000
_POR_ARCHIVO = (
    sin_definir,
    hilos,
    procesos_hijos,
    asincronia,
    candados,
    candado_nuevo,
    bytes_y_texto,
    sombras,
    recepcion,
    tramas,
    errores_escondidos,
)


def avisos_del_codigo(
    carpeta: Path,
    programas: Iterable[str | Path],
    *,
    varios: bool = True,
    pasa: Collection[Pasa] | None = None,
) -> list[Hallazgo]:
    """Lo sospechoso de unos programas y de los archivos suyos que importan, lo más grave primero.

    `programas` son nombres dentro de la carpeta: `["servidor.py", "cliente.py"]`. `varios` dice si
    el servidor debe atender a más de un cliente. Con lo que `pasa` en una comprobación, solo lo que
    puede explicar que falle. Un archivo con errores de sintaxis no da ninguno.
    """
    fuentes = _de_todos(carpeta, programas)
    en_orden = {nombre: lugar for lugar, nombre in enumerate(fuentes)}
    avisos = sorted(
        dict.fromkeys(_avisos_de(list(fuentes.values()), varios=varios)),
        key=lambda aviso: (en_orden[aviso.archivo], aviso.linea),
    )
    vienen_al_caso = [
        aviso
        for aviso in avisos
        if pasa is None or aviso.solo_explica is None or aviso.solo_explica in pasa
    ]
    por_gravedad = sorted(vienen_al_caso, key=lambda aviso: aviso.gravedad)
    return [
        aviso.hallazgo(leer_fuente(carpeta, aviso.archivo).linea(aviso.linea)[:MAX_CODIGO])
        for aviso in por_gravedad[:MAX_AVISOS]
    ]


def para_windows(carpeta: Path, programas: Iterable[str | Path]) -> list[str]:
    """Lo que en este sistema funciona y en Windows no, en una frase cada cosa."""
    return avisos_de_windows(_de_todos(carpeta, programas).values())


def _de_todos(carpeta: Path, programas: Iterable[str | Path]) -> dict[str, Fuente]:
    """Los archivos de unos programas, sin repetir: dos pueden importar el mismo."""
    fuentes: dict[str, Fuente] = {}
    for programa in programas:
        for fuente in _programa_entero(carpeta, Path(programa).as_posix()):
            fuentes.setdefault(fuente.nombre, fuente)
    return fuentes


def _avisos_de(fuentes: list[Fuente], *, varios: bool) -> Iterator[Aviso]:
    yield from servidores.avisar(fuentes, varios=varios)
    for fuente in fuentes:
        for familia in _POR_ARCHIVO:
            yield from familia.avisar(fuente)
        if (modulo := Path(fuente.nombre).stem) in CONOCIDOS:
            yield Aviso(
                fuente.nombre,
                1,
                Gravedad.NO_FUNCIONA,
                f"este archivo se llama como el módulo `{modulo}` de Python, y `import {modulo}` "
                "encontraría este. Cámbiale el nombre.",
            )


def _programa_entero(carpeta: Path, programa: str) -> list[Fuente]:
    """Un programa y los archivos de su carpeta que importa, directa o indirectamente."""
    fuentes: dict[str, Fuente] = {}
    pendientes = [programa]
    while pendientes:
        nombre = pendientes.pop()
        if nombre in fuentes:
            continue
        fuentes[nombre] = leer_fuente(carpeta, nombre)
        al_lado = Path(nombre).parent
        for origen in sorted(set(fuentes[nombre].importados.values())):
            importado = f"{origen.split('.')[0]}.py"
            if (carpeta / al_lado / importado).is_file():
                pendientes.append((al_lado / importado).as_posix())
    return [fuente for fuente in fuentes.values() if 0 < len(fuente.nodos) <= MAX_NODOS]
