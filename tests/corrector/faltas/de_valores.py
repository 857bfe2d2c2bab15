"""Valores que no se esperaban, y lo que no es de ninguna familia."""

from tests.corrector.faltas.falta import falta

DE_VALORES = [
    falta("int de un texto", "ValueError", "puerto = int('hola')⟵\n", "except ValueError"),
    falta("int de nada", "ValueError", "puerto = int('')⟵\n", porque="vacío"),
    falta(
        "split con pocos trozos",
        "ValueError",
        """
        linea = "hola"
        nombre, texto = linea.split(":")⟵
        """,
        '`partes = linea.split(":", 1)`',
    ),
    falta("items que falta", "ValueError", "for a, b in {'Ana': 1}:⟵\n    pass\n", "`.items()`"),
    falta(
        "quitar a quien no está",
        "ValueError",
        """
        clientes = []
        clientes.remove("Ana")⟵
        """,
        "in clientes:`",
    ),
    falta(
        "archivo cerrado",
        "ValueError",
        """
        with open(__file__) as archivo:
            pass
        archivo.read()⟵
        """,
        "dentro del `with`",
    ),
    falta("sin argumentos", "IndexError", "import sys\nprint(sys.argv[1])⟵\n", "`len(sys.argv)`"),
    falta(
        "trozo que no hay",
        "IndexError",
        """
        partes = "/privado".split(" ")
        print(partes[1])⟵
        """,
        "`if len(partes) > 1:`",
    ),
    falta("posición que no hay", "IndexError", "c = []\nprint(c[0])⟵\n", "`len(c)`"),
    falta("lista vacía", "IndexError", "c = []\nc.pop()⟵\n", "`if lista:`"),
    falta(
        "clave que no hay",
        "KeyError",
        """
        clientes = {}
        print(clientes["Ana"])⟵
        """,
        'clientes.get("Ana")',
    ),
    falta(
        "borrar una clave que no hay",
        "KeyError",
        """
        nombres = {}
        del nombres["Ana"]⟵
        """,
        '`nombres.pop("Ana", None)`',
    ),
    falta(
        "dos JSON pegados",
        "JSONDecodeError",
        """
        import json
        import socket

        ana, carlos = socket.socketpair()
        ana.sendall(b'{"a": 1}{"a": 2}')
        json.loads(carlos.recv(1024))⟵
        """,
        "Acaba cada mensaje",
        porque="pegados",
    ),
    falta(
        "dos JSON en un texto que no viene de la red",
        "JSONDecodeError",
        "import json\njson.loads('{}{}')⟵\n",
        "un solo valor",
    ),
    falta(
        "JSON de quien se ha ido",
        "JSONDecodeError",
        """
        import json
        import socket

        ana, carlos = socket.socketpair()
        ana.close()
        json.loads(carlos.recv(1024))⟵
        """,
        "if not datos:",
        porque="cuando el otro se va",
    ),
    falta(
        "JSON partido",
        "JSONDecodeError",
        """
        import json
        import socket

        ana, carlos = socket.socketpair()
        ana.sendall(b'{"texto": "hola a todos"}')
        json.loads(carlos.recv(16))⟵
        """,
        "líneas completas",
        porque="solo un trozo",
    ),
    falta(
        "JSON escrito a mano con comillas simples",
        "JSONDecodeError",
        "import json\njson.loads(\"{'a': 1}\")⟵\n",
        "json.dumps",
        porque="comillas simples",
    ),
    falta(
        "struct con pocos bytes",
        "error",
        """
        import socket
        import struct

        ana, carlos = socket.socketpair()
        ana.sendall(b"12")
        struct.unpack("!I", carlos.recv(4))⟵
        """,
        "hasta juntar 4 bytes",
    ),
    falta(
        "struct sin red",
        "error",
        "import struct\nstruct.unpack('!I', b'12')⟵\n",
        "calcsize",
    ),
    falta(
        "pickle partido",
        "UnpicklingError",
        """
        import pickle
        import socket

        ana, carlos = socket.socketpair()
        ana.sendall(pickle.dumps(["Ana", "hola a todos"]))
        pickle.loads(carlos.recv(20))⟵
        """,
        "cuántos bytes son",
        porque="llegó solo un trozo",
    ),
    falta(
        "pickle de quien se ha ido",
        "EOFError",
        """
        import pickle
        import socket

        ana, carlos = socket.socketpair()
        ana.close()
        pickle.loads(carlos.recv(1024))⟵
        """,
        "if not datos:",
        porque="cuando el otro se va",
    ),
    falta(
        "pickle de un texto",
        "UnpicklingError",
        """
        import pickle
        import socket

        ana, carlos = socket.socketpair()
        ana.sendall("hola".encode())
        pickle.loads(carlos.recv(1024))⟵
        """,
        "pickle.dumps",
    ),
    falta(
        "pickle de un socket",
        "TypeError",
        """
        import pickle
        import socket

        pickle.dumps(socket.socket())⟵
        """,
        "Envía solo datos",
    ),
    falta(
        "quitar de la lista por su posición",
        "ValueError",
        """
        clientes = ["Ana", "Carlos"]
        donde = clientes.index("Carlos")
        clientes.remove(donde)⟵
        """,
        "`clientes.pop(donde)`",
        porque="es una posición",
    ),
    falta(
        "quitar de una lista de tuplas un trozo",
        "ValueError",
        """
        clientes = []
        nombre, conexion = "Ana", 3
        clientes.append((nombre, conexion))
        clientes.remove(conexion)⟵
        """,
        "`clientes.remove((nombre, conexion))`",
    ),
    falta("recursión", "RecursionError", "def f():\n    f()⟵\n\nf()\n", "`while True:`"),
    falta("teclado cerrado", "EOFError", "print('hola')\ninput()⟵\n", "except EOFError"),
    falta("archivo que no está", "FileNotFoundError", "open('no_esta.txt')⟵\n", "no_esta.txt"),
    falta(
        "tarea por hacer",
        "NotImplementedError",
        """
        def atender():
            raise NotImplementedError("TAREA 2")⟵

        atender()
        """,
        "por tu código",
        porque="TAREA 2",
    ),
    falta("división por cero", "ZeroDivisionError", "print(1 / 0)⟵\n", "cero"),
    falta("assert", "AssertionError", "assert 1 == 2⟵\n", "valores"),
    falta("cola vacía", "Empty", "import queue\nqueue.Queue().get_nowait()⟵\n", "`get()`"),
    falta(
        "excepción propia",
        "Salir",
        """
        class Salir(Exception):
            pass

        raise Salir("adiós")⟵
        """,
        "except Salir",
    ),
    falta(
        "raise a propósito", "RuntimeError", 'raise RuntimeError("algo")⟵\n', "except RuntimeErr"
    ),
    falta("otra cualquiera", "OverflowError", "print(2.0 ** 100000)⟵\n", "lo que dice Python"),
]
