"""Quien gasta sin medida: se le para, se dice qué límite pasó y no queda nada suyo."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatlab.corrector.jaula.jaula import Jaula
from chatlab.corrector.jaula.limites import MEGA, LimitesDeJaula
from tests.apoyo.transcripcion import PLAZO
from tests.corrector.apoyo_de_jaula import (
    FalsoTestigo,
    con_bubblewrap,
    crear_entrega,
    de_las_dos_formas,
    jaula_con,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="en Windows no hay guardián")

LIMITES = LimitesDeJaula(cpu=1, memoria=200 * MEGA, disco=20 * MEGA, hilos=100)


@dataclass(frozen=True)
class Malo:
    """Un programa sin medida, y lo que se dice de él. `solo` si no muere nadie más."""

    nombre: str
    programa: str
    exceso: str
    solo: bool = False


MALOS = [
    Malo(
        "escribe sin fin",
        "while True: print('¡hola! ' * 20)",
        "«Ana» escribió más de 2 MB en la pantalla",
        solo=True,
    ),
    Malo(
        "hilos sin fin",
        "import threading, time\n"
        "while True: threading.Thread(target=time.sleep, args=(1000,)).start()",
        "«Ana» arrancó más de 100 hilos a la vez",
    ),
    Malo(
        "memoria poco a poco",
        "x = []\nwhile True: x.append(bytearray(1_000_000))",
        "«Ana» usó más de 200 MB de memoria",
    ),
    Malo(
        "memoria de golpe",
        "x = b'x' * 10**10",
        "«Ana» usó más de 200 MB de memoria",
        solo=True,
    ),
    Malo("trabaja sin fin", "while True: pass", "«Ana» gastó más de 1 s de procesador", solo=True),
    Malo(
        "archivos sin cerrar",
        "x = []\nwhile True: x.append(open('cliente.py'))",
        "«Ana» abrió más de 256 archivos y conexiones a la vez",
        solo=True,
    ),
    Malo(
        "un archivo sin fin",
        "archivo = open('x', 'wb', buffering=0)\nwhile True: archivo.write(bytes(1_000_000))",
        "«Ana» escribió más de 20 MB en el disco",
        solo=True,
    ),
    Malo(
        "muchos archivos",
        "for n in range(1000): open(f'{n}', 'wb').write(bytes(1_000_000))\ninput()",
        "uno de los programas escribió más de 20 MB en el disco",
    ),
]


@de_las_dos_formas
@pytest.mark.parametrize("malo", MALOS, ids=lambda malo: malo.nombre)
def test_se_para_a_quien_gasta_sin_medida(tmp_path: Path, aislar: bool, malo: Malo) -> None:
    with jaula_con(tmp_path, cliente=malo.programa, limites=LIMITES, aislar=aislar) as jaula:
        servidor = jaula.arrancar("servidor")
        assert servidor.esperar(lambda pantalla: "esperando" in pantalla, PLAZO)
        assert jaula.exceso is None

        ana = jaula.arrancar("cliente", nombre="Ana")

        assert jaula.esperar(lambda: jaula.exceso is not None, PLAZO), ana.pantalla[-500:]
        assert jaula.excesos == [malo.exceso]
        assert ana.esperar_fin(PLAZO) not in (0, None)
        assert servidor.vivo == malo.solo or servidor.esperar_fin(PLAZO) == -signal.SIGKILL
        assert ana.exceso == (malo.exceso if "«Ana»" in malo.exceso else None)
        assert servidor.exceso is None


# Sin jaula y sin ser root, el núcleo tampoco deja pasar de unos cientos de procesos; pero probarlo
# como root sería probar a tirar esta máquina.
@con_bubblewrap
@pytest.mark.parametrize(
    "programa",
    [
        pytest.param("import os\nwhile True: os.fork()", id="de una familia"),
        pytest.param("import os\nwhile True:\n  if not os.fork(): os.setsid()", id="de muchas"),
    ],
)
def test_una_bomba_de_procesos_no_hace_dano(tmp_path: Path, programa: str) -> None:
    with jaula_con(tmp_path, cliente=programa) as jaula:
        ana = jaula.arrancar("cliente", nombre="Ana")

        assert jaula.esperar(lambda: jaula.exceso is not None, PLAZO)
        assert jaula.exceso is not None
        assert jaula.exceso.endswith(" arrancó más de 50 procesos a la vez")
        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        # La jaula sigue sirviendo.
        assert jaula.arrancar("servidor").esperar(lambda p: "esperando" in p, PLAZO)


#: Programas que no ocupan ni un byte y llenarían el disco de quien corrige.
SIN_BYTES = {
    "carpetas": ("import os\nfor n in range(600): os.mkdir(f'{n}')\ninput()", "entradas"),
    "archivos vacíos": ("for n in range(600): open(f'{n}', 'w').close()\ninput()", "entradas"),
    "carpetas en lo temporal": (
        "import os, tempfile\nos.chdir(tempfile.gettempdir())\n"
        "for n in range(600): os.mkdir(f'{n}')\ninput()",
        "entradas",
    ),
    "una dentro de otra": (
        "import os\nfor _ in range(1200): os.mkdir('d'); os.chdir('d')\ninput()",
        "hondura",
    ),
    "sin permiso": (
        "import os\nos.mkdir('a')\nfor n in range(600): os.mkdir(f'a/{n}')\n"
        "os.chmod('a', 0)\ninput()",
        "entradas",
    ),
}


@de_las_dos_formas
@pytest.mark.parametrize(("programa", "que"), SIN_BYTES.values(), ids=SIN_BYTES)
def test_las_carpetas_y_los_archivos_vacios_tambien_cuentan(
    tmp_path: Path, aislar: bool, programa: str, que: str
) -> None:
    limites = LimitesDeJaula(entradas=300)
    with jaula_con(tmp_path, cliente=programa, limites=limites, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert jaula.esperar(lambda: jaula.exceso is not None, PLAZO), ana.pantalla[-500:]
        assert jaula.exceso == limites.frase(que)


@de_las_dos_formas
def test_lo_que_traia_la_entrega_no_lo_han_escrito_sus_programas(
    tmp_path: Path, aislar: bool
) -> None:
    for numero in range(80):
        (tmp_path / "Ana García" / f"{numero}").mkdir(parents=True)
        (tmp_path / "Ana García" / f"{numero}" / "dato.txt").touch()
    limites = LimitesDeJaula(entradas=60, segundos_de_programa=1.5)
    entrega = crear_entrega(tmp_path)
    with Jaula(entrega, FalsoTestigo(tmp_path / "testigo"), limites, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente", nombre="Ana")

        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        assert jaula.excesos == ["«Ana» siguió en marcha más de 1,5 s"]


@de_las_dos_formas
@pytest.mark.parametrize(
    "trampa",
    ["os.mkfifo(p + 'escrito-9000')", "os.symlink('/etc/passwd', p + 'real-10300')",
     "os.mkdir(p + 'ipv6-9000')", "open(p + 'escrito-9000', 'w').truncate(10**7)",
     "socket.socket(socket.AF_UNIX).bind(p + 'escrito-9000')"],
)  # fmt: skip
def test_quien_cambia_el_reparto_de_los_puertos_se_queda_sin_correccion(
    tmp_path: Path, aislar: bool, trampa: str
) -> None:
    carpeta = tmp_path / "testigo" / "puertos"
    programa = f"import os, socket\np = {str(carpeta)!r} + '/'\n{trampa}\ninput()"
    with jaula_con(tmp_path, cliente=programa, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente")

        assert jaula.esperar(lambda: jaula.exceso is not None, PLAZO), ana.pantalla
        assert jaula.exceso == (
            "uno de los programas cambió los archivos con los que el corrector reparte los puertos"
        )


@con_bubblewrap
def test_lo_escrito_en_lo_temporal_tambien_cuenta(tmp_path: Path) -> None:
    programa = """
        import tempfile
        for n in range(1000):
            open(f"{tempfile.gettempdir()}/{n}", "wb").write(bytes(1_000_000))
        input()
    """
    with jaula_con(tmp_path, cliente=programa, limites=LIMITES) as jaula:
        jaula.arrancar("cliente")

        assert jaula.esperar(lambda: jaula.exceso is not None, PLAZO)
        assert jaula.exceso == "uno de los programas escribió más de 20 MB en el disco"


@de_las_dos_formas
def test_el_reloj_de_un_programa(tmp_path: Path, aislar: bool) -> None:
    limites = LimitesDeJaula(segundos_de_programa=0.3)
    with jaula_con(tmp_path, limites=limites, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente", nombre="Ana")

        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        assert ana.exceso == "«Ana» siguió en marcha más de 0,3 s"
        assert jaula.exceso == ana.exceso


@de_las_dos_formas
def test_el_reloj_de_la_jaula(tmp_path: Path, aislar: bool) -> None:
    limites = LimitesDeJaula(segundos_de_jaula=0.3)
    with jaula_con(tmp_path, limites=limites, aislar=aislar) as jaula:
        ana = jaula.arrancar("cliente", nombre="Ana")

        assert ana.esperar_fin(PLAZO) == -signal.SIGKILL
        assert jaula.exceso == "la corrección duró más de 0,3 s"


def test_con_tuberias_se_vigilan_el_reloj_y_la_pantalla(tmp_path: Path) -> None:
    limites = LimitesDeJaula(segundos_de_programa=0.5, pantalla=MEGA)
    sin_fin = "while True: print('hola ' * 20)"
    with jaula_con(tmp_path, cliente=sin_fin, limites=limites, tuberias=True) as jaula:
        servidor, ana = jaula.arrancar("servidor"), jaula.arrancar("cliente", nombre="Ana")

        assert ana.esperar_fin(PLAZO) not in (0, None)
        assert servidor.esperar_fin(PLAZO) not in (0, None)
        assert ana.exceso == "«Ana» escribió más de 1 MB en la pantalla"
        assert servidor.exceso == "«servidor» siguió en marcha más de 0,5 s"
