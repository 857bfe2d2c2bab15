"""Alguien que mira la pantalla de su programa: qué sale en ella, y de qué se entera."""

from __future__ import annotations

import re
import time

from chatlab.corrector.diagnostico.de_quien import el_programa_de, la_pantalla_de, quien
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.escenario.paciencia import PLAZO
from chatlab.corrector.historias.cambiado import como_ha_llegado
from chatlab.corrector.historias.escena import Escena, Fallo
from chatlab.corrector.historias.lectura import LecturaDePantalla, nombra
from chatlab.corrector.historias.renglones import cuanto_se_ve, en_renglones
from chatlab.corrector.jaula.terminal import Terminal

#: Caracteres que un programa puede escribir tras un suceso sin que su pantalla esté inundada.
PANTALLA_TRANQUILA = 20_000
#: Frases de las que se busca si una línea es una de ellas: las últimas.
FRASES_QUE_SE_RECUERDAN = 60
#: Veces que se espera a un texto que sigue saliendo.
MAX_ESPERAS = 4
#: Segundos que tiene un programa para darse cuenta de que el otro lado ya no está.
PLAZO_PARA_ENTERARSE = 2.0


class Espectadora:
    """Alguien delante de su programa, sin tocarlo."""

    def __init__(self, escena: Escena, nombre: str, terminal: Terminal) -> None:
        self.nombre = nombre
        self.terminal = terminal
        self._escena = escena
        self._marca = len(terminal.pantalla)
        #: Lo que ha tecleado: en su pantalla también se ve.
        self._escrito: list[str] = []

    @property
    def nuevo(self) -> str:
        """Lo que ha aparecido en su pantalla desde la última vez que miró."""
        return self.terminal.desde(self._marca)

    def mira(self) -> None:
        """Se da por enterada de lo que hay: lo nuevo empieza aquí."""
        self._marca = len(self.terminal.pantalla)

    def mira_con_calma(self) -> None:
        """Lo mismo, cuando ya ha salido todo lo que estaba por salir."""
        self._escena.espera_calma()
        self.mira()

    def ve(self, texto: str, *, plazo: float = PLAZO) -> None:
        """Espera a que el texto aparezca en su pantalla; lanza `Fallo` si no aparece."""
        desde = time.monotonic()
        if not self._llega_a_ver(texto, plazo):
            raise Fallo(
                f"Que en {la_pantalla_de(self.nombre)} aparezca «{resumida(texto)}».",
                self._como_llega(texto),
                self._espera_desde(desde, f"espera ver «{resumida(texto)}», y no sale"),
            )

    def _espera_desde(self, instante: float, que: str) -> Momento:
        return Momento(instante, f"Desde aquí, {quien(self.nombre)} {que}.", self.nombre)

    def _llega_a_ver(self, texto: str, plazo: float) -> bool:
        """Si aparece; a quien lo está escribiendo letra a letra se le deja acabar."""

        def esta() -> bool:
            return texto in self.nuevo or en_renglones(texto, self.nuevo)

        for _ in range(MAX_ESPERAS):
            antes = cuanto_se_ve(texto, self.nuevo)
            if self._escena.espera(esta, plazo):
                return True
            if cuanto_se_ve(texto, self.nuevo) <= antes:
                break
        return False

    def ve_letras(self, letra: str, veces: int, *, plazo: float = PLAZO) -> bool:
        """Espera a que esa letra aparezca tantas veces, aunque los mensajes lleguen a trozos.

        Ni muchas menos ni muchas más: si sale sin parar, no es que hayan llegado.
        """
        como_mucho = 2 * veces + PANTALLA_TRANQUILA
        return self._escena.espera(lambda: veces <= self.nuevo.count(letra) <= como_mucho, plazo)

    def _como_llega(self, texto: str) -> str:
        linea = como_ha_llegado(texto, self.nuevo[-PANTALLA_TRANQUILA:], self._escena.escrito)
        if not linea:
            return ""
        return f"El mensaje llega cambiado: «{resumida(linea)}», y era «{resumida(texto)}»."

    def ve_el_nombre(self, nombre: str, *, junto_a: str) -> None:
        """Comprueba que el nombre está en la línea de ese texto, o en la de encima."""
        if not self._escena.usa_nombres:
            raise Fallo("Que el programa pida un nombre a cada persona.")
        lineas = self.nuevo.split("\n")
        for numero, linea in enumerate(lineas):
            if junto_a in linea and any(
                nombra(cerca, self._escena.apodo(nombre))
                for cerca in lineas[max(0, numero - 1) : numero + 1]
            ):
                return
        leido = next((linea.strip() for linea in lineas if junto_a in linea), "")
        raise Fallo(
            f"Que {self.nombre} vea el nombre de {nombre} junto a su mensaje.",
            f"{self.nombre} lee «{resumida(leido)}», sin el nombre de {nombre}.",
        )

    def ve_separados(self, *textos: str, de: Espectadora) -> None:
        """Comprueba que cada texto está en su línea, con el nombre si los demás lo llevan."""
        for texto in textos:
            self.ve(texto)
        lineas = [linea for linea in self.nuevo.split("\n") if any(t in linea for t in textos)]
        if len(lineas) < len(textos):
            raise Fallo("Que cada mensaje aparezca en su línea, y no pegado al anterior.")
        con_nombre = [nombra(linea, self._escena.apodo(de.nombre)) for linea in lineas]
        if con_nombre[0] and not all(con_nombre):
            raise Fallo(f"Que cada mensaje lleve el nombre de {de.nombre}, y no solo el primero.")

    def no_ha_recibido(self, texto: str) -> None:
        """Comprueba que por su conexión no ha llegado ese texto."""
        if texto.encode() in self._escena.datos("recv", self.nombre):
            raise Fallo(
                f"Que a {self.nombre} no le llegue su propio mensaje.",
                f"A {self.nombre} le llegó de vuelta lo que escribió: «{resumida(texto)}».",
                self._cuando_le_llego(texto),
            )

    def _cuando_le_llego(self, texto: str) -> Momento | None:
        """La lectura en que venía, si venía entero en una."""
        for suceso in self._escena.testigo.sucesos():
            suyo = suceso.pid == self.terminal.pid and suceso.tipo == "recv"
            if suyo and texto.encode() in suceso.datos:
                frase = f"Aquí le llega a {self.nombre} lo que escribió: «{resumida(texto)}»."
                return Momento(suceso.instante, frase, self.nombre)
        return None

    def no_muestra_un_error(self) -> None:
        """Comprueba que en su pantalla no hay un error de Python."""
        if self.terminal.hay_traceback:
            raise Fallo(f"Que {el_programa_de(self.nombre)} no acabe con un error de Python.")

    def se_entera_de(self, otra: Espectadora, *, que: str) -> None:
        """Espera un aviso nuevo en su pantalla sobre esa persona; no vale un mensaje suyo."""
        lectura, desde = self._lectura(), time.monotonic()
        if not self._escena.espera(lambda: self._hay_aviso_de(otra, lectura)):
            raise Fallo(
                f"Que en {la_pantalla_de(self.nombre)} se lea que {otra.nombre} {que}.",
                self._lo_nuevo(),
                self._espera_desde(desde, f"espera leer que {otra.nombre} {que}"),
            )

    def se_entera_del_final(self) -> None:
        """Comprueba que, sin el otro lado, su programa lo dice o termina, y no se queda girando."""
        lectura, desde = self._lectura(), time.monotonic()
        enterada = self._escena.espera(lambda: self.sabe_que_acabo(lectura), PLAZO_PARA_ENTERARSE)
        tranquila = not self.terminal.vivo or self._reposa()
        if not enterada or not tranquila or len(self.nuevo) > PANTALLA_TRANQUILA:
            raise Fallo(
                f"Que {el_programa_de(self.nombre)} diga que el otro lado no está, o termine, sin "
                "quedarse girando ni llenar la pantalla.",
                momento=self._espera_desde(desde, "ya no tiene a nadie al otro lado"),
            )

    def sabe_que_acabo(self, lectura: LecturaDePantalla | None = None) -> bool:
        """Su programa ha terminado, o ha escrito algo que no había escrito antes."""
        lectura = lectura or self._lectura()
        if not self.terminal.vivo:
            return not self.terminal.exceso  # si lo ha parado la jaula, no se había enterado
        ya_vistas = self.terminal.pantalla[: self._marca].split("\n")
        return any(
            # «Tú: », sin nada detrás, es la pregunta de siempre.
            not any(vista.startswith(linea.strip()) for vista in ya_vistas)
            for linea in lectura.avisos(self.nuevo)
            # Lo que acaba de teclear está en su pantalla detrás de la pregunta, sea cual sea.
            if not any(linea.rstrip().endswith(frase) for frase in self._escrito)
        )

    def _reposa(self) -> bool:
        """Si su programa se queda quieto, o casi: uno que reintenta cada segundo no gira."""
        reposo = self._escena.espera_reposo(self.nombre)
        if reposo.calma or not self.terminal.vivo:
            return True
        return not (reposo.gira or self._escena.lecturas_vacias(self.nombre))

    def _hay_aviso_de(self, otra: Espectadora, lectura: LecturaDePantalla) -> bool:
        # Una pantalla inundada contiene cualquier cosa: no es un aviso.
        if len(self.nuevo) > PANTALLA_TRANQUILA:
            return False
        return any(
            nombra(linea, self._escena.apodo(otra.nombre)) or not self._escena.usa_nombres
            for linea in lectura.avisos(self.nuevo)
        )

    def _lectura(self) -> LecturaDePantalla:
        """Cómo enseña los mensajes este chat, por lo que ya hay en las pantallas."""
        dentro = dict(self._escena.reparto.presentes())
        lineas = [
            linea
            for terminal in dentro.values()
            for linea in terminal.pantalla[-PANTALLA_TRANQUILA:].split("\n")
        ]
        return LecturaDePantalla(
            # También los de quienes ya se fueron: puede que lo último que se lea sea suyo.
            [self._escena.apodo(nombre) for nombre in self._escena.terminales],
            self._escena.escrito[-FRASES_QUE_SE_RECUERDAN:],
            lineas,
        )

    def _lo_nuevo(self) -> str:
        """Lo último que ha salido en su pantalla, en una frase."""
        donde = la_pantalla_de(self.nombre)
        lineas = [linea.strip() for linea in self.nuevo.split("\n") if linea.strip()]
        if not lineas:
            return f"En {donde} no salió nada nuevo."
        return f"Lo último que salió en {donde} fue «{resumida(lineas[-1])}»."


def resumida(frase: str) -> str:
    """La frase, o su principio si es muy larga."""
    limpia = re.sub(r"\s+", " ", frase)
    return limpia if len(limpia) <= 60 else f"{limpia[:40]}… ({len(frase)} caracteres)"
