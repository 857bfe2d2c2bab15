"""Poner en marcha un programa, con los argumentos que pida, y contestarle mientras pregunte."""

from __future__ import annotations

from collections.abc import Callable

from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.argumentos import (
    claves_escritas,
    deducir,
    pide_argumentos,
    puerto_escrito_en,
)
from chatlab.corrector.trato.entrevista import Entrevista
from chatlab.corrector.trato.preguntas import que_pide
from chatlab.corrector.trato.teclado import lee_el_teclado
from chatlab.corrector.trato.uso import SU_NOMBRE, Uso
from chatlab.corrector.trato.vocabulario import Pregunta

#: Segundos que se espera a que un programa pregunte, o se vea que no pregunta nada.
PLAZO_PARA_PREGUNTAR = 10.0
#: Segundos que se da a quien no lee el teclado: no va a preguntar nada.
PLAZO_SIN_TECLADO = 1.0
SERVIDOR, CLIENTE = "servidor", "cliente"
#: El nombre que se da a la persona del servidor, si su programa lo pide.
NOMBRE_DEL_SERVIDOR = "Servidora"


class Arranque:
    """Lo que es igual en el servidor y en los clientes: arrancar, y contestar lo que pidan."""

    def __init__(self, escena: Escenario, uso: Uso) -> None:
        self._escena = escena
        self._uso = uso
        #: Por persona, y la del servidor: lo que ha pedido su programa.
        self.entrevistas: dict[str, Entrevista] = {}
        self.ya_se_habla = False

    def empieza_el_chat(self) -> None:
        """Alguien ha entrado ya: lo que diga el servidor deja de ser cosa del arranque."""
        self.ya_se_habla = True

    def arranca(self, papel: str, nombre: str, hasta: Callable[[], bool]) -> Terminal:
        """Arranca un programa y le contesta; si pide argumentos, otra vez con ellos."""
        terminal = self._pon_en_marcha(papel, nombre)
        self.entrevista(nombre, hasta)
        if terminal.vivo or hasta():
            return terminal
        pedidos = self._pide_argumentos(nombre)
        if not pedidos:
            return terminal
        argumentos = self._deduce(papel, nombre)
        if argumentos is not None and not self._uso.argumentos_de(papel, nombre):
            self._uso.argumentos[papel] = argumentos
            terminal = self._pon_en_marcha(papel, nombre)
            self.entrevista(nombre, hasta)
            if terminal.vivo or hasta() or not self._pide_argumentos(nombre):
                return terminal
        quien = "El servidor" if papel == SERVIDOR else f"El programa de {nombre}"
        raise NoSeSabeUsar(
            f"{quien} pide argumentos: «{pedidos}». Di con cuáles se arranca en como_se_usa.toml."
        )

    def _pon_en_marcha(self, papel: str, nombre: str) -> Terminal:
        argumentos = self._uso.argumentos_de(papel, nombre)
        programa = self._escena.programa_de(nombre).name
        quien = "Arranco" if papel == SERVIDOR else f"{nombre} arranca"
        self._escena.anota(f"{' '.join([quien, programa, *argumentos])}.")
        terminal = self._escena.pon_en_marcha(papel, nombre, argumentos)
        self.entrevistas[nombre] = Entrevista(
            terminal,
            NOMBRE_DEL_SERVIDOR if papel == SERVIDOR else nombre,
            self._uso.declarado,
            enviado=lambda: self._escena.bytes_enviados(nombre),
            puerto=self._puerto,
            claves=self._claves(),
            del_servidor=papel == SERVIDOR,
        )
        if papel != SERVIDOR and nombre in argumentos:
            self.entrevistas[nombre].apodo = nombre
        return terminal

    def _puerto(self) -> int:
        """El que ha abierto el servidor o, si aún no lo ha hecho, el que espera el cliente."""
        abierto = self._escena.puerto_abierto()
        escrito = puerto_escrito_en(self._escena.codigo_de(CLIENTE))
        return abierto or escrito or self._escena.puerto_escrito()

    def _claves(self) -> list[str]:
        """Las contraseñas escritas en los dos programas: quien los hizo las sabe."""
        codigos = (self._escena.codigo_de(SERVIDOR), self._escena.codigo_de(CLIENTE))
        return [clave for codigo in codigos for clave in claves_escritas(codigo)]

    def _pide_argumentos(self, nombre: str) -> str:
        """Con qué frase pide argumentos un programa que ha terminado sin tocar la red."""
        if self._escena.ha_tocado_la_red(nombre):
            return ""
        codigo = self._escena.codigo_de(nombre)
        return pide_argumentos(self._escena.terminales[nombre].pantalla, codigo)

    def _deduce(self, papel: str, nombre: str) -> list[str] | None:
        return deducir(
            self._escena.terminales[nombre].pantalla,
            self._escena.codigo_de(nombre),
            self._escena.programa_de(nombre).name,
            nombre=NOMBRE_DEL_SERVIDOR if papel == SERVIDOR else SU_NOMBRE,
            puerto=self._puerto(),
        )

    def lee_el_teclado(self, nombre: str) -> bool:
        """Si el programa de esa persona lee lo que se teclea; ante la duda, que sí."""
        if self._uso.lee_el_teclado is None:
            carpeta, servidor = self._escena.jaula.carpeta, self._escena.entrega.servidor
            self._uso.lee_el_teclado = lee_el_teclado(carpeta, servidor)
        return self._uso.lee_el_teclado or bool(self._escena.terminales[nombre].esperando_teclado)

    def entrevista(self, nombre: str, hasta: Callable[[], bool]) -> None:
        """Contesta a ese programa, y al servidor, hasta que no piden más."""
        suya = self.entrevistas[nombre]
        tranquilo = nombre == SERVIDOR or self.lee_el_teclado(nombre)
        plazo = PLAZO_PARA_PREGUNTAR if tranquilo else PLAZO_SIN_TECLADO
        receta = list(self._receta(nombre))

        def ya() -> bool:
            return hasta() or not suya.terminal.vivo

        while True:
            self._escena.aguarda_pregunta(lambda: ya() or self._alguien_pide(suya), plazo)
            if ya():
                return
            quien = next((una for una in self._atendidas(suya) if self._pide(una)), None)
            if quien is not None:
                self._contesta(quien)
            elif receta and suya.terminal.esperando_teclado is not False:
                respuesta = receta.pop(0).replace(SU_NOMBRE, suya.nombre)
                self._escena.anota(f"{_quien(suya)} teclea «{respuesta}».")
                suya.contesta(None, respuesta)
            else:
                return

    def _receta(self, nombre: str) -> tuple[str, ...]:
        if nombre == SERVIDOR:
            return self._uso.receta_del_servidor
        return self._uso.receta or ()

    def _atendidas(self, suya: Entrevista) -> list[Entrevista]:
        """A quién se atiende: también al servidor, hasta que alguien ha entrado."""
        del_servidor = self.entrevistas.get(SERVIDOR)
        if del_servidor is None or del_servidor is suya:
            return [suya]
        # Con el chat en marcha solo se le contesta si deja entrar a cada cual: «¿Aceptas? (s/n)».
        decide = self.ya_se_habla and que_pide(del_servidor.nuevo) is Pregunta.SI_O_NO
        return [suya, del_servidor] if decide or not self.ya_se_habla else [suya]

    def _alguien_pide(self, suya: Entrevista) -> bool:
        """Si alguien pide algo en una línea sin acabar: no hace falta esperar a ver qué hace."""
        return any(una.espera_ahi_mismo and una.pide() for una in self._atendidas(suya))

    def _pide(self, entrevista: Entrevista) -> bool:
        terminal = entrevista.terminal
        if not terminal.vivo or entrevista.pide() is None:
            return False
        # Una línea acabada con «?» y «puerto» puede ser un aviso: solo pregunta quien espera.
        return entrevista.espera_ahi_mismo or terminal.esperando_teclado is not False

    def _contesta(self, entrevista: Entrevista) -> None:
        pedido = entrevista.pide()
        if pedido is None:
            return
        que = entrevista.contesta(*pedido)
        a_quien = "Al servidor le" if entrevista.terminal.nombre == SERVIDOR else "Le"
        frase = f"{a_quien} piden {que}, y contesta" if que else f"{_quien(entrevista)} teclea"
        self._escena.anota(f"{frase} «{pedido[1]}».")


def _quien(entrevista: Entrevista) -> str:
    return entrevista.terminal.nombre
