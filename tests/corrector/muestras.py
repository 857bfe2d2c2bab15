"""Lo que escribieron Python 3.12.1 y 3.13.0 al ejecutar algunas de las faltas.

Son muestras de verdad, en la carpeta `/home/ana/entrega`: las pruebas usan un solo Python, y cada
versión escribe los errores a su modo.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Muestra:
    """Una pantalla: con qué Python, qué falta del catálogo y qué se vio."""

    python: str
    falta: str
    pantalla: str


MUESTRAS = [
    Muestra(
        "3.12",
        "módulo sin importar",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 3, in <module>
    candado = threading.Lock()
              ^^^^^^^^^
NameError: name 'threading' is not defined. Did you forget to import 'threading'?
""",
    ),
    Muestra(
        "3.12",
        "método sin self delante",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 8, in <module>
    Servidor().atender()
  File "/home/ana/entrega/servidor.py", line 3, in atender
    difundir("hola")
    ^^^^^^^^
NameError: name 'difundir' is not defined. Did you mean: 'self.difundir'?
""",
    ),
    Muestra(
        "3.12",
        "módulo llamado",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 3, in <module>
    servidor = socket(socket.AF_INET, socket.SOCK_STREAM)
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
TypeError: 'module' object is not callable. Did you mean: 'socket.socket(...)'?
""",
    ),
    Muestra(
        "3.12",
        "parámetro tras otro",
        """
  File "/home/ana/entrega/servidor.py", line 1
    def f(a=1, b):
               ^
SyntaxError: parameter without a default follows parameter with a default
""",
    ),
    Muestra(
        "3.12",
        "hilo propio sin super",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 7, in <module>
    Oyente().start()
  File "/usr/lib/python3.12/threading.py", line 984, in start
    raise RuntimeError("thread.__init__() not called")
RuntimeError: thread.__init__() not called
""",
    ),
    Muestra(
        "3.12",
        "error en una tarea de asyncio",
        """
  + Exception Group Traceback (most recent call last):
  |   File "/home/ana/entrega/servidor.py", line 12, in <module>
  |     asyncio.run(principal())
  |   File "/usr/lib/python3.12/asyncio/runners.py", line 194, in run
  |     return runner.run(main)
  |            ^^^^^^^^^^^^^^^^
  |   File "/usr/lib/python3.12/asyncio/runners.py", line 118, in run
  |     return self._loop.run_until_complete(task)
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |   File "/usr/lib/python3.12/asyncio/base_events.py", line 684, in run_until_complete
  |     return future.result()
  |            ^^^^^^^^^^^^^^^
  |   File "/home/ana/entrega/servidor.py", line 9, in principal
  |     async with asyncio.TaskGroup() as tareas:
  |   File "/usr/lib/python3.12/asyncio/taskgroups.py", line 145, in __aexit__
  |     raise me from None
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/ana/entrega/servidor.py", line 6, in atender
    |     print(saludos)
    |           ^^^^^^^
    | NameError: name 'saludos' is not defined. Did you mean: 'saludo'?
    +------------------------------------
""",
    ),
    Muestra(
        "3.13",
        "variable parecida",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 7, in <module>
    difundir(b"hola")
    ~~~~~~~~^^^^^^^^^
  File "/home/ana/entrega/servidor.py", line 4, in difundir
    for cliente in clintes:
                   ^^^^^^^
NameError: name 'clintes' is not defined. Did you mean: 'clientes'?
""",
    ),
    Muestra(
        "3.13",
        "candado sin crear",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 4, in <module>
    candado.acquire()
    ~~~~~~~~~~~~~~~^^
TypeError: unbound method lock.acquire() needs an argument
""",
    ),
    Muestra(
        "3.13",
        "import de un nombre que no está",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 1, in <module>
    from threading import thread
ImportError: cannot import name 'thread' from 'threading' (/usr/lib/python3.13/threading.py). Did you mean: 'Thread'?
""",  # noqa: E501 (la línea es de Python)
    ),
    Muestra(
        "3.13",
        "target mal escrito",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 3, in <module>
    hilo = threading.Thread(tarjet=print)
TypeError: Thread.__init__() got an unexpected keyword argument 'tarjet'. Did you mean 'target'?
""",
    ),
    Muestra(
        "3.13",
        "ends en vez de end",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 1, in <module>
    print("hola", ends="")
    ~~~~~^^^^^^^^^^^^^^^^^
TypeError: print() got an unexpected keyword argument 'ends'. Did you mean 'end'?
""",
    ),
    Muestra(
        "3.13",
        "with de un candado sin crear",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 4, in <module>
    with candado:
         ^^^^^^^
TypeError: 'type' object does not support the context manager protocol
""",
    ),
    Muestra(
        "3.13",
        "args sin coma",
        """
Exception in thread Thread-1 (atender):
Traceback (most recent call last):
  File "/usr/lib/python3.13/threading.py", line 1041, in _bootstrap_inner
    self.run()
    ~~~~~~~~^^
  File "/usr/lib/python3.13/threading.py", line 992, in run
    self._target(*self._args, **self._kwargs)
    ~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
TypeError: __main__.atender() argument after * must be an iterable, not socket
""",
    ),
    Muestra(
        "3.13",
        "error en el hilo que atiende",
        """
Exception in thread Thread-1 (atender):
Traceback (most recent call last):
  File "/usr/lib/python3.13/threading.py", line 1041, in _bootstrap_inner
    self.run()
    ~~~~~~~~^^
  File "/usr/lib/python3.13/threading.py", line 992, in run
    self._target(*self._args, **self._kwargs)
    ~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/home/ana/entrega/servidor.py", line 9, in atender
    cliente.sendall(dato)
                    ^^^^
NameError: name 'dato' is not defined. Did you mean: 'datos'?
""",
    ),
    Muestra(
        "3.13",
        "diccionario que cambia al recorrerlo",
        """
Exception in thread Thread-1 (echar):
Traceback (most recent call last):
  File "/usr/lib/python3.13/threading.py", line 1041, in _bootstrap_inner
    self.run()
    ~~~~~~~~^^
  File "/usr/lib/python3.13/threading.py", line 992, in run
    self._target(*self._args, **self._kwargs)
    ~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/home/ana/entrega/servidor.py", line 6, in echar
    for nombre in clientes:
                  ^^^^^^^^
RuntimeError: dictionary changed size during iteration
""",
    ),
    Muestra(
        "3.13",
        "accept sin listen",
        """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 5, in <module>
    servidor.accept()
    ~~~~~~~~~~~~~~~^^
  File "/usr/lib/python3.13/socket.py", line 295, in accept
    fd, addr = self._accept()
               ~~~~~~~~~~~~^^
OSError: [Errno 22] Invalid argument
""",
    ),
]
