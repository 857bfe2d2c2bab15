"""Si lo que se lee en una pantalla ha llegado de verdad por la red, o solo lo parece.

Un programa puede mandar por su conexión tantos bytes como haga falta, que no digan nada, y
pasar los mensajes por un archivo. Cuando alguien lee una frase que no está, tal cual, en lo que ha
recibido, o los programas hablan de la sonda, se pone en medio otro que cambia cada byte: si aun así
la frase se lee, no iba en ellos. Quien cifra, comprime o codifica lo que envía ya no la enseña.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from chatlab.corrector.diagnostico.fuente import MAX_ARCHIVO, MAX_ARCHIVOS
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.entrega.copia import archivos
from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo, SinComprobar
from chatlab.corrector.historias.espia_en_medio import ErrorDelEspia, puerto_de
from chatlab.corrector.jaula.evidencia import NO_CUADRA, Vista
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.uso import Uso
from chatlab.sistema import ajeno

#: Cómo la nombraría un programa que la busca.
_DE_LA_SONDA = re.compile(rb"sonda_de_chatlab|CHATLAB_SONDA")
#: El programa que está en medio, y las frases que se teclean antes y después de que cambie nada.
EN_MEDIO = "cambiazo"
ANTES, DESPUES = "mermelada de zanahoria", "tortilla de berenjena"


def algo_no_llega_a_la_vista(escena: Escena) -> bool | None:
    """Si alguien lee lo que otra persona ha tecleado y no está entre los bytes que ha recibido.

    `None` si todavía nadie ha leído nada de nadie, o si al sistema no se le puede preguntar.
    """
    leido = [
        frase.encode() in escena.datos("recv", terminal.nombre)
        for terminal, frases in escena.evidencia.leido_de_otros().items()
        if escena.terminales.get(terminal.nombre) is terminal
        for frase in frases
    ]
    if escena.evidencia.a_ciegas or not leido:
        return None
    return not all(leido) or habla_de_la_sonda(escena.jaula.carpeta)


def habla_de_la_sonda(carpeta: Path) -> bool:
    """Si algún programa de la entrega la nombra: entonces lo que ella cuente puede ser suyo."""
    programas = (uno for uno in archivos(carpeta) if uno.suffix.casefold() == ".py")
    return any(
        _DE_LA_SONDA.search(ajeno.leer(carpeta, uno, MAX_ARCHIVO) or b"")
        for uno in islice(programas, MAX_ARCHIVOS)
    )


def lo_que_no_llega_por_la_red(entrega: Entrega, uso: Uso) -> str:
    """La contradicción, en una frase, si una frase se lee aunque se cambien todos los bytes."""
    with ExitStack() as al_salir:
        escena = Escena(entrega, uso.para_ensayar(uso.receta or ()))
        al_salir.callback(escena.cerrar)
        try:
            en_medio = _poner_en_medio(escena)
            personas = ("Carlos", "Ana") if uso.con_nombres else ("Ana",)
            for nombre in personas:
                escena.arranca_cliente(nombre)
            if not _lectores(escena, ANTES):
                return ""
            en_medio.escribir("")
            escena.espera(lambda: "cambiando" in en_medio.pantalla)
            lectores = _lectores(escena, DESPUES)
        except (Fallo, SinComprobar, ErrorDelEspia, ValueError):
            return ""  # no se ha podido probar: no se sabe
        vista = escena.jaula.mirar_la_red()
        if vista is None:
            return ""
        for terminal in lectores:
            por_udp = escena.ha_usado_udp(terminal.nombre)
            if not por_udp and _todo_pasa_por(en_medio, terminal, vista):
                return (
                    f"{NO_CUADRA}: en la pantalla de {terminal.nombre} sale lo que ha escrito otra "
                    "persona aunque se cambien todos los bytes que le llegan por la red."
                )
    return ""


def _poner_en_medio(escena: Escena) -> Terminal:
    """Pone el programa entre el servidor y los clientes que se arranquen desde ahora.

    Lanza `ValueError` si el puerto del servidor no se puede desviar.
    """
    escena.pon_servidor()
    puerto = escena.puerto_escrito()
    real = str(escena.testigo.puerto_real(puerto))
    en_medio = escena.jaula.ejecutar(codigo_de(EN_MEDIO), EN_MEDIO, [real])
    escena.terminales[EN_MEDIO] = en_medio
    escena.testigo.desviar(puerto, hacia=puerto_de(escena, en_medio))
    return en_medio


def _lectores(escena: Escena, frase: str) -> list[Terminal]:
    """Ana teclea la frase: en qué otras pantallas sale."""
    demas = [
        (terminal, len(terminal.pantalla))
        for nombre, terminal in escena.terminales.items()
        if nombre not in ("Ana", EN_MEDIO)
    ]
    escena.espera_calma()
    escena.terminales["Ana"].escribir(escena.tecleado("Ana", frase))

    def leen() -> list[Terminal]:
        return [terminal for terminal, marca in demas if frase in terminal.desde(marca)]

    escena.espera(lambda: bool(leen()))
    return leen()


def _todo_pasa_por(en_medio: Terminal, terminal: Terminal, vista: Vista) -> bool:
    """Si al otro lado de todas sus conexiones está el que cambia los bytes."""
    suyos = {(uno.remoto, uno.local) for uno in vista.de(en_medio).values()}
    escucha = any(uno.escucha and uno.es_de(terminal) for uno in vista.sockets)
    conexiones = vista.de(terminal).values()
    return (
        bool(conexiones)
        and (terminal.nombre == SERVIDOR or not escucha)
        and all((uno.local, uno.remoto) in suyos for uno in conexiones)
    )
