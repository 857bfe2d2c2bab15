"""Unas notas: Ana escribe una de varias líneas, y el servidor la enseña entera.

Es lo que usan las comprobaciones de `lessons/04_tramas/test_ejercicio.py`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from chatlab.corrector.escenario.paciencia import PLAZO
from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.historias.espectadora import resumida
from chatlab.corrector.historias.espia_en_medio import poner_espia
from chatlab.corrector.historias.notas_vistas import NotaVista, notas_en
from chatlab.corrector.historias.persona import Persona
from chatlab.corrector.historias.un_sentido import UnSentido
from chatlab.textos import enumerar

#: La línea que acaba una nota en el teclado.
FIN = "."
#: Bytes que se envían a un servidor sin acabar nunca, y los que se le deja guardar: varias veces el
#: tope que pide el enunciado, porque Python también necesita sitio para hacer copias.
SIN_FIN = 16_000_000
MAX_GUARDADO = 6_000_000
#: Bytes de cada envío.
ENVIO = 64_000


class Notas(UnSentido):
    """La pantalla del servidor y quien le envía notas."""

    def pon_espia(self, falta: str, valor: int) -> None:
        """Entre el servidor y quien llegue desde ahora se pone `chatlab espia`, con esa falta."""
        poner_espia(self.escena, falta, valor)

    # --- Escribir y ver --------------------------------------------------------------------------

    def escribe(self, persona: Persona, *lineas: str) -> None:
        """Teclea una nota: sus líneas y el punto que la acaba."""
        self.empieza(persona, *lineas)
        persona.escribe(FIN)

    def empieza(self, persona: Persona, *lineas: str) -> None:
        """Teclea las líneas de una nota, y no el punto que la acaba."""
        texto = resumida(" / ".join(lineas))
        self.escena.anota(f"{persona.nombre} escribe {_cuantas(lineas)}: «{texto}».")
        for linea in lineas:
            persona.terminal.escribir(linea)

    def aparece(self, servidor: Persona, *lineas: str) -> NotaVista:
        """Espera a que en la pantalla del servidor esté la nota, entera, y la devuelve.

        Lanza `Fallo` si no aparece.
        """

        def buscar() -> NotaVista | None:
            pantalla = servidor.nuevo
            if lineas[-1] not in pantalla:  # mirar línea a línea, solo cuando vale la pena
                return None
            return next((nota for nota in notas_en(pantalla) if nota.contiene(lineas)), None)

        self.escena.espera(lambda: buscar() is not None)
        nota = buscar()
        if nota is None:
            raise Fallo(
                "Que el servidor enseñe la nota entera: una línea con la palabra «Nota» y su "
                f"número y, debajo, {_cuantas(lineas)} («{resumida(' / '.join(lineas))}»)."
            )
        return nota

    def aparecen_separadas(self, servidor: Persona, *notas: Sequence[str]) -> None:
        """Espera a que cada nota aparezca con el número que sigue al de la anterior.

        Lanza `Fallo` si no es así, o si en una hay líneas de otra.
        """
        vistas = [self.aparece(servidor, *lineas) for lineas in notas]
        numeros = [vista.numero for vista in vistas]
        if numeros != list(range(numeros[0], numeros[0] + len(numeros))):
            raise Fallo(
                "Que cada nota lleve su número, uno más que la anterior.",
                f"Las notas llevan los números {enumerar(list(map(str, numeros)))}.",
            )
        for vista, suyas in zip(vistas, notas, strict=True):
            if any(vista.menciona(otras) for otras in notas if otras is not suyas):
                raise Fallo("Que en cada nota estén sus líneas y ninguna de las otras.")

    def no_hay_nada_de(self, servidor: Persona, *lineas: str) -> None:
        """Comprueba que en la pantalla del servidor no hay nada de esa nota."""
        for linea in lineas:
            if linea in servidor.nuevo:
                raise Fallo(
                    "Que el servidor no enseñe nada de una nota que no ha llegado entera, y ha "
                    f"enseñado «{resumida(linea)}»."
                )

    # --- Quien no usa el cliente -----------------------------------------------------------------

    def lo_que_ha_enviado(self, persona: Persona) -> bytes:
        """Todos los bytes que su programa ha enviado, cuando ya no envía más."""
        self.escena.espera_calma()
        return self.escena.datos("send", persona.nombre)

    def alguien_se_va_a_la_mitad(self, enviado: bytes) -> None:
        """Alguien envía la primera mitad de esos bytes y se va."""
        self.escena.anota("Alguien envía la mitad de los bytes de esa nota, y se va.")
        self._alguien_envia(enviado[: len(enviado) // 2])

    def alguien_envia_basura(self) -> None:
        """Alguien envía unos bytes al azar, y después un navegador pide una página."""
        self.escena.anota("Alguien envía unos bytes al azar, y se va.")
        self._alguien_envia(b"\xff\xff\xff\xff" + random.Random(4).randbytes(3000))
        self.escena.anota("Un navegador pide una página, y se va.")
        self._alguien_envia(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

    def _alguien_envia(self, datos: bytes) -> None:
        argumentos = [str(self.escena.puerto_escrito()), datos.hex()]
        codigo = codigo_de("envia_y_se_va")
        self.escena.jaula.ejecutar(codigo, "sin cliente", argumentos).esperar_fin(PLAZO)
        self.escena.comprueba_que_sigue_el_servidor()

    def alguien_no_acaba_nunca(self, trozo: bytes, *, que: str) -> None:
        """Alguien envía esos bytes una y otra vez; lanza `Fallo` si el servidor los guarda todos.

        `que` es cómo se cuenta: «una línea que no acaba». Donde no se puede saber la memoria de un
        programa, no se mira.
        """
        self.escena.anota(f"Alguien envía {que}: {SIN_FIN // 1_000_000} MB de {trozo!r}.")
        numeros = (ENVIO // len(trozo), SIN_FIN // ENVIO)
        argumentos = [str(self.escena.puerto_escrito()), trozo.hex(), *map(str, numeros)]
        antes = self.memoria_del_servidor()
        otro = self.escena.jaula.ejecutar(codigo_de("no_acaba"), "sin fin", argumentos)

        def guarda_demasiado() -> bool:
            return self.memoria_del_servidor() - antes > MAX_GUARDADO

        self.escena.espera(lambda: "se acabó" in otro.pantalla or guarda_demasiado())
        if guarda_demasiado():
            raise Fallo(
                "Que el servidor ponga un tope a lo que guarda de una nota: con lo que le están "
                f"enviando, ya ocupa {MAX_GUARDADO // 1_000_000} MB más que antes."
            )
        otro.matar()
        self.escena.comprueba_que_sigue_el_servidor()


def _cuantas(lineas: Sequence[str]) -> str:
    return "1 línea" if len(lineas) == 1 else f"{len(lineas)} líneas"
