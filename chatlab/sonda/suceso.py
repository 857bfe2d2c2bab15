"""Lo que la sonda cuenta: un suceso por cada cosa que le pasa a un socket o a un hilo.

    arranca                       un proceso con sonda empieza
    bind listen accept connect    un socket se enlaza, escucha, acepta o conecta
    udp                           un socket UDP se enlaza: de él no se cuenta nada más
    hereda                        un proceso bifurcado recibe esta conexión de su padre
    send recv                     bytes enviados o recibidos; «recv» de 0 es el fin del otro lado
    shutdown close                un sentido, o la conexión entera, se acaba
    espera sigue                  un hilo empieza a esperar, o deja de hacerlo
    candado                       toma uno que ha esperado, o suelta uno que esperan: si se pide
    hilo_creado hilo_arrancado hilo_terminado
    paradero                      por qué línea va un hilo: solo si se pregunta
    fallo                         un socket le dio un error al programa
    prohibido                     quiso conectar con otra máquina, y allí no había nadie
    termina                       el proceso ha acabado, bien o mal

Viajan como líneas JSON; el testigo los completa con lo que ya sabía de cada conexión.
"""

from __future__ import annotations

from typing import Any, NamedTuple

#: Host y puerto, como los escribió o los ve el programa.
Direccion = tuple[str, int]


class Suceso(NamedTuple):
    """Una cosa que pasó en un proceso con sonda.

    `pid` y `hilo` son los de dentro de su espacio de nombres: en dos jaulas pueden coincidir.
    `pid_fuera` es el PID visto desde aquí, y ese es único. `instante` son segundos de
    `time.monotonic()`, comparables entre procesos. `lugar` es el archivo y la línea del programa
    («servidor.py:12»); los «send», los «recv» y las esperas, solo si se pide, que cuesta.

    - `conexion`: número del socket, único en su proceso; None si el suceso no es de un socket.
    - `local`, `remoto`: las direcciones de la conexión según el programa. El puerto del cliente
      es el mismo visto desde las dos puntas: así se sabe quién habla con quién.
    - `cuantos`: bytes de un «send» o un «recv», o los que quiere enviar quien espera a eso; número
      del hilo en los de hilos; en «arranca», el PID de su padre.
    - `veces`: llamadas que suma un «send» o un «recv» de quien va tan deprisa que no se cuentan una
      a una: solo con un oidor. `datos` son entonces los primeros 256 bytes de la primera.
    - `datos`: los primeros 16 KiB de esos bytes.
    - `detalle`: en «espera», qué («recv», «accept», «connect», «send», «select», «teclado»,
      «candado», «hilo»); en «sigue», lo mismo o «vencido»; en «fallo», la operación y el error; en
      «candado», «toma» o «suelta»; en los de hilos, su nombre; en «connect», «udp» y «prohibido»,
      `host:puerto` tal como se escribió.
    - `daemon`: en «paradero», si el hilo no mantiene vivo al programa.
    - `candado`: el número del que se espera, se toma o se suelta, si se cuentan.
    - `dueno`: en «espera», el hilo que tiene ese candado (si es el mismo que espera, no lo soltará
      nunca), o el hilo que se espera que acabe; 0 si no se sabe.
    - `pila`: en «paradero», los lugares del programa por los que ha llegado al suyo, el primero él.
    - `plazo`: segundos que durará como mucho una «espera»; None si es sin plazo.
    """

    tipo: str
    pid: int
    hilo: int
    conexion: int | None
    programa: str
    instante: float
    local: Direccion | None = None
    remoto: Direccion | None = None
    cuantos: int = 0
    datos: bytes = b""
    detalle: str = ""
    plazo: float | None = None
    lugar: str = ""
    pid_fuera: int = 0
    daemon: bool = False
    pila: tuple[str, ...] = ()
    veces: int = 1
    candado: int = 0
    dueno: int = 0


def direccion(valor: Any) -> Direccion | None:
    """La dirección que viene en un suceso como una lista de JSON."""
    return (valor[0], valor[1]) if valor is not None else None
