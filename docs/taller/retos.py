"""El reto de cada paso, como lo enseña su página: sale de `lessons/NN_tema/retos.toml`."""

from __future__ import annotations

from pathlib import Path

from chatlab.corrector.taller.avance import CARPETA_DE_EJERCICIOS
from chatlab.corrector.taller.retos import carpeta_del_reto
from chatlab.curso.codigo import clave_del_reto
from chatlab.curso.retos import Prediccion, Reto, todos_los_retos
from docs.taller.guion import GRABACIONES

CARPETA = GRABACIONES / "retos"
#: De la carpeta de un paso a la principal: sin salir de ella, las demás órdenes siguen valiendo.
A_LA_PRINCIPAL = "../../.."


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
        "En la terminal principal, con el [entorno activado]"
        "(../../empezar.md#instalarlo-del-todo):",
        f"```bash\npython -m chatlab reto {reto.numero}\n```",
        _como_se_hace(_copia(reto)),
        f'??? tip "Una pista"\n\n    {reto.pista}',
        _a_mano(_copia(reto)),
    ]
    return "\n\n".join(partes) + "\n"


def _prediccion(prediccion: Prediccion) -> list[str]:
    opciones = "\n".join(
        f"{numero}. {opcion}" for numero, opcion in enumerate(prediccion.opciones, 1)
    )
    return [f"*Antes de hacerlo, di qué crees.* {prediccion.pregunta}", opciones]


def _copia(reto: Reto) -> str:
    """La carpeta en la que se hace, dicha desde la principal."""
    en_los_ejercicios = carpeta_del_reto(reto, Path(CARPETA_DE_EJERCICIOS))
    return en_los_ejercicios.as_posix()


def _como_se_hace(copia: str) -> str:
    return (
        f"La primera vez copia los programas del paso en `{copia}`. Cámbialos ahí y "
        "repite la orden: te dirá si lo has logrado o qué ha visto en su lugar. El programa está "
        "explicado debajo, [trozo a trozo](#trozo-a-trozo)."
    )


def _a_mano(copia: str) -> str:
    # En la frase, y no en un bloque con pestañas: plegado, el sitio no pone la del sistema elegido.
    return (
        '??? info "Ver en marcha tu copia"\n\n'
        "    Termina antes lo que tengas en marcha, primero el cliente. En la terminal 1, sin "
        "moverla de carpeta:\n"
        f"    `python {A_LA_PRINCIPAL}/{copia}/servidor.py`.\n"
        "    En las demás, lo mismo con `cliente.py`."
    )
