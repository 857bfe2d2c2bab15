"""Las pistas que da el código sin ejecutarlo: las que hay que dar y, sobre todo, las que no."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.corrector.diagnostico.avisos import para_windows
from chatlab.corrector.diagnostico.error import avisos_del_codigo
from chatlab.corrector.diagnostico.que_pasa import Pasa
from tests.apoyo.programa import RAIZ
from tests.corrector.apoyo import en_frases, escribir

MARCA = "⟵"


def avisos_de(carpeta: Path, codigo: str, *, varios: bool = True) -> list[str]:
    escribir(carpeta, servidor=dedent(codigo).lstrip("\n").replace(MARCA, ""))
    return en_frases(avisos_del_codigo(carpeta, ["servidor.py"], varios=varios))


def linea_marcada(codigo: str) -> int:
    lineas = dedent(codigo).lstrip("\n").split("\n")
    return next(numero for numero, linea in enumerate(lineas, 1) if MARCA in linea)


CON_AVISO = {
    "hilo sin arrancar": (
        """
        hilo = threading.Thread(target=atender)⟵
        print("listo")
        """,
        "nunca lo arrancas: añade `hilo.start()`",
    ),
    "hilo sin guardar ni arrancar": ("threading.Thread(target=atender)⟵\n", "nunca lo arrancas"),
    "hilo sin arrancar en un método": (
        """
        class Servidor:
            def abrir(self):
                self.hilo = Thread(target=self.atender)⟵
        """,
        "`self.hilo.start()`",
    ),
    "hilo sin arrancar junto a otro que sí": (
        """
        def recibir():
            hilo = Thread(target=leer)
            hilo.start()

        def enviar():
            hilo = Thread(target=escribir)⟵
            hilo.daemon = True
        """,
        "nunca lo arrancas",
    ),
    "start sin paréntesis": (
        """
        hilo = threading.Thread(target=atender)⟵
        hilo.start
        """,
        "`hilo.start()`",
    ),
    "run en vez de start": (
        """
        hilo = threading.Thread(target=atender)⟵
        hilo.run()
        """,
        "sin hilo nuevo",
    ),
    "hilo propio sin arrancar": (
        """
        class Oyente(threading.Thread):
            pass

        oyente = Oyente()⟵
        """,
        "`oyente.start()`",
    ),
    "hilos en una lista que nadie arranca": (
        "hilos = [threading.Thread(target=atender) for _ in range(3)]⟵\n",
        "nunca lo arrancas",
    ),
    "target llamado": (
        "threading.Thread(target=atender(cliente, 3)).start()⟵\n",
        "`target=atender, args=(cliente, 3)`",
    ),
    "nunca accept": (
        """
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        servidor.listen()⟵
        while True:
            pass
        """,
        "nunca se llama a `accept`",
    ),
    "accept sin paréntesis": (
        """
        servidor.listen()⟵
        while True:
            conexion = servidor.accept
        """,
        "`servidor.accept()`",
    ),
    "accept una vez": (
        """
        servidor.listen()
        conexion, direccion = servidor.accept()⟵
        """,
        "fuera de un bucle",
    ),
    "accept dos veces": (
        """
        def esperar():
            ana, _ = servidor.accept()⟵
            carlos, _ = servidor.accept()

        esperar()
        """,
        "solo entrarán 2 clientes",
    ),
    "sin SO_REUSEADDR": (
        """
        servidor.bind((HOST, PORT))⟵
        servidor.listen()
        while True:
            servidor.accept()
        """,
        "SO_REUSEADDR",
    ),
    "sin SO_REUSEADDR, con todo importado": (
        """
        from socket import *
        servidor = socket(AF_INET, SOCK_STREAM)
        servidor.bind((HOST, PORT))⟵
        """,
        "`servidor.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)`",
    ),
    "sin SO_REUSEADDR, con otro nombre": (
        """
        import socket as red
        servidor = red.socket()
        servidor.bind((HOST, PORT))⟵
        """,
        "`servidor.setsockopt(red.SOL_SOCKET, red.SO_REUSEADDR, 1)`",
    ),
    "lista de la que nadie sale": (
        """
        while True:
            conexion, direccion = servidor.accept()
            clientes.append(conexion)⟵
        """,
        "de ella no sale nadie",
    ),
    "diccionario del que nadie sale": (
        """
        def atender(cliente):
            nombre = cliente.recv(1024).decode()
            clientes[nombre] = cliente⟵

        while True:
            conexion, direccion = servidor.accept()
        """,
        "`clientes`",
    ),
    "tuplas de las que nadie sale": (
        """
        while True:
            conexion, direccion = servidor.accept()
            self.clientes.append((conexion, direccion))⟵
        """,
        "`self.clientes`",
    ),
    "candado anidado": (
        """
        candado = threading.Lock()

        def difundir():
            with candado:
                for cliente in clientes:
                    with candado:⟵
                        pass
        """,
        "quita este `with candado:`",
    ),
    "función que vuelve a tomar el candado": (
        """
        candado = threading.Lock()

        def difundir(mensaje):
            with candado:
                print(mensaje)

        def salir(cliente):
            with candado:
                clientes.remove(cliente)
                difundir("se fue")⟵
        """,
        "Llamas a `difundir`",
    ),
    "método que lo toma por otro": (
        """
        class Sala:
            def __init__(self):
                self.candado = Lock()

            def enviar(self):
                self.candado.acquire()
                self.candado.release()

            def difundir(self):
                self.enviar()

            def salir(self):
                with self.candado:
                    self.difundir()⟵
        """,
        "`self.candado`",
    ),
    "acquire dos veces": (
        """
        candado = threading.Lock()

        def entrar():
            candado.acquire()
            clientes.append(1)
            candado.acquire()⟵
        """,
        "quita este `acquire()`",
    ),
    "acquire con try y otra función": (
        """
        candado = threading.Lock()

        def difundir():
            with candado:
                pass

        def entrar():
            candado.acquire()
            try:
                difundir()⟵
            finally:
                candado.release()
        """,
        "Llamas a `difundir`",
    ),
    "recv sin mirar si está vacío": (
        """
        def recibir(cliente):
            while True:
                mensaje = cliente.recv(1024).decode()⟵
                print(mensaje)
        """,
        "`if not mensaje: break`",
    ),
    "recv que solo mira otra cosa": (
        """
        while True:
            datos = cliente.recv(1024)⟵
            texto = datos.decode()
            if texto == "salir":
                break
        """,
        "`if not datos: break`",
    ),
    "recv sin guardar": (
        """
        while True:
            print(cliente.recv(1024).decode())⟵
        """,
        "`recv` devuelve",
    ),
    "recv sin los espacios: una línea en blanco no es el final": (
        """
        while True:
            texto = cliente.recv(1024).decode().strip()⟵
            print(texto)
        """,
        "`datos = cliente.recv(1024)`",
    ),
    "nombre que no existe, escondido": (
        """
        clientes = []
        try:
            for uno in cliente:⟵
                uno.send(b"hola")
        except:
            print("Ha ocurrido un error")
        """,
        "`cliente` no existe: al llegar aquí hay un `NameError`, y el `except:` de la línea 5 lo "
        "esconde.",
    ),
    "nombre que no existe, en una función": (
        """
        def atender(con):
            try:
                con.send(mensage)⟵
            except Exception as e:
                return
        """,
        "`mensage` no existe",
    ),
    "input dentro de asyncio": (
        """
        async def principal():
            while True:
                texto = input()⟵
        """,
        "`input` para todo el bucle",
    ),
    "longitud delante y un solo recv": (
        """
        def lee(con):
            largo = int.from_bytes(con.recv(4), "big")
            return con.recv(largo)⟵
        """,
        "puede dar menos",
    ),
    "longitud con struct": (
        """
        def lee(con):
            (largo,) = struct.unpack("!I", con.recv(4))
            datos = con.recv(largo)⟵
            return datos
        """,
        "puede dar menos",
    ),
    "pickle de un recv": (
        """
        def lee(con):
            datos = con.recv(4096)
            return pickle.loads(datos)⟵
        """,
        "`pickle.loads` quiere un mensaje entero",
    ),
    "un candado nuevo cada vez": (
        """
        def difundir(texto):
            with threading.Lock():⟵
                pass
        """,
        "un candado nuevo cada vez",
    ),
    "un candado de una sola función": (
        """
        def difundir(texto):
            candado = threading.Lock()⟵
            with candado:
                pass
        """,
        "un candado nuevo cada vez",
    ),
    "una lista que cada hijo copia": (
        """
        while True:
            conexion, _ = servidor.accept()
            clientes.append(conexion)
            if os.fork() == 0:⟵
                for uno in clientes:
                    uno.send(conexion.recv(10) or exit())
            clientes.pop()
        """,
        "Cada proceso hijo tiene su propia copia de `clientes`",
    ),
    "recv de varios con select": (
        """
        vigiladas = [servidor]
        while True:
            listas, _, _ = select.select(vigiladas, [], [])
            for una in listas:
                if una is servidor:
                    conexion, _ = servidor.accept()
                    vigiladas.append(conexion)
                else:
                    print(una.recv(1024))⟵
            vigiladas.pop()
        """,
        "quita `una` de `vigiladas`",
    ),
    "recv que se acumula hasta un largo": (
        """
        while len(todo) < 10:
            todo += cliente.recv(10)⟵
        """,
        "`datos = cliente.recv(10)`",
    ),
    "recv entre preguntas": (
        """
        while True:
            cliente.sendall(input().encode())
            respuesta = cliente.recv(1024).decode()⟵
            print(respuesta)
        """,
        "seguiría como si aún estuviera",
    ),
    "recv que solo mira cómo empieza": (
        """
        while True:
            linea = cliente.recv(1024)⟵
            if linea.startswith(b"/salir"):
                break
        """,
        "`if not linea: break`",
    ),
    "recv con un nombre que ya tiene otra cosa": (
        """
        datos = "una libreta"
        while True:
            print(cliente.recv(1024))⟵
        """,
        "`trozo = cliente.recv(1024)`",
    ),
    "recv_into": (
        """
        while True:
            cuantos = cliente.recv_into(hueco)⟵
            print(hueco[:cuantos])
        """,
        "`recv_into` devuelve `0`",
    ),
    "recv en el bucle que acepta": (
        """
        while True:
            conexion, _ = servidor.accept()
            quien = conexion.recv(1024).decode()⟵
            Thread(target=atender, args=(conexion, quien)).start()
        """,
        "el bucle no gira: `accept` espera",
    ),
    "except desnudo": (
        """
        try:
            atender()
        except:⟵
            pass
        """,
        "esconde cualquier error",
    ),
    "except que dice siempre lo mismo": (
        """
        while True:
            try:
                atender()
            except Exception:⟵
                print("Ha ocurrido un error")
        """,
        "no dice qué error hubo",
    ),
    "except Exception que corta sin decirlo": (
        """
        while True:
            try:
                atender()
            except Exception:⟵
                break
        """,
        "`except Exception:`",
    ),
    "lo recibido, comparado con un texto vacío": (
        """
        while True:
            datos = conexion.recv(1024)
            if datos == "":⟵
                break
            print(datos.decode())
        """,
        "`datos` son bytes, lo que da `recv`, y `''` es texto: nunca son iguales",
    ),
    "lo recibido, comparado con palabras": (
        """
        def atender(conexion):
            while (orden := conexion.recv(1024)) not in ("salir", "exit"):⟵
                print(orden)
        """,
        "nunca son iguales",
    ),
    "una señal que falta declarar global": (
        """
        activo = True

        def recibir():
            while conexion.recv(1024):
                pass
            activo = False⟵

        def escribir():
            while activo:
                conexion.sendall(input().encode())
        """,
        "nace otra `activo`, de `recibir`",
    ),
    "una lista que tapa a la de fuera": (
        """
        clientes = []

        def difundir(datos):
            for cliente in clientes:
                cliente.sendall(datos)

        def aceptar():
            clientes = []⟵
            while True:
                conexion, _ = servidor.accept()
                clientes.append(conexion)
        """,
        "nace otra `clientes`, de `aceptar`",
    ),
}


@pytest.mark.parametrize(("codigo", "texto"), CON_AVISO.values(), ids=CON_AVISO)
def test_se_avisa_de_lo_sospechoso_en_su_linea(codigo: str, texto: str, tmp_path: Path) -> None:
    avisos = avisos_de(tmp_path, codigo)

    donde = f"servidor.py, línea {linea_marcada(codigo)}: "
    assert [aviso for aviso in avisos if aviso.startswith(donde) and texto in aviso], avisos


SIN_AVISO = {
    "lo recibido, descifrado antes de comparar": """
        while True:
            datos = conexion.recv(1024)
            datos = datos.decode()
            if datos == "" or datos == "salir":
                break
        """,
    "lo recibido, comparado con bytes": """
        while True:
            datos = conexion.recv(1024)
            if datos == b"":
                break
            print(datos.decode())
        """,
    "una señal con global": """
        activo = True

        def recibir():
            global activo
            while conexion.recv(1024):
                pass
            activo = False

        def escribir():
            while activo:
                conexion.sendall(input().encode())
        """,
    "una señal de cada función": """
        seguir = True

        def recibir():
            seguir = True
            while seguir:
                seguir = bool(conexion.recv(1024))

        def escribir():
            while seguir:
                conexion.sendall(input().encode())
        """,
    "una lista nueva que se devuelve": """
        clientes = []

        def difundir(datos):
            for cliente in clientes:
                cliente.sendall(datos)

        def vivos():
            clientes = []
            clientes.append(1)
            return clientes
        """,
    "hilo arrancado": "threading.Thread(target=atender, args=(1,)).start()\n",
    "hilo guardado y arrancado": "hilo = Thread(target=atender)\nhilo.start()\nhilo.join()\n",
    "hilo arrancado en otro método": """
        class Servidor:
            def __init__(self):
                self.hilo = Thread(target=self.atender)

            def abrir(self):
                self.hilo.start()
        """,
    "hilos en una lista": """
        hilos = [Thread(target=atender) for _ in range(3)]
        for hilo in hilos:
            hilo.start()
        """,
    "hilo guardado en una lista": """
        hilo = Thread(target=atender)
        hilos.append(hilo)
        for uno in hilos:
            uno.start()
        """,
    "hilo arrancado con dos nombres": """
        recibir, enviar = Thread(target=f), Thread(target=g)
        recibir.start()
        enviar.start()
        """,
    "target con partial": "Thread(target=partial(atender, 1)).start()\n",
    "target con función que da funciones": """
        def para(cliente):
            def atender():
                pass
            return atender

        Thread(target=para(1)).start()
        """,
    "accept en un bucle": "while True:\n    conexion, _ = servidor.accept()\n",
    "accept en una función llamada en un bucle": """
        def aceptar():
            return servidor.accept()

        while True:
            aceptar()
        """,
    "accept que llama selectors": """
        def aceptar(servidor):
            conexion, _ = servidor.accept()

        selector.register(servidor, EVENT_READ, aceptar)
        """,
    "accept en el hilo de cada uno": """
        def aceptar():
            conexion, _ = servidor.accept()

        for _ in range(5):
            Thread(target=aceptar).start()
        """,
    "asyncio no llama a accept": "servidor = await asyncio.start_server(atender, HOST, PORT)\n",
    "socketserver tampoco": "ThreadingTCPServer.allow_reuse_address = True\n",
    "UDP": """
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind((HOST, PORT))
        """,
    "create_server ya suelta el puerto": """
        servidor = socket.create_server((HOST, PORT))
        while True:
            servidor.accept()
        """,
    "se quita con remove": """
        while True:
            conexion, _ = servidor.accept()
            clientes.append(conexion)
            clientes.remove(conexion)
        """,
    "se quita con del": """
        while True:
            conexion, direccion = servidor.accept()
            clientes[conexion] = direccion
            del clientes[conexion]
        """,
    "se quita rehaciendo la lista": """
        while True:
            conexion, _ = servidor.accept()
            clientes.append(conexion)
            clientes = [c for c in clientes if c is not conexion]
        """,
    "lo que entra en la lista no son clientes": """
        while True:
            conexion, _ = servidor.accept()
            historial.append("ha entrado alguien")
        """,
    "RLock se toma dos veces": """
        candado = threading.RLock()

        def f():
            with candado:
                with candado:
                    pass
        """,
    "dos candados distintos": """
        uno, otro = Lock(), Lock()
        primero = Lock()
        segundo = Lock()

        def f():
            with primero:
                with segundo:
                    pass
        """,
    "la función se llama con el candado ya suelto": """
        candado = Lock()

        def difundir():
            with candado:
                pass

        def salir():
            with candado:
                clientes.clear()
            difundir()
        """,
    "la función se da a un hilo, no se llama": """
        candado = Lock()

        def difundir():
            with candado:
                pass

        def salir():
            with candado:
                Thread(target=difundir).start()
        """,
    "el candado se suelta en medio": """
        candado = Lock()

        def f():
            candado.acquire()
            candado.release()
            candado.acquire()
            candado.release()
        """,
    "recv con if not": """
        while True:
            datos = cliente.recv(1024)
            if not datos:
                break
        """,
    "recv en la condición": "while datos := cliente.recv(1024):\n    print(datos)\n",
    "recv comparado con vacío": """
        while True:
            texto = cliente.recv(1024).decode()
            if texto in ("", "salir"):
                break
        """,
    "recv con len": """
        while True:
            datos = cliente.recv(1024)
            if len(datos) == 0:
                return
        """,
    "recv con la condición en el bucle": """
        datos = b"x"
        while datos:
            datos = cliente.recv(1024)
        """,
    "recv con and": """
        while activo:
            datos = cliente.recv(1024)
            if datos and activo:
                print(datos)
        """,
    "nombre que se define más abajo": """
        def f():
            try:
                g()
            except Exception:
                return 1

        def g():
            pass
        """,
    "nombre que otra función hace global": """
        def abre():
            global con
            con = 1

        def usa():
            try:
                print(con)
            except Exception:
                print("no")
        """,
    "nombre de un for, de un with y de un except": """
        try:
            for uno in [1]:
                with open("x") as archivo:
                    print([otro for otro in archivo], uno)
        except Exception:
            print("no")
        """,
    "nombre sin definir que se ve": """
        try:
            print(nada)
        except OSError:
            pass
        """,
    "nombre sin definir que se cuenta": """
        try:
            print(nada)
        except Exception as error:
            print(error)
        """,
    "nombres que vienen de un asterisco": """
        from socket import *
        try:
            s = socket(AF_INET)
        except Exception:
            print("no")
        """,
    "input una vez en asyncio": """
        async def principal():
            nombre = input("Tu nombre: ")
            while True:
                await lee()
        """,
    "input con to_thread": """
        async def principal():
            while True:
                texto = await asyncio.to_thread(input)
        """,
    "input fuera de asyncio": """
        async def principal():
            while True:
                await lee()

        def teclado():
            while True:
                cola.put(input())
        """,
    "longitud y un bucle": """
        def lee(con, cuantos):
            datos = b""
            while len(datos) < cuantos:
                trozo = con.recv(cuantos - len(datos))
                if not trozo:
                    raise ConnectionError
                datos += trozo
            return datos

        def trama(con):
            largo = int.from_bytes(lee(con, 4), "big")
            return lee(con, largo)
        """,
    "longitud y un bucle que descuenta": """
        def lee(con):
            falta = int(con.recv(8))
            while falta:
                trozo = con.recv(falta)
                if not trozo:
                    break
                falta -= len(trozo)
        """,
    "longitud con MSG_WAITALL": """
        def lee(con):
            largo = int(con.recv(8))
            return con.recv(largo, socket.MSG_WAITALL)
        """,
    "json de una línea": """
        for linea in con.makefile():
            print(json.loads(linea))
        """,
    "un candado que se da a los hilos": """
        def principal():
            candado = threading.Lock()
            Thread(target=f, args=(candado,)).start()
        """,
    "un candado que usa otra función": """
        def principal():
            candado = Lock()

            def dentro():
                with candado:
                    pass

            Thread(target=dentro).start()
        """,
    "un candado que se guarda": """
        class Sala:
            def __init__(self):
                candado = Lock()
                self.candado = candado
        """,
    "el padre reparte, y los hijos solo leen": """
        while True:
            conexion, _ = servidor.accept()
            clientes.append(conexion)
            if os.fork() == 0:
                os.write(tuberia, conexion.recv(10))
            for uno in clientes:
                uno.send(os.read(otra, 10))
            clientes.clear()
        """,
    "recv con la conexión de cada vuelta": """
        while True:
            conexion = socket.create_connection(DONDE)
            conexion.sendall(input().encode())
            print(conexion.recv(1024).decode())
        """,
    "recv con la conexión de cada vuelta, y with": """
        while True:
            with socket.create_connection(DONDE) as conexion:
                print(conexion.recv(1024).decode())
        """,
    "recv tras conectar otra vez": """
        while True:
            cliente.connect(DONDE)
            print(cliente.recv(1024))
            cliente.close()
        """,
    "recv de un websocket": """
        while True:
            print(await ws.recv())
        """,
    "recv de una tubería": """
        while True:
            print(tuberia.recv())
        """,
    "recv con UDP": """
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        while True:
            print(s.recv(1024))
        """,
    "recv con iter": """
        while esperando():
            for trozo in iter(lambda: cliente.recv(1024), b""):
                print(trozo)
        """,
    "recv que se devuelve": """
        while True:
            return cliente.recv(1024)
        """,
    "recv que falla si está vacío": """
        while True:
            numero = int(cliente.recv(4))
            print(numero)
        """,
    "recv del que se toma lo primero": """
        while True:
            orden = cliente.recv(1024).decode().split()[0]
            print(orden)
        """,
    "recv que se reparte en dos nombres": """
        while True:
            nombre, texto = cliente.recv(1024).decode().split(":")
            print(nombre)
        """,
    "recv con else que sale": """
        while True:
            orden = cliente.recv(1)
            if orden == b"+":
                print("sube")
            else:
                break
        """,
    "recv con len en una comparación": """
        while True:
            cabecera = cliente.recv(4)
            if len(cabecera) < 4:
                break
        """,
    "recv guardado en el objeto": """
        while True:
            self.datos = self.conexion.recv(1024)
            if not self.datos:
                return
        """,
    "recv que acaba en otra función": """
        def tratar(texto):
            if texto == "":
                sys.exit()

        while True:
            tratar(cliente.recv(1024).decode())
        """,
    "accept de asyncio": """
        servidor.listen()
        while True:
            conexion, _ = await lazo.sock_accept(servidor)
        """,
    "accept que se da a otro": """
        servidor.listen()
        while True:
            conexion, _ = await asyncio.to_thread(servidor.accept)
        """,
    "un socket que se da hecho a asyncio": """
        servidor.listen()
        await asyncio.start_server(atender, sock=servidor)
        """,
    "un recv fuera de todo bucle": "nombre = cliente.recv(1024).decode()\n",
    "except de lo que se espera": "try:\n    f()\nexcept OSError:\n    pass\n",
    "except que lo muestra": "try:\n    f()\nexcept Exception as error:\n    print(error)\n",
    "except al cerrar": "c = socket()\ntry:\n    c.close()\nexcept Exception:\n    pass\n",
    "un accept que no se guarda": "while True:\n    () = servidor.accept()\n",
    "código que no se entiende": "while True\n    servidor.listen(\n",
}


@pytest.mark.parametrize("codigo", SIN_AVISO.values(), ids=SIN_AVISO)
def test_no_se_avisa_de_lo_que_esta_bien(codigo: str, tmp_path: Path) -> None:
    assert avisos_de(tmp_path, codigo) == []


def test_a_un_servidor_para_uno_solo_le_basta_un_accept(tmp_path: Path) -> None:
    codigo = "servidor.listen()\nconexion, _ = servidor.accept()\n"

    assert avisos_de(tmp_path, codigo, varios=False) == []


def test_un_programa_puede_estar_repartido_en_varios_archivos(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import red\nred.servidor.listen()\nwhile True:\n    red.aceptar()\n",
        red="def aceptar():\n    return servidor.accept()\nservidor.bind(1)\n",
        cliente="import red\n",
    )
    avisos = en_frases(
        avisos_del_codigo(tmp_path, [Path("servidor.py"), "cliente.py"], varios=False)
    )

    assert len(avisos) == 1, avisos
    assert avisos[0].startswith("red.py, línea 3: Sin SO_REUSEADDR")


def test_quien_acepta_puede_estar_en_otro_archivo_que_quien_escucha(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import red\nmesa = red.abre()\nwhile True:\n    red.entra(mesa)\n",
        red="def abre():\n    servidor.listen()\n\ndef entra(mesa):\n    return mesa.accept()\n",
        cliente="import red\n",
    )
    assert avisos_del_codigo(tmp_path, ["servidor.py", "cliente.py"]) == []


def test_lo_que_no_deja_funcionar_se_dice_antes(tmp_path: Path) -> None:
    avisos = avisos_de(
        tmp_path,
        """
        servidor.bind((HOST, PORT))
        servidor.listen()
        while True:
            conexion, _ = servidor.accept()
            clientes.append(conexion)
            hilo = threading.Thread(target=atender, args=(conexion,))
        """,
    )
    assert [aviso.split(":")[0] for aviso in avisos] == [
        f"servidor.py, línea {linea}" for linea in (6, 5, 1)
    ]


@pytest.mark.parametrize(
    ("pasa", "cuantos"), [(Pasa.VUELVE_A_ARRANCAR, 1), (Pasa.LLEGA_A_TROZOS, 0)]
)
def test_el_puerto_ocupado_solo_explica_lo_suyo(tmp_path: Path, pasa: Pasa, cuantos: int) -> None:
    escribir(tmp_path, servidor="servidor.bind(1)\nwhile True:\n    servidor.accept()\n")

    avisos = avisos_del_codigo(tmp_path, ["servidor.py"], pasa=[pasa])

    assert len(avisos) == cuantos, avisos


def test_no_mirar_si_alguien_se_fue_no_explica_lo_que_pasa_con_todos_dentro(
    tmp_path: Path,
) -> None:
    escribir(
        tmp_path,
        servidor="while True:\n    c, _ = s.accept()\n    l.append(c)\n",
        cliente="while True:\n    print(c.recv(9))\n",
    )
    programas = ["servidor.py", "cliente.py"]

    assert len(avisos_del_codigo(tmp_path, programas, pasa=[Pasa.ALGUIEN_SE_VA])) == 2
    assert avisos_del_codigo(tmp_path, programas, pasa=[]) == []


def test_se_avisa_del_archivo_que_se_llama_como_un_modulo(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="import queue\n", queue="x = 1\n")

    assert en_frases(avisos_del_codigo(tmp_path, ["servidor.py"])) == [
        "queue.py, línea 1: Este archivo se llama como el módulo `queue` de Python, y "
        "`import queue` encontraría este. Cámbiale el nombre."
    ]


@pytest.mark.parametrize("modo", ["bitacora", "turnos", "difusion"])
def test_nuestros_programas_no_dan_avisos(modo: str) -> None:
    carpeta = RAIZ / "chatlab" / modo

    assert avisos_del_codigo(carpeta, sorted(ruta.name for ruta in carpeta.glob("*.py"))) == []


#: Programas que funcionan, de muchas formas distintas, y lo único que se puede decir de ellos.
CORRECTOS = sorted(
    {ruta.parent for ruta in RAIZ.glob("lessons/*/solucion/*.py")}
    | {ruta.parent for ruta in RAIZ.glob("tests/corrector/banco/variantes/*/*.py")},
)


@pytest.mark.parametrize(
    "carpeta", CORRECTOS, ids=lambda carpeta: carpeta.relative_to(RAIZ).as_posix()
)
def test_a_un_programa_correcto_solo_se_le_habla_de_costumbres(carpeta: Path) -> None:
    programas = sorted(ruta.name for ruta in carpeta.glob("*.py"))
    avisos = en_frases(
        avisos_del_codigo(carpeta, programas, varios="02_turnos" not in str(carpeta))
    )

    costumbres = ("SO_REUSEADDR", "no dice qué error hubo")
    assert [aviso for aviso in avisos if not any(una in aviso for una in costumbres)] == []


# --- Lo que en Windows no funciona -------------------------------------------------------------

NO_EN_WINDOWS = {
    "select con el teclado": (
        "import select, sys\nselect.select([sys.stdin, s], [], [])\n",
        "línea 2: `select` solo admite sockets",
    ),
    "selectors con el teclado": (
        "sel.register(sys.stdin, selectors.EVENT_READ)\n",
        "línea 1: `register` solo admite sockets",
    ),
    "asyncio con el teclado": ("lazo.add_reader(sys.stdin, leer)\n", "`add_reader` no admite"),
    "conectar con todas": (
        's.connect(("0.0.0.0", 9000))\n',
        'no se puede llamar a `"0.0.0.0"` (WinError 10049)',
    ),
    "conectar con todas, por su nombre": (
        'HOST = "0.0.0.0"\ns.connect((HOST, 9000))\n',
        "línea 2: no se puede llamar",
    ),
    "conectar con una dirección guardada": (
        'DIR = ("", 9000)\ns.connect(DIR)\n',
        'no se puede llamar a `""`',
    ),
    "una alarma": ("import signal\nsignal.signal(signal.SIGALRM, f)\n", "`signal.SIGALRM`"),
    "un proceso hijo": ("import os\nif os.fork() == 0:\n    pass\n", "`os.fork`"),
    "la terminal": ("import termios\n", "no hay módulo `termios`"),
    "señales en asyncio": ("lazo.add_signal_handler(2, f)\n", "NotImplementedError"),
}


@pytest.mark.parametrize(("codigo", "texto"), NO_EN_WINDOWS.values(), ids=NO_EN_WINDOWS)
def test_se_avisa_de_lo_que_en_windows_no_funciona(codigo: str, texto: str, tmp_path: Path) -> None:
    escribir(tmp_path, servidor=codigo)
    [aviso] = para_windows(tmp_path, ["servidor.py"])

    assert aviso.startswith("Aquí funciona, pero en Windows no: servidor.py, línea ")
    assert texto in aviso


TAMBIEN_EN_WINDOWS = {
    "select de sockets": "import select\nselect.select([s], [], [])\n",
    "escuchar en todas": 's.bind(("0.0.0.0", 9000))\n',
    "conectar con este ordenador": 's.connect(("localhost", 9000))\n',
    "la IP propia, con UDP": 's = socket(AF_INET, SOCK_DGRAM)\ns.connect(("", 1))\n',
    "una alarma, si la hay": (
        "import signal\nif hasattr(signal, 'SIGALRM'):\n    signal.signal(signal.SIGALRM, f)\n"
    ),
    "según el sistema": "import os, sys\nif sys.platform != 'win32':\n    os.fork()\n",
    "con un try": "try:\n    import readline\nexcept ImportError:\n    pass\n",
    "un módulo suyo": "import signal\nclass os:\n    pass\nos.fork()\n",
}


@pytest.mark.parametrize("codigo", TAMBIEN_EN_WINDOWS.values(), ids=TAMBIEN_EN_WINDOWS)
def test_no_se_avisa_de_lo_que_funciona_en_todas_partes(codigo: str, tmp_path: Path) -> None:
    escribir(tmp_path, servidor=codigo)

    assert para_windows(tmp_path, ["servidor.py"]) == []


@pytest.mark.parametrize("modo", ["bitacora", "turnos", "difusion", "eventos"])
def test_nuestros_programas_funcionan_en_windows(modo: str) -> None:
    carpeta = RAIZ / "chatlab" / modo

    assert para_windows(carpeta, sorted(ruta.name for ruta in carpeta.glob("*.py"))) == []


A_MALA_IDEA = {
    "hilos": "".join(f"h{i} = Thread(target=f)\n" for i in range(900)),
    "bucles": "".join(f"{' ' * i}while True:\n" for i in range(95))
    + "".join(f"{' ' * 95}d{i} = c.recv(1)\n" for i in range(500)),
    "candados": "L = Lock()\ndef f():\n" + " L.acquire()\n" * 1600,
    "llamadas": "L = Lock()\n"
    + "".join(f"def f{i}():\n with L:\n  f{i + 1}()\n" for i in range(900)),
    "listas": "while 1:\n c, d = s.accept()\n" + "".join(f" l{i}.append(c)\n" for i in range(900)),
    "larga": "x = [" + "1, " * 30_000 + "]\n",
    "honda": "x = " + "-" * 20_000 + "1\n",
}


@pytest.mark.parametrize("codigo", A_MALA_IDEA.values(), ids=A_MALA_IDEA)
def test_un_programa_hecho_a_mala_idea_no_tiene_ocupado_al_corrector(
    codigo: str, tmp_path: Path
) -> None:
    antes = time.process_time()

    assert len(avisos_de(tmp_path, codigo)) <= 12
    assert time.process_time() - antes < 10


CODIGOS = [
    dedent(codigo)
    for codigo in [
        *SIN_AVISO.values(),
        *(codigo for codigo, _ in CON_AVISO.values()),
        *(codigo for codigo, _ in NO_EN_WINDOWS.values()),
        *TAMBIEN_EN_WINDOWS.values(),
    ]
]


@given(texto=st.text() | st.lists(st.sampled_from(CODIGOS), max_size=4).map("\n".join))
def test_ningun_archivo_hace_fallar_a_los_avisos(
    tmp_path_factory: pytest.TempPathFactory, texto: str
) -> None:
    carpeta = tmp_path_factory.getbasetemp()
    texto = texto.replace(MARCA, "")
    (carpeta / "servidor.py").write_text(texto, encoding="utf-8", errors="replace")

    avisos_del_codigo(carpeta, ["servidor.py", "no_esta.py", "../fuera.py"])
    para_windows(carpeta, ["servidor.py", "no_esta.py", "../fuera.py"])
