"""Lo que pasa en una comprobación: de ello depende qué puede explicar que falle.

Cada una lo dice de sí misma donde se declara, en el `test_ejercicio.py` de su lección.
"""

from __future__ import annotations

from enum import StrEnum


class Pasa(StrEnum):
    """Algo que les pasa a las personas o a los programas mientras se comprueba."""

    #: Se despide, muere o le cortan: puede fallar quien no mira si `recv` está vacío, o no quita de
    #: su lista a quien ya no está.
    ALGUIEN_SE_VA = "alguien se va"
    #: Es de las primeras: si un cliente ha terminado, no es porque se haya despedido.
    NADIE_SE_HA_IDO = "nadie se ha ido todavía"
    #: Puede fallar quien cree que un `recv` es un mensaje.
    LLEGA_A_TROZOS = "un mensaje llega a medias, o con el siguiente pegado"
    ALGUIEN_CALLA = "alguien conecta y no dice nada"
    VUELVE_A_ARRANCAR = "el servidor arranca otra vez en su puerto"
    CON_CTRL_C = "se pulsa Ctrl+C en el servidor"
    EL_SERVIDOR_TERMINA = "el servidor debe terminar"
    EL_CLIENTE_TERMINA = "un cliente debe terminar"
