"""Cuánto puede gastar una entrega, y cómo se dice que se ha pasado."""

from __future__ import annotations

from dataclasses import dataclass

from chatlab.textos import con_coma

MEGA = 1_000_000

#: El núcleo corta en este múltiplo de la memoria permitida a quien crece entre dos miradas.
MARGEN_DE_MEMORIA = 4
#: Bytes que cada hilo reserva para su pila, aunque no los use.
PILA_DE_UN_HILO = 10 * MEGA


@dataclass(frozen=True, slots=True)
class LimitesDeJaula:
    """Los topes de una entrega. Un chat normal no llega ni a la décima parte de ninguno.

    La memoria, los procesos, los hilos y el disco son de todos sus programas juntos.
    """

    cpu: int = 10  # segundos de procesador de cada proceso
    memoria: int = 512 * MEGA  # bytes
    archivos: int = 256  # abiertos a la vez en cada proceso, conexiones incluidas
    procesos: int = 50
    hilos: int = 200
    disco: int = 100 * MEGA  # bytes escritos
    entradas: int = 5000  # archivos y carpetas escritos
    hondura: int = 50  # carpetas, una dentro de otra
    pantalla: int = 2 * MEGA  # bytes que escribe cada programa
    segundos_de_programa: float = 60
    segundos_de_jaula: float = 300
    copia: int = 50 * MEGA  # bytes de la entrega que se copian

    def frase(self, que: str, nombre: str | None = None) -> str:
        """Cuenta que alguien se ha pasado: `frase("hilos", "Ana")`, o sin nombre si no se sabe."""
        if que == "segundos_de_jaula":
            return f"la corrección duró más de {con_coma(self.segundos_de_jaula)} s"
        quien = f"«{nombre}»" if nombre else "uno de los programas"
        return f"{quien} {self._hechos()[que]}"

    def _hechos(self) -> dict[str, str]:
        segundos = con_coma(self.segundos_de_programa)
        return {
            "cpu": f"gastó más de {self.cpu} s de procesador",
            "memoria": f"usó más de {_en_megas(self.memoria)} de memoria",
            "archivos": f"abrió más de {self.archivos} archivos y conexiones a la vez",
            "procesos": f"arrancó más de {self.procesos} procesos a la vez",
            "hilos": f"arrancó más de {self.hilos} hilos a la vez",
            "disco": f"escribió más de {_en_megas(self.disco)} en el disco",
            "entradas": f"creó más de {self.entradas} archivos y carpetas",
            "hondura": f"metió más de {self.hondura} carpetas una dentro de otra",
            "reparto": "cambió los archivos con los que el corrector reparte los puertos",
            "pantalla": f"escribió más de {_en_megas(self.pantalla)} en la pantalla",
            "segundos_de_programa": f"siguió en marcha más de {segundos} s",
        }

    def del_nucleo(self, hilos_ajenos: int | None) -> dict[str, tuple[int, int]]:
        """Los que el núcleo pone a cada proceso: tope que avisa y tope firme (setrlimit(2)).

        `hilos_ajenos` son los que el núcleo contará además de los de la entrega, porque son de la
        misma persona; `None` si no se sabe.
        """
        memoria = self.memoria * MARGEN_DE_MEMORIA + self.hilos * PILA_DE_UN_HILO
        topes = {
            "RLIMIT_CORE": (0, 0),
            "RLIMIT_NOFILE": (self.archivos, self.archivos),
            "RLIMIT_FSIZE": (self.disco, self.disco),
            # Cuenta la memoria que se puede escribir. RLIMIT_AS contaría también la que los
            # hilos reservan y no usan, que es muchísima.
            "RLIMIT_DATA": (memoria, memoria),
            "RLIMIT_CPU": (self.cpu, self.cpu + 2),
        }
        if hilos_ajenos is not None:
            hilos = hilos_ajenos + 2 * self.hilos
            topes["RLIMIT_NPROC"] = (hilos, hilos)
        return topes


#: Cómo acaba un programa al que el núcleo le niega algo: la última línea de su pantalla.
_NEGATIVAS = {
    "MemoryError": "memoria",
    "RuntimeError: can't start new thread": "hilos",
    "BlockingIOError: [Errno 11] Resource temporarily unavailable": "procesos",
    "OSError: [Errno 24] Too many open files": "archivos",
    "OSError: [Errno 27] File too large": "disco",
}


def limite_negado(pantalla: str) -> str | None:
    """Qué límite mató a un programa según su última línea; `None` si no fue ninguno."""
    _, _, ultima = pantalla.rstrip().rpartition("\n")
    return next((que for como, que in _NEGATIVAS.items() if ultima.startswith(como)), None)


def _en_megas(bytes_: int) -> str:
    return f"{con_coma(bytes_ / MEGA)} MB"
