"""Lo que aguantan los dos motores de ChatLab/1 cuando los clientes se portan de la peor manera.

Con `CHATLAB_ROBUSTEZ_ENTERA=1` se prueba a lo grande: diez mil personas a la vez en el modo
eventos, ocho horas de chat y muchos más ejemplos del modelo.
"""

import os

#: Hay que probarlo a lo grande, aunque tarde minutos.
ENTERA = "CHATLAB_ROBUSTEZ_ENTERA" in os.environ
