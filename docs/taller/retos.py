"""El reto de cada paso, como lo enseña su página: sale de `lessons/NN_tema/retos.toml`."""

from __future__ import annotations

from pathlib import Path

from chatlab.curso.codigo import clave_del_reto
from chatlab.curso.retos import Prediccion, Reto, todos_los_retos
from docs.taller.guion import GRABACIONES

CARPETA = GRABACIONES / "retos"
COMO_SE_HACE = (
    "La primera vez copia los programas de este paso, y dice dónde. Cámbialos y teclea la orden "
    "otra vez: te dirá si lo has logrado o qué ha visto en su lugar. El programa está explicado "
    "debajo, [trozo a trozo](#trozo-a-trozo). Los retos piden "
    "[instalar algo](../../empezar.md#instalarlo-del-todo), una vez."
)


def retos() -> dict[Path, str]:
    """El texto de cada reto, por la ruta en que se guarda."""
    return {
        CARPETA / reto.leccion.nombre / f"{reto.paso}.md": _texto(reto)
        for reto in todos_los_retos()
    }


def _texto(reto: Reto) -> str:
    partes = [
        f'**{reto.titulo}**{{ data-avance="{clave_del_reto(reto)}" }}',
        reto.consigna,
        *(_prediccion(reto.prediccion) if reto.prediccion else []),
        "Desde la carpeta principal (`cd ../../..` si estás en la de un paso):",
        f"```bash\npython -m chatlab reto {reto.numero}\n```",
        COMO_SE_HACE,
        f'??? tip "Una pista"\n\n    {reto.pista}',
    ]
    return "\n\n".join(partes) + "\n"


def _prediccion(prediccion: Prediccion) -> list[str]:
    opciones = "\n".join(
        f"{numero}. {opcion}" for numero, opcion in enumerate(prediccion.opciones, 1)
    )
    return [f"*Antes de hacerlo, di qué crees.* {prediccion.pregunta}", opciones]
