"""Las obras de `chatlab demo`: qué dice cada cual, y quién debe verlo."""

from __future__ import annotations

from collections.abc import Callable

from chatlab.demo.tablado import Tablado


def bitacora(escenario: Tablado) -> None:
    """Dos personas, una detrás de otra, envían líneas que el servidor apunta. Lanza `NoLlego`."""
    servidor = escenario.entra_el_servidor()
    for nombre, frases in (
        ("Ana", ["Hola, bitácora", "El agua está a 21 °C"]),
        ("Carlos", ["Mañana, simulacro a las 9"]),
    ):
        persona = escenario.entra(nombre)
        for frase in frases:
            persona.dice(frase)
            servidor.ve(f"  {frase}")
        persona.se_va()
        servidor.ve("ha terminado")
    servidor.pulsa_ctrl_c()
    escenario.termina(
        "Cada cliente ha escrito sin esperar respuesta, y el servidor lo ha apuntado todo con su",
        "número, su hora y su origen. Un cliente ha ido detrás de otro.",
    )


def turnos(escenario: Tablado) -> None:
    """Una persona y el servidor se preguntan y se contestan por turnos. Lanza `NoLlego`."""
    servidor = escenario.entra_el_servidor()
    ana = escenario.entra("Ana")
    for pregunta, respuesta in (
        ("Hola. ¿A quién le toca?", "A ti te tocaba. Ahora me toca a mí."),
        ("¿Y si escribo antes de tiempo?", "Tu línea espera su turno."),
    ):
        ana.dice(pregunta)
        servidor.ve(f"Cliente: {pregunta}")
        servidor.dice(respuesta)
        ana.ve(f"Servidor: {respuesta}")
    ana.se_va()
    servidor.ve("El cliente ha salido")
    servidor.pulsa_ctrl_c()
    escenario.termina(
        "Servidor y cliente se han alternado: cada uno ha esperado a que el otro hablase.",
        "Cuando Ana se ha ido, el servidor se ha enterado.",
    )


def difusion(escenario: Tablado) -> None:
    """Tres personas hablan en una sala, también en privado, y se van. Lanza `NoLlego`."""
    servidor = escenario.entra_el_servidor()
    ana = escenario.entra("Ana", "--nombre", "Ana")
    ana.ve("* Hola, Ana. No hay nadie más.")
    servidor.ve("Ana se ha unido al chat")
    carlos = escenario.entra("Carlos", "--nombre", "Carlos")
    carlos.ve("* Hola, Carlos. En la sala: Ana.")
    for otra in (ana, servidor):
        otra.ve("Carlos se ha unido al chat")
    lucia = escenario.entra("Lucía", "--nombre", "Lucía")
    lucia.ve("* Hola, Lucía. En la sala: Ana, Carlos.")
    for otra in (ana, carlos, servidor):
        otra.ve("Lucía se ha unido al chat")

    ana.dice("¡Hola a todos! 😀")
    for otra in (carlos, lucia, servidor):
        otra.ve("Ana: ¡Hola a todos! 😀")
    carlos.dice("Hola, Ana. ¿Qué tal?")
    for otra in (ana, lucia, servidor):
        otra.ve("Carlos: Hola, Ana. ¿Qué tal?")
    lucia.dice("/privado Ana Luego te llamo")
    ana.ve("Lucía (privado): Luego te llamo")
    lucia.se_va()
    for otra in (ana, carlos, servidor):
        otra.ve("Lucía ha salido del chat")
    servidor.pulsa_ctrl_c()
    for otra in (ana, carlos):
        otra.ve("* El servidor se cierra. ¡Hasta pronto!")
    escenario.termina(
        "Lo que ha dicho una persona lo han leído todas las demás, menos el mensaje privado.",
        "Todas han sabido quién entraba, quién salía y cuándo se cerraba el servidor.",
    )


OBRAS: dict[str, Callable[[Tablado], None]] = {
    "bitacora": bitacora,
    "turnos": turnos,
    "difusion": difusion,
}
