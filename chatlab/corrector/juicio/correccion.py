"""La corrección en curso: la entrega, su escena y el informe que se va escribiendo."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from chatlab.corrector.diagnostico.avisos import para_windows
from chatlab.corrector.diagnostico.direcciones import direcciones_que_no_casan
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.entrega.como_se_usa import leer_como_se_usa
from chatlab.corrector.escenario.paciencia import Experiencia
from chatlab.corrector.historias.contraste import (
    algo_no_llega_a_la_vista,
    lo_que_no_llega_por_la_red,
)
from chatlab.corrector.historias.ensayo import ensayar
from chatlab.corrector.historias.escena import Escena, Fallo, NoCuadra
from chatlab.corrector.historias.historia import Historia
from chatlab.corrector.informes.causas import causas_de, depende_de
from chatlab.corrector.jaula.evidencia import A_CIEGAS
from chatlab.corrector.marcas import MARCA
from chatlab.corrector.modelo import Comprobacion, Informe, Resultado, Veredicto
from chatlab.corrector.rubrica import con_pesos
from chatlab.corrector.trato.uso import Uso
from chatlab.curso.ficha import leer_ficha
from chatlab.programa.archivos import guardar

H = TypeVar("H", bound=Historia)


class Correccion:
    """Lo que se sabe de la entrega a lo largo de una ejecución de pytest."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.informe: Informe | None = None
        self.entrega: Entrega | None = None
        self.escena: Escena | None = None
        self._historia: Historia | None = None
        self._avisado = False
        self._experiencia = Experiencia()
        #: El servidor no arrancó: las demás comprobaciones fallarían igual, y más despacio. O no se
        #: puede creer lo que cuentan sus programas.
        self.sin_servidor: Fallo | NoCuadra | None = None
        self._uso: Uso | None = None
        #: Ya se sabe que lo que se lee llega por la red.
        self._contrastada = False

    def buscar_entrega(self, leccion: Path) -> Entrega:
        """La entrega que se corrige; lanza `ErrorDeEntrega` si no hay quien la entienda."""
        if self.entrega is None:
            carpeta = self._config.getoption("--entrega") or leccion / "ejercicio"
            self.informe = Informe(entrega=str(carpeta), leccion=leccion.name)
            self.entrega = Entrega.buscar(
                carpeta,
                servidor=self._config.getoption("--servidor"),
                cliente=self._config.getoption("--cliente"),
            )
            programas = (self.entrega.servidor, self.entrega.cliente)
            self.informe.programas = list(dict.fromkeys(ruta.as_posix() for ruta in programas))
            self.informe.avisos = list(self.entrega.avisos)
        return self.entrega

    def abrir_escena(self, leccion: Path) -> Escena:
        """La escena en marcha; si la anterior acabó mal, una nueva."""
        if self.sin_servidor is not None:
            raise self.sin_servidor
        if self.escena is not None and not self.escena.sana:
            self.cerrar_escena()
        if self.escena is None:
            entrega = self.buscar_entrega(leccion)
            self.escena = Escena(
                entrega,
                self.uso_de(leccion),
                self._experiencia,
                partial(ensayar, entrega),
                lugares=self.peliculas is not None,
            )
            assert self.informe is not None
            self.informe.aislamiento = self.escena.jaula.aislamiento
            self._avisar_de_windows(self.informe, self.escena)
        self.escena.empieza_otra_historia()
        if self.escena.evidencia.a_ciegas and self.informe is not None:
            self.informe.aislamiento = f"{self.escena.jaula.aislamiento}; {A_CIEGAS}"
        return self.escena

    def uso_de(self, leccion: Path) -> Uso:
        """Lo dicho y lo averiguado de cómo se usa la entrega. Lanza `ErrorDeUso`."""
        if self._uso is None:
            dicho = leer_como_se_usa(self.buscar_entrega(leccion).carpeta)
            dictadas = self._config.getoption("--responde") or ()
            self._uso = Uso(
                dicho.con_respuestas(dictadas), leer_ficha(leccion / "leccion.toml").con_nombres
            )
        return self._uso

    def _avisar_de_windows(self, informe: Informe, escena: Escena) -> None:
        """Lo que aquí funciona y en Windows no se dice una vez, y no quita puntos."""
        if sys.platform != "win32" and not self._avisado:
            self._avisado = True
            programas = [escena.entrega.servidor, escena.entrega.cliente]
            informe.avisos += para_windows(escena.jaula.carpeta, programas)

    def cerrar_escena(self) -> None:
        """Acaba con los programas que sigan en marcha y pasa sus avisos al informe."""
        if self.escena is not None:
            self._avisar_de_las_direcciones(self.escena)
            if self.informe is not None:
                nuevos = [uno for uno in self.escena.avisos if uno not in self.informe.avisos]
                self.informe.avisos += nuevos
            self.escena.cerrar()
        self.escena = None
        self._historia = None

    def contrasta(self, escena: Escena) -> None:
        """La primera vez que alguien lee algo de otra persona, comprueba que llega por la red.

        Lanza `NoCuadra` si no es así.
        """
        escondido = None if self._contrastada else algo_no_llega_a_la_vista(escena)
        if escondido is None:
            return
        self._contrastada = True
        if escondido and (que := lo_que_no_llega_por_la_red(escena.entrega, escena.uso)):
            raise NoCuadra(que)

    def anotar(self, resultado: Resultado, session: pytest.Session) -> None:
        """Añade un resultado al informe, y lo guarda: si esto no acaba, lo hecho vale."""
        if self.informe is None:
            return
        if not self.informe.resultados:
            self.informe.pendientes = [
                self.con_pesos(marca.args[0], item.path.parent)
                for item in session.items
                if (marca := item.get_closest_marker(MARCA)) is not None
            ]
        self.informe.resultados.append(resultado)
        self.informe.pendientes = [
            una for una in self.informe.pendientes if una.clave != resultado.comprobacion.clave
        ]
        self.guardar(sangria=None)  # va a cambiar enseguida: nadie lo lee, si esto acaba

    def no_creer(self, error: NoCuadra) -> None:
        """Lo que cuenta la sonda de esta entrega no vale: tampoco lo que ya se dio por bueno."""
        self.sin_servidor = error
        for resultado in self.informe.resultados if self.informe is not None else ():
            if resultado.veredicto is Veredicto.BIEN:
                resultado.veredicto, resultado.motivo = Veredicto.SIN_COMPROBAR, str(error)

    def depende_de(self, resultado: Resultado) -> str:
        """El título de la que debía salir bien para que esta pudiera; vacío si no es por eso."""
        return depende_de(resultado, causas_de(self.informe)) if self.informe is not None else ""

    def guardar(self, *, sangria: int | None = 1) -> None:
        """Escribe el informe donde se haya pedido, entero o nada; sin sangría se tarda menos."""
        salida = self._config.getoption("--informe-json")
        if salida is not None and self.informe is not None:
            guardar(salida, json.dumps(self.informe.a_json(), ensure_ascii=False, indent=sangria))

    @property
    def peliculas(self) -> Path | None:
        """La carpeta en que se deja la película de cada fallo; `None` si no se han pedido."""
        carpeta: Path | None = self._config.getoption("--peliculas")
        return carpeta

    def con_pesos(self, comprobacion: Comprobacion, leccion: Path) -> Comprobacion:
        """La comprobación con los puntos de la rúbrica que se haya pedido."""
        return con_pesos(comprobacion, leccion, self._config.getoption("--rubrica"))

    def _avisar_de_las_direcciones(self, escena: Escena) -> None:
        programas = (escena.entrega.servidor.name, escena.entrega.cliente.name)
        aviso = direcciones_que_no_casan(escena.testigo.sucesos(), *programas)
        if aviso and self.informe is not None and aviso not in self.informe.avisos:
            self.informe.avisos.append(aviso)

    def historia(self, cual: type[H], escena: Escena) -> H:
        """La historia que se está contando en la escena; si no hay ninguna, empieza una."""
        if not isinstance(self._historia, cual):
            self._historia = cual(escena)
        return self._historia
