"""Lo que pide cada función de la biblioteca y no ha recibido: de `TypeError`, `ValueError`…"""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.confundidos import que_es
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre

#: Cómo se da cada cosa que piden las funciones de Python.
_COMO_SE_DA = {
    "str": "Conviértelo en texto: `str(…)`, o `.decode()` si son bytes.",
    "bytes": 'Conviértelo en bytes: `.encode("utf-8")`.',
    "int": "Conviértelo en número: `int(…)`.",
}


def _llamada_a(caso: Caso, *nombres: str) -> ast.Call | None:
    return next(
        (una for una in caso.llamadas_en_la_linea() if ultimo_nombre(una.func) in nombres), None
    )


def _a_quien_se_envia(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    """`conexion.sendall(datos, nombre)`: por un socket no se dice a quién."""
    llamada = _llamada_a(caso, "send", "sendall")
    if llamada is None or len(llamada.args) < 2:
        return None
    quien = f"{receptor(llamada)}.{ultimo_nombre(llamada.func)}({texto_de(llamada.args[0])})"
    return Explicacion(
        "Por un socket no se dice a quién: lo que se envía llega siempre al que está al otro lado.",
        f"Deja solo los bytes: `{quien}`. Para enviar a otra persona, usa su socket.",
    )


def _direccion_suelta(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    """`create_connection("localhost", 8000)`: Python reparte el texto como si fuera la tupla."""
    llamada = _llamada_a(caso, "create_connection", "create_server")
    if llamada is None or not llamada.args or isinstance(llamada.args[0], ast.Tuple):
        return None
    funcion = texto_de(llamada.func)
    dentro = ", ".join(texto_de(valor) for valor in llamada.args[:2])
    bien = f"{funcion}(({dentro}))" if len(llamada.args) > 1 else f"{funcion}((HOST, PORT))"
    return Explicacion(
        f"Lo primero que recibe `{ultimo_nombre(llamada.func)}` es la dirección, que es una tupla "
        "con el host y el puerto.",
        f"Pon otro par de paréntesis: `{bien}`.",
    )


def _lista_por_tupla(caso: Caso, encaje: re.Match[str]) -> Explicacion | None:
    """`s.bind(["localhost", 8000])`."""
    llamada = _llamada_a(caso, "bind", "connect", "connect_ex", "create_server", "sendto")
    if llamada is None or not llamada.args or not isinstance(llamada.args[-1], ast.List):
        return None
    dentro = ", ".join(texto_de(valor) for valor in llamada.args[-1].elts)
    antes = "".join(f"{texto_de(valor)}, " for valor in llamada.args[:-1])
    return Explicacion(
        "La dirección de un socket es una tupla, y los corchetes hacen una lista.",
        f"Cambia los corchetes por paréntesis: `{texto_de(llamada.func)}({antes}({dentro}))`.",
    )


def _bytes_de_pickle(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    if not any(texto_de(una.func) == "pickle.loads" for una in caso.llamadas_en_la_linea()):
        return None
    return Explicacion(
        "`pickle.loads` deshace lo que hizo `pickle.dumps`, que son bytes, y le has dado un texto.",
        "Dale los bytes como llegaron, sin `decode()`.",
    )


def _siesta_de_hilos(caso: Caso, _: re.Match[str]) -> Explicacion | None:
    """`await time.sleep(1)`: ya ha dormido, y a todos."""
    llamada = next(
        (una for una in caso.llamadas_en_la_linea() if texto_de(una.func) == "time.sleep"), None
    )
    if llamada is None:
        return None
    cuanto = ", ".join(texto_de(valor) for valor in llamada.args)
    return Explicacion(
        "`time.sleep` no se espera con `await`: detiene el programa entero, con todas sus tareas.",
        f"Escribe `await asyncio.sleep({cuanto})`.",
    )


def _otro_tipo(_: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion, pide, dado = encaje.groups()
    tipos = re.findall(r"\w+", pide)
    return Explicacion(
        f"`{funcion}` pide {que_es(tipos[0])}, y le has dado {que_es(dado.rpartition('.')[2])}.",
        _COMO_SE_DA.get(tipos[0], "Mira qué guarda lo que le das."),
    )


def _sin_valores(caso: Caso, encaje: re.Match[str]) -> Explicacion | None:
    tipo, metodo = encaje.groups()
    llamada = _llamada_a(caso, metodo)
    if llamada is None:
        return None
    delante = receptor(llamada)
    if (tipo, metodo) == ("set", "pop"):
        return Explicacion(
            "Un conjunto no tiene posiciones: su `pop` no recibe nada, y saca uno cualquiera.",
            f"Para quitar uno en concreto, `{delante}.discard(valor)`; si necesitas posiciones, "
            "usa una lista.",
        )
    return Explicacion(
        f"`{metodo}` no recibe nada entre los paréntesis.", f"Escribe `{delante}.{metodo}()`."
    )


REGLAS = (
    regla("TypeError", r"object cannot be interpreted as an integer$", _a_quien_se_envia),
    regla("ValueError", r"values to unpack \(expected 2", _direccion_suelta),
    regla("TypeError", r"address must be tuple, not list", _lista_por_tupla),
    regla("TypeError", r"address must be tuple", _direccion_suelta),
    regla("TypeError", r"^a bytes-like object is required, not 'str'", _bytes_de_pickle),
    regla(
        "TypeError",
        r"^object NoneType can't be used in 'await'|^'NoneType' object can't be awaited",
        _siesta_de_hilos,
    ),
    regla("TypeError", r"^(\w+)\.(\w+)\(\) takes no arguments \(\d+ given\)", _sin_valores),
    regla(
        "TypeError",
        r"^arguments 1-3 must be sequences",
        frase(
            "`select` recibe tres listas: de quién leer, a quién escribir y de quién esperar "
            "errores.",
            "Pon cada cosa en su lista, aunque sea una sola: `select.select([mi_socket], [], [])`.",
        ),
    ),
    regla(
        "TypeError",
        r"^(\w+)\(\) argument (?:\d+|'\w+') must be ((?:\w+(?:, | or )?)+), not ([\w.]+)",
        _otro_tipo,
    ),
    regla(
        "TypeError",
        r"^cannot convert '(\w+)' object to bytes",
        lambda _, encaje: Explicacion(
            f"Ahí hacen falta bytes, como los que da `recv`, y le has dado {que_es(encaje[1])}.",
            'Usa los bytes como llegaron, sin `decode()`, o conviértelo con `.encode("utf-8")`.',
        ),
    ),
    regla(
        "OverflowError",
        r"^int too big to convert",
        frase(
            "El número no cabe en los bytes que le das: con 1 se llega a 255; con 2, a 65 535; con "
            "4, a 4 294 967 295.",
            'Dale más bytes: `numero.to_bytes(4, "big")`, y los mismos al leer.',
        ),
    ),
    regla(
        "OverflowError",
        r"^can't convert negative int to unsigned",
        frase(
            "Un número negativo no cabe en bytes sin signo.",
            "Comprueba antes que no es negativo, o dale `signed=True` al escribirlo y al leerlo.",
        ),
    ),
)
