"""Lo que va mal dentro de un f-string: parte de `SyntaxError`.

Hasta Python 3.11 se analizaban aparte, y dentro de las llaves no cabían las comillas de fuera.
"""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla


def _comillas_iguales(caso: Caso) -> Explicacion | None:
    """`f"{datos["nombre"]}"`: vale desde Python 3.12; None si no es el caso."""
    for comilla, otra in (('"', "'"), ("'", '"')):
        if re.search(rf"[fF]{comilla}[^{comilla}]*\{{[^{comilla}}}]*{comilla}", caso.codigo):
            return Explicacion(
                "Entre las llaves hay comillas iguales que las de fuera, y eso solo vale desde "
                "Python 3.12: hasta el 3.11, el texto acaba en ellas.",
                f"Dentro de las llaves usa las otras comillas, `{otra}`.",
            )
    return None


def _llave(caso: Caso, _: re.Match[str]) -> Explicacion:
    # Si detrás de la comilla aún se cierra la llave, lo que sobra es la comilla.
    cierra = re.search(r"\{[^}]*[\"'][^}]*\}", caso.codigo) is not None
    return (_comillas_iguales(caso) if cierra else None) or Explicacion(
        "En el f-string se abre una llave y no se cierra.",
        'Cierra la llave del f-string detrás de la variable: `f"… {nombre} …"`.',
    )


def _otra_cosa(caso: Caso, _: re.Match[str]) -> Explicacion:
    return _comillas_iguales(caso) or Explicacion(
        "Lo que hay entre llaves en un f-string debe ser una expresión completa.",
        "Revisa las llaves del f-string; dentro, usa comillas distintas de las de fuera.",
    )


REGLAS = (
    regla(
        "SyntaxError",
        r"^[ft]-string: (?:empty expression not allowed|valid expression required before '}')",
        frase(
            "Hay unas llaves vacías en el f-string: entre ellas va la variable.",
            'Escribe la variable dentro: `f"… {{nombre}} …"`; para una llave de verdad, ponla '
            "doble.",
        ),
    ),
    regla("SyntaxError", r"^[ft]-string: expecting '}'", _llave),
    regla(
        "SyntaxError",
        r"^[ft]-string: single '([{}])' is not allowed",
        frase(
            "Hay una llave suelta en el f-string, sin su pareja.",
            "Quítala; para escribir una llave de verdad, ponla doble: `{0}{0}`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^[ft]-string: invalid conversion character",
        frase(
            "En un f-string, detrás de `!` solo va `r`, `s` o `a`, que son modos de escribir el "
            "valor.",
            'Quita el `!` y lo que le sigue: `f"… {{nombre}} …"`. Si es parte del texto, ponlo '
            "fuera de las llaves.",
        ),
    ),
    regla("SyntaxError", r"^[ft]-string: ", _otra_cosa),
)
