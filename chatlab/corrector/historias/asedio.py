"""Un chat con gente que molesta: quien no lee, quien no acaba de presentarse, quien inunda…

Es lo que usan las comprobaciones de `lessons/06_robustez/test_ejercicio.py`. Los programas que
molestan están en `ataques/`; los bytes que envían son los que envió antes el cliente de la entrega.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chatlab.corrector.historias.chat import PLAZO_CON_ALGUIEN_PARADO
from chatlab.corrector.historias.escena import SERVIDOR, Fallo
from chatlab.corrector.historias.imitacion import Imitacion
from chatlab.corrector.historias.persona import Persona
from chatlab.sonda import Suceso
from chatlab.textos import enumerar

# --- Lo que fija el enunciado ---

#: Segundos que tiene quien conecta para dar su nombre entero.
SEGUNDOS_PARA_EL_NOMBRE = 2
#: Mensajes que se leen de una misma persona en un segundo.
MENSAJES_POR_SEGUNDO = 40
#: Mensajes que esperan, como mucho, a que alguien los lea.
MENSAJES_EN_COLA = 100
#: Conexiones a la vez.
CONEXIONES = 50

# --- Cuánto se ataca, y cuánto margen se da ---

#: Segundos de más que se esperan antes de decir que a alguien no se le ha echado.
MARGEN = 3.0
#: Bytes que puede crecer el servidor con una línea que no acaba: el tope es de 64 KiB.
MEMORIA_DE_UNA_LINEA = 3_000_000
#: Los mensajes de la inundación, y los segundos que tienen que tardar por lo menos: bien leídos
#: tardan el doble.
INUNDACION, SEGUNDOS_DE_INUNDACION = 100, 0.75
#: Los que escriben a quien no lee; los mensajes que envía cada uno de una vez, que entre todos no
#: llenan la cola de quien sí lee; y las veces: al final, lo que se puede enviar en un segundo.
GRUPO, DE_UNA_VEZ, VECES = 15, 5, 8
#: Mensajes sin leer que se consienten en la cola de alguien.
COLA_CONSENTIDA = 3 * MENSAJES_EN_COLA
#: Conexiones que se abren de golpe.
MULTITUD = 80

#: Lo que se pone en un nombre y en un mensaje, y después se cambia por cada una de las órdenes:
#: como ocupan lo mismo, el formato no se estropea.
PALABRA = b"abracadabra"
ORDENES = (
    b"\x1b[7;91;45m",  # cambia los colores
    b"\xc2\x9b7;91;45m",  # también, con un solo carácter de control (U+009B) delante
    b"\r[Ana] pago",  # vuelve al principio de la línea, y escribe encima
    b"\xe2\x80\xaesodaivne",  # lo que sigue se lee de derecha a izquierda (U+202E)
)


class Asedio(Imitacion):
    """Un chat, y quienes lo ponen a prueba."""

    @contextmanager
    def alguien_gotea(self, testigo: Persona) -> Iterator[None]:
        """Alguien da su nombre letra a letra. Al final, comprueba que lo han echado."""
        goteo = self.graba_a("Maximiliana Alejandra", "Me voy enseguida").saludo
        antes = self.escena.datos("recv", testigo.nombre)
        self.escena.anota("Alguien envía su nombre letra a letra, sin acabarlo nunca.")
        atacante = self.ataca("gotea", goteo)
        self.espera_a_que_diga(atacante, "conectado")
        self.escena.espera_calma()
        # Donde los mensajes no se separan, con la primera letra ya ha entrado: hasta los demás
        # lo saben. No es lo que se prueba aquí.
        ha_entrado = self.escena.datos("recv", testigo.nombre) != antes
        yield
        plazo = SEGUNDOS_PARA_EL_NOMBRE + MARGEN
        if not ha_entrado and not self.espera_a_que_diga(atacante, "echado", plazo):
            raise Fallo(
                "Que a quien no da su nombre entero en "
                f"{SEGUNDOS_PARA_EL_NOMBRE} segundos se le cierre la conexión."
            )
        self.se_va(atacante)

    def alguien_no_acaba_su_linea(self) -> None:
        """Comprueba que un mensaje sin final no llena la memoria del servidor."""
        saludo = self.graba_a("Eva", "Un mensaje que sí se acaba").saludo
        self.escena.anota("Eva empieza un mensaje que no se acaba: seis millones de letras.")
        atacante = self.ataca("sin_fin", saludo)
        self.entra(atacante)
        antes = maxima = self.memoria_del_servidor()

        def se_llena() -> bool:
            # La máxima, y no la de ahora: cada vez que junta trozos hay un momento con dos copias.
            nonlocal maxima
            maxima = max(maxima, self.memoria_del_servidor())
            return maxima - antes > MEMORIA_DE_UNA_LINEA

        atacante.escribir("")
        self.escena.espera(lambda: "enviado" in atacante.pantalla or se_llena())
        if se_llena():
            raise Fallo("Que el servidor no guarde sin límite un mensaje que no se acaba.")
        self.se_va(atacante)

    def alguien_manda_en_las_pantallas(self, lector: Persona) -> None:
        """Comprueba que las órdenes de un nombre y de un mensaje no llegan a las pantallas."""
        palabra = PALABRA.decode()
        grabado = self.graba_a(f"Eva{palabra}", f"Una {' y otra '.join([palabra] * len(ORDENES))}")
        malo = grabado.con(PALABRA, ORDENES)
        servidor = self.escena.terminales[SERVIDOR]
        marcas = [(programa, len(programa.crudo)) for programa in (lector.terminal, servidor)]
        cuales = enumerar([repr(orden) for orden in ORDENES])
        self.escena.anota(f"Eva envía {cuales} en un mensaje, y la primera también en su nombre.")
        atacante = self.ataca("repite", malo.saludo, malo.mensaje, 1)
        self.entra(atacante)
        atacante.escribir("")
        self.espera_a_que_diga(atacante, "enviado")
        self.se_va(atacante)
        for programa, marca in marcas:
            self._no_aparece_ninguna_orden(programa.nombre, programa.crudo[marca:])

    def escribe_una_orden(self, autora: Persona, lector: Persona) -> None:
        """Lo mismo, tecleada en su propio cliente."""
        self.escena.anota(f"{autora.nombre} escribe {ORDENES[0]!r} entre dos palabras.")
        marca = len(lector.terminal.crudo)
        autora.terminal.escribir(f"antes {ORDENES[0].decode()} despues")
        lector.ve("despues")
        self._no_aparece_ninguna_orden(lector.nombre, lector.terminal.crudo[marca:])

    def _no_aparece_ninguna_orden(self, de_quien: str, pantalla: bytes) -> None:
        for orden in ORDENES:
            if orden in pantalla:
                raise Fallo(
                    f"Que en la pantalla de {de_quien} no aparezca {orden!r}: manda sobre ella."
                )

    @contextmanager
    def alguien_inunda(self, lector: Persona) -> Iterator[None]:
        """Alguien envía muchos mensajes de golpe. Al final, comprueba a qué ritmo llegan."""
        frase = "Compra mi colonia"
        grabado = self.graba_a("Eva", frase)
        atacante = self.ataca("repite", grabado.saludo, grabado.mensaje, INUNDACION)
        self.entra(atacante)
        lector.mira()
        ya_leidos = len(self._lecturas_de(lector))
        self.escena.anota(f"Eva envía de golpe {INUNDACION} mensajes.")
        atacante.escribir("")
        yield
        if not self.escena.espera(lambda: lector.nuevo.count(frase) >= INUNDACION):
            raise Fallo(
                f"Que no se pierda ninguno de los {INUNDACION} mensajes de Eva: {lector.nombre} "
                f"ha visto {lector.nuevo.count(frase)}."
            )
        lecturas = self._lecturas_de(lector)[ya_leidos:]
        segundos = lecturas[-1].instante - lecturas[0].instante
        if segundos < SEGUNDOS_DE_INUNDACION:
            raise Fallo(
                f"Que a Eva se la lea más despacio: {INUNDACION} mensajes suyos han llegado en "
                f"{segundos:.1f} segundos, y el tope es de {MENSAJES_POR_SEGUNDO} por segundo."
            )
        self.se_va(atacante)

    def _lecturas_de(self, persona: Persona) -> list[Suceso]:
        """Cada vez que su programa ha recibido algo."""
        pid = persona.terminal.pid
        return [
            suceso
            for suceso in self.escena.testigo.sucesos()
            if suceso.tipo == "recv" and suceso.pid == pid
        ]

    @contextmanager
    def un_grupo_escribe_a(self, sorda: Persona, lector: Persona) -> Iterator[None]:
        """Muchos escriben a quien no lee. Comprueba que su cola no crece sin fin.

        Entre una vez y la siguiente se espera a que quien sí lee lo haya leído: con la máquina
        cargada, su programa también podría quedarse atrás, y no se le podría reprochar.
        """
        frase = f"Esto es largo {'y largo ' * 110}"
        grabado = self.graba_a("Persona00", frase)
        grupo = self.ataca(
            "grupo", GRUPO, b"Persona00", grabado.saludo, grabado.mensaje, DE_UNA_VEZ
        )
        self.entra(grupo)
        with sorda.sin_leer():
            antes, ya_leido = self._sin_enviar(sorda), self._leido_por(lector)
            self.escena.anota(f"{GRUPO} personas escriben {DE_UNA_VEZ * VECES} mensajes cada una.")
            for vez in range(1, VECES + 1):
                grupo.escribir("")
                esperado = ya_leido + vez * GRUPO * DE_UNA_VEZ * len(frase)
                if not self._lee_hasta(lector, esperado):
                    raise Fallo(
                        f"Que a {lector.nombre} le llegue lo que escriben, aunque {sorda.nombre} "
                        "no lea."
                    )
            consentido = COLA_CONSENTIDA * len(grabado.mensaje)
            if not self._han_cerrado_a(sorda) and self._sin_enviar(sorda) - antes > consentido:
                raise Fallo(
                    f"Que la cola de {sorda.nombre}, que no lee, tenga un tope: ya guarda más de "
                    f"{COLA_CONSENTIDA} mensajes, y {sorda.nombre} sigue dentro."
                )
            yield
        self.se_va(grupo)

    def _leido_por(self, persona: Persona) -> int:
        """Bytes que ha recibido su programa; `datos` no sirve: no los guarda todos."""
        return sum(lectura.cuantos for lectura in self._lecturas_de(persona))

    def _lee_hasta(self, persona: Persona, total: int) -> bool:
        """Espera, mientras siga recibiendo algo, a que haya recibido esos bytes."""
        antes, leido = -1, self._leido_por(persona)
        while antes < leido < total:
            self.escena.espera(lambda: self._leido_por(persona) >= total, PLAZO_CON_ALGUIEN_PARADO)
            antes, leido = leido, self._leido_por(persona)
        return leido >= total

    def _sin_enviar(self, persona: Persona) -> int:
        """Bytes que el servidor ha recibido de todos, menos los que le ha enviado a esa persona."""
        total = 0
        suyo = self._direccion_de(persona)
        for suceso in self.escena.testigo.sucesos():
            if suceso.programa == self.escena.entrega.servidor.name:
                if suceso.tipo == "recv":
                    total += suceso.cuantos
                elif suceso.tipo == "send" and suceso.remoto == suyo:
                    total -= suceso.cuantos
        return total

    def _han_cerrado_a(self, persona: Persona) -> bool:
        suyo = self._direccion_de(persona)
        servidor = self.escena.entrega.servidor.name
        return any(
            suceso.remoto == suyo
            for tipo in ("close", "shutdown")
            for suceso in self.escena.sucesos(tipo, servidor)
        )

    def _direccion_de(self, persona: Persona) -> tuple[str, int] | None:
        """La dirección de su cliente, como la ve el servidor."""
        conectados = self.escena.sucesos("connect", self.escena.entrega.cliente.name)
        suyos = [suceso.local for suceso in conectados if suceso.pid == persona.terminal.pid]
        return suyos[-1] if suyos else None

    @contextmanager
    def una_multitud_conecta(self) -> Iterator[None]:
        """Muchos conectan a la vez y callan. Comprueba que el servidor pone un tope."""
        self.escena.anota(f"Se abren {MULTITUD} conexiones, y nadie dice nada en ellas.")
        atacante = self.ataca("multitud", MULTITUD)
        self.espera_a_que_diga(atacante, "conectados")
        self.escena.espera_calma()
        atacante.escribir("")
        self.espera_a_que_diga(atacante, "abiertas")
        _, _, cuenta = atacante.pantalla.partition("siguen ")
        abiertas = int(cuenta.partition(" ")[0] or 0)
        if abiertas > CONEXIONES:
            raise Fallo(
                f"Que el servidor tenga {CONEXIONES} conexiones a la vez como mucho: de "
                f"{MULTITUD} de golpe, siguen abiertas {abiertas}."
            )
        yield
        self.escena.anota("La multitud se va.")
        self.se_va(atacante)

    def alguien_envia_lo_que_no_es_utf8(self) -> None:
        """Comprueba que unos bytes que no son texto no dan un error en el servidor."""
        saludo = self.graba_a("Eva", "Un mensaje normal").saludo
        self.escena.anota("Eva envía bytes que no son UTF-8.")
        atacante = self.ataca("no_utf8", saludo)
        self.espera_a_que_diga(atacante, "enviado")
        self.se_va(atacante)
        Persona(self.escena, SERVIDOR, self.escena.terminales[SERVIDOR]).no_muestra_un_error()
