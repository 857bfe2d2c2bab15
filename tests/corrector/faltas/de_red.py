"""Lo que falla al hablar por la red, con sockets de verdad, y varios hilos a la vez."""

from tests.corrector.faltas.falta import falta

DE_RED = [
    falta(
        "puerto ocupado sin SO_REUSEADDR",
        "OSError",
        """
        import socket

        otro = socket.socket()
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        servidor = socket.socket()
        servidor.bind(otro.getsockname())⟵
        """,
        "`servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`",
    ),
    falta(
        "puerto ocupado con SO_REUSEADDR después",
        "OSError",
        """
        import socket

        otro = socket.socket()
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        servidor = socket.socket()
        servidor.bind(otro.getsockname())⟵
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        """,
        "Sube la línea 8",
    ),
    falta(
        "nadie escucha",
        "ConnectionRefusedError",
        """
        import socket

        PUERTO = 1
        cliente = socket.socket()
        cliente.connect(("127.0.0.1", PUERTO))⟵
        """,
        "Arranca antes el servidor",
    ),
    falta(
        "el otro se va de golpe",
        "ConnectionResetError",
        """
        import socket
        import struct

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        ana = socket.create_connection(servidor.getsockname())
        conexion, direccion = servidor.accept()
        ana.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        ana.close()
        conexion.recv(1024)⟵
        """,
        "except OSError",
        "deja de atender a ese cliente",
        sin_windows=True,
    ),
    falta(
        "enviar a quien se fue",
        "BrokenPipeError",
        """
        import socket

        ana, carlos = socket.socketpair()
        carlos.close()
        ana.sendall(b"hola")⟵
        """,
        "except OSError",
        porque="le estabas enviando",
        sin_windows=True,
    ),
    falta(
        "enviar sin conectar",
        "BrokenPipeError OSError",
        """
        import socket

        cliente = socket.socket()
        cliente.send(b"hola")⟵
        """,
        "`cliente.connect((HOST, PORT))`",
    ),
    falta(
        "leer del que escucha",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        servidor.recv(1024)⟵
        """,
        "`conexion, direccion = servidor.accept()`",
        porque="solo acepta conexiones",
    ),
    falta(
        "cerrar el que escucha dentro del bucle",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        ana = socket.create_connection(servidor.getsockname())
        while True:
            conexion, direccion = servidor.accept()⟵
            servidor.close()
        """,
        "Cierra `servidor` solo al terminar",
        porque="línea 9",
    ),
    falta(
        "usar lo que se cerró",
        "OSError",
        """
        import socket

        cliente = socket.socket()
        cliente.close()
        cliente.sendall(b"hola")⟵
        """,
        "Después de `close()` no lo uses",
        porque="línea 4",
    ),
    falta(
        "accept sin listen",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.accept()⟵
        """,
        "`servidor.listen()`",
    ),
    falta(
        "accept con el listen comentado",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        # servidor.listen()
        servidor.accept()⟵
        """,
        "`servidor.listen()`",
    ),
    falta(
        "bind dos veces",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.bind(("127.0.0.1", 0))⟵
        """,
        "Quita el segundo `bind`",
    ),
    falta(
        "connect dos veces",
        "OSError",
        """
        import socket

        servidor = socket.create_server(("127.0.0.1", 0))
        cliente = socket.create_connection(servidor.getsockname())
        cliente.connect(servidor.getsockname())⟵
        """,
        "Quita el segundo `connect`",
    ),
    falta(
        "dirección de otro ordenador",
        "OSError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("192.0.2.1", 0))⟵
        """,
        '"localhost"',
    ),
    falta(
        "host que no existe",
        "gaierror",
        """
        import socket

        socket.gethostbyname("no.existe.invalid")⟵
        """,
        "Comprueba el host",
    ),
    falta(
        "puerto demasiado alto",
        "OverflowError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 90000))⟵
        """,
        "entre 1024 y 65535",
    ),
    falta(
        "nadie dice nada",
        "TimeoutError",
        """
        import socket

        ana, carlos = socket.socketpair()
        ana.settimeout(0.01)
        ana.recv(1024)⟵
        """,
        "except TimeoutError",
    ),
    falta(
        "no esperar a nadie",
        "BlockingIOError",
        """
        import socket

        ana, carlos = socket.socketpair()
        ana.setblocking(False)
        ana.recv(1024)⟵
        """,
        "setblocking(False)",
    ),
    falta(
        "letra partida entre dos recv",
        "UnicodeDecodeError",
        """
        import socket

        ana, carlos = socket.socketpair()
        ana.sendall("aaañ".encode("utf-8"))
        print(carlos.recv(4).decode("utf-8"))⟵
        """,
        "buffer",
        porque="cortó por la mitad",
    ),
    falta(
        "dos codificaciones",
        "UnicodeDecodeError",
        """
        datos = "España".encode("latin-1")
        print(datos.decode("utf-8"))⟵
        """,
        '"utf-8"',
        porque="latin-1",
    ),
    falta(
        "ascii con tildes", "UnicodeEncodeError", '"adiós".encode("ascii")⟵\n', '.encode("utf-8")'
    ),
    falta("codificación mal escrita", "LookupError", '"a".encode("uft-8")⟵\n', '"utf-8"'),
    falta(
        "error en el hilo que atiende",
        "NameError",
        """
        import socket
        import threading

        clientes = []

        def atender(conexion):
            datos = conexion.recv(1024)
            for cliente in clientes:
                cliente.sendall(dato)⟵

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        ana = socket.create_connection(servidor.getsockname())
        conexion, direccion = servidor.accept()
        clientes.append(conexion)
        threading.Thread(target=atender, args=(conexion,)).start()
        ana.sendall(b"hola")
        """,
        "`datos` donde pone `dato`",
        "`cliente.sendall(datos)`",
    ),
    falta(
        "texto sin codificar en el hilo que atiende",
        "TypeError",
        """
        import socket
        import threading

        def atender(conexion):
            nombre = conexion.recv(1024).decode()
            conexion.sendall("Hola, " + nombre)⟵

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        ana = socket.create_connection(servidor.getsockname())
        conexion, direccion = servidor.accept()
        threading.Thread(target=atender, args=(conexion,)).start()
        ana.sendall(b"Ana")
        """,
        "conexion.sendall(('Hola, ' + nombre).encode(\"utf-8\"))",
    ),
    falta(
        "error en una tarea de asyncio",
        "NameError",
        """
        import asyncio

        saludo = b"hola"

        async def atender(lector):
            print(saludos)⟵

        async def principal():
            async with asyncio.TaskGroup() as tareas:
                tareas.create_task(atender(None))

        asyncio.run(principal())
        """,
        "`print(saludo)`",
    ),
    falta(
        "await que falta",
        "TypeError",
        """
        import asyncio

        async def principal():
            lector, escritor = asyncio.open_connection("127.0.0.1", 1)⟵

        asyncio.run(principal())
        """,
        "`await`",
    ),
    falta(
        "await olvidado al llamar",
        "RuntimeWarning",
        """
        import asyncio

        async def atender():
            pass

        async def principal():
            atender()⟵

        asyncio.run(principal())
        """,
        "`await` delante de la llamada a `atender`",
    ),
    falta(
        "diccionario que cambia al recorrerlo",
        "RuntimeError",
        """
        import threading

        clientes = {"Ana": 1, "Carlos": 2}

        def echar():
            for nombre in clientes:⟵
                del clientes[nombre]

        threading.Thread(target=echar).start()
        """,
        "`for … in list(clientes):`",
        "candado",
    ),
    falta(
        "hilo arrancado dos veces",
        "RuntimeError",
        """
        import threading

        hilo = threading.Thread(target=print)
        hilo.start()
        hilo.start()⟵
        """,
        "hilo nuevo",
    ),
    falta(
        "soltar un candado sin tomarlo",
        "RuntimeError",
        """
        import threading

        candado = threading.Lock()
        candado.release()⟵
        """,
        "`with candado:`",
    ),
    falta(
        "soltar un RLock de otro",
        "RuntimeError",
        """
        import threading

        candado = threading.RLock()
        candado.release()⟵
        """,
        "`with candado:`",
    ),
    falta(
        "hilo propio sin super",
        "RuntimeError",
        """
        import threading

        class Oyente(threading.Thread):
            def __init__(self):
                pass

        Oyente().start()⟵
        """,
        "`super().__init__()`",
    ),
]
