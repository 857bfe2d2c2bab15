"""Lección 05: cada paso hace lo que dice su guía, y sus fallos ocurren."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import re
import selectors
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Conectar, Lanzar, a_su_ritmo

LECCION = RAIZ / "lessons" / "05_eventos"
PASO1 = LECCION / "paso1_un_hilo_por_cliente"
PASO2 = LECCION / "paso2_selector"
PASO3 = LECCION / "paso3_cola_de_salida"
PASO4 = LECCION / "paso4_asyncio"
PASO5 = LECCION / "paso5_sala_sin_sockets"
PASOS = [PASO1, PASO2, PASO3, PASO4, PASO5]

BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:\n"
#: Una línea larga que cabe en el tope de asyncio, que es de 64 KiB.
LARGA = b"x" * 60_000
#: Líneas largas que no caben en los buffer del sistema de ninguna conexión: son unos 40 MB.
MUCHAS = 700

solo_linux = pytest.mark.skipif(sys.platform != "linux", reason="mira los hilos como los da Linux")
con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() y select() no se interrumpen con Ctrl+C"
)


def en_los_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


def arrancar_servidor(lanzar: Lanzar, paso: Path, puerto: int = 0) -> Programa:
    return lanzar("servidor.py", str(puerto), carpeta=paso)


def arrancar_cliente(lanzar: Lanzar, paso: Path, servidor: Programa, nombre: str) -> Programa:
    """Arranca un cliente, da su nombre y espera a que esté dentro."""
    cliente = lanzar("cliente.py", "localhost", str(servidor.puerto()), carpeta=paso)
    cliente.escribir(nombre)
    cliente.esperar(f"* Hola, {nombre}.\n")
    return cliente


def entrar(conectar: Conectar, servidor: Programa, nombre: str) -> Conexion:
    """Entra con un socket, sin cliente, y espera a estar dentro."""
    conexion = conectar(servidor.puerto())
    conexion.enviar(f"{nombre}\n")
    conexion.esperar(f"* Hola, {nombre}.\n")
    return conexion


def entrar_sin_leer_mas(conectar: Conectar, servidor: Programa, nombre: str) -> Conexion:
    """Entra, y después de su saludo no lee ni un byte."""
    conexion = conectar(servidor.puerto(), leer=False)
    conexion.enviar(f"{nombre}\n")
    saludos = f"{BIENVENIDA}* Hola, {nombre}.\n".encode()
    recibido = b""
    while len(recibido) < len(saludos):
        datos = conexion.socket.recv(len(saludos) - len(recibido))
        assert datos, "el servidor ha cerrado"
        recibido += datos
    assert recibido == saludos
    return conexion


# --- Lo que vale para todos los pasos ---


def test_el_cliente_es_el_mismo_en_los_cinco_pasos() -> None:
    del_primero = (PASO1 / "cliente.py").read_bytes()
    assert all((paso / "cliente.py").read_bytes() == del_primero for paso in PASOS)


@en_los_pasos(*PASOS)
def test_dos_personas_charlan_y_quien_escribe_no_recibe_lo_suyo(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = arrancar_cliente(lanzar, paso, servidor, "Ana")
    carlos = arrancar_cliente(lanzar, paso, servidor, "Carlos")
    ana.escribir("¡Hola!")
    carlos.esperar("Ana: ¡Hola!\n")
    carlos.escribir("Hola, Ana.")
    ana.esperar("Carlos: Hola, Ana.\n")
    carlos.escribir("/salir")
    assert carlos.termina_bien(), carlos.transcripcion()
    assert carlos.pantalla == f"{BIENVENIDA}* Hola, Carlos.\nAna: ¡Hola!\nAdiós.\n"
    assert ana.pantalla == f"{BIENVENIDA}* Hola, Ana.\nCarlos: Hola, Ana.\n"
    assert servidor.pantalla == f"Escuchando en 127.0.0.1:{servidor.puerto()}\n"


@en_los_pasos(*PASOS)
def test_las_lineas_se_cortan_bien_lleguen_como_lleguen(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, servidor, "Ana")
    eva = conectar(servidor.puerto())
    for byte in "Eva\r\nñandú\n".encode():
        eva.enviar(bytes([byte]))
    eva.enviar("\n\nuno\ndos\ntre")
    eva.enviar("s\n/salir\nesto ya no\n")
    eva.esperar_fin()
    ana.esperar("tres\n")
    assert ana.lineas[2:] == ["Eva: ñandú", "Eva: uno", "Eva: dos", "Eva: tres"]


@en_los_pasos(*PASOS)
def test_nadie_puede_mandar_sobre_la_pantalla_de_otro(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, servidor, "Ana")
    eva = entrar(conectar, servidor, "Eva")
    eva.enviar(b"\x1b[2Jborrado\x07\xff\n")
    ana.esperar("Eva: [2Jborrado�\n")
    assert "\x1b" not in ana.texto


@en_los_pasos(*PASOS)
def test_el_cliente_limpia_lo_que_le_llega(lanzar: Lanzar, paso: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        puerto = escucha.getsockname()[1]
        cliente = lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)
        conexion, _ = escucha.accept()
        with conexion:
            conexion.sendall(b"Eva: \x1b[2Jhola\n")
            cliente.esperar("Eva: [2Jhola\n")
        cliente.esperar("El servidor ha cerrado la conexión. Pulsa Intro para salir.\n")


@en_los_pasos(*PASOS)
def test_quien_se_corta_no_molesta_a_los_demas(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = entrar(conectar, servidor, "Ana")
    sin_nombre = conectar(servidor.puerto())
    sin_nombre.esperar(BIENVENIDA)
    con_nombre = entrar(conectar, servidor, "Eva")
    carlos = entrar(conectar, servidor, "Carlos")
    sin_nombre.cortar()
    con_nombre.cortar()
    ana.enviar("sigo aquí\n")
    carlos.esperar("Ana: sigo aquí\n")
    carlos.enviar("y yo\n")
    ana.esperar("Carlos: y yo\n")
    entrar(conectar, servidor, "Nuria")
    assert servidor.errores.texto == ""


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_ctrl_c_termina_el_servidor_y_sus_clientes_lo_dicen(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor, "Ana")
    servidor.insistir_con_ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("\nServidor cerrado\n")
    cliente.esperar("El servidor ha cerrado la conexión. Pulsa Intro para salir.\n")
    # Si el aviso le llegó antes de volver a leer el teclado, termina sin esperar el Intro.
    with contextlib.suppress(BrokenPipeError):
        cliente.escribir("")
    cliente.cerrar_teclado()  # por si Intro llegó antes de que el hilo que recibe terminara
    assert cliente.termina_bien(), cliente.transcripcion()


@en_los_pasos(*PASOS)
def test_con_el_puerto_ocupado_el_servidor_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    puerto = arrancar_servidor(lanzar, paso).puerto()
    segundo = arrancar_servidor(lanzar, paso, puerto)
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto == (
        f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.\n"
    )


def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = lanzar("cliente.py", "localhost", str(puerto), carpeta=PASO1)
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@en_los_pasos(*PASOS)
def test_chatlab_medir_mide_cada_paso(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    destino = f"localhost:{servidor.puerto()}"
    encargo = ["--clientes", "20", "--mensajes", "30", "--json"]
    medidor = lanzar("-m", "chatlab", "medir", destino, *encargo)
    assert medidor.esperar_fin() == 0, medidor.transcripcion()
    assert re.search(r'"entregas": 600\b', medidor.pantalla), medidor.pantalla
    json.loads(medidor.pantalla)


# --- Los hilos ---


@solo_linux
@en_los_pasos(*PASOS)
def test_solo_el_paso_1_gasta_un_hilo_por_cliente(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    for numero in range(100):
        entrar_sin_leer_mas(conectar, servidor, f"Persona {numero}")
    hilos = psutil.Process(servidor.proceso.pid).num_threads()
    assert hilos == (101 if paso == PASO1 else 1)


@solo_linux
@en_los_pasos(*PASOS)
def test_con_poca_memoria_solo_al_paso_1_le_faltan_hilos(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    con_tope = f"ulimit -v 400000; exec '{sys.executable}' servidor.py 0"
    servidor = lanzar("-c", con_tope, carpeta=paso, ejecutable=shutil.which("sh") or "sh")
    if paso == PASO1:
        with pytest.raises((OSError, AssertionError)):
            for numero in range(100):
                entrar_sin_leer_mas(conectar, servidor, f"Persona {numero}")
        # Sale con 1 o, si al acabar con los otros hilos tampoco queda memoria, Python aborta.
        assert servidor.esperar_fin() in {1, -signal.SIGABRT}
        assert "RuntimeError: can't start new thread\n" in servidor.errores.texto
    else:
        for numero in range(100):
            entrar_sin_leer_mas(conectar, servidor, f"Persona {numero}")
        assert servidor.errores.texto == ""


# --- Un cliente que no lee ---


class Habladora:
    """Eva, que dice muchas líneas largas en su hilo."""

    def __init__(self, conexion: Conexion) -> None:
        self.hilo = threading.Thread(target=self._hablar, args=(conexion,), daemon=True)
        self.hilo.start()

    @staticmethod
    def _hablar(conexion: Conexion) -> None:
        try:
            conexion.enviar((LARGA + b"\n") * MUCHAS + b"FIN\n")
        except OSError:
            pass  # la prueba ha terminado

    @property
    def sigue(self) -> bool:
        return self.hilo.is_alive()


@a_su_ritmo
def test_en_el_paso_1_quien_no_lee_detiene_a_quien_le_escribe_y_a_nadie_mas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    sordo = entrar_sin_leer_mas(conectar, servidor, "Sordo")
    carlos = entrar(conectar, servidor, "Carlos")
    eva = Habladora(entrar(conectar, servidor, "Eva"))
    nuria = entrar(conectar, servidor, "Nuria")
    carlos.enviar("/salir\n")
    carlos.esperar_fin()
    assert eva.sigue
    assert "FIN" not in carlos.texto
    sordo.empezar_a_leer()
    esperar_final(nuria, b"Eva: FIN\n")


@a_su_ritmo
def test_en_el_paso_2_quien_no_lee_detiene_a_todos(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    sordo = entrar_sin_leer_mas(conectar, servidor, "Sordo")
    eva = Habladora(entrar(conectar, servidor, "Eva"))
    nuria = a_quien_no_se_atiende(conectar, servidor, eva)
    assert nuria is not None
    sordo.empezar_a_leer()
    nuria.esperar(BIENVENIDA)
    esperar_final(sordo, b"Eva: FIN\n")


def esperar_final(conexion: Conexion, final: bytes) -> None:
    """Espera a que lo último que haya llegado sea eso: con tantos bytes, no se buscan en todos."""
    assert conexion.recibido.esperar(lambda datos: datos.endswith(final))


def a_quien_no_se_atiende(
    conectar: Conectar, servidor: Programa, eva: Habladora
) -> Conexion | None:
    """Mientras Eva habla, llama gente; devuelve a alguien a quien no se da la bienvenida."""
    while eva.sigue:
        persona = conectar(servidor.puerto())
        if not persona.recibido.esperar(lambda datos: BIENVENIDA.encode() in datos, plazo=1):
            return persona
    return None


@en_los_pasos(PASO3, PASO4, PASO5)
def test_desde_el_paso_3_a_quien_no_lee_se_le_echa_y_los_demas_lo_reciben_todo(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    entrar_sin_leer_mas(conectar, servidor, "Sordo")
    ana = entrar(conectar, servidor, "Ana")
    eva = entrar(conectar, servidor, "Eva")
    for numero in range(MUCHAS):
        # De una en una: aquí nadie va deprisa, y solo a Sordo se le acumulan.
        eva.enviar(LARGA + b"%d\n" % numero)
        esperar_final(ana, b"x%d\n" % numero)
        if "Echo a" in servidor.pantalla:
            break
    quien = "al cliente 1" if paso == PASO5 else "a Sordo"
    servidor.esperar(f"\nEcho {quien}: no lee lo que le llega\n")
    entrar(conectar, servidor, "Nuria").enviar("hola\n")
    ana.esperar("Nuria: hola\n")
    assert [len(linea) for linea in ana.lineas if linea.startswith("Eva: x")] == [
        len("Eva: ") + len(LARGA) + len(str(n)) for n in range(numero + 1)
    ]
    assert servidor.errores.texto == ""


# --- Por dentro ---


def importar(archivo: Path) -> ModuleType:
    """El archivo como módulo, sin ejecutar su `principal`."""
    especificacion = importlib.util.spec_from_file_location(archivo.stem, archivo)
    assert especificacion is not None
    assert especificacion.loader is not None
    modulo = importlib.util.module_from_spec(especificacion)
    sys.modules[archivo.stem] = modulo
    especificacion.loader.exec_module(modulo)
    return modulo


@pytest.fixture
def sin_modulos_de_mas() -> Iterator[None]:
    yield
    for nombre in ("sala", "servidor"):
        sys.modules.pop(nombre, None)


@pytest.mark.usefixtures("sin_modulos_de_mas")
def test_en_el_paso_3_se_pide_el_aviso_de_escribir_solo_mientras_queda_algo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    servidor = importar(PASO3 / "servidor.py")
    monkeypatch.setattr(servidor, "TOPE", 10_000_000)
    suyo, mio = socket.socketpair()
    with suyo, mio, servidor.vigilante as vigilante:
        suyo.setblocking(False)
        cliente = servidor.Cliente(suyo)
        vigilante.register(suyo, selectors.EVENT_READ, cliente)
        enviado = b""
        while not cliente.salida:
            linea = f"{len(enviado):060000d}"
            servidor.enviar(cliente, linea)
            enviado += f"{linea}\n".encode()
        con_aviso = selectors.EVENT_READ | selectors.EVENT_WRITE
        assert vigilante.get_key(suyo).events == con_aviso

        recibido = b""
        while len(recibido) < len(enviado):
            recibido += mio.recv(10_000)
            if cliente.salida and vigilante.select(timeout=0):
                servidor.vaciar(cliente)
        assert recibido == enviado
        assert vigilante.get_key(suyo).events == selectors.EVENT_READ


def test_en_el_paso_4_una_linea_sin_fin_se_corta_y_los_demas_siguen(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    ana = entrar(conectar, servidor, "Ana")
    eva = entrar(conectar, servidor, "Eva")
    eva.enviar(b"x" * 200_000)
    eva.esperar_fin()
    entrar(conectar, servidor, "Nuria").enviar("hola\n")
    ana.esperar("Nuria: hola\n")
    assert "Eva" not in ana.texto
    assert servidor.errores.texto == ""


@pytest.mark.usefixtures("sin_modulos_de_mas")
def test_en_el_paso_5_la_sala_dice_que_enviar_a_quien_sin_ninguna_red() -> None:
    modulo = importar(PASO5 / "sala.py")
    enviar, despedir = modulo.Enviar, modulo.Despedir
    sala = modulo.Sala()
    assert sala.llegar(1) == [enviar([1], BIENVENIDA.strip())]
    assert sala.recibir(1, "") == []
    assert sala.recibir(1, "Ana") == [enviar([1], "* Hola, Ana.")]
    sala.llegar(2)
    sala.recibir(2, "Carlos")
    sala.llegar(3)
    sala.llegar(4)
    sala.recibir(4, "Lucía")
    assert sala.recibir(1, "¡Hola!") == [enviar([2, 4], "Ana: ¡Hola!")]
    assert sala.recibir(2, "/salir") == [despedir(2)]
    assert sala.irse(2) == []
    assert sala.recibir(1, "¿Carlos?") == [enviar([4], "Ana: ¿Carlos?")]


def test_en_el_paso_5_la_sala_no_importa_nada_que_hable_con_nadie() -> None:
    importa = re.findall(
        r"^(?:from|import) (\S+)", (PASO5 / "sala.py").read_text("utf-8"), re.MULTILINE
    )
    assert importa == ["dataclasses"]


def test_en_el_paso_5_los_avisos_se_anaden_cambiando_solo_la_sala(
    lanzar: Lanzar, conectar: Conectar, tmp_path: Path
) -> None:
    """Es lo que la página propone hacer."""
    copia = tmp_path / "paso"
    shutil.copytree(PASO5, copia)
    sala = (copia / "sala.py").read_text("utf-8")
    antes = "        del self.nombres[numero]\n        return []\n"
    despues = (
        "        nombre = self.nombres.pop(numero)\n"
        "        if not nombre:\n"
        "            return []\n"
        '        return [Enviar(self.todos_menos(numero), f"* {nombre} ha salido del chat")]\n'
    )
    assert antes in sala
    (copia / "sala.py").write_text(sala.replace(antes, despues), encoding="utf-8")
    servidor = arrancar_servidor(lanzar, copia)
    ana = entrar(conectar, servidor, "Ana")
    conectar(servidor.puerto()).cerrar()
    carlos = entrar(conectar, servidor, "Carlos")
    carlos.enviar("/salir\n")
    ana.esperar("* Carlos ha salido del chat\n")
    assert ana.lineas[2:] == ["* Carlos ha salido del chat"]
