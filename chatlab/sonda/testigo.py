"""El testigo: pone la sonda en los programas de una entrega y cuenta lo que ve."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from chatlab.sistema import ajeno, nucleo
from chatlab.sistema.de_camino import RedesMiradas
from chatlab.sonda.copia_de_la_sonda import CopiaDeLaSonda
from chatlab.sonda.expectativa import Expectativa
from chatlab.sonda.impostores import buscar_impostor
from chatlab.sonda.libro import Libro
from chatlab.sonda.oyente import Oidor, Oyente
from chatlab.sonda.paradero import Paradero, agotados, recoger
from chatlab.sonda.proceso import Extremo, Proceso
from chatlab.sonda.puerta import RUTA_MAS_LARGA, abrir_puerta
from chatlab.sonda.puertos import SinTramo, Tramo
from chatlab.sonda.reparto import RepartoDePuertos
from chatlab.sonda.suceso import Suceso

#: Quien espera con plazo está despierto un momento en cada vuelta: no vale mirar una sola vez.
MIRADAS = 3
#: Segundos entre dos de esas miradas.
ENTRE_MIRADAS = 0.01


class Testigo:
    """Ve a todos los programas de una entrega que se arranquen con su `entorno()`.

    Reparte los puertos: los programas de un mismo testigo se encuentran entre sí escriban las
    direcciones que escriban, y no se cruzan con los de otro.

    `tcp` usa la puerta de Windows también donde hay sockets Unix; `mirar_nucleo=False` decide
    la quietud solo con los sucesos, como fuera de Linux. Son para probarlo. `buffer` son los bytes
    que el sistema guarda en cada sentido de una conexión; 0 es dejarlo como está.

    Para mirar programas, y no calificarlos: con `con_lugares`, también los envíos, las lecturas y
    las esperas dicen en qué línea del programa están; con `con_candados`, se cuenta quién espera
    un candado del programa, y quién lo tiene; con `puertos_de_verdad`, nada se traduce ni se
    prohíbe, y cualquiera puede llamarlos. Al `oidor` se le da cada tanda de sucesos según llega, en
    otro hilo, y ya no se guardan: ni hay tope, ni `sucesos` los da, ni `esperar` los ve. Se le
    entregan todos, también las vueltas de quien espera con plazo. Lo que tarde en volver lo esperan
    en el canal los siguientes.
    """

    #: pytest toma por pruebas las clases que empiezan por «Test».
    __test__ = False

    def __init__(
        self,
        *,
        tcp: bool = False,
        mirar_nucleo: bool = True,
        buffer: int = 0,
        con_lugares: bool = False,
        con_candados: bool = False,
        puertos_de_verdad: bool = False,
        oidor: Oidor | None = None,
    ) -> None:
        self._mira_el_nucleo = mirar_nucleo and nucleo.se_puede_mirar()
        self._tramo = SinTramo() if puertos_de_verdad else Tramo()
        opciones = {
            "A_TANDAS": "1" if oidor is not None else "",
            "BUFFER": str(buffer) if buffer else "",
            "CANDADOS": "" if self._mira_el_nucleo else "1",
            "CANDADOS_PROPIOS": "1" if con_candados else "",
            "LUGARES": "1" if con_lugares else "",
            "PUERTOS_DE_VERDAD": "1" if puertos_de_verdad else "",
        }
        self._opciones = {f"CHATLAB_SONDA_{que}": como for que, como in opciones.items() if como}
        self.carpeta = _carpeta_temporal()
        self._reparto = RepartoDePuertos(self.carpeta)
        self._sonda = CopiaDeLaSonda(self.carpeta / "inyectado")
        self._libro = Libro(de_paso=oidor is not None)
        # Reentrante: quien pregunta en `esperar` puede usar el testigo desde su condición.
        self._cambio = threading.Condition(threading.RLock())
        self._puerta = abrir_puerta(self.carpeta, tcp=tcp)
        self._oyente = Oyente(self._puerta, self._libro, self._cambio, oidor)
        self._redes = RedesMiradas()
        self._expectativa = Expectativa(
            self._libro,
            self._oyente,
            self._tramo,
            self._redes,
            mirar_nucleo=self._mira_el_nucleo,
        )

    def __enter__(self) -> Testigo:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cerrar()

    def cerrar(self) -> None:
        """Deja de mirar y borra la carpeta. Los programas que sigan vivos no lo notan."""
        self._oyente.cerrar()
        self._tramo.cerrar()
        self._reparto.cerrar()
        self._redes.cerrar()
        ajeno.borrar(self.carpeta)

    @property
    def escribible(self) -> Path:
        """La única carpeta de la suya en la que los programas tienen que escribir."""
        return self._reparto.puertos

    def entorno(self) -> dict[str, str]:
        """Las variables que hay que añadir a cada programa para que lleve la sonda."""
        return {
            "PYTHONPATH": str(self.carpeta / "inyectado"),
            "CHATLAB_SONDA": str(self.carpeta),
            "CHATLAB_SONDA_CANAL": self._puerta.direccion,
            "CHATLAB_SONDA_PUERTOS": f"{self._tramo.primero}-{self._tramo.ultimo}",
            **self._opciones,
        }

    def asomarse_a_su_red(self, red: int, ventana: socket.socket) -> None:
        """Desde ahora se pregunta por esa red, un número de inodo, a través de la ventana.

        Es una de `sock_diag.abrir_ventana`, abierta allí: la cierra el testigo.
        """
        with self._cambio:
            self._redes.asomarse(red, ventana)

    # --- Lo que ha pasado ---

    def sucesos(self) -> list[Suceso]:
        """Todo lo visto hasta ahora, en orden de llegada.

        Entre procesos distintos, el orden en que pasó lo dice `instante`.
        """
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return list(self._libro.sucesos)

    def procesos(self) -> list[Proceso]:
        """Los procesos que han llegado con la sonda puesta, también los que ya acabaron."""
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return list(self._libro.procesos)

    def extremos(self) -> dict[tuple[int, int], Extremo]:
        """Las puntas de conexiones que la sonda ha contado, por sus puertos de verdad."""
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return dict(self._libro.extremos)

    def impostor(self) -> str:
        """Por qué no se puede creer a la sonda, en una frase sin punto; vacío si se puede.

        Alguien la ha cambiado, un proceso no es quien dice, o ha dejado de contar estando vivo.
        """
        if cambiado := self._sonda.cambiado():
            return f"un programa ha cambiado {cambiado.name}, que es parte de la sonda"
        if not self._mira_el_nucleo:
            return ""
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return buscar_impostor(self._libro)

    def esperar(self, cumple: Callable[[list[Suceso]], bool], plazo: float) -> bool:
        """Espera como mucho `plazo` segundos a que los sucesos cumplan; dice si lo hicieron."""
        with self._cambio:
            return self._cambio.wait_for(lambda: cumple(list(self._libro.sucesos)), plazo)

    def esperar_cambio(self, plazo: float) -> None:
        """Vuelve con el siguiente suceso, o al pasar `plazo` segundos."""
        with self._cambio:
            self._cambio.wait(plazo)

    def puerto_real(self, puerto_escrito: int) -> int | None:
        """El puerto del bucle local que le tocó a uno escrito; None si nadie lo ha abierto."""
        return self._reparto.real(puerto_escrito)

    def desviar(self, puerto_escrito: int, hacia: int) -> int:
        """Quien llame desde ahora a un puerto escrito llega a `hacia`, un puerto de verdad.

        Devuelve el puerto al que se llegaba hasta ahora: quien lo escriba sigue llegando a él.
        Los programas que ya habían usado el puerto escrito no notan el cambio. Lanza `ValueError`
        si nadie lo ha abierto, o si lo eligió el sistema: ese no se puede desviar sin perderlo.
        """
        real = self.puerto_real(puerto_escrito)
        if real is None or real == puerto_escrito:
            raise ValueError(f"el puerto {puerto_escrito} no se puede desviar")
        self._reparto.desviar(real, real)
        self._reparto.desviar(puerto_escrito, hacia)
        return real

    def ultimo_movimiento(self) -> float:
        """El instante (`time.monotonic`) en que se vio al último hacer algo que no es esperar."""
        return self._expectativa.ultimo_movimiento()

    # --- Lo que están haciendo ---

    def paraderos(self) -> list[Paradero]:
        """Por qué línea va cada hilo de los programas en marcha; vacío donde no se puede saber.

        Los interrumpe un momento: es para cuando ya se sabe que algo ha ido mal.
        """
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return recoger(self._libro.vivos, self._esperar_noticias)

    def agotados(self) -> list[Paradero]:
        """Por qué línea iba cada hilo de los programas que gastaron todo su procesador."""
        return agotados(self.procesos())

    def _esperar_noticias(self) -> None:
        self._cambio.wait(ENTRE_MIRADAS)
        self._oyente.ponerse_al_dia()

    def colas_del_procesador(self) -> dict[tuple[int, int], float]:
        """Los segundos que cada hilo en marcha ha esperado al procesador; vacío si no se sabe."""
        with self._cambio:
            return self._expectativa.colas_del_procesador()

    def alguien_puede_despertar(self, *, con_prisa: bool = False) -> bool:
        """Si algún hilo puede hacer algo cuando le venza un plazo."""
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return self._expectativa.alguien_puede_despertar(con_prisa=con_prisa)

    def todo_quieto(self, arrancados: Iterable[int] = (), *, con_prisa: bool = False) -> bool:
        """Si todos los procesos vivos esperan leer y no hay nada de camino entre ellos.

        Ninguno hará ya nada hasta que alguien teclee, conecte o se vaya. Quien espera con plazo,
        o duerme en un bucle, cuenta si ha dado dos vueltas sin hacer nada desde que todo se paró;
        con prisa, si todo lleva un momento parado. Ante la duda, dice que no.

        `arrancados` son los PID de los programas, vistos por quien los arrancó: mientras alguno
        no haya llegado, no hay quietud. De lo escrito en sus pantallas que nadie ha leído no
        sabe: eso lo mira quien las tiene.
        """
        pids = list(arrancados)
        with self._cambio:
            for _ in range(MIRADAS):
                self._oyente.ponerse_al_dia()
                if self._expectativa.todo_quieto(pids, con_prisa=con_prisa):
                    return True
                if not any(proceso.da_vueltas for proceso in self._libro.vivos):
                    return False
                self._cambio.wait(ENTRE_MIRADAS)
        return False

    def trabaja(self, pid: int | None) -> bool | None:
        """Si algún hilo de ese programa, o de sus hijos, está despierto; `None` si no se sabe.

        `pid` es el que él ve. Está despierto también quien espera al procesador, y quien ha contado
        muchos sucesos desde la última vez que se preguntó por él.
        """
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return self._expectativa.trabaja(pid)

    def giran_en_vano(
        self, arrancados: Iterable[int], huella: object, *, con_prisa: bool, parados: bool = False
    ) -> bool:
        """Si quienes no duermen dan vueltas en vano, y los demás esperan.

        `arrancados` son los PID de los programas en marcha, los que ellos ven; `huella` cambia
        cuando a quien pregunta le consta que ha pasado algo: se ha tecleado, o ha salido algo en
        una pantalla. Con `parados`, alguno está detenido, y lo que le envíen no lo leerá. Solo se
        sabe en Linux; ante la duda, dice que no.
        """
        with self._cambio:
            self._oyente.ponerse_al_dia()
            return self._expectativa.giran_en_vano(
                arrancados, huella, con_prisa=con_prisa, parados=parados
            )


def _carpeta_temporal() -> Path:
    carpeta = Path(tempfile.mkdtemp(prefix="chatlab-")).resolve()
    if len(str(carpeta / "canal").encode()) <= RUTA_MAS_LARGA:
        return carpeta
    carpeta.rmdir()
    return Path(tempfile.mkdtemp(prefix="chatlab-", dir="/tmp")).resolve()
