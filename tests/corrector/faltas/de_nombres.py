"""Nombres mal escritos, sin importar o que guardan otra cosa."""

from tests.corrector.faltas.falta import falta

DE_NOMBRES = [
    falta(
        "true con minúscula",
        "NameError",
        """
        import threading

        hilo = threading.Thread(target=print, daemon=true)⟵
        """,
        "En Python se escribe `True`, con mayúscula.",
    ),
    falta("none con minúscula", "NameError", "cliente = none⟵\n", "se escribe `None`, con may"),
    falta("null de otro lenguaje", "NameError", "cliente = null⟵\n", "se escribe `None`"),
    falta(
        "módulo sin importar",
        "NameError",
        """
        import socket

        candado = threading.Lock()⟵
        """,
        "Añade `import threading` al principio del archivo.",
    ),
    falta(
        "módulo importado a trozos",
        "NameError",
        """
        from threading import Thread

        candado = threading.Lock()⟵
        """,
        "import threading",
        porque="from threading import",
    ),
    falta(
        "módulo con otro nombre",
        "NameError",
        """
        import socket as s

        servidor = socket.socket()⟵
        """,
        "`s.socket`",
    ),
    falta(
        "módulo mal escrito",
        "NameError",
        """
        import socket

        servidor = sokcet.socket()⟵
        """,
        "`socket` donde pone `sokcet`",
    ),
    falta(
        "constante sin su módulo",
        "NameError",
        """
        import socket

        servidor = socket.socket(AF_INET, socket.SOCK_STREAM)⟵
        """,
        "`socket.AF_INET`",
    ),
    falta(
        "clase sin su módulo y sin importar",
        "NameError",
        "Thread()⟵\n",
        "from threading import Thread",
    ),
    falta(
        "variable parecida",
        "NameError",
        """
        clientes = []

        def difundir(mensaje):
            for cliente in clintes:⟵
                cliente.sendall(mensaje)

        difundir(b"hola")
        """,
        "`clientes` donde pone `clintes`",
        "`for cliente in clientes:`",
    ),
    falta(
        "función parecida",
        "NameError",
        """
        def atender_cliente(conexion):
            pass

        atender_clinte(None)⟵
        """,
        "`atender_cliente`",
    ),
    falta("input mal escrito", "NameError", "nombre = imput('Tu nombre: ')⟵\n", "`input`"),
    falta(
        "variable de otra función",
        "NameError",
        """
        def conectar():
            conexion = "socket"

        def enviar():
            print(conexion)⟵

        conectar()
        enviar()
        """,
        "Pasa `conexion` como parámetro a `enviar`",
        porque="`conectar`",
    ),
    falta(
        "función definida después",
        "NameError",
        """
        principal()⟵

        def principal():
            pass
        """,
        "línea 3",
        porque="de arriba abajo",
    ),
    falta(
        "nombre del programa sin guiones",
        "NameError",
        """
        if _name_ == "__main__":⟵
            print("hola")
        """,
        'if __name__ == "__main__":',
    ),
    falta(
        "método sin self delante",
        "NameError",
        """
        class Servidor:
            def atender(self):
                difundir("hola")⟵

            def difundir(self, mensaje):
                pass

        Servidor().atender()
        """,
        "`self.difundir`",
    ),
    falta(
        "método sin parámetro self",
        "NameError",
        """
        class Servidor:
            def __init__(this):
                self.clientes = []⟵

        Servidor()
        """,
        "Añade `self` como primer parámetro de `__init__`",
    ),
    falta("texto sin comillas", "NameError", "print(hola)⟵\n", '`"hola"`'),
    falta(
        "global que falta",
        "UnboundLocalError",
        """
        mensajes = 0

        def contar():
            mensajes += 1⟵

        contar()
        """,
        "Añade `global mensajes` como primera línea de `contar`.",
    ),
    falta(
        "variable que solo recibe valor en el try",
        "UnboundLocalError",
        """
        def recibir():
            try:
                datos = [][0]
            except IndexError:
                pass
            return datos⟵

        recibir()
        """,
        "antes del `if` o del `try`",
    ),
    falta(
        "send mal escrito",
        "AttributeError",
        """
        import socket

        cliente = socket.socket()
        cliente.sed(b"hola")⟵
        """,
        "`cliente.send`",
        '`cliente.send(b"hola")`',
    ),
    falta(
        "Thread mal escrito",
        "AttributeError",
        """
        import threading

        hilo = threading.theread(target=print)⟵
        """,
        "`threading.Thread`",
    ),
    falta(
        "AF_INET mal escrito",
        "AttributeError",
        """
        import socket

        servidor = socket.socket(socket.AF_NET, socket.SOCK_STREAM)⟵
        """,
        "`socket.AF_INET`",
    ),
    falta(
        "Lock con minúscula",
        "AttributeError",
        """
        import threading

        lock = threading.lock()⟵
        """,
        "`lock = threading.Lock()`",
    ),
    falta(
        "start mal escrito",
        "AttributeError",
        """
        import threading

        hilo = threading.Thread(target=print)
        hilo.star()⟵
        """,
        "`hilo.start`",
    ),
    falta(
        "atributo parecido en una clase",
        "AttributeError",
        """
        class Servidor:
            def __init__(self):
                self.clientes = []

            def entrar(self, cliente):
                self.cliente.append(cliente)⟵

        Servidor().entrar("Ana")
        """,
        "`self.clientes`",
    ),
    falta(
        "from socket import asterisco",
        "AttributeError",
        """
        from socket import *

        servidor = socket(socket.AF_INET, SOCK_STREAM)⟵
        """,
        "Quita `socket.`: escribe solo `AF_INET`.",
    ),
    falta(
        "socket que tapa al módulo",
        "AttributeError",
        """
        import socket

        socket = socket.socket()⟵
        otro = socket.socket()
        """,
        "Llama de otro modo a tu socket",
    ),
    falta(
        "decode de un texto",
        "AttributeError",
        """
        mensaje = input().decode("utf-8")⟵
        """,
        "quita `.decode(…)`",
        "`mensaje = input()`",
        porque="ya es un texto",
        teclado="hola\n",
    ),
    falta(
        "encode de unos bytes",
        "AttributeError",
        """
        datos = b"hola"
        print(datos.encode())⟵
        """,
        "quita `.encode(…)`",
        "`print(datos)`",
    ),
    falta(
        "hilo que vale None",
        "AttributeError",
        """
        import threading

        hilo = threading.Thread(target=print).start()⟵
        hilo.join()
        """,
        "Hazlo en dos líneas",
        "`hilo.start()`",
        porque="vale `None`",
    ),
    falta(
        "función que no devuelve nada",
        "AttributeError",
        """
        import socket

        def conectar():⟵
            cliente = socket.socket()

        cliente = conectar()
        cliente.sendall(b"hola")
        """,
        "`return`",
        porque="`conectar` no devuelve nada",
    ),
    falta(
        "variable que aún vale None",
        "AttributeError",
        """
        conexion = None
        conexion.close()⟵
        """,
        "Da su valor a `conexion` antes",
    ),
    falta(
        "lista usada como diccionario",
        "AttributeError",
        """
        clientes = []
        for nombre, cliente in clientes.items():⟵
            print(nombre)
        """,
        "en la línea 1",
        "`clientes = {}`",
    ),
    falta(
        "diccionario usado como lista",
        "AttributeError",
        """
        clientes = {}
        clientes.append("Ana")⟵
        """,
        "`clientes[clave] = valor`",
        "`clientes = []`",
    ),
    falta(
        "remove de un diccionario",
        "AttributeError",
        """
        clientes = {"Ana": 1}
        clientes.remove("Ana")⟵
        """,
        "`clientes.pop(clave, None)`",
    ),
    falta("add en una lista", "AttributeError", "c = []\nc.add(1)⟵\n", "`append`"),
    falta("length de una lista", "AttributeError", "c = []\nprint(c.length)⟵\n", "`len(c)`"),
    falta(
        "accept sin separar",
        "AttributeError",
        """
        import socket

        servidor = socket.socket()
        servidor.bind(("127.0.0.1", 0))
        servidor.listen()
        ana = socket.create_connection(servidor.getsockname())
        conexion = servidor.accept()⟵
        conexion.recv(1024)
        """,
        "`conexion, direccion = servidor.accept()`",
    ),
    falta(
        "claves de un diccionario en vez de sockets",
        "AttributeError",
        """
        clientes = {"Ana": "su socket"}
        for cliente in clientes:⟵
            cliente.send(b"hola")
        """,
        "`for cliente in clientes.values():`",
    ),
    falta(
        "tuplas de una lista en vez de sockets",
        "AttributeError",
        """
        clientes = [("socket", "Ana")]
        for cliente in clientes:⟵
            cliente.send(b"hola")
        """,
        "`for cliente, otro in clientes:`",
    ),
    falta(
        "lista de sockets en vez de un socket",
        "AttributeError",
        """
        clientes = []
        clientes.sendall(b"hola")⟵
        """,
        "`for cliente in clientes:`",
        "`cliente.sendall(…)`",
    ),
    falta(
        "llamada sin paréntesis",
        "AttributeError",
        """
        import socket

        cliente = socket.socket()
        print(cliente.recv.decode())⟵
        """,
        "Pon los paréntesis: `cliente.recv(…).decode`.",
    ),
    falta(
        "encode de un número",
        "AttributeError",
        "puerto = 8000\nprint(puerto.encode())⟵\n",
        "`str(puerto).encode(…)`",
    ),
    falta(
        "format de unos bytes",
        "AttributeError",
        'datos = b"{}"\nprint(datos.format(1))⟵\n',
        '`datos.decode("utf-8").format(…)`',
    ),
    falta(
        "candado sin crear",
        "AttributeError TypeError",
        """
        import threading

        candado = threading.Lock
        candado.acquire()⟵
        """,
        "threading.Lock()`",
    ),
    falta(
        "import de un nombre que no está",
        "ImportError",
        "from threading import thread⟵\n",
        "`Thread` donde pone `thread`",
    ),
    falta(
        "módulo de otro sistema",
        "ModuleNotFoundError",
        "import msvcrt, termios⟵\n",
        "sin `",
        porque="no en todos los sistemas",
    ),
    falta("módulo que no existe", "ModuleNotFoundError", "import sockets⟵\n", "`import socket`"),
    falta(
        "biblioteca sin instalar",
        "ModuleNotFoundError",
        "import una_biblioteca_rara⟵\n",
        "biblioteca estándar",
    ),
    falta(
        "import con punto",
        "ModuleNotFoundError",
        "import socket.socket⟵\n",
        "from socket import socket",
    ),
]
