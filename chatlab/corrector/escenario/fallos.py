"""Cómo acaba mal una comprobación por culpa de la entrega."""

from __future__ import annotations

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.diagnostico.momento import Momento

#: Caracteres de lo que envía un programa que se citan.
MAX_CITA = 40


class Fallo(Exception):
    """La entrega no hizo lo que debía. El texto dice qué se esperaba.

    `causa` es por qué no, en una frase, cuando quien lo lanza lo ha visto; `hallazgos`, todo lo que
    hay que decir, si no hace falta buscar más. `momento` es cuándo se ve lo que falta, si se sabe.
    """

    hallazgos: tuple[Hallazgo, ...] = ()

    def __init__(self, esperado: str, causa: str = "", momento: Momento | None = None) -> None:
        super().__init__(esperado)
        self.causa = causa
        self.momento = momento


class SinComprobar(Exception):
    """No se pudo comprobar, y no es culpa de la entrega ni del corrector. El texto dice por qué."""


class NoSeSabeUsar(SinComprobar):
    """El programa pide algo que no se sabe contestar. El texto dice qué, y cómo decirlo."""


class NoCuadra(SinComprobar):
    """Lo que cuenta la sonda no es lo que ve el sistema: de esa entrega no se cree nada más."""


class NoEscucha(Fallo):
    """La sonda habla de un puerto que el sistema no ve: lo demás que cuente tampoco vale."""

    def __init__(self, esperado: str, causa: str) -> None:
        super().__init__(esperado, causa)
        self.hallazgos = (Hallazgo(Grado.VISTO, causa=causa),)


class ClienteSinTeclado(Fallo):
    """El cliente no lee lo que se teclea: no hay manera de escribir un mensaje en él."""

    def __init__(self, archivo: str, enviado: bytes, *, sigue: bool) -> None:
        super().__init__(f"Que {archivo} lea lo que se teclea y lo envíe.")
        texto = limpiar(" ".join(enviado.decode("utf-8", errors="replace").split()))[:MAX_CITA]
        envia = f"Envía «{texto}»" if texto else "No envía nada"
        causa = (
            f"Tu cliente no lee el teclado: en {archivo} no hay ningún `input()`. {envia} "
            f"{'y sigue por su cuenta' if sigue else 'y termina'}."
        )
        arreglo = "Pide cada mensaje con `input()` y envíalo."
        self.hallazgos = (Hallazgo(Grado.VISTO, causa=causa, arreglo=arreglo),)
