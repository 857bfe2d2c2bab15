"""El ejercicio de la lección 06: un chat que aguanta, y el mismo cuando aún no aguanta.

Lo que tienen en común los ejercicios de todas las lecciones se prueba en `test_ejercicios.py`.
"""

from __future__ import annotations

import time

import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import Programa
from tests.conftest import Conectar, Lanzar
from tests.lessons.test_ejercicios import (
    CON_TILDES,
    LARGO,
    ROBUSTEZ,
    arrancar_servidor,
    con_los_dos,
    entrar,
    entrar_sin_cliente,
)

EJERCICIO, SOLUCION = ROBUSTEZ / "ejercicio", ROBUSTEZ / "solucion"

#: Cambia los colores, con ESC y con un carácter de control de un solo byte en Latin-1 (C1).
ESC, C1 = "\x1b[31m", "\x9b31m"
#: Invierte la lectura de lo que sigue.
AL_REVES = "\u202e"
#: De las más largas que hay que admitir.
LINEA = f"{'x' * 3999}\n"


def entra_un_sordo(conectar: Conectar, puerto: int, testigo: Conexion) -> Conexion:
    """Alguien que entra y no lee."""
    sordo = conectar(puerto, leer=False)
    sordo.enviar("Sordo\n")
    testigo.esperar("[Sordo se ha conectado]\n")
    return sordo


def enviar_poco_a_poco(conexion: Conexion, texto: str) -> None:
    """Envía un byte cada dos décimas, hasta que se acaban o el otro lado cierra."""
    for byte in texto.encode():
        try:
            conexion.enviar(bytes([byte]))
        except OSError:
            return  # ya ha cerrado
        if conexion.recibido.esperar_fin(0.2):
            return


@con_los_dos
def test_conversan_tres(lanzar: Lanzar, carpeta: str) -> None:
    programas = ROBUSTEZ / carpeta
    servidor = arrancar_servidor(lanzar, programas)
    ana = entrar(lanzar, programas, servidor.puerto(), "Ana")
    carlos = entrar(lanzar, programas, servidor.puerto(), "Carlos")
    ana.esperar("[Carlos se ha conectado]\n")
    ana.escribir(CON_TILDES)
    carlos.esperar(f"Ana: {CON_TILDES}\n")
    lucia = entrar(lanzar, programas, servidor.puerto(), "Lucía")
    lucia.escribir(LARGO[:1500])
    ana.esperar(f"Lucía: {LARGO[:1500]}\n")

    carlos.escribir("salir")
    assert carlos.termina_bien(), carlos.transcripcion()
    lucia.esperar("[Carlos se ha desconectado]\n")
    lucia.matar()
    ana.esperar("[Lucía se ha desconectado]\n")
    assert servidor.errores.texto == ""


@con_los_dos
def test_los_bytes_que_no_son_utf8_no_dan_un_error(
    lanzar: Lanzar, conectar: Conectar, carpeta: str
) -> None:
    servidor = arrancar_servidor(lanzar, ROBUSTEZ / carpeta)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    eva = entrar_sin_cliente(conectar, servidor.puerto(), "Eva")
    eva.enviar(b"ma\xf1ana\n")
    ana.esperar("Eva: ma�ana\n")
    assert servidor.errores.texto == ""


# --- La línea ---


def test_en_la_solucion_una_linea_demasiado_larga_corta_la_conexion(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    eva = entrar_sin_cliente(conectar, servidor.puerto(), "Eva")
    eva.enviar("x" * 10_000)
    eva.esperar_fin()
    ana.esperar("[Eva se ha desconectado]\n")


def test_en_el_ejercicio_una_linea_puede_ser_tan_larga_como_se_quiera(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    eva = entrar_sin_cliente(conectar, servidor.puerto(), "Eva")
    eva.enviar(f"{'x' * 100_000}\n")
    ana.esperar(f"Eva: {'x' * 100_000}\n")


# --- Las pantallas ---


def una_orden_llega(lanzar: Lanzar, conectar: Conectar, servidor: Programa) -> Programa:
    """Eva envía órdenes para la terminal en su nombre y en un mensaje; devuelve el lector."""
    ana = entrar(lanzar, SOLUCION, servidor.puerto(), "Ana")
    eva = conectar(servidor.puerto())
    eva.enviar(f"E{ESC}va\n")
    eva.esperar("Te damos la bienvenida")
    eva.enviar(f"uno{ESC}dos{C1}tres{AL_REVES}cuatro\rcinco\n")
    ana.esperar("cinco\n")
    servidor.esperar("cinco\n")
    return ana


def test_en_la_solucion_las_ordenes_no_llegan_a_ninguna_pantalla(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = una_orden_llega(lanzar, conectar, servidor)
    assert ana.pantalla.endswith("\nE[31mva: uno[31mdos31mtrescuatrocinco\n")
    assert "[CLIENTE E[31mva] uno[31mdos31mtrescuatrocinco\n" in servidor.pantalla


def test_el_cliente_de_la_solucion_no_se_fia_del_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    ana = una_orden_llega(lanzar, conectar, servidor)
    assert ana.pantalla.endswith("\nE[31mva: uno[31mdos31mtrescuatrocinco\n")
    assert f"uno{ESC}dos{C1}tres{AL_REVES}cuatro\rcinco\n" in servidor.pantalla


# --- Las conexiones ---


def test_en_la_solucion_solo_caben_cincuenta_y_quien_se_va_deja_su_sitio(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    puerto = servidor.puerto()
    dentro = [entrar_sin_cliente(conectar, puerto, f"P{numero}") for numero in range(50)]
    assert conectar(puerto).esperar_fin() == "El chat está lleno. Prueba más tarde.\n"

    dentro[0].no_enviar_mas()
    dentro[0].esperar_fin()
    dentro[1].esperar("[P0 se ha desconectado]\n")
    esperar_sitio(conectar, puerto, "Lucía")
    dentro[1].esperar("[Lucía se ha conectado]\n")


def esperar_sitio(conectar: Conectar, puerto: int, nombre: str) -> None:
    """Entra en cuanto cabe: el sitio queda libre un instante después de que se cierre el otro."""
    while True:
        conexion = conectar(puerto)
        conexion.enviar(f"{nombre}\n")
        conexion.recibido.esperar(lambda datos: b"\n" in datos)
        if "Te damos la bienvenida" in conexion.texto:
            return


def test_en_el_ejercicio_caben_todas_las_conexiones_que_quieran(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    puerto = servidor.puerto()
    dentro = [entrar_sin_cliente(conectar, puerto, f"P{numero}") for numero in range(60)]
    dentro[-1].enviar("¿cuántos somos?\n")
    dentro[0].esperar("P59: ¿cuántos somos?\n")


# --- El plazo ---


@pytest.mark.parametrize("nombre", ["", "Maximiliana Alejandra de Todos los Santos"])
def test_en_la_solucion_quien_no_acaba_su_nombre_se_queda_fuera(
    lanzar: Lanzar, conectar: Conectar, nombre: str
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    conexion = conectar(servidor.puerto())
    empezo = time.monotonic()
    enviar_poco_a_poco(conexion, nombre)
    assert conexion.esperar_fin() == ""
    assert time.monotonic() - empezo > 1.5
    assert "[CLIENTE" not in servidor.pantalla


def test_en_la_solucion_quien_ya_ha_entrado_puede_callar(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    # Cuando a este le vence el plazo, también le habría vencido a Ana.
    conectar(servidor.puerto()).esperar_fin()
    luis = entrar_sin_cliente(conectar, servidor.puerto(), "Luis")
    ana.enviar("sigo aquí\n")
    luis.esperar("Ana: sigo aquí\n")


# --- Quien no lee ---


# Que a quien no lee nunca se le echa, y que si vuelve no se ha perdido nada, lo prueba el
# corrector: pone a las conexiones unos buffers tan pequeños que se llenan enseguida.


def test_en_la_solucion_quien_no_lee_no_detiene_a_quien_le_escribe(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    entra_un_sordo(conectar, servidor.puerto(), ana)
    carlos = entrar_sin_cliente(conectar, servidor.puerto(), "Carlos")
    ana.enviar(LINEA * 60)
    ana.enviar("fin\n")
    carlos.esperar("Ana: fin\n")


def test_en_el_ejercicio_quien_no_lee_deja_mudo_a_quien_le_escribe(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    sordo = entra_un_sordo(conectar, servidor.puerto(), ana)
    carlos = entrar_sin_cliente(conectar, servidor.puerto(), "Carlos")
    lineas = 0
    while ana.admite_mas(servidor.salida):
        ana.enviar(LINEA)
        lineas += 1
    assert carlos.texto.count("\n") < lineas
    sordo.cerrar()  # y, en cuanto se va, llega todo lo demás
    carlos.esperar(LINEA, veces=lineas)


# --- Quien inunda ---


def test_en_la_solucion_una_inundacion_llega_entera_y_despacio(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    eva = entrar_sin_cliente(conectar, servidor.puerto(), "Eva")
    frases = [f"oferta {numero}\n" for numero in range(80)]
    empezo = time.monotonic()
    eva.enviar("".join(frases))
    texto = ana.esperar(frases[-1])
    # Cuarenta de golpe y las otras a cuarenta por segundo.
    assert time.monotonic() - empezo > 0.9
    assert texto.endswith("".join(f"Eva: {frase}" for frase in frases))
