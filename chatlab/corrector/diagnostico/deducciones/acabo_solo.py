"""Un programa que termina en cuanto acaba su hilo principal: los demás eran `daemon`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import lugar_de
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.sonda import Suceso


def hilos_que_murieron_con_el(
    carpeta: Path, nombre: str, sucesos: Sequence[Suceso]
) -> Hallazgo | None:
    """Por qué terminó sin más el programa de `nombre`; None si no fue por sus hilos.

    `sucesos` son los suyos. Un hilo que no es `daemon` habría acabado antes que el programa: el
    que no dijo que acababa lo era. Y el principal no esperó a nada después de arrancarlo.
    """
    acabados = {suceso.hilo for suceso in sucesos if suceso.tipo == "hilo_terminado"}
    vivos = [s for s in sucesos if s.tipo == "hilo_arrancado" and s.hilo not in acabados]
    if not vivos:
        return None
    ultimo = max(suceso.instante for suceso in vivos)
    if any(s.tipo == "espera" and s.hilo == s.pid and s.instante > ultimo for s in sucesos):
        return None
    hilo = vivos[0].detalle
    creado = next((s for s in sucesos if s.tipo == "hilo_creado" and s.detalle == hilo), None)
    return Hallazgo(
        Grado.SE_SIGUE,
        causa=al_principio(
            f"{el_programa_de(nombre)} terminó solo, en cuanto acabó su hilo principal: el hilo "
            f"«{limpiar(hilo)}» es `daemon`, y acaba con él."
        ),
        arreglo="Haz que el principal espere, con `hilo.join()` al final, o que haga él ese "
        "trabajo.",
        lugar=lugar_de(creado.lugar, carpeta) if creado else None,
    )
