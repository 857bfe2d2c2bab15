"""Una entrevista: lo que un programa va pidiendo, y lo que se le contesta."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from chatlab.corrector.entrega.como_se_usa import ComoSeUsa
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.preguntas import (
    cita,
    la_pregunta,
    lo_que_pregunta,
    ordenes_para_entrar,
    que_pide,
)
from chatlab.corrector.trato.respuestas import (
    SEGUIR_HABLANDO,
    candidatas,
    opcion_de_salir,
    opciones,
)
from chatlab.corrector.trato.uso import SU_NOMBRE
from chatlab.corrector.trato.vocabulario import ES_LO_MISMO, ES_UN_RECHAZO, Pregunta
from chatlab.textos import en_llano

#: Respuestas que se dan en una entrevista: quien pide más no va a acabar nunca.
MAX_RESPUESTAS = 12
#: Las que se dan a un servidor, que puede preguntar por cada persona.
MAX_DEL_SERVIDOR = 100
#: Veces que se da una respuesta dictada a la misma pregunta.
MAX_DICTADAS = 3
#: Lo que un programa puede preguntar entre un mensaje y el siguiente.
ENTRE_MENSAJES = frozenset({Pregunta.SI_O_NO, Pregunta.OPCION, Pregunta.SEGUIR})
#: Líneas en las que cabe un menú con su pregunta.
LINEAS_DE_UN_MENU = 12
#: Lo que tiene una respuesta buena que no se puede saber.
ADIVINADAS = frozenset(
    {Pregunta.CLAVE, Pregunta.SALA, Pregunta.OPCION, Pregunta.SI_O_NO, Pregunta.CORREO}
)


class Entrevista:
    """Lo que se ha contestado a un programa, y lo que pide ahora.

    `enviado` dice cuántos bytes ha mandado ya su proceso; `puerto`, el que hay que decirle, y
    `claves` son las contraseñas que hay escritas en su código.
    """

    def __init__(
        self,
        terminal: Terminal,
        nombre: str,
        dicho: ComoSeUsa,
        *,
        enviado: Callable[[], int],
        puerto: Callable[[], int],
        claves: Sequence[str] = (),
        del_servidor: bool = False,
    ) -> None:
        self.terminal = terminal
        self.nombre = nombre
        #: El nombre que se le ha dicho; vacío si aún no ha hecho falta.
        self.apodo = ""
        #: Las preguntas que se han contestado, tal como las hizo.
        self.contestadas: list[str] = []
        #: La última que se contestó sin saber si esa era la respuesta.
        self.adivinada = ""
        self._dicho = dicho
        self._enviado = enviado
        self._puerto = puerto
        self._claves = claves
        self._del_servidor = del_servidor
        self._marca = 0
        self._eco = ""
        self._veces: Counter[Pregunta | str] = Counter()
        self._ultima: dict[Pregunta, str] = {}
        self._enviado_al_contestar = 0

    @property
    def nuevo(self) -> str:
        """Lo que ha escrito desde la última respuesta, sin el eco de lo tecleado."""
        texto = self.terminal.desde(self._marca)
        if self._eco and texto.startswith(self._eco):
            return texto[len(self._eco) :].lstrip(" \t").removeprefix("\n")
        return texto

    @property
    def pregunta_sin_entender(self) -> str:
        """Lo que parece preguntar, si no se entiende."""
        return lo_que_pregunta(self.nuevo, nombre=self.apodo)

    @property
    def pregunta_sin_salida(self) -> str:
        """Lo que vuelve a preguntar cuando ya se ha probado todo."""
        linea = la_pregunta(self.nuevo)
        repetida = self._veces[linea] > 0 and self._enviado() == self._enviado_al_contestar
        return cita(linea) if linea and repetida and self.pide() is None else ""

    @property
    def espera_ahi_mismo(self) -> bool:
        """Si la pregunta está en una línea sin acabar: quien la hace la está esperando."""
        return not self.nuevo.rstrip(" \t").endswith("\n")

    def pide(self) -> tuple[Pregunta | None, str] | None:
        """Qué pide ahora y qué hay que contestar; `None` si nada que se entienda."""
        if len(self.contestadas) >= (MAX_DEL_SERVIDOR if self._del_servidor else MAX_RESPUESTAS):
            return None
        texto = self.nuevo
        linea = la_pregunta(texto)
        dictada = self._dicho.contesta_a(linea) if linea else None
        if dictada is not None:
            if self._veces[linea] >= MAX_DICTADAS:
                return None
            return None, dictada.replace(SU_NOMBRE, self.nombre)
        if orden := self._orden_para_entrar(texto):
            return None, orden
        pregunta = que_pide(texto, nombre=self.apodo, del_servidor=self._del_servidor)
        if pregunta is None:
            return None
        respuesta = self._respuesta(pregunta, texto)
        return None if respuesta is None else (pregunta, respuesta)

    @property
    def lo_de_abajo(self) -> str:
        """Las últimas líneas que ha escrito: en ellas cabe un menú."""
        return "\n".join(self.nuevo.split("\n")[-LINEAS_DE_UN_MENU:])

    def entre_mensajes(self) -> tuple[Pregunta | None, str] | None:
        """Qué hay que contestar antes de teclear otro mensaje; `None` si nada que se entienda."""
        # Lo que otros digan puede salir detrás de la pregunta, o en su misma línea.
        for linea in reversed(self.nuevo.split("\n")):
            dictada = self._dicho.contesta_a(linea) if linea.strip() else None
            if dictada is not None:
                return None, dictada.replace(SU_NOMBRE, self.nombre)
            if que_pide(linea) is Pregunta.SI_O_NO:
                return Pregunta.SI_O_NO, candidatas(
                    Pregunta.SI_O_NO, linea, nombre=self.nombre, puerto=self._puerto()
                )[0]
        linea = la_pregunta(self.nuevo)
        abajo = self.lo_de_abajo
        pregunta = que_pide(abajo, nombre=self.apodo, del_servidor=self._del_servidor)
        if pregunta is None and "?" in linea and SEGUIR_HABLANDO.search(en_llano(linea)):
            pregunta = Pregunta.SI_O_NO
        if pregunta is None and self.espera_ahi_mismo and not linea and opcion_de_salir(abajo):
            pregunta = Pregunta.OPCION  # un menú, y debajo solo «> »
        if pregunta not in ENTRE_MENSAJES:
            return None
        if pregunta is Pregunta.OPCION and not opciones(abajo) and not self._ultima.get(pregunta):
            return None
        posibles = candidatas(pregunta, abajo, nombre=self.nombre, puerto=self._puerto())
        # La opción con la que ya se pudo hablar, y no la primera del menú.
        respuesta = self._ultima.get(pregunta) if pregunta is Pregunta.OPCION else None
        return pregunta, respuesta or posibles[0]

    def pide_un_si_o_no(self) -> bool:
        """Si lo último que ha escrito es una pregunta de sí o no."""
        pregunta = que_pide(self.lo_de_abajo, nombre=self.apodo, del_servidor=self._del_servidor)
        return pregunta is Pregunta.SI_O_NO

    def _respuesta(self, pregunta: Pregunta, texto: str) -> str | None:
        """La siguiente que se puede probar; `None` si ya se le contestó y no se ha quejado."""
        posibles = candidatas(
            pregunta, self.terminal.pantalla[-2000:], nombre=self.nombre, puerto=self._puerto()
        )
        if pregunta is Pregunta.CLAVE:
            posibles = [*self._claves, *posibles]
        veces = self._veces[pregunta]
        ha_enviado = self._enviado() > self._enviado_al_contestar
        # Un servidor que pregunta por cada persona puede preguntar dos veces por la misma.
        es_otra = (self._del_servidor and ha_enviado) or not self._veces[la_pregunta(texto)]
        if not veces or (pregunta is Pregunta.SI_O_NO and es_otra):
            return posibles[0] if posibles else None
        limpio = en_llano(texto)
        rechazada = ES_UN_RECHAZO.search(limpio) is not None
        if not rechazada and ES_LO_MISMO.search(en_llano(la_pregunta(texto))):
            return self._ultima[pregunta]
        if ha_enviado and not rechazada:
            return None
        return posibles[veces] if veces < len(posibles) else None

    def _orden_para_entrar(self, texto: str) -> str:
        """«Escribe /join SALA para entrar»: la orden, con lo suyo, si no se ha tecleado ya."""
        if self._del_servidor:
            return ""
        for orden in ordenes_para_entrar(texto):
            tecleada = self._con_lo_suyo(orden)
            if not self._veces[tecleada]:
                return tecleada
        return ""

    def _con_lo_suyo(self, orden: str) -> str:
        verbo, *huecos = orden.split()
        valores = []
        for hueco in huecos:
            pregunta = que_pide(f"{hueco.strip('<>[]{}')}: ")
            posibles = (
                candidatas(pregunta, hueco, nombre=self.nombre, puerto=self._puerto())
                if pregunta
                else [hueco.strip("<>[]{}")]
            )
            valores.append(posibles[0])
        return " ".join([verbo, *valores])

    def contesta(self, pregunta: Pregunta | None, respuesta: str) -> str:
        """Teclea la respuesta, y dice a qué ha contestado."""
        linea = la_pregunta(self.nuevo)
        if pregunta is not None:
            self._veces[pregunta] += 1
            self._ultima[pregunta] = respuesta
        self._veces[linea] += 1
        self._veces[respuesta] += 1
        que = pregunta.value if pregunta else f"«{cita(linea)}»" if linea else ""
        self.teclea(respuesta)
        if pregunta is Pregunta.NOMBRE:
            self.apodo = respuesta
        elif self.nombre in respuesta and not self.apodo:
            self.apodo = self.nombre
        self.contestadas.append(cita(linea))
        if pregunta in ADIVINADAS:
            self.adivinada = cita(linea)
        return que

    def teclea(self, texto: str) -> None:
        """Teclea una línea: lo nuevo es lo que salga desde ahora."""
        self.va_a_teclear(texto)
        self.terminal.escribir(texto)

    def va_a_teclear(self, texto: str) -> None:
        """Alguien va a teclear una línea: lo nuevo es lo que salga desde ahora, menos su eco."""
        self._enviado_al_contestar = self._enviado()
        self._marca = len(self.terminal.pantalla)
        self._eco = texto
