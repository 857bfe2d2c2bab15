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

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from chatlab.chat import protocolo
from chatlab.chat.limites import Limites
from chatlab.chat.nombres import MAX_NOMBRE, NombreNoValido, clave_de_nombre, leer_nombre
from chatlab.chat.protocolo import Comando, LineaMala, Recibida
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, DifundirLote, Enviar, Numero, Tarea
from chatlab.textos import contar

#: Por qué se deja a quien tiene demasiado en espera.
NO_LEE = "no lees lo que te llega"
#: Nombres que caben en una línea; del resto se dice cuántos son.
MAX_NOMBRES_POR_LINEA = 20


@dataclass(slots=True)
class Participante:
    """Alguien que ya tiene nombre."""

    nombre: str
    quiere_acuse: bool = False


class Sala:
    """Las personas conectadas a un servidor y las reglas de ChatLab/1 entre ellas."""

    def __init__(self, limites: Limites | None = None) -> None:
        self._limites = limites or Limites()
        self._intentos: dict[Numero, int] = {}  # quien aún no tiene nombre: los que ha probado
        self._personas: dict[Numero, Participante] = {}  # por orden de llegada
        self._ocupados: dict[str, Numero] = {}  # clave del nombre: quién lo lleva

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

    # --8<-- [start:recibir_lote]
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
        return [lote, *self._acusar(numero, len(self._personas) - 1) * lineas.count(b"\n")]

    # --8<-- [end:recibir_lote]

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

    @property
    def no_ha_leido(self) -> str:
        """Por qué se deja a quien no ha aceptado un byte en su plazo."""
        return f"no has leído nada en {self._limites.segundos_sin_leer:g} s"

    def cerrar(self) -> list[Tarea]:
        """El servidor termina: se despide de todas las conexiones."""
        todas = (*self._personas, *self._intentos)
        self._intentos.clear()
        self._personas.clear()
        self._ocupados.clear()
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
        try:
            nombre = self._nombre_libre(linea)
        except NombreNoValido as motivo:
            return self._rechazar_nombre(numero, str(motivo))
        return self._entrar(numero, nombre)

    def _nombre_libre(self, linea: Recibida, *, de: Numero | None = None) -> str:
        """El nombre que pide la línea; lanza `NombreNoValido` si no sirve o es de otra persona."""
        if isinstance(linea, LineaMala):
            raise NombreNoValido(linea.motivo)
        nombre = leer_nombre(linea)
        quien_lo_lleva = self._ocupados.get(clave_de_nombre(nombre), de)
        if quien_lo_lleva != de:
            raise NombreNoValido(f"Ya hay alguien que se llama «{nombre}».")
        return nombre

    def _rechazar_nombre(self, numero: Numero, motivo: str) -> list[Tarea]:
        self._intentos[numero] += 1
        quedan = self._limites.intentos_de_nombre - self._intentos[numero]
        if quedan <= 0:
            return self.expulsar(numero, f"{motivo} No quedan intentos: vuelve a conectarte.")
        que_hacer = f"Escribe otro nombre ({contar(quedan, 'intento')}):"
        return [Enviar((numero,), protocolo.error(f"{motivo} {que_hacer}"))]

    def _entrar(self, numero: Numero, nombre: str) -> list[Tarea]:
        presentes = self._nombres_resumidos()
        quien_hay = f"En la sala: {presentes}." if presentes else "No hay nadie más."
        del self._intentos[numero]
        self._personas[numero] = Participante(nombre)
        self._ocupados[clave_de_nombre(nombre)] = numero
        return [
            Anotar(f"{nombre} se ha unido al chat"),
            Enviar((numero,), f"{protocolo.SALUDO}{nombre}. {quien_hay}"),
            Difundir(numero, protocolo.aviso(f"{nombre} se ha unido al chat")),
        ]

    def _nombres_resumidos(self) -> str:
        primeras = islice(self._personas.values(), MAX_NOMBRES_POR_LINEA)
        nombres = ", ".join(persona.nombre for persona in primeras)
        if len(self._personas) > MAX_NOMBRES_POR_LINEA:
            return f"{nombres} y {len(self._personas) - MAX_NOMBRES_POR_LINEA} más"
        return nombres

    # --- Quien está en la sala ---

    def _recibir_de_persona(self, numero: Numero, linea: Recibida) -> list[Tarea]:
        if isinstance(linea, LineaMala):
            return self._quejarse(numero, linea.motivo)
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
            *self._acusar(numero, len(self._personas) - 1),
        ]

    def _acusar(self, numero: Numero, entregas: int) -> list[Tarea]:
        if not self._personas[numero].quiere_acuse:
            return []
        return [Enviar((numero,), protocolo.acuse(entregas))]

    def _obedecer(self, numero: Numero, comando: Comando) -> list[Tarea]:
        comandos: dict[str, Callable[[Numero, str], list[Tarea]]] = {
            "/ayuda": self._ayuda,
            "/usuarios": self._usuarios,
            "/privado": self._privado,
            "/nombre": self._cambiar_nombre,
            "/acuse": self._pedir_acuse,
            "/salir": self._salir,
        }
        obedecer = comandos.get(comando.nombre)
        if obedecer is None:
            return self._comando_desconocido(numero, comando.nombre)
        return obedecer(numero, comando.argumento)

    def _comando_desconocido(self, numero: Numero, nombre: str) -> list[Tarea]:
        parecido = protocolo.comando_parecido(nombre)
        consejo = f"¿Querías decir {parecido}?" if parecido else "Escribe /ayuda para verlos."
        escape = "Para enviar un mensaje que empiece por /, escribe //."
        return self._quejarse(numero, f"No existe el comando {nombre[:30]}. {consejo} {escape}")

    def _ayuda(self, numero: Numero, _argumento: str) -> list[Tarea]:
        lineas = (f"{forma}: {para_que}" for forma, para_que in protocolo.COMANDOS.values())
        return self._avisar(numero, lineas)

    def _usuarios(self, numero: Numero, _argumento: str) -> list[Tarea]:
        nombres = [persona.nombre for persona in self._personas.values()]
        tandas = (
            ", ".join(nombres[inicio : inicio + MAX_NOMBRES_POR_LINEA])
            for inicio in range(0, len(nombres), MAX_NOMBRES_POR_LINEA)
        )
        return self._avisar(numero, (f"En la sala ({len(nombres)}): {tanda}" for tanda in tandas))

    def _privado(self, numero: Numero, argumento: str) -> list[Tarea]:
        destino, texto = self._buscar_destino(argumento)
        if destino is None:
            nombre = argumento.partition(" ")[0]
            return self._quejarse(
                numero,
                f"No hay nadie que se llame «{nombre}». Mira quién está con /usuarios."
                if nombre
                else "Faltan el nombre y el texto: /privado NOMBRE texto",
            )
        if not texto:
            return self._quejarse(numero, "Falta el texto: /privado NOMBRE texto")
        linea = protocolo.mensaje(self._personas[numero].nombre, texto, privado=True)
        return [Enviar((destino,), linea), *self._acusar(numero, 1)]

    def _buscar_destino(self, argumento: str) -> tuple[Numero | None, str]:
        """Separa «Ana María hola» en la persona y el texto; gana el nombre más largo."""
        # Ningún nombre tiene más palabras que letras. Probar todas las de una línea larga tendría
        # esperando a la sala entera.
        for cuantas in range(MAX_NOMBRE, 0, -1):
            palabras = argumento.split(maxsplit=cuantas)
            clave = clave_de_nombre(" ".join(palabras[:cuantas]))
            if clave in self._ocupados:
                return self._ocupados[clave], "".join(palabras[cuantas:])
        return None, ""

    def _cambiar_nombre(self, numero: Numero, argumento: str) -> list[Tarea]:
        persona = self._personas[numero]
        try:
            nuevo = self._nombre_libre(argumento, de=numero)
        except NombreNoValido as motivo:
            return self._quejarse(numero, f"{motivo} Sigues siendo {persona.nombre}.")
        anterior, persona.nombre = persona.nombre, nuevo
        del self._ocupados[clave_de_nombre(anterior)]
        self._ocupados[clave_de_nombre(nuevo)] = numero
        noticia = f"{anterior} ahora se llama {nuevo}"
        return [
            Anotar(noticia),
            Enviar((numero,), protocolo.aviso(f"Ahora te llamas {nuevo}")),
            Difundir(numero, protocolo.aviso(noticia)),
        ]

    def _pedir_acuse(self, numero: Numero, _argumento: str) -> list[Tarea]:
        self._personas[numero].quiere_acuse = True
        return self._avisar(numero, ["Desde ahora sabrás a cuántas personas llega cada mensaje"])

    def _salir(self, numero: Numero, _argumento: str) -> list[Tarea]:
        return self._sacar(numero, "ha salido del chat")

    # --- Piezas comunes ---

    def _esta(self, numero: Numero) -> bool:
        return numero in self._personas or numero in self._intentos

    def _sacar(self, numero: Numero, noticia: str) -> list[Tarea]:
        """La conexión deja la sala. Si tenía nombre, los demás lo saben; solo la primera vez."""
        if self._intentos.pop(numero, None) is not None:
            return [Desconectar(numero)]
        persona = self._personas.pop(numero, None)
        if persona is None:
            return []
        del self._ocupados[clave_de_nombre(persona.nombre)]
        noticia = f"{persona.nombre} {noticia}"
        return [
            Anotar(noticia),
            Difundir(numero, protocolo.aviso(noticia)),
            Desconectar(numero),
        ]

    @staticmethod
    def _avisar(numero: Numero, textos: Iterable[str]) -> list[Tarea]:
        return [Enviar((numero,), protocolo.aviso(texto)) for texto in textos]

    @staticmethod
    def _quejarse(numero: Numero, motivo: str) -> list[Tarea]:
        return [Enviar((numero,), protocolo.error(motivo))]
