"""Quién está en la sala: cada persona por su conexión, y cada nombre una sola vez."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from chatlab.chat.nombres import MAX_NOMBRE, NombreNoValido, clave_de_nombre, leer_nombre
from chatlab.chat.protocolo import LineaMala, Recibida
from chatlab.chat.tareas import Numero

#: Nombres que caben en una línea; del resto se dice cuántos son.
MAX_NOMBRES_POR_LINEA = 20


@dataclass(slots=True)
class Participante:
    """Alguien que ya tiene nombre."""

    nombre: str
    quiere_acuse: bool = False


@dataclass(slots=True)
class Presentes:
    """Las personas que ya tienen nombre."""

    #: Por orden de llegada.
    personas: dict[Numero, Participante] = field(default_factory=dict)
    _ocupados: dict[str, Numero] = field(default_factory=dict)  # clave del nombre: quién lo lleva

    def entrar(self, numero: Numero, nombre: str) -> None:
        """Esa conexión tiene desde ahora ese nombre, que está libre."""
        self.personas[numero] = Participante(nombre)
        self._ocupados[clave_de_nombre(nombre)] = numero

    def sacar(self, numero: Numero) -> str | None:
        """Deja de estar; devuelve el nombre que tenía, o `None` si no estaba."""
        persona = self.personas.pop(numero, None)
        if persona is None:
            return None
        del self._ocupados[clave_de_nombre(persona.nombre)]
        return persona.nombre

    def cambiar_de_nombre(self, numero: Numero, nuevo: str) -> str:
        """Le pone otro nombre, que está libre; devuelve el que tenía."""
        persona = self.personas[numero]
        anterior, persona.nombre = persona.nombre, nuevo
        del self._ocupados[clave_de_nombre(anterior)]
        self._ocupados[clave_de_nombre(nuevo)] = numero
        return anterior

    def vaciar(self) -> None:
        """Ya no queda nadie."""
        self.personas.clear()
        self._ocupados.clear()

    def nombre_libre(self, linea: Recibida, *, de: Numero | None = None) -> str:
        """El nombre que pide la línea; lanza `NombreNoValido` si no sirve o es de otra persona."""
        if isinstance(linea, LineaMala):
            raise NombreNoValido(linea.motivo)
        nombre = leer_nombre(linea)
        if self._ocupados.get(clave_de_nombre(nombre), de) != de:
            raise NombreNoValido(f"Ya hay alguien que se llama «{nombre}».")
        return nombre

    def buscar(self, texto: str) -> tuple[Numero | None, str]:
        """Separa «Ana María hola» en la persona y lo demás; gana el nombre más largo."""
        # Ningún nombre tiene más palabras que letras. Probar todas las de una línea larga tendría
        # esperando a la sala entera.
        for cuantas in range(MAX_NOMBRE, 0, -1):
            palabras = texto.split(maxsplit=cuantas)
            clave = clave_de_nombre(" ".join(palabras[:cuantas]))
            if clave in self._ocupados:
                return self._ocupados[clave], "".join(palabras[cuantas:])
        return None, ""

    def nombres(self) -> Sequence[str]:
        """Los de todas las personas, por orden de llegada."""
        return [persona.nombre for persona in self.personas.values()]

    def nombres_resumidos(self) -> str:
        """Los que caben en una línea, y cuántos más hay; vacío si no hay nadie."""
        primeras = islice(self.personas.values(), MAX_NOMBRES_POR_LINEA)
        nombres = ", ".join(persona.nombre for persona in primeras)
        if len(self.personas) > MAX_NOMBRES_POR_LINEA:
            return f"{nombres} y {len(self.personas) - MAX_NOMBRES_POR_LINEA} más"
        return nombres
