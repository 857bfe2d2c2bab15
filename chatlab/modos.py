"""El catálogo de los modos: cómo se llaman y dónde están sus programas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Modo:
    """Un modo de comunicación y su pareja de programas."""

    nombre: str
    titulo: str
    resumen: str
    #: De qué modo es su cliente, si no tiene uno propio.
    cliente_de: str | None = None
    #: Los clientes con los que se ve en marcha: donde no hay más que una persona, uno.
    clientes: int = 2

    def modulo(self, papel: str) -> str:
        """El módulo de su programa; `papel` es «servidor» o «cliente»."""
        modo = self.cliente_de if papel == "cliente" and self.cliente_de else self.nombre
        return f"chatlab.{modo}.{papel}"


#: Por orden de dificultad.
MODOS = {
    modo.nombre: modo
    for modo in (
        Modo("bitacora", "bitácora", "el cliente escribe y el servidor apunta", clientes=1),
        Modo("turnos", "turnos", "servidor y cliente se alternan", clientes=1),
        Modo("difusion", "difusión", "muchos clientes: lo que dice uno lo leen todos"),
        Modo("eventos", "eventos", "difusión para miles de clientes, en un solo hilo", "difusion"),
    )
}
