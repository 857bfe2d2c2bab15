"""Valores puestos dentro de un texto: `%`, `format` y los f-strings."""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import frase, regla

REGLAS = (
    regla(
        "TypeError",
        r"^%([a-z]) format: a .* is required, not (\w+)"
        r"|^format argument: %([a-z]) requires a .*, not (\w+)",
        frase(
            "En el texto, `%{0}{2}` espera un número, y le has dado un `{1}{3}`.",
            'Usa un f-string, `f"… {{valor}} …"`, o `%s`, que admite cualquier cosa.',
        ),
    ),
    regla(
        "TypeError",
        r"^not (?:all arguments converted|enough arguments for format)",
        frase(
            "El texto no tiene tantos `%s` como valores le das.",
            'Pon uno por cada valor, o usa un f-string: `f"… {{valor}} …"`.',
        ),
    ),
    regla(
        "TypeError",
        r"^unsupported format string passed to (\w+)\.__format__",
        frase(
            "Detrás de los dos puntos, entre las llaves, hay un formato que un `{0}` no admite.",
            "Quita el formato, o comprueba qué guarda esa variable.",
        ),
    ),
    regla(
        "IndexError",
        r"^Replacement index \d+ out of range",
        frase(
            "En el texto hay más huecos `{{}}` que valores en `format`.",
            'Dale uno por cada hueco, o usa un f-string: `f"… {{valor}} …"`.',
        ),
    ),
    regla(
        "ValueError",
        r"^Unknown format code '(\w)' for object of type '(\w+)'",
        frase(
            "El formato `:{0}` es para otro tipo de valores, y este es un `{1}`.",
            "Quita `:{0}`, o convierte antes el valor: `int(…)` si es un texto.",
        ),
    ),
    regla(
        "ValueError",
        r"^(?:Unknown format code|Invalid format specifier|Single '[{}]' encountered|expected '}')",
        frase(
            "El texto tiene unas llaves, o un formato detrás de los dos puntos, que Python no "
            "entiende.",
            "Revisa lo que hay entre las llaves; para escribir una llave, ponla doble: `{{{{`.",
        ),
    ),
)
