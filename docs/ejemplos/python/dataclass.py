from dataclasses import dataclass


@dataclass
class Persona:
    nombre: str
    mensajes: int = 0


print(Persona("Ana"))  # → Persona(nombre='Ana', mensajes=0)
