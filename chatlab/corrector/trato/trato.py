"""Cómo se trata a un programa desde que arranca hasta que se puede hablar con él.

Se arranca como él diga, se le contesta lo que pida y, si lo que pide no se entiende, se ensaya
aparte hasta saberlo. Lo averiguado queda en el `Uso` de la entrega, y no se vuelve a averiguar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.argumentos import (
    claves_escritas,
    deducir,
    ordenes_escritas,
    pide_argumentos,
    puerto_escrito_en,
)
from chatlab.corrector.trato.entrevista import Entrevista
from chatlab.corrector.trato.preguntas import que_pide
from chatlab.corrector.trato.teclado import lee_el_teclado
from chatlab.corrector.trato.uso import SU_NOMBRE, Duda, Ensayar, Uso
from chatlab.corrector.trato.vocabulario import Pregunta

#: Segundos que se espera a que un programa pregunte, o se vea que no pregunta nada.
PLAZO_PARA_PREGUNTAR = 10.0
#: Segundos que se da a quien no lee el teclado: no va a preguntar nada.
PLAZO_SIN_TECLADO = 1.0
SERVIDOR, CLIENTE = "servidor", "cliente"
#: El nombre que se da a la persona del servidor, si su programa lo pide.
NOMBRE_DEL_SERVIDOR = "Servidora"
#: Lo que se prueba con un servidor que pregunta algo que no se entiende.
PARA_EL_SERVIDOR = ((NOMBRE_DEL_SERVIDOR,), ("10",), ("",))


class Trato:
    """Arranca los programas de una escena y contesta lo que pidan."""

    def __init__(self, escena: Escenario, uso: Uso, ensayar: Ensayar) -> None:
        self._escena = escena
        self.uso = uso
        self._ensayar = ensayar
        self.entrevistas: dict[str, Entrevista] = {}
        self._ya_se_habla = False

    # --- El servidor -----------------------------------------------------------------------------

    def arranca_servidor(self, escucha: Callable[[], bool]) -> Terminal:
        """Arranca el servidor y le contesta hasta que escucha, termina o no pide más.

        Lanza `NoSeSabeUsar` si se queda preguntando algo, o pide argumentos que no se entienden.
        """
        with self._recordando(SERVIDOR):
            return self._haz_que_escuche(escucha)

    def _haz_que_escuche(self, escucha: Callable[[], bool]) -> Terminal:
        if SERVIDOR in self.uso.sin_remedio:
            raise self.uso.sin_remedio[SERVIDOR]
        terminal = self._arranca(SERVIDOR, SERVIDOR, escucha)
        pregunta = self._pregunta_algo(SERVIDOR)
        if escucha() or not pregunta:
            return terminal
        for receta in PARA_EL_SERVIDOR:
            self.uso.receta_del_servidor = receta
            terminal.matar()
            terminal.esperar_fin(PLAZO_PARA_PREGUNTAR)
            terminal = self._arranca(SERVIDOR, SERVIDOR, escucha)
            if escucha():
                return terminal
        raise NoSeSabeUsar(no_se_contestar("El servidor", pregunta))

    # --- El cliente ------------------------------------------------------------------------------

    def arranca_cliente(self, nombre: str, *, aunque_no_se_sepa: bool = False) -> Terminal:
        """Arranca un cliente y hace lo que haga falta para poder hablar con él.

        Lanza `NoSeSabeUsar` si no se sabe qué hacer; si ya se sabía, sin arrancarlo siquiera, salvo
        que `aunque_no_se_sepa`.
        """
        if CLIENTE in self.uso.sin_remedio and not aunque_no_se_sepa:
            raise self.uso.sin_remedio[CLIENTE]
        with self._recordando(CLIENTE):
            return self._haz_que_se_pueda_hablar(nombre)

    def _haz_que_se_pueda_hablar(self, nombre: str) -> Terminal:
        terminal = self._arranca(CLIENTE, nombre, lambda: False)
        if CLIENTE in self.uso.sin_remedio:
            raise self.uso.sin_remedio[CLIENTE]
        if not self._ya_se_habla:
            self._desatasca_al_servidor(nombre)
        duda = self._duda(nombre) if self.uso.receta is None and terminal.vivo else None
        if duda is not None:
            self.uso.receta = self._ensayar(self.uso, duda)
            self._entrevista(nombre, lambda: False)
        self._teclea_lo_de_antes(nombre)
        self._escena.usa_nombres = self._escena.usa_nombres or bool(self.entrevistas[nombre].apodo)
        self._ya_se_habla = True
        if not terminal.vivo and terminal.codigo in (0, 1):
            self._comprueba_que_no_lo_han_echado(nombre)
        return terminal

    @contextmanager
    def _recordando(self, papel: str) -> Iterator[None]:
        """Si no se sabe usar ese programa, se recuerda: no se vuelve a probar."""
        try:
            yield
        except NoSeSabeUsar as error:
            self.uso.sin_remedio[papel] = error
            raise

    def _desatasca_al_servidor(self, nombre: str) -> None:
        """Contesta al servidor que no acepta a nadie porque está preguntando algo."""
        if SERVIDOR not in self.entrevistas or self._escena.ha_aceptado():
            return
        if pregunta := self._pregunta_algo(SERVIDOR):
            self._escena.anota(f"El servidor pregunta «{pregunta}»; contesto con un nombre.")
            self.entrevistas[SERVIDOR].contesta(None, NOMBRE_DEL_SERVIDOR)
            self._entrevista(nombre, lambda: False)

    def _duda(self, nombre: str) -> Duda | None:
        """Por qué no se sabe si lo que se teclee será un mensaje; `None` si se sabe."""
        entrevista = self.entrevistas[nombre]
        if not self.lee_el_teclado(nombre) or self.uso.declarado.antes:
            return None
        # Quien no está esperando el teclado no espera una orden: es otra cosa lo que le pasa.
        espera = entrevista.terminal.esperando_teclado is not False
        codigo = self._escena.codigo_de(nombre) if espera else ""
        ordenes = ordenes_escritas(codigo)
        sin_presentar = self.uso.con_nombres and not entrevista.apodo
        if entrevista.pregunta_sin_entender or sin_presentar or ordenes:
            return Duda(self._pregunta_algo(nombre), tuple(ordenes))
        return None

    def apodo(self, nombre: str) -> str:
        """El nombre que esa persona le dijo a su programa: si el suyo no valía, será otro."""
        entrevista = self.entrevistas.get(nombre)
        return (entrevista and entrevista.apodo) or nombre

    def _pregunta_algo(self, nombre: str) -> str:
        """Lo que pregunta sin que se entienda un programa que espera el teclado."""
        entrevista = self.entrevistas[nombre]
        if not entrevista.terminal.vivo or entrevista.terminal.esperando_teclado is False:
            return ""
        return entrevista.pregunta_sin_entender or entrevista.pregunta_sin_salida

    def _teclea_lo_de_antes(self, nombre: str) -> None:
        entrevista = self.entrevistas[nombre]
        for orden in self.uso.declarado.antes:
            if entrevista.terminal.vivo:
                tecleada = orden.replace(SU_NOMBRE, nombre)
                self._escena.anota(f"{nombre} teclea «{tecleada}».")
                entrevista.contesta(None, tecleada)
                self._escena.espera_calma()

    def _comprueba_que_no_lo_han_echado(self, nombre: str) -> None:
        """Quien termina tras una respuesta que hubo que adivinar no tiene por qué estar mal."""
        entrevista = self.entrevistas[nombre]
        if entrevista.adivinada and not entrevista.terminal.hay_traceback:
            raise NoSeSabeUsar(no_se_contestar(f"El programa de {nombre}", entrevista.adivinada))

    def lee_el_teclado(self, nombre: str) -> bool:
        """Si el programa de esa persona lee lo que se teclea; ante la duda, que sí."""
        if self.uso.lee_el_teclado is None:
            carpeta, servidor = self._escena.jaula.carpeta, self._escena.entrega.servidor
            self.uso.lee_el_teclado = lee_el_teclado(carpeta, servidor)
        return self.uso.lee_el_teclado or bool(self._escena.terminales[nombre].esperando_teclado)

    # --- Lo que es igual en los dos --------------------------------------------------------------

    def _arranca(self, papel: str, nombre: str, hasta: Callable[[], bool]) -> Terminal:
        """Arranca un programa y le contesta; si pide argumentos, otra vez con ellos."""
        terminal = self._pon_en_marcha(papel, nombre)
        self._entrevista(nombre, hasta)
        if terminal.vivo or hasta():
            return terminal
        pedidos = self._pide_argumentos(nombre)
        if not pedidos:
            return terminal
        argumentos = self._deduce(papel, nombre)
        if argumentos is not None and not self.uso.argumentos_de(papel, nombre):
            self.uso.argumentos[papel] = argumentos
            terminal = self._pon_en_marcha(papel, nombre)
            self._entrevista(nombre, hasta)
            if terminal.vivo or hasta() or not self._pide_argumentos(nombre):
                return terminal
        quien = "El servidor" if papel == SERVIDOR else f"El programa de {nombre}"
        raise NoSeSabeUsar(
            f"{quien} pide argumentos: «{pedidos}». Di con cuáles se arranca en como_se_usa.toml."
        )

    def _pon_en_marcha(self, papel: str, nombre: str) -> Terminal:
        argumentos = self.uso.argumentos_de(papel, nombre)
        programa = self._escena.programa_de(nombre).name
        quien = "Arranco" if papel == SERVIDOR else f"{nombre} arranca"
        self._escena.anota(f"{' '.join([quien, programa, *argumentos])}.")
        terminal = self._escena.pon_en_marcha(papel, nombre, argumentos)
        self.entrevistas[nombre] = Entrevista(
            terminal,
            NOMBRE_DEL_SERVIDOR if papel == SERVIDOR else nombre,
            self.uso.declarado,
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

    def _entrevista(self, nombre: str, hasta: Callable[[], bool]) -> None:
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
            return self.uso.receta_del_servidor
        return self.uso.receta or ()

    def _atendidas(self, suya: Entrevista) -> list[Entrevista]:
        """A quién se atiende: también al servidor, hasta que alguien ha entrado."""
        del_servidor = self.entrevistas.get(SERVIDOR)
        if del_servidor is None or del_servidor is suya:
            return [suya]
        # Con el chat en marcha solo se le contesta si deja entrar a cada cual: «¿Aceptas? (s/n)».
        decide = self._ya_se_habla and que_pide(del_servidor.nuevo) is Pregunta.SI_O_NO
        return [suya, del_servidor] if decide or not self._ya_se_habla else [suya]

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


def no_se_contestar(quien: str, pregunta: str) -> str:
    """La frase para quien hizo un programa que pregunta algo que no se entiende."""
    return (
        f"{quien} pregunta «{pregunta}», y no sé qué contestar. Dímelo con --responde "
        f'"PREGUNTA=RESPUESTA" o en un archivo como_se_usa.toml.'
    )
