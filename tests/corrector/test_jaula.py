"""La jaula: nada de lo que haga una entrega sale de ella, y nada suyo queda en marcha."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from chatlab.corrector.historias.memoria_compartida import se_le_niega
from chatlab.corrector.jaula import bubblewrap, cerca
from chatlab.corrector.jaula.aislamiento import SIN_CERCA, SIN_MUROS, SIN_SENALES
from chatlab.corrector.jaula.bubblewrap import Muros
from chatlab.corrector.jaula.jaula import Jaula
from chatlab.sonda import Testigo
from tests.apoyo.programa import RAIZ
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar
from tests.corrector.apoyo_de_jaula import (
    FalsoTestigo,
    con_bubblewrap,
    crear_entrega,
    de_las_dos_formas,
    jaula_con,
    lo_que_escribe,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="en Windows no hay jaulas")

SERVIDOR = """
    import socket
    oyente = socket.create_server(("127.0.0.1", 9000))
    print("escuchando")
    conexion, _ = oyente.accept()
    print("recibido:", conexion.recv(100).decode())
"""
CLIENTE = """
    import socket
    conexion = socket.create_connection(("localhost", 9000))
    conexion.sendall("¡Hola! 😀".encode())
"""


# --- Ejecutar -----------------------------------------------------------------------------------


@con_bubblewrap
def test_dos_programas_de_la_misma_jaula_se_hablan_y_los_de_otra_no_estorban(
    tmp_path: Path,
) -> None:
    with (
        jaula_con(tmp_path / "1", servidor=SERVIDOR, cliente=CLIENTE) as una,
        jaula_con(tmp_path / "2", servidor=SERVIDOR, cliente=CLIENTE) as otra,
    ):
        for jaula in (una, otra):
            servidor = jaula.arrancar("servidor")
            assert servidor.esperar(lambda pantalla: "escuchando" in pantalla, PLAZO)
            assert jaula.arrancar("cliente").esperar_fin(PLAZO) == 0
            assert servidor.esperar(lambda pantalla: "recibido: ¡Hola! 😀\n" in pantalla, PLAZO)


@de_las_dos_formas
def test_cada_programa_se_ejecuta_como_lo_haria_una_persona(tmp_path: Path, aislar: bool) -> None:
    entrega = crear_entrega(tmp_path, nombre="Lucía Ñu")
    chat = entrega.carpeta / "mi chat"
    chat.mkdir()
    for programa in (entrega.servidor, entrega.cliente):
        (entrega.carpeta / programa).rename(chat / programa)
    (chat / "cliente.py").write_text(
        "import os, sys, utiles\nprint(sys.argv, os.getcwd(), sys.executable, sep='\\n')",
        encoding="utf-8",
    )
    (chat / "utiles.py").touch()
    testigo = FalsoTestigo(tmp_path / "testigo")

    with Jaula(type(entrega).buscar(entrega.carpeta), testigo, aislar=aislar) as jaula:
        terminal = jaula.arrancar("cliente", argumentos=["--puerto", "9000"])
        assert terminal.esperar_fin(PLAZO) == 0, terminal.pantalla

        argumentos, carpeta, interprete = terminal.pantalla.splitlines()
        assert argumentos == "['cliente.py', '--puerto', '9000']"
        assert Path(carpeta) == jaula.carpeta / "mi chat"
        assert jaula.carpeta.name == "Lucía Ñu"
        assert interprete == sys.executable
    assert not list(chat.glob("__pycache__")), "se ha ejecutado la entrega, y no su copia"


@de_las_dos_formas
def test_un_programa_de_quien_corrige_no_importa_nada_de_la_entrega(
    tmp_path: Path, aislar: bool
) -> None:
    entrega = crear_entrega(tmp_path)
    (entrega.carpeta / "tabnanny.py").write_text("print('de Ana')\n", encoding="utf-8")
    testigo = FalsoTestigo(tmp_path / "testigo")
    with Jaula(entrega, testigo, aislar=aislar) as jaula:
        terminal = jaula.ejecutar("import tabnanny; print(tabnanny.__name__)", "otro")
        assert terminal.esperar_fin(PLAZO) == 0
        assert terminal.pantalla.split() == ["tabnanny"]


@de_las_dos_formas
def test_el_pid_de_una_terminal_es_el_que_ve_el_programa(tmp_path: Path, aislar: bool) -> None:
    programa = "import os; print(os.getpid()); input()"
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda pantalla: "\n" in pantalla, PLAZO)

        assert ana.pid == int(ana.pantalla)


@pytest.mark.skipif(sys.platform != "linux", reason="es así como lo cuenta Linux")
@de_las_dos_formas
def test_los_programas_no_heredan_la_prioridad_del_guardian(tmp_path: Path, aislar: bool) -> None:
    programa = "import os; print(os.sched_getscheduler(0) == os.SCHED_OTHER, os.nice(0))"

    assert lo_que_escribe(tmp_path, programa, aislar=aislar) == "True 0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="es así como lo cuenta Linux")
@de_las_dos_formas
def test_el_guardian_es_de_tiempo_real_si_puede(tmp_path: Path, aislar: bool) -> None:
    programa = """
        import os
        print(os.sched_getscheduler(os.getppid()) & ~os.SCHED_RESET_ON_FORK == os.SCHED_RR)
    """

    # Quien no es root no puede, ni le hace falta.
    assert lo_que_escribe(tmp_path, programa, aislar=aislar) == f"{os.geteuid() == 0}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="solo Linux tiene estas prioridades")
def test_recoger_no_es_de_tiempo_real_aunque_lo_sea_quien_espera(
    lanzar: Lanzar, tmp_path: Path
) -> None:
    """En tiempo real, recoger a quien termina costaba más que todo lo demás."""
    programa = """
        import os
        from chatlab.corrector.jaula import recogida
        try:
            os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
        except PermissionError:
            pass
        vistas = []
        recogida._en_otro_hilo(lambda: vistas.append(os.sched_getscheduler(0)))
        print(vistas[0] & ~os.SCHED_RESET_ON_FORK == os.SCHED_OTHER)
        suya = recogida.Recogida()
        if os.fork() == 0:
            os._exit(7)
        suya.esperar_a_todos()
        print([codigo for _, codigo, _ in suya.recogidos()], suya.recogidos())
    """
    (tmp_path / "programa.py").write_text(textwrap.dedent(programa), encoding="utf-8")
    suyo = lanzar("programa.py", carpeta=tmp_path)

    suyo.esperar("True\n[7] []\n")
    assert suyo.esperar_fin() == 0


@de_las_dos_formas
def test_el_programa_no_ve_las_variables_de_quien_corrige(
    tmp_path: Path, aislar: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAVE_DEL_PROFESOR", "secreta")
    monkeypatch.setenv("PYTHONSTARTUP", "/no/existe")

    variables = lo_que_escribe(
        tmp_path, "import os\nfor variable in os.environ.items(): print(*variable)", aislar=aislar
    )

    nombres = {linea.split()[0] for linea in variables.splitlines()}
    assert nombres <= {"PATH", "PWD", "HOME", "TMPDIR", "LANG", "TERM", "PRUEBA_DE_CHATLAB"}
    assert "PRUEBA_DE_CHATLAB" in nombres
    assert "secreta" not in variables


@de_las_dos_formas
def test_la_sonda_ve_desde_fuera_lo_que_hacen_los_sockets_de_dentro(
    tmp_path: Path, aislar: bool
) -> None:
    entrega = crear_entrega(tmp_path, SERVIDOR, CLIENTE)
    with Testigo() as testigo, Jaula(entrega, testigo, aislar=aislar) as jaula:
        servidor = jaula.arrancar("servidor")
        assert testigo.esperar(lambda sucesos: any(s.tipo == "listen" for s in sucesos), PLAZO)
        assert {suceso.pid for suceso in testigo.sucesos()} == {servidor.pid}

        jaula.arrancar("cliente")

        assert servidor.esperar_fin(PLAZO) == 0
        assert "recibido: ¡Hola! 😀\n" in servidor.pantalla


@de_las_dos_formas
def test_se_sabe_cuando_ya_no_va_a_ocurrir_nada(tmp_path: Path, aislar: bool) -> None:
    servidor = """
        import socket
        oyente = socket.create_server(("127.0.0.1", 9000))
        conexion, _ = oyente.accept()
        while datos := conexion.recv(100):
            conexion.sendall(datos)
    """
    cliente = """
        import socket
        conexion = socket.create_connection(("127.0.0.1", 9000))
        while True:
            conexion.sendall(input().encode())
            print("eco:", conexion.recv(100).decode())
    """

    with jaula_con(tmp_path, servidor=servidor, cliente=cliente, aislar=aislar) as jaula:
        if jaula.todos_dormidos() is None:
            pytest.skip("este sistema no lo cuenta")

        def esperar_a_que_todos_duerman() -> None:
            assert jaula.todos_dormidos(PLAZO)
            jaula.leer_pantallas()

        jaula.arrancar("servidor")
        esperar_a_que_todos_duerman()
        ana = jaula.arrancar("cliente")
        for numero in range(20):
            ana.escribir(f"mensaje {numero}")
            esperar_a_que_todos_duerman()

            assert f"eco: mensaje {numero}\n" in ana.pantalla


@pytest.mark.skipif(sys.platform != "linux", reason="solo Linux cuenta quién duerme")
def test_de_quien_termina_se_sabe_antes_de_que_se_de_por_quieto(tmp_path: Path) -> None:
    """Un programa con hilos no acaba de golpe: muerto el primero, puede parecer que duerme."""
    cliente = """
        import threading
        for _ in range(3):
            threading.Thread(target=threading.Event().wait, daemon=True).start()
        input()
    """
    with jaula_con(tmp_path, cliente=cliente) as jaula:
        for _ in range(20):
            ana = jaula.arrancar("cliente")
            assert jaula.todos_dormidos(PLAZO)
            ana.escribir("adiós")

            assert jaula.todos_dormidos(PLAZO)
            assert not ana.vivo


# --- Lo que no se puede hacer dentro --------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="es de Linux")
def test_sin_bubblewrap_se_reconoce_a_quien_no_se_deja_compartir_memoria(tmp_path: Path) -> None:
    """Donde no hay cerca, se le deja."""
    programa = "import multiprocessing\nmultiprocessing.Lock()\n"
    with jaula_con(tmp_path, cliente=programa, aislar=False) as jaula:
        terminal = jaula.arrancar("cliente")
        codigo = terminal.esperar_fin(PLAZO)
        assert se_le_niega(terminal.pantalla) == (codigo != 0), terminal.pantalla


@con_bubblewrap
def test_no_hay_mas_red_que_la_de_bucle_local(tmp_path: Path) -> None:
    programa = """
        import socket
        print([nombre for _, nombre in socket.if_nameindex()])
        print(socket.gethostbyname(socket.gethostname()))
    """

    assert lo_que_escribe(tmp_path, programa) == "['lo']\n127.0.0.1\n"


@con_bubblewrap
def test_no_se_ven_mas_procesos_que_los_suyos(tmp_path: Path) -> None:
    programa = """
        import os
        for pid in filter(str.isdigit, os.listdir("/proc")):
            print(open(f"/proc/{pid}/cmdline").read().split("\\0")[1:3])
    """

    vistos = lo_que_escribe(tmp_path, programa).splitlines()

    assert vistos == ["['-I', '-S']", "['cliente.py', '']"]


@con_bubblewrap
def test_solo_se_escribe_en_la_copia_en_lo_temporal_y_donde_dice_el_testigo(
    tmp_path: Path,
) -> None:
    entrega = tmp_path / "Ana García"
    testigo = tmp_path / "testigo"
    probar = ["/", "/etc", "/usr", "/usr/lib", "/chatlab", str(Path.home())]
    probar += [f"{sys.prefix}/lib", str(Path(__file__).parent), str(entrega), str(testigo)]
    programa = f"""
        import os, tempfile
        from pathlib import Path
        try:
            open("/proc/sys/kernel/core_pattern", "a").close()
            print("se puede cambiar el núcleo")
        except OSError:
            pass
        for carpeta in {probar}:
            try:
                open(f"{{carpeta}}/prueba", "w").close()
                print("se puede escribir en", carpeta)
            except OSError:
                pass
        for carpeta in (".", "~", tempfile.gettempdir(), {str(testigo / "puertos")!r}):
            Path(carpeta).expanduser().joinpath("nota").write_text("sí")
        print("fin")
    """

    with jaula_con(tmp_path, cliente=programa) as jaula:
        terminal = jaula.arrancar("cliente")
        assert terminal.esperar_fin(PLAZO) == 0, terminal.pantalla
        assert terminal.pantalla == "fin\n"
        assert (jaula.trabajo / "nota").read_text() == "sí"
        assert not (jaula.carpeta / "nota").exists(), "el código que se cita es el entregado"
    assert not (entrega / "nota").exists()
    assert (testigo / "puertos" / "nota").exists()


@con_bubblewrap
def test_de_la_maquina_se_ve_python_y_nada_mas(tmp_path: Path) -> None:
    carlos = crear_entrega(tmp_path, nombre="Carlos").carpeta
    ajenas = [
        str(carlos),
        str(RAIZ / "lessons"),
        str(RAIZ / "chatlab"),
        str(RAIZ / "pyproject.toml"),
    ]
    ajenas += ["/etc/hostname", "/etc/fstab", "/etc/ssl", "/var", "/home", "/root/.bashrc", "/run"]
    ajenas += ["/srv", "/opt", "/sys", "/boot", "/usr/share/doc", "/usr/bin/find", "/usr/include"]
    programa = f"""
        import os, pwd, socket, ssl, sqlite3, time, zoneinfo
        for ruta in {ajenas}:
            if os.path.exists(ruta):
                print("se ve", ruta)
        print(os.listdir({str(tmp_path)!r}))
        print(pwd.getpwuid(os.getuid()).pw_name, len(open("/etc/passwd").readlines()))
        print(socket.gethostbyname("localhost"), time.localtime().tm_gmtoff)
        print(os.system("clear > /dev/null"))
    """

    vistas, usuario, red, orden = lo_que_escribe(tmp_path, programa).splitlines()

    assert vistas == "['testigo']"
    assert usuario == "estudiante 1"
    assert red == f"127.0.0.1 {time.localtime().tm_gmtoff}"
    assert orden in ("0", "256")  # la segunda, donde no está instalado «clear»


@con_bubblewrap
def test_de_chatlab_va_dentro_lo_que_se_ejecuta_y_ninguna_leccion(tmp_path: Path) -> None:
    programa = """
        import os, sys
        for carpeta in ("/chatlab", "/espia"):
            for raiz, _, archivos in os.walk(carpeta):
                print(raiz, *archivos)
        sys.path.append("/chatlab")
        import chatlab.corrector.jaula.guardian
    """

    visto = lo_que_escribe(tmp_path, programa)

    assert "guardian.py" in visto
    assert not re.search(r"_lecciones|lesson|solucion|difusion|eventos|plugin", visto)


@con_bubblewrap
def test_lo_que_se_tapa_parece_vacio_aunque_este_en_una_carpeta_visible(tmp_path: Path) -> None:
    """Con chatlab instalado, sus lecciones están entre las bibliotecas de Python."""
    bwrap = bubblewrap.buscar()
    assert bwrap is not None
    paquete = tmp_path / "site-packages" / "chatlab"
    (paquete / "_lecciones").mkdir(parents=True)
    (tmp_path / "site-packages" / "otra").mkdir()
    muros = Muros(bwrap, visibles=(tmp_path / "site-packages",), tapar=(paquete,))

    orden = muros.encerrar(["/bin/sh", "-c", 'echo "$0"/* "$0"/chatlab/*', str(paquete.parent)], {})

    visto = subprocess.run(orden, capture_output=True, text=True).stdout.split()
    assert visto == [str(paquete), str(paquete.parent / "otra"), f"{paquete}/*"]


@con_bubblewrap
def test_no_se_puede_matar_al_guardian_ni_con_todas_las_senales(tmp_path: Path) -> None:
    programa = """
        import os, signal
        for senal in signal.valid_signals() - {signal.SIGCHLD}:
            os.kill(os.getppid(), senal)
        print("padre", os.getppid())
        os.kill(-1, signal.SIGKILL)
        input("sigo aquí")
    """
    with jaula_con(tmp_path, cliente=programa) as jaula:
        servidor, ana = jaula.arrancar("servidor"), jaula.arrancar("cliente")

        assert ana.esperar(lambda pantalla: "padre 1\nsigo aquí" in pantalla, PLAZO)
        assert servidor.esperar_fin(PLAZO) == -signal.SIGKILL
        otra = jaula.arrancar("servidor")
        assert otra.esperar(lambda pantalla: "esperando" in pantalla, PLAZO)


@con_bubblewrap
def test_lo_necesario_se_ve_aunque_se_llegue_por_enlaces(tmp_path: Path) -> None:
    bwrap = bubblewrap.buscar()
    assert bwrap is not None
    real = tmp_path / "versiones" / "3.12.1"
    real.mkdir(parents=True)
    (real / "python").write_text("aquí\n")
    (tmp_path / "versiones" / "3.12").symlink_to("3.12.1")
    (tmp_path / "entorno").mkdir()
    (tmp_path / "entorno" / "python").symlink_to(tmp_path / "versiones" / "3.12" / "python")
    otro = tmp_path / "versiones" / "secreto"
    otro.touch()

    muros = Muros(bwrap, visibles=(tmp_path / "entorno" / "python",))
    orden = ["/bin/sh", "-c", 'read x < "$0"; echo "$x"; test -e "$1" || echo "sin verlo"']
    orden = muros.encerrar([*orden, str(muros.visibles[0]), str(otro)], {})

    assert subprocess.run(orden, capture_output=True, text=True).stdout == "aquí\nsin verlo\n"


# --- Nada queda en marcha -------------------------------------------------------------------------

SE_ESCONDE = """
    import os, signal, subprocess, sys, time
    for senal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(senal, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            print("escondido", flush=True)
            time.sleep(1000)
        os._exit(0)
    os.wait()
    input("sigo")
"""


@de_las_dos_formas
def test_no_queda_vivo_ni_el_que_se_esconde(tmp_path: Path, aislar: bool) -> None:
    with jaula_con(tmp_path, cliente=SE_ESCONDE, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")
        assert ana.esperar(lambda p: "escondido" in p and "sigo" in p, PLAZO)
        ana.ctrl_c()
        assert ana.esperar(lambda pantalla: "^C" in pantalla, PLAZO)

        ana.matar()
        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL


@de_las_dos_formas
def test_uno_que_borra_su_carpeta_no_hace_dano(tmp_path: Path, aislar: bool) -> None:
    programa = "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)\nprint('hecho')"
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        assert jaula.arrancar("cliente").esperar_fin(PLAZO) == 0
        assert (tmp_path / "Ana García" / "cliente.py").exists()
        assert jaula.exceso is None

        otra = jaula.arrancar("cliente")

        assert jaula.exceso == "uno de los programas borró cliente.py de su carpeta"
        assert otra.esperar_fin(PLAZO) not in (0, None)


@con_bubblewrap
def test_se_sabe_que_uno_ha_cambiado_su_programa_al_arrancarlo_otra_vez(tmp_path: Path) -> None:
    with jaula_con(tmp_path, cliente="open(__file__, 'a').write('# otro')\n") as jaula:
        assert jaula.arrancar("cliente").esperar_fin(PLAZO) == 0
        assert jaula.exceso is None

        jaula.arrancar("cliente").esperar_fin(PLAZO)

        assert jaula.exceso == ("uno de los programas cambió cliente.py: ya no es el entregado")


@de_las_dos_formas
def test_se_limpia_aunque_quite_los_permisos_a_su_carpeta(tmp_path: Path, aislar: bool) -> None:
    programa = "import os\nos.makedirs('a/b')\nos.chmod('a/b', 0)\nos.chmod('a', 0)"

    lo_que_escribe(tmp_path, programa, aislar=aislar)


@pytest.mark.parametrize("aislar", [pytest.param(True, marks=con_bubblewrap), False])
def test_si_matan_a_quien_corrige_no_queda_nada(tmp_path: Path, aislar: bool) -> None:
    crear_entrega(tmp_path, cliente=SE_ESCONDE)
    testigo = FalsoTestigo(tmp_path / "testigo")
    corrector = tmp_path / "corrector.py"
    corrector.write_text(
        f"""
import sys
from pathlib import Path
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.jaula.jaula import Jaula
from chatlab.sonda import Testigo
class Testigo:
    carpeta = Path({str(testigo.carpeta)!r})
    escribible = carpeta / "puertos"
    def entorno(self): return {testigo.entorno()}
    def asomarse_a_su_red(self, red, ventana): ventana.close()
with Jaula(Entrega.buscar(Path({str(tmp_path / "Ana García")!r})), Testigo(), aislar={aislar}) as j:
    print(j.carpeta.parents[1])
    ana = j.arrancar("cliente")
    ana.esperar(lambda p: "escondido" in p and "sigo" in p, 20)
    print(ana.pantalla, flush=True)
    sys.stdin.read()
""",
        encoding="utf-8",
    )
    proceso = subprocess.Popen(
        [sys.executable, corrector],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert proceso.stdout is not None
    assert proceso.stdin is not None
    temporal = Path(proceso.stdout.readline().strip())
    while "escondido" not in (linea := proceso.stdout.readline()):
        assert linea
    suyos = psutil.Process(proceso.pid).children(recursive=True)
    assert len(testigo.vivos()) >= 3

    proceso.kill()

    proceso.communicate()
    _, vivos = psutil.wait_procs(suyos, PLAZO)
    assert vivos == []
    assert testigo.vivos() == []
    shutil.rmtree(temporal)


def test_si_matan_al_guardian_sin_jaula_mueren_los_programas(tmp_path: Path) -> None:
    with jaula_con(tmp_path, cliente=SE_ESCONDE, aislar=False) as jaula:
        servidor, ana = jaula.arrancar("servidor"), jaula.arrancar("cliente")
        assert ana.esperar(lambda p: "escondido" in p and "sigo" in p, PLAZO)
        assert ana.pid is not None

        os.kill(psutil.Process(ana.pid).ppid(), signal.SIGKILL)

        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        assert servidor.esperar_fin(PLAZO) == -signal.SIGKILL


# --- Sin bubblewrap -------------------------------------------------------------------------------


def aislamiento_con(tmp_path: Path) -> str:
    testigo = FalsoTestigo(tmp_path / "testigo")
    with Jaula(crear_entrega(tmp_path), testigo) as jaula:
        assert jaula.arrancar("cliente").esperar(lambda pantalla: "esperando" in pantalla, PLAZO)
        return jaula.aislamiento


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap solo existe en Linux")
def test_sin_bubblewrap_el_aislamiento_es_parcial_y_dice_por_que(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bubblewrap, "buscar", lambda: None)

    aislamiento = aislamiento_con(tmp_path)

    assert aislamiento.startswith("parcial: no está instalado bubblewrap")
    assert aislamiento.endswith((f". {SIN_MUROS}", f". {SIN_SENALES}", f". {SIN_CERCA}"))


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap solo existe en Linux")
def test_si_bubblewrap_no_funciona_el_aislamiento_es_parcial_y_dice_por_que(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    falso = tmp_path / "bwrap"
    falso.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    falso.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "buscar", lambda: str(falso))

    assert aislamiento_con(tmp_path).startswith(
        "parcial: bubblewrap no funciona en este equipo "
        "(bwrap: setting up uid map: Permission denied). "
    )


# --- El guardián no se toca desde dentro ----------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="son llamadas de Linux")
@con_bubblewrap
def test_desde_dentro_no_se_puede_tomar_el_socket_del_guardian_ni_su_memoria(
    tmp_path: Path,
) -> None:
    programa = """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        pidfd = os.pidfd_open(1)
        PIDFD_GETFD, PTRACE_SEIZE = 438, 0x4206
        tomados = [fd for fd in range(200) if libc.syscall(PIDFD_GETFD, pidfd, fd, 0) >= 0]
        print("descriptores", tomados)
        print("depurado", libc.ptrace(PTRACE_SEIZE, 1, None, None) == 0)
        for nombre in ("mem", "maps", "environ", "cwd/x", *(f"fd/{fd}" for fd in range(20))):
            try:
                open(f"/proc/1/{nombre}", "rb", buffering=0).read(1)
                print("se lee", nombre)
            except OSError:
                pass
    """

    assert lo_que_escribe(tmp_path, programa) == "descriptores []\ndepurado False\n"


# --- Sin bubblewrap, lo que sí se contiene en Linux -----------------------------------------------


@pytest.fixture
def con_cerca() -> None:
    if cerca.hacer([], []) is None:
        pytest.skip("este núcleo no sabe cercar programas")


@pytest.mark.usefixtures("con_cerca")
def test_sin_bubblewrap_no_se_abren_los_archivos_ni_las_variables_de_quien_corrige(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAVE_DEL_PROFESOR", "secreta")
    notas = tmp_path / "notas.txt"
    notas.write_text("secreto")
    ajenos = [str(notas), str(RAIZ / "pyproject.toml"), "/etc/fstab", "/etc/shadow"]
    ajenas = [str(tmp_path), str(RAIZ), str(Path.home()), "/", "/proc", "/tmp"]
    programa = f"""
        import os, signal
        def intentar(que, hacer, *con):
            try:
                hacer(*con)
                print("se puede", que, *con)
            except OSError:
                pass
        for ruta in {ajenos}:
            intentar("leer", open, ruta)
            intentar("escribir", open, ruta, "a")
        for ruta in {ajenas}:
            intentar("ver", os.listdir, ruta)
            intentar("crear", open, f"{{ruta}}/prueba-de-chatlab", "w")
        for pid in (os.getppid(), {os.getpid()}, {os.getppid()}):
            for nombre in ("environ", "cmdline", "mem", "fd/0"):
                intentar("leer", open, f"/proc/{{pid}}/{{nombre}}")
        intentar("enlazar", os.link, {str(notas)!r}, "enlace")
        open("suyo", "w").write("sí")
        print(open("suyo").read(), os.path.exists("/proc/self/stat"))
    """

    assert lo_que_escribe(tmp_path, programa, aislar=False) == "sí True\n"


@pytest.mark.usefixtures("con_cerca")
def test_sin_bubblewrap_no_se_mandan_senales_a_los_demas(tmp_path: Path) -> None:
    programa = f"""
        import os, signal
        for pid in (os.getppid(), {os.getpid()}):
            try:
                os.kill(pid, signal.SIGCONT)
                print("se puede")
            except PermissionError:
                print("no")
    """
    if cerca.version_del_nucleo() < cerca.CON_SENALES:
        pytest.skip("este núcleo no aísla las señales")

    assert lo_que_escribe(tmp_path, programa, aislar=False) == "no\nno\n"
