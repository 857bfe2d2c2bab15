"""El escenario: los programas de una entrega en marcha, y lo que se sabe de ellos desde fuera.

Aquí no se juzga nada: se arranca, se espera y se mira. Lo que se pide a los programas está en
`escena.py`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.fuente import leer_fuente
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.escenario.elenco import Elenco
from chatlab.corrector.escenario.paciencia import (
    PLAZO,
    PLAZO_DE_LA_CALMA,
    Experiencia,
    Paciencia,
    Reposo,
)
from chatlab.corrector.jaula.evidencia import Evidencia
from chatlab.corrector.jaula.jaula import Jaula
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.sistema.consumo import Consumo, consumo
from chatlab.sonda import Suceso, Testigo

#: Bytes que el sistema guarda de cada conexión: pocos, para que quien no lee se note enseguida.
BUFFER = 16 * 1024

#: Lecturas vacías de la misma conexión a partir de las que un programa gira, y no mira dos veces.
DEMASIADAS_VACIAS = 20


class Escenario:
    """Una jaula con la sonda puesta, y una terminal por cada programa en marcha.

    `experiencia` es lo que se sabe de esperar a la misma entrega en los anteriores. Con `lugares`,
    de cada envío, lectura y espera se sabe en qué línea está.
    """

    def __init__(
        self,
        entrega: Entrega,
        experiencia: Experiencia | None = None,
        *,
        lugares: bool = False,
    ) -> None:
        self.entrega = entrega
        self._al_salir = ExitStack()
        self.testigo = self._al_salir.enter_context(Testigo(buffer=BUFFER, con_lugares=lugares))
        self.jaula = self._al_salir.enter_context(Jaula(entrega, self.testigo))
        #: Lo que se ha hecho en esta historia, frase a frase, para contarlo si algo falla; y el
        #: instante (`time.monotonic`) en que empezó.
        self.hecho: list[str] = []
        self.desde = time.monotonic()
        #: Todo lo que se ha tecleado, de quien sea.
        self.escrito: list[str] = []
        #: El último programa que arrancó cada quien.
        self.terminales: dict[str, Terminal] = {}
        self.reparto = Elenco()
        #: Si algún programa ha preguntado un nombre, se espera que los use.
        self.usa_nombres = False
        self.paciencia = Paciencia(self.jaula, self.testigo, self.terminales, experiencia)
        self.evidencia = Evidencia(self.testigo, self.jaula.de_la_entrega, self.jaula.mirar_la_red)

    def cerrar(self) -> None:
        """No deja nada en marcha."""
        self._al_salir.close()

    def empieza_otra_historia(self) -> None:
        """Con los mismos programas, se olvida lo que se hizo hasta ahora."""
        self.hecho.clear()
        self.desde = time.monotonic()
        self.reparto.empieza_otra_historia()
        self.evidencia.empieza_otra_historia()

    def anota(self, frase: str) -> None:
        """Añade a lo hecho una frase, que saldrá en el informe si algo falla."""
        self.hecho.append(frase)

    def programa_de(self, nombre: str) -> Path:
        """El archivo del programa que usa esa persona, en la copia que se ejecuta."""
        programa = self.entrega.servidor if nombre == SERVIDOR else self.entrega.cliente
        return self.jaula.carpeta / programa

    def codigo_de(self, nombre: str) -> str:
        """El código de su programa; vacío si ya no es un archivo normal (véase `ajeno`)."""
        programa = self.programa_de(nombre).relative_to(self.jaula.carpeta)
        return leer_fuente(self.jaula.carpeta, programa.as_posix()).texto

    def pon_en_marcha(self, papel: str, nombre: str, argumentos: Sequence[str]) -> Terminal:
        """Arranca el programa de ese papel; esa persona es quien lo usa."""
        terminal = self.jaula.arrancar(papel, nombre, argumentos)
        self.terminales[nombre] = terminal
        self.reparto.entra(nombre, terminal)
        self.paciencia.espera_llegada(terminal)
        return terminal

    # --- Esperar ---

    def espera(self, cumple: Callable[[], bool], plazo: float = PLAZO) -> bool:
        """Espera a que se cumpla; `False` si vence el plazo o si ya no va a cumplirse."""
        return self.paciencia.espera(cumple, plazo)

    def espera_calma(self, plazo: float = PLAZO_DE_LA_CALMA) -> bool:
        """Espera a que llegue todo lo que está en camino; `False` si alguien no para."""
        return self.paciencia.espera_calma(plazo)

    def espera_reposo(self, nombre: str) -> Reposo:
        """Espera a que nadie trabaje, ni siquiera en vano; dice si descansa esa persona."""
        return self.paciencia.espera_reposo(self.terminales[nombre])

    def aguarda_pregunta(self, cumple: Callable[[], bool], plazo: float) -> None:
        """Espera a que se cumpla, o a que se vea que nadie va a preguntar nada más."""
        self.paciencia.aguarda(cumple, plazo, con_prisa=True)

    @contextmanager
    def parado(self, nombre: str) -> Iterator[None]:
        """Mientras dura, el programa de esa persona está detenido: ni lee ni escribe."""
        terminal = self.terminales[nombre]
        terminal.pausar()
        self.paciencia.hay_alguien_parado = True
        try:
            yield
        finally:
            self.paciencia.hay_alguien_parado = False
            terminal.seguir()

    # --- Lo que han hecho los sockets ---

    def sucesos(self, tipo: str, programa: str) -> list[Suceso]:
        """Los sucesos de un tipo de los procesos de ese programa («servidor.py»)."""
        return [
            suceso
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.programa == programa
        ]

    def datos(self, tipo: str, nombre: str) -> bytes:
        """Los bytes que el programa de esa persona, o sus hijos, han enviado («send») o recibido.

        Lo recibido es «recv».
        """
        pids = self._procesos_de(nombre)
        return b"".join(
            suceso.datos
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.pid in pids
        )

    def _procesos_de(self, nombre: str) -> set[int]:
        """El proceso de esa persona y los que ha arrancado él, o ellos."""
        pids = {self.terminales[nombre].pid or 0}
        for proceso in self.testigo.procesos():  # por orden: los padres llegan antes
            if proceso.padre in pids:
                pids.add(proceso.pid)
        return pids

    def lecturas_vacias(self, nombre: str) -> bool:
        """Si el programa de esa persona lee una y otra vez de alguien que ya se ha ido."""
        pids = self._procesos_de(nombre)
        vacias = Counter(
            (suceso.pid, suceso.conexion)
            for suceso in self.testigo.sucesos()
            if suceso.tipo == "recv" and suceso.cuantos == 0 and suceso.pid in pids
        )
        return any(cuantas >= DEMASIADAS_VACIAS for cuantas in vacias.values())

    def primer_envio(self, nombre: str) -> bytes:
        """Lo primero que ha enviado el programa de esa persona; vacío si no ha enviado nada."""
        pid = self.terminales[nombre].pid
        envios = self.sucesos("send", self.entrega.cliente.name)
        return next((envio.datos for envio in envios if envio.pid == pid), b"")

    def escuchas(self) -> int:
        """Las veces que el servidor se ha puesto a escuchar."""
        return len(self.sucesos("listen", self.entrega.servidor.name))

    def escucha_desde(self, escuchas: int) -> bool:
        """Si, después de esas veces, se ha puesto a escuchar en un socket que no ha cerrado."""
        nuevas = self.sucesos("listen", self.entrega.servidor.name)[escuchas:]
        cerrados = self._cerrados()
        return any((una.pid, una.conexion) not in cerrados for una in nuevas)

    def _cerrados(self) -> set[tuple[int, int | None]]:
        """Los sockets que ha cerrado el servidor, por su proceso; sin los que heredó un hijo."""
        padres = {proceso.padre for proceso in self.testigo.procesos()}
        cierres = self.sucesos("close", self.entrega.servidor.name)
        return {(uno.pid, uno.conexion) for uno in cierres if uno.pid not in padres}

    def ha_conectado(self, nombre: str) -> bool:
        """Si el programa de esa persona ha conectado con alguien."""
        pid = self.terminales[nombre].pid
        conectados = self.sucesos("connect", self.entrega.cliente.name)
        return any(suceso.pid == pid for suceso in conectados)

    def ha_aceptado(self) -> bool:
        """Si el servidor ha aceptado a alguien."""
        return bool(self.sucesos("accept", self.entrega.servidor.name))

    def ha_tocado_la_red(self, nombre: str) -> bool:
        """Si el programa de esa persona ha abierto un puerto o ha llamado a alguien."""
        pid = self.terminales[nombre].pid
        de_red = ("bind", "listen", "connect", "fallo", "prohibido", "udp")
        return any(uno.pid == pid and uno.tipo in de_red for uno in self.testigo.sucesos())

    def ha_usado_udp(self, nombre: str) -> bool:
        """Si el programa de esa persona, o sus hijos, han usado UDP."""
        pids = self._procesos_de(nombre)
        return any(uno.tipo == "udp" and uno.pid in pids for uno in self.testigo.sucesos())

    def bytes_enviados(self, nombre: str) -> int:
        """Los bytes que ha enviado el programa de esa persona."""
        return len(self.datos("send", nombre))

    def consumo(self, nombre: str) -> Consumo:
        """La CPU y la memoria que ha gastado el programa de esa persona, si se sabe."""
        pid = self.terminales[nombre].pid
        suyos = [proceso for proceso in self.testigo.procesos() if proceso.pid == pid]
        return consumo(suyos[-1].pid_fuera) if suyos else Consumo()

    def puerto_escrito(self) -> int:
        """El puerto que el servidor ha escrito en su bind; 8000 si aún no se sabe."""
        return self.puerto_abierto() or 8000

    def puerto_abierto(self) -> int | None:
        """El puerto que el servidor ha escrito en su bind; `None` si aún no se sabe."""
        # Para despertar a sus hilos, algunos se llaman a sí mismos por un puerto cualquiera.
        reservas = [
            uno for uno in self.sucesos("bind", self.entrega.servidor.name) if uno.local is not None
        ]
        cerrados = self._cerrados()
        vivos = {proceso.pid for proceso in self.testigo.procesos() if proceso.vivo}
        abiertas = [
            uno for uno in reservas if uno.pid in vivos and (uno.pid, uno.conexion) not in cerrados
        ]
        puertos = dict.fromkeys(uno.local[1] for uno in abiertas or reservas if uno.local)
        escritos = (uno for uno in puertos if self.testigo.puerto_real(uno) != uno)
        return next(escritos, None) or next(iter(puertos), None)
