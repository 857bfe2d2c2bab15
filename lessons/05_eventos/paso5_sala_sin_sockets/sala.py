"""La sala: quién está y quién debe recibir qué. No sabe nada de sockets.

Se le cuenta lo que ha pasado (alguien llega, dice una línea, se va) y contesta
con una lista de lo que hay que hacer. Quien tiene los sockets lo hace. A cada
persona se la conoce por un número.
"""

from dataclasses import dataclass

BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:"
SALIDA = "/salir"


@dataclass
class Enviar:
    """Hay que enviar esta línea a estas personas."""

    a: list
    linea: str


@dataclass
class Despedir:
    """Hay que cerrar la conexión de esta persona."""

    numero: int


class Sala:
    """Las personas conectadas y lo que se dicen."""

    def __init__(self):
        # El nombre de cada persona, por su número; está vacío hasta que lo da.
        self.nombres = {}

    def llegar(self, numero):
        """Alguien se ha conectado."""
        self.nombres[numero] = ""
        return [Enviar([numero], BIENVENIDA)]

    def recibir(self, numero, linea):
        """Alguien ha dicho una línea: la primera es su nombre."""
        if linea == SALIDA:
            return [Despedir(numero)]
        if not linea:
            return []
        nombre = self.nombres[numero]
        if nombre:
            return [Enviar(self.todos_menos(numero), f"{nombre}: {linea}")]
        self.nombres[numero] = linea
        return [Enviar([numero], f"* Hola, {linea}.")]

    def irse(self, numero):
        """Se ha cerrado la conexión de alguien. A los demás no se les dice."""
        del self.nombres[numero]
        return []

    def todos_menos(self, numero):
        """Los números de quienes ya tienen nombre, menos ese."""
        return [
            otro
            for otro, nombre in self.nombres.items()
            if nombre and otro != numero
        ]
