"""Varios hilos a la vez: `RuntimeError` y lo que se le parece."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla


def _cambia_mientras(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    escrito = re.search(r"\bin\s+([\w.]+(?:\(\))?)", caso.codigo)
    cual = escrito[1] if escrito else "clientes"
    que = {"dictionary": "Un diccionario", "set": "Un conjunto"}.get(encaje[1].lower(), "Una lista")
    return Explicacion(
        f"{que} cambió mientras un `for` lo recorría: otro hilo, o el propio bucle, añadió o quitó "
        "algo.",
        f"Recorre una copia: `for … in list({cual}):`"
        + (", hecha con el candado tomado." if "Thread" in caso.fuente.sin_comentarios else "."),
    )


REGLAS = (
    regla(
        "RuntimeError",
        r"^(dictionary|Set|set|list|deque|OrderedDict)(?: keys)? (?:changed|mutated)",
        _cambia_mientras,
    ),
    regla(
        "RuntimeError",
        r"^threads can only be started once",
        frase(
            "Cada hilo se arranca una sola vez, y a este ya se le llamó a `start()`.",
            "Crea un hilo nuevo con `threading.Thread(…)` cada vez, dentro del bucle.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^(?:release unlocked lock|cannot release un-acquired lock)",
        frase(
            "Se suelta un candado que este hilo no tiene tomado: sobra un `release()`, o falta el "
            "`acquire()`.",
            "Usa `with candado:`, que lo toma al entrar y lo suelta al salir.",
        ),
    ),
    regla(
        "RuntimeError _DeadlockError",
        r"[Dd]eadlock",
        frase(
            "El programa esperaría para siempre: un hilo espera un candado que nadie va a soltar.",
            "No tomes un candado que ya tienes: suéltalo antes, o usa `threading.RLock()`.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^cannot join current thread",
        frase("Un hilo no puede esperarse a sí mismo.", "Llama a `join()` desde otro hilo."),
    ),
    regla(
        "RuntimeError",
        r"^cannot join thread before it is started",
        frase("Se espera a un hilo que aún no ha empezado.", "Llama antes a `start()`."),
    ),
    regla(
        "RuntimeError",
        r"^thread\.__init__\(\) not called",
        frase(
            "Tu clase es un hilo y tiene su propio `__init__`, que no llama al de `Thread`.",
            "Añade `super().__init__()` como primera línea de `__init__`.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^can't start new thread",
        frase(
            "El sistema no da más hilos: se crean muchos y no terminan.",
            "Crea un solo hilo por cliente, y haz que acabe cuando el cliente se va.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^can't create new thread at interpreter shutdown",
        frase(
            "Se arranca un hilo cuando el programa ya termina: el hilo principal llegó al final.",
            "Arráncalo antes, o haz que el programa espere: un bucle, o `join()` de otro hilo.",
        ),
    ),
    regla(
        "",
        r"^_enter_buffered_busy: could not acquire lock for .*stdin",
        frase(
            "El programa terminó mientras un hilo `daemon` esperaba en `input()`, y a Python "
            "(hasta el 3.13) se le atraganta el cierre. Tu chat ya había acabado.",
            "Haz que el hilo principal sea el que llama a `input()`, y el otro el que recibe.",
        ),
    ),
    regla(
        "",
        r"^_enter_buffered_busy: could not acquire lock for ",
        frase(
            "El programa terminó mientras un hilo `daemon` aún escribía en la pantalla, y a Python "
            "se le atraganta el cierre. Tu chat ya había acabado.",
            "Antes de terminar, haz que ese hilo salga de su bucle y espérale con `join()`.",
        ),
    ),
)
