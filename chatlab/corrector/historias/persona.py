"""Alguien sentado delante de un programa: teclea, mira su pantalla y se va, bien o mal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chatlab.corrector.diagnostico.de_quien import (
    al_principio,
    el_programa_de,
    la_pantalla_de,
    quien,
)
from chatlab.corrector.escenario.paciencia import PLAZO, PLAZO_PARA_TERMINAR
from chatlab.corrector.historias.cambiado import como_ha_llegado
from chatlab.corrector.historias.deducir import atasco
from chatlab.corrector.historias.despedidas import palabras_de_salida
from chatlab.corrector.historias.escena import Escena, Fallo
from chatlab.corrector.historias.lectura import LecturaDePantalla, nombra
from chatlab.corrector.historias.renglones import cuanto_se_ve, en_renglones
from chatlab.corrector.jaula.terminal import Terminal

#: Caracteres que un programa puede escribir tras un suceso sin que su pantalla esté inundada.
PANTALLA_TRANQUILA = 20_000
#: Frases de las que se busca si una línea es una de ellas: las últimas.
FRASES_QUE_SE_RECUERDAN = 60
#: Parte del tiempo que gasta de procesador quien no da vueltas sin parar.
CASI_QUIETO = 0.05
#: Veces que se espera a un texto que sigue saliendo.
MAX_ESPERAS = 4
#: Palabras de salida que se prueban antes de rendirse.
MAX_DESPEDIDAS = 8
#: Segundos que tiene un programa para darse cuenta de que el otro lado ya no está.
PLAZO_PARA_ENTERARSE = 2.0


class Persona:
    """Alguien sentado delante de su programa."""

    def __init__(self, escena: Escena, nombre: str, terminal: Terminal) -> None:
        self.nombre = nombre
        self.terminal = terminal
        self._escena = escena
        self._marca = len(terminal.pantalla)
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

    def escribe(self, frase: str) -> None:
        """Teclea la frase y pulsa Intro; antes contesta lo que su programa le pregunte."""
        tecleado = self._escena.tecleado(self.nombre, frase)
        self._escena.entre_mensajes.contesta(self.nombre, antes_de=tecleado)
        self._escena.anota(al_principio(f"{quien(self.nombre)} escribe «{resumida(frase)}»."))
        self._escrito.append(frase)
        self._escena.escrito.append(frase)
        self.terminal.escribir(tecleado)

    def _se_despide_con(self, palabra: str) -> None:
        opcion = self._escena.entre_mensajes.para_irse(self.nombre)
        palabra = opcion or palabra
        que = f"escribe «{palabra}»" if palabra else "pulsa Intro"
        self._escena.anota(f"{self.nombre} {que}.")
        self._escrito.append(palabra)
        self._escena.escrito.append(palabra)
        self.terminal.escribir(palabra)
        self._escena.entre_mensajes.confirma_que_se_va(self.nombre)

    def ve(self, texto: str, *, plazo: float = PLAZO) -> None:
        """Espera a que el texto aparezca en su pantalla; lanza `Fallo` si no aparece."""
        if not self._llega_a_ver(texto, plazo):
            raise Fallo(
                f"Que en {la_pantalla_de(self.nombre)} aparezca «{resumida(texto)}».",
                self._como_llega(texto),
            )

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

    def ve_separados(self, *textos: str, de: Persona) -> None:
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
            )

    def se_entera_de(self, otra: Persona, *, que: str) -> None:
        """Espera un aviso nuevo en su pantalla sobre esa persona; no vale un mensaje suyo."""
        lectura = self._lectura()
        if not self._escena.espera(lambda: self._hay_aviso_de(otra, lectura)):
            raise Fallo(
                f"Que en {la_pantalla_de(self.nombre)} se lea que {otra.nombre} {que}.",
                self._lo_nuevo(),
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

    def _hay_aviso_de(self, otra: Persona, lectura: LecturaDePantalla) -> bool:
        # Una pantalla inundada contiene cualquier cosa: no es un aviso.
        if len(self.nuevo) > PANTALLA_TRANQUILA:
            return False
        return any(
            nombra(linea, self._escena.apodo(otra.nombre)) or not self._escena.usa_nombres
            for linea in lectura.avisos(self.nuevo)
        )

    def se_despide(self, entre_palabras: Callable[[], None] = lambda: None) -> None:
        """Escribe palabras de salida hasta que su programa termina; lanza `Fallo` si no lo hace.

        `entre_palabras` se llama cuando una no ha servido: en un chat por turnos, alguien tiene que
        contestarla para que se pueda probar otra.
        """
        for palabra in self._despedidas():
            self._se_despide_con(palabra)
            self._escena.espera(lambda: not self.terminal.vivo, PLAZO_PARA_TERMINAR)
            if not self.terminal.vivo:
                break
            entre_palabras()
            self._escena.espera(lambda: not self.terminal.vivo, PLAZO_PARA_TERMINAR)
            if not self.terminal.vivo:
                break
        if self.terminal.vivo:
            raise Fallo("Que al escribir una palabra de salida (salir, exit…) el cliente termine.")
        if self.terminal.exceso:
            raise Fallo(f"Que el cliente termine, y hubo que detenerlo: {self.terminal.exceso}.")
        if self.terminal.codigo != 0:
            raise Fallo(
                "Que el cliente termine sin errores (código 0), y terminó con el "
                f"{self.terminal.codigo}."
            )
        self.no_muestra_un_error()
        self._escena.reparto.se_va(self.nombre)

    def _despedidas(self) -> list[str]:
        programa = self._escena.programa_de(self.nombre)
        palabras = palabras_de_salida(self.terminal.pantalla, programa)
        dicha = self._escena.uso.declarado.salida
        return list(dict.fromkeys([*filter(None, [dicha]), *palabras]))[:MAX_DESPEDIDAS]

    def prueba_despedidas(
        self, basta: Callable[[], bool], entre_palabras: Callable[[], None]
    ) -> bool:
        """Escribe palabras de salida hasta que alguna basta; dice si alguna bastó."""
        for palabra in self._despedidas():
            self._se_despide_con(palabra)
            if self._escena.espera(basta, PLAZO_PARA_TERMINAR):
                return True
            if not self.terminal.vivo:
                return False
            entre_palabras()
            # A alguno le hace falta la respuesta: se mira su efecto antes de teclear otra palabra.
            if self._escena.espera(basta, PLAZO_PARA_TERMINAR):
                return True
        return False

    def se_va(self) -> None:
        """Se despide si sabe cómo; si no, cierra su programa con Ctrl+C, o a la fuerza."""
        try:
            self.se_despide()
        except Fallo:
            if self.terminal.vivo:
                self._escena.anota(f"{self.nombre} pulsa Ctrl+C.")
                self.terminal.ctrl_c()
                if self.terminal.esperar_fin(PLAZO_PARA_TERMINAR) is None:
                    self.muere()
            self._escena.reparto.se_va(self.nombre)

    def muere(self) -> None:
        """Su programa muere sin despedirse; el sistema cierra la conexión (FIN)."""
        self._escena.muere(self.nombre)

    def se_corta(self, *, mientras_escribe: Persona) -> None:
        """Su conexión se corta de golpe (RST): muere con algo recibido sin leer."""
        with self._escena.parado(self.nombre):
            mientras_escribe.escribe("Esto no lo va a leer todo el mundo")
            self._escena.espera_calma()
            self._escena.reparto.se_va(self.nombre)
            self.terminal.matar()
        self.terminal.esperar_fin(PLAZO)
        self._escena.anota(f"La conexión de {self.nombre} se corta de golpe.")

    @contextmanager
    def sin_leer(self) -> Iterator[None]:
        """Mientras dura, su programa está detenido: no lee nada de lo que le llega."""
        self._escena.anota(al_principio(f"{el_programa_de(self.nombre)} deja de leer."))
        with self._escena.parado(self.nombre):
            try:
                yield
            except Fallo as fallo:
                # Después de que siga, el servidor ya no estará parado: se mira ahora.
                fallo.causa = fallo.causa or atasco(self._escena, self.nombre)
                raise

    def se_entera_del_final(self) -> None:
        """Comprueba que, sin el otro lado, su programa lo dice o termina, y no se queda girando."""
        lectura = self._lectura()
        enterada = self._escena.espera(lambda: self.sabe_que_acabo(lectura), PLAZO_PARA_ENTERARSE)
        tranquila = not self.terminal.vivo or self._reposa()
        if not enterada or not tranquila or len(self.nuevo) > PANTALLA_TRANQUILA:
            raise Fallo(
                f"Que {el_programa_de(self.nombre)} diga que el otro lado no está, o termine, sin "
                "quedarse girando ni llenar la pantalla."
            )

    def _reposa(self) -> bool:
        """Si su programa se queda quieto, o casi: uno que reintenta cada segundo no gira."""
        empieza, antes = time.monotonic(), self._escena.consumo(self.nombre).cpu
        if self._escena.espera_reposo() or not self.terminal.vivo:
            return True
        luego = self._escena.consumo(self.nombre).cpu
        if antes is None or luego is None or self._escena.lecturas_vacias(self.nombre):
            return False
        return luego - antes < CASI_QUIETO * (time.monotonic() - empieza)

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

    def no_muestra_un_error(self) -> None:
        """Comprueba que en su pantalla no hay un error de Python."""
        if self.terminal.hay_traceback:
            raise Fallo(f"Que {el_programa_de(self.nombre)} no acabe con un error de Python.")


def resumida(frase: str) -> str:
    """La frase, o su principio si es muy larga."""
    limpia = re.sub(r"\s+", " ", frase)
    return limpia if len(limpia) <= 60 else f"{limpia[:40]}… ({len(frase)} caracteres)"
