"""Bytes por texto, argumentos que sobran o faltan, hilos mal creados."""

from tests.corrector.faltas.falta import falta

DE_TIPOS = [
    falta(
        "send de un texto",
        "TypeError",
        """
        import socket

        ana, carlos = socket.socketpair()
        nombre = "Ana"
        ana.sendall(f"[{nombre}] hola")⟵
        """,
        "Convierte el texto en bytes",
        '[{nombre}] hola\'.encode("utf-8")',
        porque="no viaja texto",
    ),
    falta(
        "send de una suma",
        "TypeError",
        """
        import socket

        ana, carlos = socket.socketpair()
        ana.send("Ana" + ": hola")⟵
        """,
        "ana.send(('Ana' + ': hola').encode(\"utf-8\"))",
    ),
    falta(
        "split de bytes con texto",
        "TypeError",
        """
        datos = b"/privado Ana hola"
        partes = datos.split(" ")⟵
        """,
        '.decode("utf-8")',
    ),
    falta(
        "startswith de bytes con texto",
        "TypeError",
        'b"/salir".startswith("/")⟵\n',
        '.decode("utf-8")',
    ),
    falta("texto más bytes", "TypeError", 'print("Ana: " + b"hola")⟵\n', '.decode("utf-8")'),
    falta("bytes más texto", "TypeError", 'print(b"Ana: " + "hola")⟵\n', '.encode("utf-8")'),
    falta("texto más número", "TypeError", 'print("puerto " + 8000)⟵\n', "f-string"),
    falta("número más texto", "TypeError", "print(8000 + input())⟵\n", "f-string", teclado="1\n"),
    falta("bytes sin codificación", "TypeError", 'bytes("hola")⟵\n', 'texto.encode("utf-8")'),
    falta(
        "target mal escrito",
        "TypeError",
        """
        import threading

        hilo = threading.Thread(tarjet=print)⟵
        """,
        "`target=` donde pone `tarjet=`",
        "`hilo = threading.Thread(target=print)`",
    ),
    falta(
        "arg en vez de args",
        "TypeError",
        """
        import threading

        hilo = threading.Thread(target=print, arg=("hola",))⟵
        """,
        "`args=` donde pone `arg=`",
    ),
    falta(
        "deamon en vez de daemon",
        "TypeError",
        """
        import threading

        hilo = threading.Thread(target=print, deamon=True)⟵
        """,
        "`daemon=`",
    ),
    falta("ends en vez de end", "TypeError", 'print("hola", ends="")⟵\n', "`end=`"),
    falta(
        "parámetro propio mal escrito",
        "TypeError",
        """
        def difundir(mensaje, emisor=None):
            pass

        difundir("hola", emisro=1)⟵
        """,
        "`emisor=` donde pone `emisro=`",
    ),
    falta(
        "bind con dos argumentos",
        "TypeError",
        """
        import socket

        HOST, PORT = "127.0.0.1", 0
        servidor = socket.socket()
        servidor.bind(HOST, PORT)⟵
        """,
        "`servidor.bind((HOST, PORT))`",
    ),
    falta(
        "connect con dos argumentos",
        "TypeError",
        """
        import socket

        cliente = socket.socket()
        cliente.connect("localhost", 9000)⟵
        """,
        "`cliente.connect(('localhost', 9000))`",
    ),
    falta(
        "bind sin puerto",
        "TypeError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind("localhost")⟵
        """,
        "((HOST, PORT))",
    ),
    falta(
        "puerto leído como texto",
        "TypeError",
        """
        import socket

        puerto = input("Puerto: ")
        cliente = socket.socket()
        cliente.connect(("localhost", puerto))⟵
        """,
        "`int(puerto)`",
        teclado="9000\n",
    ),
    falta(
        "puerto entre comillas",
        "TypeError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("localhost", "9000"))⟵
        """,
        "Quita las comillas del puerto: `9000`.",
    ),
    falta(
        "constantes entre comillas",
        "TypeError",
        """
        import socket

        servidor = socket.socket("AF_INET", "SOCK_STREAM")⟵
        """,
        "Sin comillas",
    ),
    falta(
        "recv sin tamaño",
        "TypeError",
        """
        import socket

        cliente = socket.socket()
        cliente.recv()⟵
        """,
        "`recv(1024)`",
    ),
    falta(
        "setsockopt con dos argumentos",
        "TypeError",
        """
        import socket

        servidor = socket.socket()
        servidor.setsockopt(socket.SO_REUSEADDR, 1)⟵
        """,
        "socket.SOL_SOCKET, socket.SO_REUSEADDR, 1",
    ),
    falta(
        "input con comas",
        "TypeError",
        'nombre = "Ana"\ninput(nombre, ": ")⟵\n',
        'input(f"{nombre}: ")',
    ),
    falta(
        "socket sin crear",
        "TypeError",
        """
        import socket

        servidor = socket.socket
        servidor.bind(("127.0.0.1", 0))⟵
        """,
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    ),
    falta(
        "módulo llamado",
        "TypeError",
        """
        import socket

        servidor = socket(socket.AF_INET, socket.SOCK_STREAM)⟵
        """,
        "`servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)`",
    ),
    falta(
        "args sin coma",
        "TypeError",
        """
        import socket
        import threading

        def atender(cliente):
            pass

        cliente = socket.socket()
        hilo = threading.Thread(target=atender, args=(cliente))⟵
        hilo.start()
        """,
        "Añade la coma: `args=(cliente,)`.",
    ),
    falta(
        "args sin coma con un texto",
        "TypeError",
        """
        import threading

        def atender(nombre):
            pass

        nombre = "Lucía"
        threading.Thread(target=atender, args=(nombre)).start()⟵
        """,
        "Añade la coma: `args=(nombre,)`.",
    ),
    falta(
        "hilo sin args",
        "TypeError",
        """
        import threading

        def atender(cliente, direccion):
            pass

        threading.Thread(target=atender).start()⟵
        """,
        "`args=(cliente, direccion)`",
        porque="`cliente` y `direccion`",
    ),
    falta(
        "función del hilo llamada en el acto",
        "TypeError",
        """
        import threading

        def recibir():
            return "adiós"

        hilo = threading.Thread(target=recibir())⟵
        hilo.start()
        """,
        "Da la función sin paréntesis: `target=recibir`.",
    ),
    falta(
        "función de un Timer llamada en el acto",
        "TypeError",
        """
        import threading

        def avisar():
            pass

        threading.Timer(0, avisar()).start()⟵
        """,
        "sin paréntesis",
    ),
    falta(
        "Thread sin decir target",
        "AssertionError",
        """
        import threading

        threading.Thread(print, ("hola",)).start()⟵
        """,
        "threading.Thread(target=funcion, args=(dato,))",
    ),
    falta(
        "faltan argumentos",
        "TypeError",
        """
        def difundir(mensaje, emisor):
            pass

        difundir("hola")⟵
        """,
        "`difundir(mensaje, emisor)`",
        porque="`emisor`",
    ),
    falta(
        "sobran argumentos",
        "TypeError",
        """
        def difundir(mensaje):
            pass

        difundir("hola", "Ana")⟵
        """,
        "Quita lo que sobra",
    ),
    falta(
        "método sin self",
        "TypeError",
        """
        class Servidor:
            def difundir(mensaje):⟵
                pass

        Servidor().difundir("hola")
        """,
        "`def difundir(self, mensaje):`",
    ),
    falta(
        "init con un guion",
        "TypeError",
        """
        class Servidor:
            def _init_(self, puerto):⟵
                self.puerto = puerto

        Servidor(8000)
        """,
        "`def __init__(…)`",
    ),
    falta(
        "variable que tapa a input",
        "TypeError",
        """
        input = "hola"⟵
        input("Tu nombre: ")
        """,
        "`mi_input`",
    ),
    falta(
        "coma que falta entre tuplas",
        "TypeError",
        'personas = [("Ana", 1) ("Carlos", 2)]⟵\n',
        "Falta una coma",
    ),
    falta(
        "separar un solo socket",
        "TypeError",
        """
        import socket

        conexion, direccion = socket.socket()⟵
        """,
        "`conexion, direccion = servidor.accept()`",
    ),
    falta(
        "separar cada socket de una lista",
        "TypeError",
        """
        import socket

        clientes = [socket.socket()]
        for cliente, nombre in clientes:⟵
            pass
        """,
        "`for cliente in clientes:`",
    ),
    falta(
        "corchetes en un socket",
        "TypeError",
        "import socket\nc = socket.socket()\nc[0].send(b'')⟵\n",
        "Quita los corchetes",
    ),
    falta(
        "encode sin paréntesis",
        "TypeError",
        "import socket\na, b = socket.socketpair()\na.send('x'.encode)⟵\n",
        "Pon los paréntesis",
    ),
    falta(
        "send de un número",
        "TypeError",
        "import socket\na, b = socket.socketpair()\na.send(5)⟵\n",
        'str(…).encode("utf-8")',
    ),
    falta(
        "accept sin paréntesis",
        "TypeError",
        "import socket\ns = socket.socket()\nc, d = s.accept⟵\n",
        "`accept()`",
    ),
    falta(
        "gethostname sin paréntesis",
        "TypeError",
        "import socket\ns = socket.socket()\ns.bind((socket.gethostname, 0))⟵\n",
        "`socket.gethostname()`",
    ),
    falta("tupla más texto", "TypeError", 'print(("a", 1) + "hola")⟵\n', "f-string"),
    falta("str de un texto con codificación", "TypeError", 'str("a", "utf-8")⟵\n', "Quita"),
    falta("recorrer un número", "TypeError", "for i in 5:⟵\n    print(i)\n", "range"),
    falta("recorrer None", "TypeError", "c = None\nfor x in c:⟵\n    print(x)\n", "`c`"),
    falta(
        "lista con claves",
        "TypeError",
        """
        clientes = []
        clientes["Ana"] = 1⟵
        """,
        "`clientes = {}`",
    ),
    falta("lista como clave", "TypeError", "nombres = {}\nnombres[[1]] = 2⟵\n", "socket"),
    falta(
        "comparar texto y número",
        "TypeError",
        "if input() > 3:⟵\n    pass\n",
        "`int(…)`",
        teclado="5\n",
    ),
    falta("len de un número", "TypeError", "print(len(5))⟵\n", "`len`"),
    falta("raise de un texto", "TypeError", 'raise "mal"⟵\n', "raise ValueError"),
    falta(
        "with de un candado sin crear",
        "TypeError",
        """
        import threading

        candado = threading.Lock
        with candado:⟵
            pass
        """,
        "threading.Lock()",
    ),
    falta("bytes en JSON", "TypeError", 'import json\njson.dumps(b"hola")⟵\n', '.decode("utf-8")'),
]
