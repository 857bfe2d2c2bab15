"""El ejercicio de la lección 05: el chat con un solo hilo, terminado y sin terminar.

Lo que tienen en común los ejercicios de todas las lecciones se prueba en `test_ejercicios.py`.
"""

from __future__ import annotations

import ast

import pytest

from tests.apoyo.conexion import Conexion
from tests.conftest import Conectar, Lanzar
from tests.lessons.test_ejercicios import (
    CON_TILDES,
    EVENTOS,
    LARGO,
    arrancar_cliente,
    arrancar_servidor,
    con_los_dos,
    entrar,
    entrar_sin_cliente,
)

EJERCICIO, SOLUCION = EVENTOS / "ejercicio", EVENTOS / "solucion"

LINEA = f"{'x' * 999}\n"


@con_los_dos
def test_el_servidor_no_usa_hilos(carpeta: str) -> None:
    arbol = ast.parse((EVENTOS / carpeta / "servidor.py").read_text(encoding="utf-8"))
    importados = {
        alias.name
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Import)
        for alias in nodo.names
    }
    assert importados == {"selectors", "socket", "sys"}


@con_los_dos
def test_conversan_dos(lanzar: Lanzar, carpeta: str) -> None:
    programas = EVENTOS / carpeta
    servidor = arrancar_servidor(lanzar, programas)
    ana = entrar(lanzar, programas, servidor.puerto(), "Ana")
    carlos = entrar(lanzar, programas, servidor.puerto(), "Carlos")
    ana.escribir(CON_TILDES)
    carlos.esperar(f"Ana: {CON_TILDES}\n")
    carlos.escribir("te leo")
    ana.esperar("Carlos: te leo\n")
    assert CON_TILDES not in ana.pantalla  # a quien lo escribe no le vuelve

    carlos.escribir("salir")
    assert carlos.termina_bien(), carlos.transcripcion()
    servidor.esperar("[CLIENTE Carlos desconectado]")
    assert servidor.errores.texto == ""


def test_en_la_solucion_se_sabe_quien_entra_y_quien_sale(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar(lanzar, SOLUCION, servidor.puerto(), "Ana")
    carlos = entrar(lanzar, SOLUCION, servidor.puerto(), "Carlos")
    ana.esperar("[Carlos se ha conectado]\n")
    carlos.matar()
    ana.esperar("[Carlos se ha desconectado]\n")


# --- A quién se espera ---


def test_en_la_solucion_quien_calla_no_deja_fuera_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    callado = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    ana = entrar(lanzar, SOLUCION, servidor.puerto(), "Ana")
    callado.enviar("Luis\nya hablo\n")
    ana.esperar("[Luis se ha conectado]\nLuis: ya hablo\n")


def test_en_el_ejercicio_quien_calla_deja_fuera_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    callado = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    carlos = arrancar_cliente(lanzar, EJERCICIO, servidor.puerto())
    carlos.escribir("Carlos")
    callado.enviar("Ana\n")
    servidor.esperar("[CLIENTE Carlos conectado]")
    assert servidor.pantalla.index("[CLIENTE Ana") < servidor.pantalla.index("[CLIENTE Carlos")


def entra_un_sordo(conectar: Conectar, puerto: int) -> Conexion:
    """Alguien que entra y no lee."""
    sordo = conectar(puerto, leer=False)
    sordo.enviar("Sordo\n")
    return sordo


def test_en_la_solucion_quien_no_lee_no_detiene_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    entra_un_sordo(conectar, servidor.puerto())
    servidor.esperar("[CLIENTE Sordo conectado]")
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    carlos = entrar_sin_cliente(conectar, servidor.puerto(), "Carlos")
    # Más de lo que guardan los buffers del sistema y la cola del servidor juntos.
    for _ in range(400):
        ana.enviar(LINEA * 40)
    ana.enviar("fin\n")
    carlos.esperar("Ana: fin\n", plazo=60)
    carlos.esperar("[Sordo se ha desconectado]\n")
    assert "[SERVIDOR] Sordo no lee: se le desconecta" in servidor.pantalla


def test_en_la_solucion_quien_vuelve_a_leer_no_se_ha_perdido_nada(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    sordo = entra_un_sordo(conectar, servidor.puerto())
    servidor.esperar("[CLIENTE Sordo conectado]")
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    frases = [f"frase {numero} {'x' * 1000}\n" for numero in range(300)]
    ana.enviar("".join(frases))
    servidor.esperar("[CLIENTE Ana] frase 299")
    sordo.empezar_a_leer()
    assert sordo.esperar(frases[-1]).endswith("".join(f"Ana: {frase}" for frase in frases))


def test_en_el_ejercicio_quien_no_lee_deja_a_todos_sin_chat(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    sordo = entra_un_sordo(conectar, servidor.puerto())
    servidor.esperar("[CLIENTE Sordo conectado]")
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    while ana.admite_mas(servidor.salida):
        ana.enviar(LINEA)
    luis = conectar(servidor.puerto())
    luis.enviar("Luis\n")
    assert not luis.recibido.esperar(lambda datos: datos != b"", 1)
    sordo.cerrar()  # y, en cuanto se va, entra
    luis.esperar("Te damos la bienvenida, Luis\n")


# --- Cortes y trozos ---


def test_en_la_solucion_una_conexion_cortada_no_molesta_a_nadie(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    entrar_sin_cliente(conectar, servidor.puerto(), "Eva").cortar()
    ana.esperar("[Eva se ha desconectado]\n")
    carlos = entrar_sin_cliente(conectar, servidor.puerto(), "Carlos")
    carlos.enviar("aquí sigo\n")
    ana.esperar("Carlos: aquí sigo\n")
    assert servidor.errores.texto == ""


def test_en_el_ejercicio_una_conexion_cortada_acaba_con_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, EJERCICIO)
    eva = conectar(servidor.puerto())
    eva.enviar("Eva\n")
    eva.esperar("Te damos la bienvenida, Eva\n")
    eva.cortar()
    assert servidor.esperar_fin() == 1
    assert "ConnectionResetError" in servidor.errores.texto


@pytest.mark.parametrize("corte", [1, 4, 7, 1000])
def test_la_solucion_separa_lo_pegado_y_une_lo_partido(
    lanzar: Lanzar, conectar: Conectar, corte: int
) -> None:
    servidor = arrancar_servidor(lanzar, SOLUCION)
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    eva = conectar(servidor.puerto())
    datos = f"Eva\nuno\ndos\n{LARGO}\nmañana\n".encode()
    eva.enviar(datos[:corte])
    servidor.esperar("[CONEXIÓN]", veces=2)
    eva.enviar(datos[corte:])
    ana.esperar(f"[Eva se ha conectado]\nEva: uno\nEva: dos\nEva: {LARGO}\nEva: mañana\n")
