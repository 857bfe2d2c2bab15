"""Un chat de verdad que se maneja como `SalaObservada`: el modelo de una sala vale para los dos."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from chatlab.chat.protocolo import MAX_LINEA, LineaMala, Recibida
from tests.apoyo.chat import Chat
from tests.robustez.gasto import descriptores, esperar_a_que
from tests.robustez.gente import Gente, Persona

#: Los bytes que dan lugar a una línea mala.
MALAS = {"No es UTF-8.": b"ca\xf1a", "No cabe.": b"x" * MAX_LINEA}
#: Una orden que no existe, para saber por su respuesta que se ha atendido lo anterior.
PREGUNTA = "/atiendes"


class SalaConSockets:
    """Conexiones con un servidor, numeradas desde 1, y lo que ha recibido cada una."""

    def __init__(self, chat: Chat, descriptores_libres: int) -> None:
        """`descriptores_libres` son los que tiene el servidor cuando no hay nadie conectado."""
        self._chat = chat
        self._descriptores_libres = descriptores_libres
        self._gente = Gente(chat.puerto)
        self._personas: dict[int, Persona] = {}
        self._numeros = count(1)
        #: Los bytes de cada envío: con pocos, las líneas y hasta las letras van partidas.
        self.bytes_por_envio = MAX_LINEA
        #: Con qué termina cada línea.
        self.final = b"\n"

    # --- Lo que puede ocurrir ---

    def llegar(self) -> int:
        numero = next(self._numeros)
        self._personas[numero] = self._gente.llegar()
        return numero

    def decir(self, numero: int, *lineas: Recibida) -> None:
        for linea in lineas:
            cruda = MALAS[linea.motivo] if isinstance(linea, LineaMala) else linea.encode()
            self.enviar(numero, cruda + self.final)

    def decir_lote(self, numero: int, *mensajes: str) -> None:
        self.enviar(numero, b"".join(mensaje.encode() + self.final for mensaje in mensajes))

    def enviar(self, numero: int, datos: bytes) -> None:
        persona = self._personas[numero]
        if persona.socket.fileno() < 0:
            return  # se cortó: ya no tiene con qué
        for inicio in range(0, len(datos), self.bytes_por_envio):
            self._gente.enviar(persona, datos[inicio : inicio + self.bytes_por_envio])

    def cortarse(self, numero: int) -> None:
        """Cierra su ida (FIN) y espera a que el servidor también cierre."""
        persona = self._personas[numero]
        if not persona.ha_terminado:
            self._gente.no_enviar_mas(persona)
            self._gente.esperar_fin([persona])

    def cortarse_de_golpe(self, numero: int) -> None:
        """Corta (RST). Como ya no puede oír al servidor, se mira cuándo suelta su descriptor.

        Se cuentan todos: que haya uno menos puede ser por quien se fue antes.
        """
        self._gente.cortar(self._personas[numero])
        siguen = sum(not persona.ha_terminado for persona in self._personas.values())
        quedan = self._descriptores_libres + siguen
        esperar_a_que(lambda: descriptores(self._chat) == quedan, "el servidor nota el corte")

    def expulsar(self, numero: int, motivo: str) -> None:
        """Desde fuera no se puede: solo vale para quien ya lo está, y no hace nada."""

    def vaciar(self) -> None:
        """Se van todas, y el servidor se queda como antes de que llegara la primera."""
        self._gente.cortar_a_todas()
        self._gente.cerrar()
        esperar_a_que(
            lambda: descriptores(self._chat) == self._descriptores_libres, "el servidor los suelta"
        )

    # --- Lo que se ve ---

    def lineas(self, numero: int) -> list[str]:
        """Todo lo que ha recibido esa conexión, sin las respuestas que son cosa nuestra."""
        return [linea for linea in self._personas[numero].lineas if PREGUNTA not in linea]

    def esperar_a_que_atienda(self, numeros: Collection[int]) -> None:
        """Espera a que el servidor haya atendido lo que han enviado esas personas de la sala.

        Hay cosas que no se notan, como lo que dice quien está sola: por eso cada una pide una orden
        que no existe, y espera a que se lo digan.
        """
        pregunta = f"{PREGUNTA}{next(self._numeros)}"
        personas = [self._personas[numero] for numero in numeros]
        for persona in personas:
            self._gente.enviar(persona, f"{pregunta}\n")
        self._gente.esperar_a(personas, f"{pregunta}.")

    def esperar_lineas(self, cuantas: dict[int, int]) -> None:
        """Espera a que cada conexión haya recibido ese número de líneas, y quizá más."""
        self._gente.esperar(
            lambda: all(len(self.lineas(numero)) >= n for numero, n in cuantas.items()),
            f"llegan {cuantas} líneas, y han llegado "
            + str({numero: len(self.lineas(numero)) for numero in cuantas}),
        )

    def esperar_cierre(self, numeros: set[int]) -> None:
        """Espera a que el servidor haya cerrado esas conexiones, y cuelga también aquí."""
        personas = [self._personas[numero] for numero in numeros]
        self._gente.esperar_fin(personas)
        for persona in personas:
            self._gente.colgar(persona)

    @property
    def cerradas(self) -> set[int]:
        """Las conexiones que el servidor ha cerrado, o se han cortado."""
        return {numero for numero, persona in self._personas.items() if persona.ha_terminado}
