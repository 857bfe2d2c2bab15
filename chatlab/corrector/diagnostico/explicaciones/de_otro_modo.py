"""Lo que se llama de otro modo en otros lenguajes, y lo que se escribe en Python."""

from __future__ import annotations

#: De cada tipo, los nombres que no tiene y el arreglo. `{0}` es lo que hay delante del punto.
_ARREGLOS = {
    "list": (
        ("add push", "En una lista se añade con `append`: `{0}.append(…)`."),
        ("contains", "Para saber si está en la lista: `if algo in {0}:`."),
        ("discard delete", "De una lista se quita con `remove`: `{0}.remove(…)`."),
        ("addAll", "A una lista se añaden varios con `extend`: `{0}.extend(…)`."),
        ("indexOf", "La posición la da `index`: `{0}.index(…)`."),
        ("isEmpty", "Para saber si está vacía: `if not {0}:`."),
        ("join", '`join` es del separador: `", ".join({0})`.'),
        ("split", "`split` parte textos, y una lista ya está partida."),
    ),
    "set": (
        ("append push", "En un conjunto se añade con `add`: `{0}.add(…)`."),
        ("extend", "A un conjunto se añaden varios con `update`: `{0}.update(…)`."),
        ("contains", "Para saber si está en el conjunto: `if algo in {0}:`."),
    ),
    "tuple": (
        ("append remove", "Una tupla no cambia: crea `{0}` como lista, con `[]` en vez de `()`."),
    ),
    "dict": (
        ("put set", "Se guarda con corchetes: `{0}[clave] = valor`."),
        ("has_key contains", "Para saber si tiene una clave: `if clave in {0}:`."),
        ("delete remove", "De un diccionario se quita con `pop`: `{0}.pop(clave, None)`."),
    ),
    "str": (
        ("contains includes", "Para saber si un texto contiene a otro: `if algo in {0}:`."),
        ("append add", "Un texto se alarga con `+=`: `{0} += …`."),
        ("toLowerCase toLower tolower", "En Python se escribe `{0}.lower()`."),
        ("toUpperCase toUpper toupper", "En Python se escribe `{0}.upper()`."),
        ("indexOf", "En Python se escribe `{0}.find(…)`."),
        ("charAt", "De un texto se saca una letra con corchetes: `{0}[0]`."),
        ("equals", "Dos textos se comparan con `==`: `if {0} == otro:`."),
        ("isEmpty", "Para saber si está vacío: `if not {0}:`."),
        ("substring substr", "Un trozo de un texto se saca con corchetes: `{0}[0:3]`."),
        ("reverse", "Un texto se da la vuelta con `{0}[::-1]`."),
        ("trim", "En Python se escribe `{0}.strip()`."),
    ),
    "socket": (
        ("read receive", "De un socket se lee con `recv`: `{0}.recv(1024)`."),
        ("write println print", "Por un socket se envía con `sendall`: `{0}.sendall(…)`."),
        ("disconnect stop", "Un socket se cierra con `close`: `{0}.close()`."),
        ("decode", 'Se decodifica lo que se recibe: `{0}.recv(1024).decode("utf-8")`.'),
        ("encode", 'Se codifica lo que se envía: `{0}.sendall(texto.encode("utf-8"))`.'),
        ("readline", 'Un socket no lee líneas: junta lo que da `recv` hasta ver `b"\\n"`.'),
        ("set_timeout", "El plazo se pone con `settimeout`: `{0}.settimeout(5)`."),
    ),
    "Thread": (
        (
            "stop kill",
            "Un hilo no se para desde fuera: haz que su bucle mire una variable, por ejemplo un "
            "`threading.Event`, y termine.",
        ),
        ("wait", "A un hilo se le espera con `join`: `{0}.join()`."),
    ),
    "Event": (("notify", "Un `Event` se enciende con `set`: `{0}.set()`."),),
    "Queue": (
        ("append push add", "En una cola se mete con `put`: `{0}.put(…)`."),
        ("pop", "De una cola se saca con `get`: `{0}.get()`."),
    ),
    "StreamReader": (
        ("recv", "De un `StreamReader` se lee con `readline`: `await {0}.readline()`."),
        ("decode", "Se decodifica lo que se lee: `(await {0}.readline()).decode()`."),
    ),
    "StreamWriter": (
        (
            "send sendall",
            "Se envía con `write` y `drain`: `{0}.write(…)` y, debajo, `await {0}.drain()`.",
        ),
        ("recv", "Se lee del otro: `await lector.readline()`."),
    ),
    "lock": (
        ("lock", "Un candado se toma con `acquire`, o mejor: `with {0}:`."),
        ("unlock", "Un candado se suelta con `release`, o mejor: `with {0}:`."),
    ),
}

#: El arreglo, por el tipo y el nombre que no tiene.
DE_OTRO_MODO = {
    (tipo, nombre): arreglo
    for tipo, arreglos in _ARREGLOS.items()
    for nombres, arreglo in arreglos
    for nombre in nombres.split()
}
