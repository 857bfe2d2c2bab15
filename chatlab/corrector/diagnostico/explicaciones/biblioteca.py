"""Lo que dicen las funciones de la biblioteca de Python cuando se les da lo que no admiten."""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import frase, regla

REGLAS = (
    regla(
        "ValueError",
        r"^sleep length must be non-negative|^timeout value must be",
        frase("Un tiempo de espera no puede ser negativo.", "Pon los segundos: `5`, `0.5`…"),
    ),
    regla(
        "ValueError",
        r"^(?:max|min)\(\) (?:arg|iterable argument) is",
        frase("No hay ningún elemento entre los que elegir.", "Comprueba antes `if lista:`."),
    ),
    regla(
        "IndexError",
        r"^Cannot choose from an empty",
        frase("La lista está vacía y no hay qué elegir.", "Comprueba antes `if lista:`."),
    ),
    regla(
        "StopIteration",
        "",
        frase(
            "`next` pidió un elemento más y ya no quedaban.",
            "Usa un `for`, o da un valor para el final: `next(cosas, None)`.",
        ),
    ),
    regla(
        "TypeError",
        r"^isinstance\(\) arg 2 must be a type",
        frase(
            "Lo segundo que recibe `isinstance` es un tipo, no un texto.",
            "Escribe `isinstance(x, int)`, sin comillas.",
        ),
    ),
    regla(
        "ValueError",
        r"^signal only works in main thread",
        frase(
            "Las señales, como la de Ctrl+C, solo se preparan en el hilo principal.",
            "Llama a `signal.signal` fuera de los hilos, al empezar el programa.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^cannot set daemon status of active thread",
        frase(
            "`daemon` se decide antes de arrancar el hilo, y este ya está en marcha.",
            "Dilo al crearlo: `threading.Thread(target=…, daemon=True)`.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^cannot (?:notify|wait) on un-acquired lock",
        frase(
            "Una `Condition` se usa con su candado tomado.",
            "Mete esa línea dentro de `with condicion:`.",
        ),
    ),
    regla(
        "ValueError",
        r"^task_done\(\) called too many times",
        frase(
            "`task_done()` se llama una vez por cada `get()`, y aquí va una de más.",
            "Quita la que sobra.",
        ),
    ),
    regla(
        "RuntimeError",
        r"^No active exception to reraise",
        frase(
            "`raise` a solas vuelve a lanzar el error que se está tratando, y aquí no hay ninguno.",
            "Úsalo dentro de un `except`, o di qué error lanzas.",
        ),
    ),
    regla(
        "TypeError",
        # Hasta 3.11, «with abstract method f»; después, «without an implementation for…».
        r"^Can't instantiate abstract class (\w+) with.* '?(\w+)'?$",
        frase(
            "A la clase `{0}` le falta escribir `{1}`: mientras tanto, no se pueden crear objetos.",
            "Escribe `{1}` en la clase, o en una que herede de ella.",
        ),
    ),
    regla(
        "ValueError",
        r"^mutable default .* for field (\w+)",
        frase(
            "El valor inicial de `{0}` sería el mismo para todos los objetos de la clase.",
            "Escribe `{0}: list = field(default_factory=list)`.",
        ),
    ),
    regla(
        "FrozenInstanceError AttributeError",
        r"^(?:cannot assign to field|can't set attribute|cannot set attribute|property .* has no "
        r"setter)",
        frase(
            "Ese dato no se puede cambiar: la clase lo da solo para leerlo.",
            "Crea un objeto nuevo con el valor que quieres.",
        ),
    ),
    regla(
        "IsADirectoryError",
        "",
        frase("Eso es una carpeta, no un archivo.", "Di también el nombre del archivo."),
    ),
    regla(
        "FileExistsError",
        "",
        frase("Ya existe algo con ese nombre.", "Usa otro nombre, o `exist_ok=True`."),
    ),
    regla(
        "ValueError",
        r"^invalid mode",
        frase(
            "Ese modo de abrir un archivo no existe.",
            'Usa `"r"` para leer, `"w"` para escribir o `"a"` para añadir.',
        ),
    ),
    regla(
        "ValueError",
        r"^time data .* does not match format",
        frase(
            "El texto no tiene la forma que dice el formato.",
            "Compara los dos, y trata `ValueError` si lo escribe una persona.",
        ),
    ),
    regla(
        "OSError ValueError AddressValueError",
        r"^illegal IP address|does not appear to be an IPv4|^Expected 4 octets",
        frase(
            "Eso no es una dirección IP: son cuatro números de 0 a 255, separados por puntos.",
            'Comprueba la dirección: por ejemplo, `"127.0.0.1"`.',
        ),
    ),
    regla(
        "TimeoutExpired CalledProcessError",
        "",
        frase(
            "El programa que arrancas no terminó bien, o no a tiempo.",
            "Ejecútalo tú a mano para ver qué dice.",
        ),
    ),
)
