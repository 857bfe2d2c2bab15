"""Lo que no es de ninguna familia, y lo que se dice cuando no se sabe más."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.rastro import EXCEPCIONES


def _sin_archivo(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if re.search(r"\b(?:subprocess|Popen|system|exec[lv]\w*)\b", caso.codigo):
        return Explicacion(
            f"No hay ningún programa que se llame {encaje[1]} en este ordenador.",
            "Comprueba el nombre; para arrancar otro de Python, usa `sys.executable`.",
        )
    return Explicacion(
        f"El archivo {encaje[1]} no existe donde se busca: la carpeta desde la que se ejecuta el "
        "programa.",
        f'Comprueba el nombre {encaje[1]}; para crearlo al escribir, ábrelo con `"a"` o `"w"`.',
    )


def _sin_fin(caso: Caso, _: re.Match[str]) -> Explicacion:
    clase = caso.fuente.clase_en(caso.linea)
    porque = "Una función se llama a sí misma sin parar, y Python corta al llegar a unas mil veces."
    if caso.funcion == "__init__" and clase and f"{clase.name}(" in caso.codigo:
        return Explicacion(
            f"Crear un `{clase.name}` crea otro dentro, y este otro, sin parar.",
            f"Saca `{clase.name}(…)` del `__init__`: crea ese objeto fuera.",
        )
    if caso.funcion in ("__getattr__", "__getattribute__", "__setattr__"):
        return Explicacion(
            f"`{caso.funcion}` usa dentro lo mismo que define, y se llama a sí misma sin parar.",
            "Usa dentro `self.__dict__`, o quita ese método.",
        )
    return Explicacion(
        porque, "Para repetir algo usa `while True:` en vez de volver a llamar a la función."
    )


def _por_hacer(_: Caso, encaje: re.Match[str]) -> Explicacion:
    tarea = f" ({encaje[1]})" if encaje[1] else ""
    return Explicacion(
        f"El programa llegó a una parte que aún está por escribir{tarea}.",
        "Cambia el `raise NotImplementedError` por tu código.",
    )


def _generica(caso: Caso, _: re.Match[str]) -> Explicacion:
    nombre = caso.rastro.nombre
    propia = nombre not in EXCEPCIONES and any(
        clase.name == nombre for fuente in caso.fuentes for clase in fuente.clases
    )
    if propia:
        return Explicacion(
            f"`{nombre}` es una excepción de tu programa: se lanzó con `raise` y nadie la trató.",
            f"Trátala con `try:` y `except {nombre}:` donde quieras seguir.",
        )
    if caso.codigo.startswith("raise"):
        donde = f"donde se llama a `{caso.funcion}`" if caso.funcion else "alrededor de esta línea"
        return Explicacion(
            "Esta línea de tu programa lanza el error a propósito, con `raise`, y nadie lo trató.",
            f"Trátalo con `try:` y `except {nombre}:` {donde}.",
        )
    if caso.linea is None:
        return Explicacion(
            "El programa se detuvo con un error que no trató, fuera de tus archivos.",
            "Lee el mensaje de Python, y busca en tu código qué línea lo pide.",
        )
    return Explicacion(
        "Esta línea no se pudo terminar, y nadie trató el error: por eso se detuvo el programa, o "
        "el hilo.",
        f"Mira qué valores había en ella, y lo que dice Python: «{caso.mensaje or nombre}». Si "
        f"puede pasar sin ser un descuido, trátalo con `try:` y `except {nombre}:`.",
    )


REGLAS = (
    regla("RecursionError", "", _sin_fin),
    regla(
        "EOFError",
        r"^EOF when reading a line",
        frase(
            "`input()` espera una línea del teclado y el teclado se ha cerrado (Ctrl+D, o la "
            "entrada se acabó).",
            "Rodea `input()` con `try:` y `except EOFError:`, y ahí termina el programa.",
        ),
    ),
    regla("FileNotFoundError", r"(?:No such file or directory|[^:]*): (.+)$", _sin_archivo),
    regla(
        "PermissionError",
        "",
        frase(
            "El sistema no deja hacer eso: no tienes permiso sobre ese archivo o esa dirección.",
            "Usa un archivo de tu carpeta; si es un puerto, uno de 1024 en adelante.",
        ),
    ),
    regla("NotImplementedError", r"(.*)", _por_hacer),
    regla(
        "ZeroDivisionError", "", frase("Se divide entre cero.", "Comprueba antes que no es cero.")
    ),
    regla(
        "AssertionError",
        "",
        frase(
            "Un `assert` comprobó algo que no se cumple.",
            "Mira qué valores había en esta línea: no son los que el programa daba por buenos.",
        ),
    ),
    regla(
        "Empty",
        "",
        frase(
            "La cola estaba vacía y se pidió sin esperar.",
            "Usa `get()`, que espera, o trata `queue.Empty`.",
        ),
    ),
    regla(
        "Full",
        "",
        frase(
            "La cola estaba llena y se metió sin esperar.",
            "Usa `put()`, que espera, o trata `queue.Full`.",
        ),
    ),
    regla(
        "ShutDown QueueShutDown",
        "",
        frase(
            "La cola ya se cerró con `shutdown()`, y se sigue usando.",
            "Ciérrala la última, o trata `queue.ShutDown`: dice que no habrá más.",
        ),
    ),
    regla(
        "IncompleteReadError",
        "",
        frase(
            "El otro lado cerró la conexión antes de enviar todo lo que se esperaba.",
            "Trata `asyncio.IncompleteReadError`: esa persona se ha ido.",
        ),
    ),
    regla(
        "LimitOverrunError",
        "",
        frase(
            "Llegó una línea más larga de lo que `asyncio` guarda (64 KiB), sin su `\\n`.",
            "Acaba cada mensaje con `\\n`, o sube el `limit` de la conexión.",
        ),
    ),
    regla(
        "UnsupportedOperation",
        r"not (readable|writable)",
        frase(
            "El archivo se abrió para otra cosa.",
            'Ábrelo con `"r"` para leer, `"w"` para escribir o `"a"` para añadir.',
        ),
    ),
    regla(
        "MemoryError",
        "",
        frase("El programa ocupa demasiada memoria.", "Busca lo que crece sin fin."),
    ),
    regla(
        "TclError",
        r"display",
        frase(
            "El programa abre una ventana, y se ha ejecutado donde no hay pantalla: en tu "
            "ordenador puede funcionar.",
            "Para que se pueda corregir, haz que se use desde la terminal, con `input` y `print`.",
        ),
    ),
    regla("", "", _generica),
)
