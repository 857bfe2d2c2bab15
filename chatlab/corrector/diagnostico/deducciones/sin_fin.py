"""Qué mantiene vivo a un programa que ya debía haber terminado.

Python espera, antes de terminar, a los hilos que no son `daemon` (threading, «Thread Objects»).
Si uno de ellos está en un `recv` que nadie va a contestar, el programa no termina nunca, y da lo
mismo lo bien que se atrape `KeyboardInterrupt`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from chatlab.corrector.diagnostico.de_quien import SERVIDOR, al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada, lugar_de
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuente
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.nodos import cabecera, texto_de, ultimo_nombre
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.sonda import Suceso
from chatlab.textos import contar

#: Lo que pasa cuando un programa debe terminar.
TERMINA_ALGUIEN = frozenset({Pasa.EL_SERVIDOR_TERMINA, Pasa.EL_CLIENTE_TERMINA})
#: Dónde espera el hilo principal a los demás sin haber llegado a su final.
_ESPERA_A_LOS_DEMAS = re.compile(r"\.join\(|Executor|\.shutdown\(|server_close\(")


def lo_que_no_deja_terminar(
    carpeta: Path,
    paradas: Sequence[Parada],
    creados: Mapping[tuple[str, str], Suceso],
    pasa: Collection[Pasa],
) -> Iterator[Hallazgo]:
    """Por qué siguen en marcha los programas que debían terminar.

    `creados` es dónde se creó cada hilo, por su programa y su nombre.
    """
    for principal in paradas:
        if principal.principal and _debia_terminar(principal.de, pasa):
            hilos = [
                uno
                for uno in paradas
                if uno.de == principal.de and not uno.principal and not uno.daemon
            ]
            if hilos and _ha_acabado(principal):
                creado = creados.get((principal.de, hilos[0].hilo))
                yield _sujeto(carpeta, hilos, creado, pasa)
            elif Pasa.CON_CTRL_C in pasa and principal.lugar is not None:
                yield from _se_quedo_con_ctrl_c(carpeta, principal, principal.lugar)


def _debia_terminar(de: str, pasa: Collection[Pasa]) -> bool:
    return (Pasa.EL_SERVIDOR_TERMINA if de == SERVIDOR else Pasa.EL_CLIENTE_TERMINA) in pasa


def _ha_acabado(principal: Parada) -> bool:
    if principal.lugar is None:
        return True
    return _ESPERA_A_LOS_DEMAS.search(principal.lugar.codigo) is not None


# --- Un hilo que no es daemon ------------------------------------------------------------------


def _sujeto(
    carpeta: Path, hilos: Sequence[Parada], creado: Suceso | None, pasa: Collection[Pasa]
) -> Hallazgo:
    hilo, otros = hilos[0], len(hilos) - 1
    lugar = lugar_de(creado.lugar, carpeta) if creado is not None else None
    de_que = " después de Ctrl+C" if Pasa.CON_CTRL_C in pasa else ""
    y_otros = f" (y {contar(otros, 'hilo')} más como él)" if otros else ""
    donde = f", {hilo.donde}," if hilo.donde else ""
    return Hallazgo(
        Grado.SE_SIGUE,
        causa=al_principio(
            f"{el_programa_de(hilo.de)} ya ha llegado a su final, pero el hilo «{hilo.hilo}»"
            f"{donde} no es `daemon`: lo mantiene vivo{de_que}{y_otros}."
        ),
        arreglo=_como_se_hace_daemon(carpeta, hilo.hilo, lugar),
        lugar=lugar,
    )


def _como_se_hace_daemon(carpeta: Path, hilo: str, lugar: Lugar | None) -> str:
    if hilo.startswith("ThreadPoolExecutor"):
        return (
            "Los hilos de un `ThreadPoolExecutor` no pueden ser `daemon`: al salir, cierra sus "
            "conexiones, o créalos con `threading.Thread(…, daemon=True)`."
        )
    if "process_request_thread" in hilo:
        return "En la clase de tu servidor de `socketserver`, escribe `daemon_threads = True`."
    llamada = _llamada_en(leer_fuente(carpeta, lugar.archivo), lugar.linea) if lugar else None
    if llamada is None:
        return "Crea ese hilo con `daemon=True`."
    if any(clave.arg == "daemon" for clave in llamada.keywords):
        return f"Cambia su `daemon`: `{_con_daemon(llamada)}`."
    return f"Créalo con `daemon=True`: `{_con_daemon(llamada)}`."


def _llamada_en(fuente: Fuente, linea: int | None) -> ast.Call | None:
    """La llamada de esa línea que crea un hilo."""
    for llamada in fuente.llamadas:
        nombre = ultimo_nombre(llamada.func)
        crea = nombre in ("Thread", "Timer", "__init__")
        if crea and llamada.lineno <= (linea or 0) <= (llamada.end_lineno or 0):
            return llamada
    return None


def _con_daemon(llamada: ast.Call) -> str:
    claves = [clave for clave in llamada.keywords if clave.arg != "daemon"]
    daemon = ast.keyword("daemon", ast.Constant(True))
    return texto_de(ast.Call(llamada.func, llamada.args, [*claves, daemon]))


# --- Un except que se queda con Ctrl+C ---------------------------------------------------------


def _se_quedo_con_ctrl_c(carpeta: Path, principal: Parada, lugar: Lugar) -> Iterator[Hallazgo]:
    fuente = leer_fuente(carpeta, lugar.archivo)
    manejador = _el_que_se_lo_queda(fuente, lugar.linea or 0)
    if manejador is None:
        return
    como = cabecera(manejador)
    yield Hallazgo(
        Grado.SE_SIGUE,
        causa=(
            f"`{como}` atrapa también Ctrl+C (`KeyboardInterrupt`) dentro del bucle, y el servidor "
            f"sigue: está {principal.donde}."
        ),
        arreglo=(
            "Sal del bucle en ese `except`, con `break`."
            if manejador.type and "KeyboardInterrupt" in texto_de(manejador.type)
            else "Atrapa solo lo que esperas, `except OSError:`, y deja pasar Ctrl+C."
        ),
        lugar=Lugar(lugar.archivo, manejador.lineno, fuente.linea(manejador.lineno)),
    )


def _el_que_se_lo_queda(fuente: Fuente, linea: int) -> ast.ExceptHandler | None:
    """El `except` que rodea una línea dentro de un bucle, atrapa Ctrl+C y deja que siga."""
    for intento in fuente.nodos:
        if isinstance(intento, ast.Try) and _rodea(intento.body, linea):
            for manejador in intento.handlers:
                if _atrapa_ctrl_c(manejador) and fuente.en_un_bucle(intento):
                    return None if _sale(manejador) else manejador
    return None


def _rodea(cuerpo: Sequence[ast.stmt], linea: int) -> bool:
    return cuerpo[0].lineno <= linea <= (cuerpo[-1].end_lineno or 0)


def _atrapa_ctrl_c(manejador: ast.ExceptHandler) -> bool:
    tipo = texto_de(manejador.type)
    return not tipo or "BaseException" in tipo or "KeyboardInterrupt" in tipo


def _sale(manejador: ast.ExceptHandler) -> bool:
    return any(
        isinstance(nodo, ast.Break | ast.Return | ast.Raise)
        or (isinstance(nodo, ast.Call) and ultimo_nombre(nodo.func) in ("exit", "_exit", "quit"))
        for nodo in ast.walk(manejador)
    )
