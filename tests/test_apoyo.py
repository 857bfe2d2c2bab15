"""Los programas que arrancan las pruebas escriben como en una terminal, y van a trompicones."""

from __future__ import annotations

import threading
import time

from tests.apoyo.al_arrancar.sitecustomize import A_TROMPICONES
from tests.apoyo.transcripcion import Transcripcion
from tests.conftest import Lanzar

DOS_HILOS = """
import threading
def escribir(letra):
    for _ in range(2000):
        print(letra * 20)
hilos = [threading.Thread(target=escribir, args=(letra,)) for letra in "ab"]
for hilo in hilos:
    hilo.start()
"""


def test_dos_hilos_no_mezclan_sus_lineas(lanzar: Lanzar) -> None:
    programa = lanzar("-c", DOS_HILOS, entorno={A_TROMPICONES: "0"})
    assert programa.termina_bien(), programa.transcripcion()
    lineas = programa.pantalla.splitlines()
    assert len(lineas) == 4000
    assert set(lineas) == {"a" * 20, "b" * 20}


def test_lo_escrito_sin_salto_de_linea_se_ve_al_preguntar(lanzar: Lanzar) -> None:
    programa = lanzar("-c", "print('hola', end=', '); print(input('¿nombre? '))")
    programa.esperar("hola, ¿nombre? ")
    programa.escribir("Ana")
    assert programa.termina_bien(), programa.transcripcion()
    assert programa.pantalla == "hola, ¿nombre? Ana\n"


def test_a_trompicones_se_detiene_el_tiempo_que_se_le_pide(lanzar: Lanzar) -> None:
    al_empezar = time.monotonic()
    programa = lanzar("-c", "for _ in range(200): print('hola')", entorno={A_TROMPICONES: "1"})
    assert programa.termina_bien(), programa.transcripcion()
    assert time.monotonic() - al_empezar >= 1
    assert programa.pantalla == "hola\n" * 200


def test_un_texto_que_llega_partido_se_encuentra_las_veces_que_esta() -> None:
    transcripcion = Transcripcion()

    def llegar() -> None:
        for trozo in (b"aho", b"l", b"a y holahol", b"", b"a\n"):
            transcripcion.anadir(trozo)
        transcripcion.terminar()

    otro = threading.Thread(target=llegar)
    otro.start()
    assert transcripcion.esperar_texto(b"hola", veces=3)
    assert not transcripcion.esperar_texto(b"hola", veces=4), "ya no llegará nada más"
    otro.join()
    assert transcripcion.esperar_texto(b"hola", veces=3)
    assert not transcripcion.esperar_texto(b"nada", plazo=0)
