"""La sala: quién está dentro y quién debe recibir qué. No sabe nada de sockets.

Le cuentan lo que ocurre (alguien se conecta, llega una línea, alguien se va) y devuelve lo que
hay que hacer: enviar una línea a unas personas, desconectar a alguien, anotar algo en la
pantalla del servidor. Quien tiene los sockets (hilos, bucle de eventos…) lo hace.

Cada conexión está fuera, sin nombre o en la sala. La tabla de estados, con lo que la lleva de uno a
otro y lo que se dice a cada cual, está en `chatlab/chat/estados.py`.

Todas las personas reciben las líneas en el mismo orden, porque hay una sola sala y atiende los
sucesos de uno en uno: quien la use desde varios hilos debe hacerlo con un candado.
"""

from __future__ import annotations

from chatlab.chat import protocolo
from chatlab.chat.comandos import acusar, obedecer, quejarse
from chatlab.chat.limites import Limites
from chatlab.chat.nombres import NombreNoValido
from chatlab.chat.presentes import Presentes
from chatlab.chat.protocolo import Comando, LineaMala, Recibida
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, DifundirLote, Enviar, Numero, Tarea
from chatlab.textos import contar

#: Por qué se deja a quien tiene demasiado en espera.
NO_LEE = "no lees lo que te llega"


class Sala:
    """Las personas conectadas a un servidor y las reglas de ChatLab/1 entre ellas."""

    def __init__(self, limites: Limites | None = None) -> None:
        self._limites = limites or Limites()
        self._intentos: dict[Numero, int] = {}  # quien aún no tiene nombre: los que ha probado
        self._presentes = Presentes()
        self._personas = self._presentes.personas  # las mismas, más a mano

    # --- Lo que puede ocurrir ---

    def conectar(self, numero: Numero) -> list[Tarea]:
        """Alguien se ha conectado: se le pide el nombre, si hay sitio."""
        if not self.hay_sitio:
            return [Enviar((numero,), self.completa), Desconectar(numero)]
        self._intentos[numero] = 0
        return [Enviar((numero,), protocolo.BIENVENIDA)]

    def recibir(self, numero: Numero, linea: Recibida) -> list[Tarea]:
        """Ha llegado una línea de esa conexión."""
        if numero in self._personas:
            return self._recibir_de_persona(numero, linea)
        if numero in self._intentos:
            return self._recibir_nombre(numero, linea)
        return []

    def recibir_lote(self, numero: Numero, lineas: bytes) -> list[Tarea]:
        """Han llegado varias líneas seguidas de esa conexión, todas ellas mensajes corrientes.

        Es lo mismo que `recibir` cada una, pero de una vez. Son bytes tal como llegaron, con el
        final de cada línea, y quien llama ya sabe que `lote.son_mensajes`.
        """
        if numero not in self._personas:
            return []
        prefijo = protocolo.mensaje(self._personas[numero].nombre, "").encode()
        # El prefijo se pone detrás de cada final de línea: sobra el último, y falta el primero.
        con_prefijos = memoryview(lineas.replace(b"\n", b"\n" + prefijo))
        lote = DifundirLote(numero, b"".join((prefijo, con_prefijos[: -len(prefijo)])))
        if not self._personas[numero].quiere_acuse:
            return [lote]
        acuses = acusar(self._presentes, numero, len(self._personas) - 1)
        return [lote, *acuses * lineas.count(b"\n")]

    def desconectar(self, numero: Numero) -> list[Tarea]:
        """La conexión se ha cortado."""
        return self._sacar(numero, "se ha desconectado")

    def expulsar(self, numero: Numero, motivo: str) -> list[Tarea]:
        """El servidor no quiere seguir con esa conexión: se le dice por qué."""
        if not self._esta(numero):
            return []
        return [
            Enviar((numero,), protocolo.error(motivo)),
            *self._sacar(numero, "se ha desconectado"),
        ]

    def agotar_el_plazo_del_nombre(self, numero: Numero) -> list[Tarea]:
        """Esa conexión ha tardado demasiado en dar un nombre."""
        plazo = self._limites.segundos_para_el_nombre
        motivo = f"Han pasado {plazo:g} s sin un nombre. Vuelve a conectarte."
        return self.expulsar(numero, motivo)

    def abandonar(self, numero: Numero, motivo: str) -> list[Tarea]:
        """Esa conexión no da abasto con lo que recibe; `motivo` es `NO_LEE` o `no_ha_leido`."""
        return self.expulsar(numero, f"Te desconecto: {motivo}.")

    def avisar_del_ritmo(self, numero: Numero) -> list[Tarea]:
        """Esa conexión envía más deprisa de lo que se le lee, y ya se nota."""
        tope = self._limites.mensajes_por_segundo
        texto = f"Envías más de {tope} mensajes por segundo: los leo despacio, y no pierdo ninguno."
        return [Enviar((numero,), protocolo.aviso(texto))] if self._esta(numero) else []

    @property
    def no_ha_leido(self) -> str:
        """Por qué se deja a quien no ha aceptado un byte en su plazo."""
        return f"no has leído nada en {self._limites.segundos_sin_leer:g} s"

    def cerrar(self) -> list[Tarea]:
        """El servidor termina: se despide de todas las conexiones."""
        todas = (*self._personas, *self._intentos)
        self._intentos.clear()
        self._presentes.vaciar()
        return [Enviar(todas, protocolo.DESPEDIDA), *map(Desconectar, todas)]

    @property
    def hay_sitio(self) -> bool:
        """Cabe alguien más."""
        return len(self._intentos) + len(self._personas) < self._limites.personas

    @property
    def completa(self) -> str:
        """Lo que se dice a quien no cabe."""
        maximo = self._limites.personas
        return protocolo.error(f"La sala está completa ({maximo}). Prueba más tarde.")

    def espera_nombre(self, numero: Numero) -> bool:
        """Dice si esa conexión aún no tiene nombre."""
        return numero in self._intentos

    def personas(self) -> tuple[Numero, ...]:
        """Las conexiones que ya tienen nombre, por orden de llegada."""
        return tuple(self._personas)

    # --- Quien aún no tiene nombre ---

    def _recibir_nombre(self, numero: Numero, linea: Recibida) -> list[Tarea]:
        if isinstance(linea, str) and protocolo.es_salida(linea):
            return self._sacar(numero, "ha salido del chat")
        if linea == protocolo.AYUDA:  # la bienvenida la nombra: pedirla no gasta un intento
            return [Enviar((numero,), protocolo.AYUDA_SIN_NOMBRE)]
        try:
            nombre = self._presentes.nombre_libre(linea)
        except NombreNoValido as motivo:
            return self._rechazar_nombre(numero, str(motivo))
        return self._entrar(numero, nombre)

    def _rechazar_nombre(self, numero: Numero, motivo: str) -> list[Tarea]:
        self._intentos[numero] += 1
        quedan = self._limites.intentos_de_nombre - self._intentos[numero]
        if quedan <= 0:
            return self.expulsar(numero, f"{motivo} No quedan intentos: vuelve a conectarte.")
        que_hacer = f"Escribe otro nombre ({contar(quedan, 'intento')}):"
        return [Enviar((numero,), protocolo.error(f"{motivo} {que_hacer}"))]

    def _entrar(self, numero: Numero, nombre: str) -> list[Tarea]:
        presentes = self._presentes.nombres_resumidos()
        quien_hay = f"En la sala: {presentes}." if presentes else "No hay nadie más."
        del self._intentos[numero]
        self._presentes.entrar(numero, nombre)
        return [
            Anotar(f"{nombre} se ha unido al chat"),
            Enviar((numero,), f"{protocolo.SALUDO}{nombre}. {quien_hay}"),
            Difundir(numero, protocolo.aviso(f"{nombre} se ha unido al chat")),
        ]

    # --- Quien está en la sala ---

    def _recibir_de_persona(self, numero: Numero, linea: Recibida) -> list[Tarea]:
        if isinstance(linea, LineaMala):
            return quejarse(numero, linea.motivo)
        if not linea.strip():
            return []
        leida = protocolo.interpretar(linea)
        if isinstance(leida, Comando):
            return self._obedecer(numero, leida)
        return self._difundir(numero, leida.texto)

    def _difundir(self, numero: Numero, texto: str) -> list[Tarea]:
        linea = protocolo.mensaje(self._personas[numero].nombre, texto)
        return [
            Anotar(linea, es_mensaje=True),
            Difundir(numero, linea),
            *acusar(self._presentes, numero, len(self._personas) - 1),
        ]

    def _obedecer(self, numero: Numero, comando: Comando) -> list[Tarea]:
        if comando.nombre == protocolo.SALIR:
            return self._sacar(numero, "ha salido del chat")
        return obedecer(self._presentes, numero, comando)

    # --- Piezas comunes ---

    def _esta(self, numero: Numero) -> bool:
        return numero in self._personas or numero in self._intentos

    def _sacar(self, numero: Numero, noticia: str) -> list[Tarea]:
        """La conexión deja la sala. Si tenía nombre, los demás lo saben; solo la primera vez."""
        if self._intentos.pop(numero, None) is not None:
            return [Desconectar(numero)]
        nombre = self._presentes.sacar(numero)
        if nombre is None:
            return []
        noticia = f"{nombre} {noticia}"
        return [
            Anotar(noticia),
            Difundir(numero, protocolo.aviso(noticia)),
            Desconectar(numero),
        ]
