"""Todas las pruebas, intercaladas: en cada ronda le toca una vez a cada servidor.

Así, si la máquina va peor durante un rato, lo notan todos.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence

from bench import nucleos
from bench.escenarios import Escenario, Ociosos
from bench.pruebas import dejar_entrar, mensajes_para_un_segundo, repartir
from bench.resultados import Resultados, Ronda
from bench.servidores.catalogo import Candidato
from chatlab.errores import ErrorParaPersonas

Contar = Callable[[str], None]


def medir_todo(
    candidatos: Sequence[Candidato],
    escenarios: Sequence[Escenario | Ociosos],
    rondas: int,
    cuenta: Contar,
) -> Resultados:
    """Mide cada servidor en cada escenario; `cuenta` recibe una línea por prueba.

    Que uno no pueda con un escenario no detiene a los demás: se apunta por qué.
    """
    resultados = Resultados(donde=donde_se_mide(candidatos))
    for escenario in escenarios:
        una_vez = _como_se_prueba(escenario)
        siguen = [uno for uno in candidatos if uno.puede_con(escenario)]
        for ronda in range(1, rondas + 1):
            for candidato in list(siguen):
                que = f"{escenario.titulo} · ronda {ronda} · {candidato.nombre}"
                try:
                    dado = una_vez(candidato)
                except ErrorParaPersonas as error:
                    siguen.remove(candidato)
                    resultados.apuntar_fallo(escenario.clave, candidato.nombre, str(error))
                    cuenta(f"{que}: no puede. {error}")
                else:
                    resultados.anotar(escenario.clave, candidato.nombre, dado)
                    cuenta(f"{que}: {dado.en_pocas_palabras}")
    return resultados


def _como_se_prueba(escenario: Escenario | Ociosos) -> Callable[[Candidato], Ronda]:
    if isinstance(escenario, Ociosos):
        return lambda candidato: dejar_entrar(candidato, escenario)
    mensajes: dict[str, int] = {}

    def una_carrera(candidato: Candidato) -> Ronda:
        if candidato.nombre not in mensajes:
            mensajes[candidato.nombre] = mensajes_para_un_segundo(candidato, escenario)
        return repartir(candidato, escenario, mensajes[candidato.nombre])

    return una_carrera


def donde_se_mide(candidatos: Sequence[Candidato]) -> dict[str, str]:
    """La máquina y las versiones, para quien lea las cifras."""
    reparto = "uno para el servidor y otro para quien mide"
    return {
        "sistema": f"{platform.system()} {platform.machine()}",
        "núcleos": reparto if nucleos.se_pueden_repartir() else "los que dé el sistema",
        "Python": platform.python_version(),
        **{uno.nombre: uno.version() for uno in candidatos if uno.es_rival},
    }
