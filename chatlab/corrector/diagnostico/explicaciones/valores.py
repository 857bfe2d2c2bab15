"""El tipo es bueno y el valor no: `ValueError`, `IndexError`, `KeyError` y parecidos."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre


def _no_es_numero(_: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion, texto = ("int" if "int()" in encaje[0] else "float"), encaje[1]
    vacio = texto in ("''", '""', "b''")
    return Explicacion(
        f"`{funcion}` solo entiende textos que son números, y le ha llegado "
        + ("un texto vacío." if vacio else f"{texto}."),
        "Comprueba el texto antes, o rodea la línea con `try:` y `except ValueError:` y vuelve a "
        "preguntar.",
    )


def _no_hay_para_repartir(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    esperados = encaje[1]
    llegaron = encaje[2] if encaje.lastindex and encaje.lastindex > 1 else None
    variables = f"{esperados} variable{'' if esperados == '1' else 's'}"
    cuantos = f"{llegaron} valor{'' if llegaron == '1' else 'es'}" if llegaron else "más valores"
    porque = f"A la izquierda del `=` hay {variables} y a la derecha {cuantos}."
    if "accept(" in caso.codigo:
        return Explicacion(
            "`accept()` devuelve dos cosas: el socket del cliente y su dirección.",
            "Escribe `conexion, direccion = servidor.accept()`.",
        )
    if partido := re.search(r"([\w.]+)\.split\(([^(),]*)", caso.codigo):
        texto, separador = partido[1], partido[2] or "None"
        return Explicacion(
            f"{porque} Depende de lo que haya escrito la persona, o de que el mensaje llegase "
            "entero.",
            "Parte el texto con un máximo y comprueba cuántos trozos hay: "
            f"`partes = {texto}.split({separador}, 1)`.",
        )
    if re.search(r"\bfor\b.*\bin\b", caso.codigo):
        return Explicacion(
            f"Entre `for` e `in` hay {variables}, y cada elemento tiene {cuantos}.",
            "Pon tantas variables como valores; si recorres un diccionario, usa `.items()` para "
            "tener la clave y su valor.",
        )
    return Explicacion(porque, "Pon tantas variables como valores hay.")


def _falta_la_clave(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    clave = "ese socket" if encaje[1].startswith("<socket") else f"la clave {encaje[1]}"
    borrado = re.match(r"del\s+([\w.]+)\[(.+)\]|.*?([\w.]+)\.pop\((\w+)\)", caso.codigo)
    if borrado:
        diccionario, cual = borrado[1] or borrado[3], borrado[2] or borrado[4]
        return Explicacion(
            f"`{diccionario}` ya no tiene {clave}: otro hilo u otra línea lo quitó antes.",
            f"Quítalo solo si está: `{diccionario}.pop({cual}, None)`.",
        )
    for llamada in caso.llamadas_en_la_linea():
        metodo = ultimo_nombre(llamada.func)
        if metodo == "remove" and llamada.args:
            conjunto, que = receptor(llamada), texto_de(llamada.args[0])
            return Explicacion(
                f"`{que}` no está en `{conjunto}`: o ya se quitó, o no se llegó a añadir.",
                f"Quítalo con `discard`, que no se queja: `{conjunto}.discard({que})`.",
            )
        if metodo == "pop" and llamada.args:
            diccionario, cual = receptor(llamada), texto_de(llamada.args[0])
            return Explicacion(
                f"`{diccionario}` no tiene {clave}.",
                f"Quítalo solo si está: `{diccionario}.pop({cual}, None)`.",
            )
        if metodo == "format":
            return Explicacion(
                f"En el texto hay un hueco `{{{encaje[1][1:-1]}}}`, y `format` no lo recibe.",
                f"Dáselo, `format({encaje[1][1:-1]}=…)`, o usa un f-string.",
            )
    if re.search(r"[\"']\s*%\s*[\w{(]", caso.codigo):
        return Explicacion(
            f"En el texto hay un hueco `%({encaje[1][1:-1]})s`, y el diccionario no tiene {clave}.",
            "Dale esa clave, o usa un f-string.",
        )
    escrito = re.search(r"([\w.]+)\[([^\[\]]+)\]", caso.codigo)
    if escrito is None:
        return Explicacion(
            f"El diccionario no tiene {clave}.",
            "Comprueba antes con `in` si la tiene, o pide con `get`, que da `None` si no está.",
        )
    nombre, cual = escrito[1], escrito[2]
    return Explicacion(
        f"`{nombre}` no tiene {clave}.",
        f"Comprueba antes con `if {cual} in {nombre}:`, o pide con `{nombre}.get({cual})`.",
    )


REGLAS = (
    regla("ValueError", r"invalid literal for int\(\) with base \d+: (.*)", _no_es_numero),
    regla("ValueError", r"could not convert string to float: (.*)", _no_es_numero),
    regla(
        "ValueError",
        r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
        _no_hay_para_repartir,
    ),
    regla(
        "ValueError",
        r"too many values to unpack \(expected (\d+)(?:, got (\d+))?\)",
        _no_hay_para_repartir,
    ),
    regla(
        "ValueError",
        r"I/O operation on closed file",
        frase(
            "El archivo ya está cerrado: al salir del `with` se cierra solo.",
            "Usa el archivo dentro del `with`, o ábrelo otra vez.",
        ),
    ),
    regla(
        "ValueError",
        r"file descriptor cannot be a negative|Invalid file (?:descriptor|object)",
        frase(
            "Uno de los sockets que se vigilan ya está cerrado.",
            "Quítalo de la lista (o con `unregister`) antes de cerrarlo.",
        ),
    ),
    regla(
        "ValueError",
        r"negative buffersize",
        frase("`recv` no puede leer un número negativo de bytes.", "Escribe `recv(1024)`."),
    ),
    regla(
        "ValueError",
        r"^bytes must be in range|^byte must be in range",
        frase(
            "Un byte va de 0 a 255, y le has dado un número más grande.",
            "Para enviar un número, hazlo texto: `str(numero).encode()`.",
        ),
    ),
    regla(
        "ValueError",
        r"^empty separator",
        frase("`split` no puede partir por un texto vacío.", 'Dale un separador: `split(":")`.'),
    ),
    regla(
        "ValueError",
        r"^(?:source code string|embedded null)",
        frase(
            "El texto tiene un carácter nulo (`\\0`), que llega cuando se reservan bytes de más.",
            'Quítalos al recibir: `datos.rstrip(b"\\0")`.',
        ),
    ),
    regla(
        "ValueError",
        r"^math domain error|^expected a (?:nonnegative|positive|number)",
        frase(
            "Esa operación no existe para ese número: la raíz de uno negativo, por ejemplo.",
            "Comprueba el número antes.",
        ),
    ),
    regla(
        "ValueError",
        r"^Exceeds the limit \((\d+) digits?\)",
        frase(
            "Es un número de más de {0} cifras, y Python no convierte los tan largos.",
            "Comprueba antes cuántas letras tiene: `if len(texto) < 10:`.",
        ),
    ),
    regla(
        "KeyError",
        r"is already registered",
        frase(
            "Ese socket ya estaba apuntado en el selector: `register` se llama una sola vez.",
            "Para cambiar lo que esperas de él, usa `modify`; para quitarlo, `unregister`.",
        ),
    ),
    regla(
        "KeyError",
        r"is not registered",
        frase(
            "Ese socket no está apuntado en el selector: o no se apuntó, o ya se quitó.",
            "Llama a `unregister` una sola vez, y antes de `close()`.",
        ),
    ),
    regla("KeyError", r"(.*)", _falta_la_clave),
)
