"""Propone el reto de un paso, y comprueba tu cambio al momento.

python -m chatlab reto               el siguiente que te falta
python -m chatlab reto 01.2          el de la lección 01, paso 2
python -m chatlab reto --vigilar     comprueba cada vez que guardas, y sigue con el siguiente

La primera vez copia los programas del paso, para que los cambies. El código es 0 si lo has logrado.
"""

from __future__ import annotations

import sys
import textwrap
from dataclasses import replace
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.entrega.vigilante import esperar_cambio, fotografiar
from chatlab.corrector.informes.formato import limpio, recortada
from chatlab.corrector.informes.redaccion import explicacion, pantalla_de
from chatlab.corrector.modelo import Informe, Resultado, Veredicto
from chatlab.corrector.taller.avance import (
    CARPETA_DE_EJERCICIOS,
    Avance,
    carpeta_de_ejercicios,
    carpeta_del_curso,
    marcar,
)
from chatlab.corrector.taller.pedido import corta
from chatlab.corrector.taller.retos import (
    PLAZO_DEL_RETO,
    carpeta_del_reto,
    comprobar_reto,
    copiar_reto,
    falta_por_copiar,
    sigue_igual,
)
from chatlab.corrector.taller.taller import Taller
from chatlab.curso.retos import Prediccion, Reto, leer_reto, todos_los_retos
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import Argumentos, analizador, orden_chatlab
from chatlab.terminal.salida import escribir

ANCHO = 80
#: Las últimas líneas que se enseñan de cada pantalla.
FILAS_DE_PANTALLA = 8


def principal(argumentos: Argumentos = None) -> int:
    """Propone el reto o lo comprueba; devuelve 0 si no queda nada por hacer en él."""
    lector = analizador("chatlab.ordenes.reto", "reto", __doc__, uso="[RETO] [opciones]")
    lector.add_argument(
        "reto", nargs="?", type=leer_reto, metavar="RETO", help="01.2: la lección y el paso"
    )
    lector.add_argument(
        "--carpeta", type=Path, metavar="CARPETA", help="la de tus ejercicios, si no estás en ella"
    )
    lector.add_argument(
        "--vigilar", action="store_true", help="comprueba cada vez que guardas, hasta Ctrl+C"
    )
    opciones = lector.parse_args(argumentos)
    exigir("pytest", extra="corrector")
    ejercicios = _ejercicios(opciones.carpeta)
    avance = Avance(ejercicios)
    reto = opciones.reto or siguiente(avance)
    if reto is None:
        escribir(f"Has hecho todos los retos. Para lo demás: {orden_chatlab('lecciones')}\n")
        return 0
    with Taller(PLAZO_DEL_RETO) as taller:
        mesa = Mesa(taller, ejercicios, avance)
        if not opciones.vigilar:
            return 0 if mesa.atender(reto) else 1
        try:
            mesa.vigilar(reto)
        except KeyboardInterrupt:
            escribir("\nHe dejado de vigilar.\n")
    return 0


def siguiente(avance: Avance, despues_de: Reto | None = None) -> Reto | None:
    """El primero que falta; si se dice uno, se busca antes entre los que van detrás de él."""
    todos = todos_los_retos()
    desde = todos.index(despues_de) + 1 if despues_de is not None else 0
    faltan = [reto for reto in todos[desde:] + todos[:desde] if not avance.reto_hecho(reto.numero)]
    return faltan[0] if faltan else None


def _ejercicios(dicha: Path | None) -> Path:
    """La carpeta de los ejercicios; si no hay ninguna, la de siempre, recién hecha."""
    desde = dicha or carpeta_del_curso(Path())
    carpeta = carpeta_de_ejercicios(desde) or dicha or desde / CARPETA_DE_EJERCICIOS
    marcar(carpeta)
    return carpeta


class Mesa:
    """Donde alguien hace sus retos: sus carpetas, lo que lleva hecho y quién se lo comprueba."""

    def __init__(self, taller: Taller, ejercicios: Path, avance: Avance) -> None:
        self._taller = taller
        self._ejercicios = ejercicios
        self._avance = avance

    def atender(self, reto: Reto) -> bool:
        """Propone el reto la primera vez; después, comprueba lo que se haya cambiado.

        Devuelve si va bien: recién propuesto, o logrado.
        """
        carpeta = carpeta_del_reto(reto, self._ejercicios)
        if self._proponer(reto, carpeta):
            return True
        if sigue_igual(reto, carpeta):
            escribir(f"Aún no has cambiado nada en «{_visible(carpeta)}».\n\n")
            _parrafo(reto.consigna)
            return False
        return self._comprobar(reto, carpeta)

    def vigilar(self, reto: Reto | None) -> None:
        """Lo comprueba cada vez que se guarda; al lograrlo, sigue con el siguiente que falte."""
        while reto is not None:
            carpeta = carpeta_del_reto(reto, self._ejercicios)
            self._proponer(reto, carpeta)
            foto = fotografiar(carpeta)
            while sigue_igual(reto, carpeta) or not self._comprobar(reto, carpeta):
                escribir("\nVigilo tus copias: guarda y lo compruebo. Ctrl+C termina.\n")
                foto = esperar_cambio(carpeta, foto)
            reto = siguiente(self._avance, reto)
            escribir("\n")

    def _comprobar(self, reto: Reto, carpeta: Path) -> bool:
        informe = comprobar_reto(self._taller, reto, carpeta)
        if self._taller.cerrado:
            raise KeyboardInterrupt
        resultado = next(iter(informe.resultados), None)
        if resultado is None or resultado.veredicto is not Veredicto.BIEN:
            _contar_que_falta(reto, informe, resultado)
            return False
        self._avance.anotar_reto(reto.numero)
        self._avance.guardar_o_avisar()
        _felicitar(reto, self._avance.prediccion(reto.numero))
        self._decir_el_siguiente(reto)
        return True

    def _proponer(self, reto: Reto, carpeta: Path) -> bool:
        """Si falta alguna copia, dice qué se pide y las hace; dice si faltaba."""
        if not falta_por_copiar(reto, carpeta):
            return False
        escribir(f"Reto {reto.numero} · {reto.titulo}\n\n")
        _parrafo(reto.consigna)
        # Antes de copiar: quien lo deja con Ctrl+C en la pregunta la encontrará otra vez.
        if reto.prediccion is not None:
            dicha = _preguntar(reto.prediccion)
            self._avance.anotar_prediccion(reto.numero, dicha)
            self._avance.guardar_o_avisar()
        copiar_reto(reto, carpeta)
        escribir(
            f"\nTus copias están en «{_visible(carpeta)}». Cámbialas y comprueba:\n"
            f"    {self._orden(reto)}\n"
        )
        return True

    def _decir_el_siguiente(self, reto: Reto) -> None:
        if proximo := siguiente(self._avance, reto):
            escribir(f"\nEl siguiente, {proximo.titulo}:\n    {self._orden(proximo)}\n")
        else:
            escribir("\nEra el último que te faltaba.\n")

    def _orden(self, reto: Reto) -> str:
        encontrada = carpeta_de_ejercicios(carpeta_del_curso(Path())) == self._ejercicios.resolve()
        donde = "" if encontrada else f' --carpeta "{_visible(self._ejercicios)}"'
        return orden_chatlab(f"reto {reto.numero}{donde}")


# --- Lo que se lee -------------------------------------------------------------------------------


def _parrafo(texto: str) -> None:
    """Lo escribe en líneas cortas; las negritas del sitio, aquí, no se ven."""
    texto = texto.replace("**", "")
    escribir(textwrap.fill(texto, ANCHO, break_on_hyphens=False, break_long_words=False) + "\n")


def _preguntar(prediccion: Prediccion) -> int:
    """El número de la opción que se elige; 0 si no hay quien conteste, o no lo sabe."""
    escribir(f"\nAntes de hacerlo: {prediccion.pregunta}\n")
    for numero, opcion in enumerate(prediccion.opciones, 1):
        escribir(f"  {numero}) {opcion}\n")
    if not sys.stdin.isatty():
        return 0
    escribir("¿Qué crees? Escribe el número, o solo Intro si no lo sabes: ")
    dicha = sys.stdin.readline().strip()
    return int(dicha) if dicha in map(str, range(1, len(prediccion.opciones) + 1)) else 0


def _felicitar(reto: Reto, dicha: int) -> None:
    escribir(f"✓ Reto {reto.numero} · {reto.titulo}: ¡hecho!\n\n")
    if reto.prediccion is not None:
        buena = reto.prediccion.opciones[reto.prediccion.acierto - 1]
        comentario = {0: "", reto.prediccion.acierto: "Lo dijiste. "}.get(dicha, "No era eso. ")
        _parrafo(f"{comentario}{reto.prediccion.pregunta} {buena}. {reto.prediccion.porque}")
        escribir("\n")
    _parrafo(reto.conclusion)


def _contar_que_falta(reto: Reto, informe: Informe, resultado: Resultado | None) -> None:
    escribir(f"Todavía no. Reto {reto.numero} · {reto.titulo}\n\n")
    if informe.problema:
        _parrafo(limpiar(informe.problema))
    if resultado is None:
        return
    if resultado.esperado:
        _parrafo(f"Se esperaba: {limpiar(resultado.esperado)}")
    if motivo := explicacion(replace(resultado, hallazgos=_lo_que_vale(resultado))):
        escribir(limpio(motivo) + "\n")
    for nombre, pantalla in resultado.visto.items():
        visto = recortada(pantalla) or "(vacía)"
        lineas = visto.split("\n")[-FILAS_DE_PANTALLA:]
        escribir("\n".join([f"{pantalla_de(nombre)}:", *(f"  │ {una}" for una in lineas), ""]))
    escribir("\n")
    _parrafo(f"Pista: {reto.pista}")


def _lo_que_vale(resultado: Resultado) -> list[Hallazgo]:
    """Los errores, y lo que se vio si no se pasó de arrancar el servidor.

    Lo demás que se deduce vale para un ejercicio entero: aquí se ha pedido romper cosas.
    """
    solo_se_arranco = len(resultado.hecho) <= 1
    return [
        uno
        for uno in resultado.hallazgos
        if uno.error is not None or (solo_se_arranco and uno.grado is Grado.VISTO)
    ]


def _visible(ruta: Path) -> str:
    """La carpeta, como se enseña: corta, y sin nada que una terminal obedezca."""
    return limpiar(str(corta(ruta)))


if __name__ == "__main__":
    ejecutar(principal)
