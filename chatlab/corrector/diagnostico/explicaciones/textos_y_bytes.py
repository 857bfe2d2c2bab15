"""Texto donde hacen falta bytes, y al revés: parte de `TypeError`, y los errores de Unicode."""

from __future__ import annotations

import ast
import re
from encodings.aliases import aliases

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    frase,
    palabras,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.confundidos import que_es
from chatlab.corrector.diagnostico.explicaciones.nada import explicar_none
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

#: Los tipos de una función que se ha escrito sin sus paréntesis.
SIN_LLAMAR = palabras("function method builtin_function_or_method")
_POR_LA_RED = frozenset({"send", "sendall", "sendto", "write"})
_A_LA_RED_VAN_BYTES = (
    "Por la red no viaja texto, sino bytes: `encode` convierte el texto en bytes, y `decode` los "
    "bytes en texto."
)


def _faltan_bytes(caso: Caso, _: re.Match[str]) -> Explicacion:
    for llamada in caso.llamadas_en_la_linea():
        nombre = ultimo_nombre(llamada.func)
        if nombre == "setsockopt":
            return Explicacion(
                "El valor de una opción de `setsockopt` es un número, y le has dado un texto.",
                "Escribe `setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`, con el `1` sin "
                "comillas.",
            )
        if nombre in _POR_LA_RED and llamada.args:
            return Explicacion(
                f"`{nombre}` espera bytes y le has dado texto (`str`). {_A_LA_RED_VAN_BYTES}",
                f"Convierte el texto en bytes: `{_con_encode(llamada, nombre)}`.",
            )
    if caso.linea is None:
        return Explicacion(
            f"Se ha enviado texto (`str`) donde hacen falta bytes. {_A_LA_RED_VAN_BYTES}",
            'Busca dónde envías texto y conviértelo en bytes: `sendall(texto.encode("utf-8"))`.',
        )
    return Explicacion(
        "En esta línea se mezclan bytes, que es lo que da `recv`, con texto (`str`).",
        'Convierte los bytes en texto cuando llegan: `recv(1024).decode("utf-8")`.',
    )


def _otra_cosa_por_bytes(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo == "Template":
        return Explicacion(
            "Un texto con una `t` delante no es un texto, sino una plantilla (Python 3.14).",
            'Usa una `f`, y conviértelo en bytes: `f"Hola {nombre}".encode("utf-8")`.',
        )
    if tipo in SIN_LLAMAR:
        return Explicacion(
            "Se envía la función y no su resultado: sin paréntesis no se la llama.",
            'Pon los paréntesis: `.encode("utf-8")`.',
        )
    if tipo == "NoneType":
        llamadas = [ll for ll in caso.llamadas_en_la_linea() if ll.args]
        return explicar_none(caso, texto_de(llamadas[0].args[0]) if llamadas else "")
    if tipo in ("list", "dict", "tuple", "set"):
        return Explicacion(
            f"Por la red solo viajan bytes, y aquí hay {que_es(tipo)}.",
            'Conviértelo en un texto, y el texto en bytes: `json.dumps(…).encode("utf-8")`.',
        )
    return Explicacion(
        f"Por la red solo viajan bytes, y aquí hay {que_es(tipo)}.",
        'Conviértelo antes en texto, y el texto en bytes: `str(…).encode("utf-8")`.',
    )


def _con_encode(llamada: ast.Call, nombre: str) -> str:
    enviado = llamada.args[0]
    texto = texto_de(enviado)
    if isinstance(enviado, ast.BinOp | ast.IfExp | ast.BoolOp):
        texto = f"({texto})"
    if len(texto) > 60:
        texto = "texto"
    delante = f"{texto_de(llamada.func.value)}." if isinstance(llamada.func, ast.Attribute) else ""
    cola = ", …" if len(llamada.args) > 1 else ""
    return f'{delante}{nombre}({texto}.encode("utf-8"){cola})'


def _sumados(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    return Explicacion(
        f"No se pueden juntar bytes y texto con `+`. {_A_LA_RED_VAN_BYTES}",
        'Convierte antes los bytes en texto con `.decode("utf-8")`, o el texto en bytes con '
        '`.encode("utf-8")`.',
    )


def _texto_con_otra_cosa(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    otra = encaje[1] or encaje[2]
    if otra == "bytes":
        return _sumados(caso, encaje)
    que = {"NoneType": "`None`", "tuple": "una tupla", "list": "una lista"}.get(
        otra, f"un `{otra}`"
    )
    if otra in ("int", "float") and re.search(r"[+]=|=.*[+]\s*\d", caso.codigo):
        return Explicacion(
            f"Con `+` se junta texto con texto, y aquí hay {que_es(otra)}.",
            "Si es una cuenta, convierte antes el texto en número: `int(…)`. Si no lo es, usa un "
            "f-string.",
        )
    return Explicacion(
        f"Con `+` se junta texto con texto, y aquí hay {que}.",
        'Usa un f-string: `f"… {valor} …"` convierte en texto lo que hay entre llaves.',
    )


# --- Unicode -----------------------------------------------------------------------------------


def _no_se_descifra(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    codificacion, byte, motivo = encaje.groups()
    if codificacion == "ascii":
        return Explicacion(
            f"El byte {byte} es parte de una letra con tilde, una ñ o un emoji, y ASCII no los "
            "tiene.",
            'Decodifica con `.decode("utf-8")`, y envía con `.encode("utf-8")`.',
        )
    if otra := _otra_codificacion(caso):
        return Explicacion(
            f"Un programa envía con {otra} y el otro lee con {codificacion}: no se entienden en "
            "las tildes.",
            'Usa `"utf-8"` en los dos: en `encode` y en `decode`.',
        )
    if motivo == "invalid continuation byte":
        return Explicacion(
            f"Esos bytes no son UTF-8: el {byte} empieza una letra que no sigue. O quien los "
            "escribió usó otra codificación, o `recv` partió la letra.",
            'Envía siempre con `.encode("utf-8")`, y decodifica solo líneas completas.',
        )
    return Explicacion(
        "Una letra con tilde o un emoji ocupa varios bytes, y `recv` la cortó por la mitad: TCP "
        "entrega los bytes en trozos cualesquiera, y un trozo puede acabar dentro de una letra.",
        r"Junta los bytes en un buffer, `buffer += datos`, y decodifica cada línea ya completa "
        r'(hasta `b"\n"`).',
    )


def _otra_codificacion(caso: Caso) -> str | None:
    """La codificación distinta de UTF-8 con que envía algún archivo del alumno."""
    for fuente in caso.fuentes:
        for llamada in fuente.llamadas:
            match llamada:
                case ast.Call(func=ast.Attribute(attr="encode"), args=[ast.Constant(value=str(c))]):
                    if re.fullmatch(r"latin.?1|iso.?8859.*|cp\d+|windows.*|utf.?16.*", c.lower()):
                        return c
    return None


def _no_se_cifra(_: Caso, encaje: re.Match[str]) -> Explicacion:
    codificacion, caracter = encaje.groups()
    if codificacion.startswith("utf"):
        return Explicacion(
            f"El carácter {caracter} es un resto de bytes mal decodificados, y no se puede enviar.",
            'Decodifica lo que recibes con `.decode("utf-8", errors="replace")`.',
        )
    return Explicacion(
        f"La codificación {codificacion} no tiene el carácter {caracter}: una tilde, una ñ o un "
        "emoji.",
        'Usa UTF-8: `.encode("utf-8")`, y `encoding="utf-8"` en cada `open`.',
    )


def _codificacion_desconocida(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    escrita = encaje[1]
    conocidas = {"utf-8", "ascii", "latin-1", "cp1252", "utf-16", *aliases}
    buena = parecido(escrita, conocidas) or "utf-8"
    return Explicacion(
        f"No existe ninguna codificación que se llame `{escrita}`.",
        f'Escribe `"{buena}"` donde pone `"{escrita}"`.',
    )


REGLAS = (
    regla("TypeError", r"a bytes-like object is required, not 'str'", _faltan_bytes),
    # Lo dice el `write` de asyncio, de dos maneras: la segunda, desde 3.13.18.
    regla(
        "TypeError",
        r"^data argument must be a (?:bytes-like object|bytes, bytearray.*), not 'str'",
        _faltan_bytes,
    ),
    regla(
        "TypeError",
        r"^data argument must be a (?:bytes-like object|bytes, bytearray.*), not '(\w+)'",
        _otra_cosa_por_bytes,
    ),
    regla("TypeError", r"^a bytes-like object is required, not '(\w+)'", _otra_cosa_por_bytes),
    regla(
        "TypeError",
        r"^(?:startswith|endswith) first arg must be bytes",
        frase(
            "`startswith` y `endswith` comparan texto con texto o bytes con bytes, y lo recibido "
            "aún son bytes.",
            'Convierte los bytes en texto cuando llegan: `recv(1024).decode("utf-8")`.',
        ),
    ),
    regla("TypeError", r"can't concat str to bytes|a bytes-like object, str found", _sumados),
    regla(
        "TypeError",
        r'^can only concatenate str \(not "(\w+)"\) to str|for \+: \'(\w+)\' and \'str\'',
        _texto_con_otra_cosa,
    ),
    regla(
        "TypeError",
        r"^must be str or None, not bytes|^write\(\) argument must be str, not bytes|expected str "
        r"instance, bytes found",
        frase(
            "Aquí hace falta texto y le has dado bytes, que es lo que llega por la red.",
            'Conviértelos en texto con `.decode("utf-8")`.',
        ),
    ),
    regla(
        "TypeError",
        r"^write\(\) argument must be str, not (\w+)|sequence item \d+: expected str instance, "
        r"(\w+) found",
        frase(
            "Aquí hace falta texto y le has dado un `{0}{1}`.",
            "Conviértelo en texto con `str(…)`.",
        ),
    ),
    regla(
        "TypeError",
        r"^string argument without an encoding",
        frase(
            "`bytes(texto)` no sabe con qué codificación convertir el texto.",
            'Usa `texto.encode("utf-8")`.',
        ),
    ),
    regla(
        "TypeError",
        r"^(?:encoding|decoding) (?:without a string|str is not)",
        frase(
            "Se convierte dos veces: lo que das ya es lo que querías conseguir.",
            'Quita la conversión que sobra: `str(…, "utf-8")` es para bytes, y `bytes(…, '
            '"utf-8")`, para texto.',
        ),
    ),
    regla(
        "UnicodeDecodeError",
        r"'([\w-]+)' codec can't decode bytes? (?:(0x\w+) )?in position [\d-]+: (.*)",
        _no_se_descifra,
    ),
    regla(
        "UnicodeEncodeError",
        r"'([\w-]+)' codec can't encode characters? (?:('.{1,12}') )?in position",
        lambda caso, encaje: _no_se_cifra(caso, encaje),
    ),
    regla("LookupError", r"^unknown encoding: (.+)", _codificacion_desconocida),
)
