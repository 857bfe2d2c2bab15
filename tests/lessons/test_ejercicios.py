"""Los ejercicios: cada uno está completo y en orden, y sus programas hacen lo que deben.

Que cada solución pase todas las comprobaciones, y que cada ejercicio falle justo en las que
declara, se prueba con el corrector. Aquí se prueba lo que él necesita.
"""

from __future__ import annotations

import ast
import contextlib
import re
import socket
import sys
import tomllib
from pathlib import Path

import pytest

from chatlab.corrector.modelo import Nivel
from chatlab.corrector.taller.avance import CARPETA_DE_EJERCICIOS
from chatlab.curso.ficha import leer_ficha
from chatlab.curso.pistas import Pista, leer_pistas
from tests.apoyo.conexion import Conexion
from tests.apoyo.lecciones import LECCIONES, declaradas
from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Conectar, Lanzar

BITACORA = RAIZ / "lessons" / "01_bitacora"
TURNOS = RAIZ / "lessons" / "02_turnos"
DIFUSION = RAIZ / "lessons" / "03_difusion"
TRAMAS = RAIZ / "lessons" / "04_tramas"
EVENTOS = RAIZ / "lessons" / "05_eventos"
ROBUSTEZ = RAIZ / "lessons" / "06_robustez"


def comprobaciones_de(leccion: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Sus títulos, por su clave y en el orden de las pistas: las básicas y las robustas."""
    suyas = declaradas(leccion)
    basicas, robustas = (
        {clave: suyas[clave].titulo for clave in pistas_de(leccion) if suyas[clave].nivel is nivel}
        for nivel in (Nivel.BASICO, Nivel.ROBUSTO)
    )
    return basicas, robustas


en_cada_leccion = pytest.mark.parametrize(
    "leccion", LECCIONES, ids=lambda leccion: str(leccion.name)
)
en_cada_papel = pytest.mark.parametrize("papel", ["servidor.py", "cliente.py"])
con_los_dos = pytest.mark.parametrize("carpeta", ["ejercicio", "solucion"])
con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() no se interrumpe con Ctrl+C"
)

UNA_TAREA = re.compile(r"^ *# (?:TAREA (?P<abre>\d+): |Fin de la TAREA (?P<cierra>\d+)$)")
CON_TILDES = "¡Ñandú! ¿Qué tal, señora? 😀 €"
LARGO = "ñ" * 3000


# --- El enunciado, las tareas y las pistas ---


def tareas_de(programa: Path) -> list[int]:
    """Los números de las tareas de un programa, por orden; cada una debe acabar donde lo dice."""
    tareas = []
    abierta = None
    for linea in programa.read_text(encoding="utf-8").splitlines():
        marca = UNA_TAREA.match(linea)
        if marca is None:
            assert "# TAREA" not in linea, f"{programa}: no se reconoce «{linea.strip()}»"
        elif marca["abre"]:
            assert abierta is None, f"{programa}: la tarea {abierta} no acaba"
            abierta = marca["abre"]
            tareas.append(int(abierta))
        else:
            assert abierta == marca["cierra"], f"{programa}: acaba {marca['cierra']} y no {abierta}"
            abierta = None
    assert abierta is None, f"{programa}: la tarea {abierta} no acaba"
    return tareas


def todas_las_tareas(leccion: Path) -> set[int]:
    ejercicio = leccion / "ejercicio"
    return {*tareas_de(ejercicio / "servidor.py"), *tareas_de(ejercicio / "cliente.py")}


def pistas_de(leccion: Path) -> dict[str, list[Pista]]:
    return leer_pistas(leccion / "pistas.toml")


def tareas_que_arreglan(leccion: Path) -> dict[str, str]:
    """De cada comprobación, las tareas que hacen que pase, como las escribe la guía."""
    tareas = leer_ficha(leccion / "leccion.toml").tareas
    return {
        clave: " y ".join(str(numero) for numero, claves in tareas.items() if clave in claves)
        or "ya funciona"
        for nivel in comprobaciones_de(leccion)
        for clave in nivel
    }


@en_cada_leccion
def test_las_tareas_estan_numeradas_sin_huecos(leccion: Path) -> None:
    tareas = todas_las_tareas(leccion)
    assert tareas == set(range(1, len(tareas) + 1))


@en_cada_leccion
def test_las_tareas_opcionales_van_al_final(leccion: Path) -> None:
    textos = "".join(archivo.read_text("utf-8") for archivo in leccion.glob("ejercicio/*.py"))
    opcionales = {int(numero) for numero in re.findall(r"# TAREA (\d+): \(opcional", textos)}
    de_siempre = {int(numero) for numero in re.findall(r"# TAREA (\d+): (?!\(opcional)", textos)}
    assert max(de_siempre) < min(opcionales)


@en_cada_leccion
@en_cada_papel
def test_la_solucion_no_deja_tareas_por_hacer(leccion: Path, papel: str) -> None:
    assert "TAREA" not in (leccion / "solucion" / papel).read_text(encoding="utf-8")


@en_cada_leccion
@con_los_dos
@en_cada_papel
def test_basta_la_biblioteca_estandar(leccion: Path, carpeta: str, papel: str) -> None:
    arbol = ast.parse((leccion / carpeta / papel).read_text(encoding="utf-8"))
    importados = {
        alias.name
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Import)
        for alias in nodo.names
    }
    assert importados <= sys.stdlib_module_names
    assert not any(isinstance(nodo, ast.ImportFrom) for nodo in ast.walk(arbol))


@en_cada_leccion
def test_hay_pistas_para_cada_comprobacion_y_para_nada_mas(leccion: Path) -> None:
    assert set(pistas_de(leccion)) == set(declaradas(leccion))
    basicas, robustas = comprobaciones_de(leccion)
    assert list(pistas_de(leccion)) == [*basicas, *robustas]


@en_cada_leccion
def test_en_la_ficha_y_en_las_pistas_no_sobra_nada(leccion: Path) -> None:
    ficha = tomllib.loads((leccion / "leccion.toml").read_text(encoding="utf-8"))
    # «ataques» es de las que tienen torneo.
    assert set(ficha) - {"ataques"} == {"con_nombres", "arranque", "diseno"}
    assert set(ficha["arranque"]) == {"falla", "tareas"}
    leidas = tomllib.loads((leccion / "pistas.toml").read_text(encoding="utf-8"))
    assert set(leidas) == {"pistas"}
    for pistas in leidas["pistas"].values():
        assert all(set(pista) == {"pregunta", "texto"} for pista in pistas)


@en_cada_leccion
def test_cada_pista_se_titula_con_una_pregunta(leccion: Path) -> None:
    for clave, pistas in pistas_de(leccion).items():
        assert 1 <= len(pistas) <= 3, clave
        assert len({pista.pregunta for pista in pistas}) == len(pistas), clave
        for pista in pistas:
            assert re.fullmatch(r"[^?]*¿[^?]+\?", pista.pregunta), pista
            assert pista.texto.endswith((".", "?")), pista


@en_cada_leccion
def test_cada_fallo_del_ejercicio_tiene_su_tarea(leccion: Path) -> None:
    ficha = leer_ficha(leccion / "leccion.toml")
    assert list(ficha.falla) == [clave for clave in pistas_de(leccion) if clave in ficha.falla]
    assert set(ficha.tareas) == todas_las_tareas(leccion)
    assert {clave for claves in ficha.tareas.values() for clave in claves} == set(ficha.falla)


@en_cada_leccion
def test_el_enunciado_dice_todo_lo_que_se_probara_y_con_que_tarea(leccion: Path) -> None:
    guia = (leccion / "README.md").read_text(encoding="utf-8")
    _, enunciado = guia.split("\n## El ejercicio\n")
    enunciado, *_ = enunciado.split("\n## ")
    apartados = ["Qué tienes que conseguir", "Nivel robusto", "Qué probará el corrector"]
    assert re.findall("^### (.*)", enunciado, re.MULTILINE) == [*apartados, "Cómo probarlo"]

    _, probara = enunciado.split("\n### Qué probará el corrector\n")
    _, basico, robusto = re.split("\nNivel (?:básico|robusto):\n", probara)
    tareas = tareas_que_arreglan(leccion)
    for nivel, texto in zip(comprobaciones_de(leccion), (basico, robusto), strict=True):
        filas = re.findall(r"^\| (.+?) \| (.+?) \|$", texto, re.MULTILINE)
        assert filas == [
            ("comprobación", "tarea"),
            ("---", "---"),
            *((titulo, tareas[clave]) for clave, titulo in nivel.items()),
        ]


# --- Los programas ---


def arrancar_servidor(lanzar: Lanzar, carpeta: Path, puerto: int = 0) -> Programa:
    return lanzar("servidor.py", str(puerto), carpeta=carpeta)


def arrancar_cliente(lanzar: Lanzar, carpeta: Path, puerto: int) -> Programa:
    return lanzar("cliente.py", "localhost", str(puerto), carpeta=carpeta)


def arrancar_los_dos(lanzar: Lanzar, carpeta: Path) -> tuple[Programa, Programa]:
    servidor = arrancar_servidor(lanzar, carpeta)
    return servidor, arrancar_cliente(lanzar, carpeta, servidor.puerto())


def entrar(lanzar: Lanzar, carpeta: Path, puerto: int, nombre: str) -> Programa:
    """Alguien entra en el chat con su cliente."""
    cliente = arrancar_cliente(lanzar, carpeta, puerto)
    cliente.escribir(nombre)
    cliente.esperar(f"Te damos la bienvenida, {nombre}\n")
    return cliente


def entrar_sin_cliente(conectar: Conectar, puerto: int, nombre: str) -> Conexion:
    """Alguien entra en el chat con un socket."""
    conexion = conectar(puerto)
    conexion.enviar(f"{nombre}\n")
    conexion.esperar(f"Te damos la bienvenida, {nombre}\n")
    return conexion


@en_cada_leccion
@con_los_dos
def test_sin_servidor_el_cliente_dice_que_hacer(
    lanzar: Lanzar, leccion: Path, carpeta: str
) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = arrancar_cliente(lanzar, leccion / carpeta, puerto)
        with contextlib.suppress(BrokenPipeError):  # hay quien llama antes de preguntar el nombre
            cliente.escribir("Ana")
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@en_cada_leccion
@con_los_dos
def test_con_el_puerto_ocupado_el_servidor_dice_que_hacer(
    lanzar: Lanzar, leccion: Path, carpeta: str
) -> None:
    puerto = arrancar_servidor(lanzar, leccion / carpeta).puerto()
    segundo = arrancar_servidor(lanzar, leccion / carpeta, puerto)
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto == (
        f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.\n"
    )


@con_ctrl_c
@en_cada_leccion
@con_los_dos
def test_ctrl_c_termina_el_servidor_y_su_puerto_queda_libre(
    lanzar: Lanzar, conectar: Conectar, leccion: Path, carpeta: str
) -> None:
    servidor = arrancar_servidor(lanzar, leccion / carpeta)
    puerto = servidor.puerto()
    conexion = conectar(puerto)
    servidor.esperar("[CONEXIÓN] Cliente conectado")
    servidor.insistir_con_ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("\n[SERVIDOR] Servidor cerrado\n")
    conexion.esperar_fin()  # ha cerrado primero el servidor
    assert arrancar_servidor(lanzar, leccion / carpeta, puerto).puerto() == puerto


@en_cada_leccion
@con_los_dos
def test_el_fin_de_la_entrada_termina_el_cliente(
    lanzar: Lanzar, leccion: Path, carpeta: str
) -> None:
    _, cliente = arrancar_los_dos(lanzar, leccion / carpeta)
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla.endswith("Adiós.\n")


# --- Bitácora ---


def test_el_ejercicio_de_la_bitacora_es_un_eco(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, BITACORA / "ejercicio")
    cliente.escribir(CON_TILDES)
    cliente.esperar(f"Eco: {CON_TILDES}\n")
    cliente.escribir("salir")
    cliente.esperar("Eco: salir\n")
    assert CON_TILDES not in servidor.pantalla
    cliente.cerrar_teclado()
    assert servidor.termina_bien(), servidor.transcripcion()


def test_la_solucion_de_la_bitacora_muestra_y_calla(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, BITACORA / "solucion")
    cliente.escribir(CON_TILDES, LARGO, "uno", "dos")
    pantalla = servidor.esperar("[MENSAJE] «dos»\n")
    assert f"\n[MENSAJE] «{CON_TILDES}»\n[MENSAJE] «{LARGO}»\n[MENSAJE] «uno»\n" in pantalla
    cliente.escribir("salir")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Mensaje: " * 5 + "Adiós.\n"
    assert "salir" not in servidor.esperar("[CONEXIÓN] El cliente ha cerrado\n")


def test_la_solucion_de_la_bitacora_separa_lo_pegado_y_une_lo_partido(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, BITACORA / "solucion")
    conexion = conectar(servidor.puerto())
    conexion.enviar(b"uno\ndos\nma\xc3")
    servidor.esperar("[MENSAJE] «uno»\n[MENSAJE] «dos»\n")
    conexion.enviar(b"\xb1ana\nma\xf1ana\n")  # la segunda no es UTF-8
    servidor.esperar("[MENSAJE] «mañana»\n[MENSAJE] «ma�ana»\n")
    conexion.no_enviar_mas()
    servidor.esperar("[RESUMEN] 4 mensajes, 23 bytes\n")
    assert conexion.esperar_fin() == ""


def test_la_solucion_de_la_bitacora_atiende_a_otro_aunque_se_corte_la_red(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, BITACORA / "solucion")
    cliente.escribir("el primero")
    servidor.esperar("«el primero»")
    cliente.matar()
    servidor.esperar("[CONEXIÓN] El cliente ha cerrado\n")
    conexion = conectar(servidor.puerto())
    servidor.esperar("Cliente conectado", veces=2)
    conexion.cortar()
    servidor.esperar("[CONEXIÓN] Se ha cortado la conexión con el cliente\n")
    arrancar_cliente(lanzar, BITACORA / "solucion", servidor.puerto()).escribir("el tercero")
    servidor.esperar("«el tercero»")
    assert servidor.errores.texto == ""


# --- Turnos ---


def test_en_la_solucion_de_los_turnos_se_alternan(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    for vez in (1, 2, 3):
        cliente.escribir(f"pregunta {vez} {CON_TILDES}")
        servidor.esperar(f"Cliente: pregunta {vez} {CON_TILDES}\nTú: ")
        servidor.escribir(f"respuesta {vez} {CON_TILDES}")
        cliente.esperar(f"Servidor: respuesta {vez} {CON_TILDES}\nTú: ")


def test_en_la_solucion_de_los_turnos_lo_escrito_fuera_de_turno_espera(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    servidor.escribir("respuesta adelantada")
    cliente.escribir("uno", "dos")
    cliente.esperar("Servidor: respuesta adelantada\n")
    pantalla = servidor.esperar("Tú: ", veces=2)
    assert pantalla.endswith("\nCliente: uno\nTú: Cliente: dos\nTú: ")


def test_el_ejercicio_de_los_turnos_es_una_bitacora_que_acaba_con_un_error(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "ejercicio")
    cliente.escribir("uno", "dos", LARGO)
    servidor.esperar(f"Cliente: uno\nCliente: dos\nCliente: {LARGO}\n")
    cliente.escribir("salir")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: " * 4 + "Adiós.\n"
    assert servidor.esperar_fin() == 1
    assert servidor.errores.texto.endswith("ConnectionError: el cliente se ha ido\n")


@pytest.mark.parametrize("como", ["salir", "matar"])
def test_en_la_solucion_de_los_turnos_el_servidor_dice_que_el_cliente_se_ha_ido(
    lanzar: Lanzar, como: str
) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    cliente.escribir("hola")
    servidor.escribir("buenas")
    cliente.esperar("Servidor: buenas\nTú: ")
    if como == "salir":
        cliente.escribir("salir")
        assert cliente.termina_bien(), cliente.transcripcion()
        assert cliente.pantalla.endswith("Tú: Adiós.\n")
    else:
        cliente.matar()
    assert servidor.esperar("ha ido.\n").endswith("Cliente: hola\nTú: El cliente se ha ido.\n")


def test_la_solucion_de_los_turnos_atiende_a_uno_tras_otro_hasta_que_se_despide(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, TURNOS / "solucion")
    eva = conectar(servidor.puerto())
    eva.enviar("hola\nme dejo la frase a med")
    servidor.esperar("Cliente: hola\nTú: ")
    eva.no_enviar_mas()
    servidor.escribir("buenas")
    servidor.esperar("El cliente se ha ido.\n")

    ana = arrancar_cliente(lanzar, TURNOS / "solucion", servidor.puerto())
    ana.escribir("soy Ana")
    assert servidor.esperar("Ana\nTú: ").endswith("\nCliente: soy Ana\nTú: ")
    servidor.escribir("salir")
    assert servidor.termina_bien(), servidor.transcripcion()
    ana.esperar("El servidor se ha ido.\n")


@pytest.mark.parametrize("como", ["salir", "matar"])
def test_en_la_solucion_de_los_turnos_el_cliente_dice_que_el_servidor_se_ha_ido(
    lanzar: Lanzar, como: str
) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\nTú: ")
    if como == "salir":
        servidor.escribir("salir")
        assert servidor.termina_bien(), servidor.transcripcion()
        assert servidor.pantalla.endswith("Tú: Adiós.\n")
    else:
        servidor.matar()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: El servidor se ha ido.\n"


def test_en_la_solucion_de_los_turnos_quien_estaba_escribiendo_se_entera_al_pulsar_intro(
    lanzar: Lanzar,
) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola\nTú: ")
    cliente.matar()
    cliente.esperar_fin()
    servidor.escribir("¿qué tal?")
    assert servidor.esperar("ha ido.\n").endswith("Tú: El cliente se ha ido.\n")


def test_la_solucion_de_los_turnos_soporta_que_se_corte_la_red(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, TURNOS / "solucion")
    conexion = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    conexion.cortar()
    assert servidor.esperar("ha ido.\n").endswith("\nEl cliente se ha ido.\n")


def test_en_la_solucion_de_los_turnos_un_mensaje_largo_llega_entero(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, TURNOS / "solucion")
    cliente.escribir(LARGO)
    servidor.esperar(f"Cliente: {LARGO}\nTú: ")
    servidor.escribir(LARGO)
    cliente.esperar(f"Servidor: {LARGO}\nTú: ")


# --- Difusión ---


def test_el_ejercicio_de_la_difusion_reparte_a_todos_y_no_cuenta_nada(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "ejercicio")
    ana = entrar(lanzar, DIFUSION / "ejercicio", servidor.puerto(), "Ana")
    carlos = entrar(lanzar, DIFUSION / "ejercicio", servidor.puerto(), "Carlos")
    ana.escribir(CON_TILDES)
    bienvenida = "Tu nombre: Te damos la bienvenida,"
    assert carlos.esperar(f"{CON_TILDES}\n") == f"{bienvenida} Carlos\n{CON_TILDES}\n"
    assert ana.esperar(f"{CON_TILDES}\n") == f"{bienvenida} Ana\n{CON_TILDES}\n"


@con_los_dos
def test_en_la_difusion_quien_muere_no_molesta_a_nadie(
    lanzar: Lanzar, conectar: Conectar, carpeta: str
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / carpeta)
    entrar(lanzar, DIFUSION / carpeta, servidor.puerto(), "Eva").matar()
    servidor.esperar("[CLIENTE Eva desconectado]")
    cortada = conectar(servidor.puerto())
    cortada.enviar("Eva\n")
    cortada.esperar("Te damos la bienvenida, Eva")
    cortada.cortar()
    servidor.esperar("[CLIENTE Eva", veces=4)

    ana = entrar(lanzar, DIFUSION / carpeta, servidor.puerto(), "Ana")
    carlos = entrar(lanzar, DIFUSION / carpeta, servidor.puerto(), "Carlos")
    ana.escribir("¿sigues ahí?")
    carlos.esperar("¿sigues ahí?")
    carlos.escribir("aquí sigo")
    ana.esperar("aquí sigo")
    assert servidor.errores.texto == ""


@con_los_dos
def test_en_la_difusion_el_cliente_se_entera_de_que_el_servidor_ya_no_esta(
    lanzar: Lanzar, carpeta: str
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / carpeta)
    ana = entrar(lanzar, DIFUSION / carpeta, servidor.puerto(), "Ana")
    servidor.matar()
    ana.esperar("El servidor ha cerrado la conexión. Pulsa Intro para salir.\n")
    with contextlib.suppress(BrokenPipeError):  # si aún no esperaba el teclado, ya ha terminado
        ana.escribir("")
    ana.cerrar_teclado()  # por si Intro llegó antes de que el hilo que recibe terminara
    assert ana.termina_bien(), ana.transcripcion()


def test_en_la_solucion_de_la_difusion_conversan_tres(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "solucion")
    ana = entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Ana")
    carlos = entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Carlos")
    ana.esperar("[Carlos se ha conectado]\n")
    ana.escribir(CON_TILDES)
    carlos.esperar(f"[Ana] {CON_TILDES}\n")
    lucia = entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Lucía")
    carlos.esperar("[Lucía se ha conectado]\n")
    lucia.escribir("soy nueva")
    ana.esperar("[Lucía] soy nueva\n")
    carlos.esperar("[Lucía] soy nueva\n")

    carlos.escribir("salir")
    assert carlos.termina_bien(), carlos.transcripcion()
    assert carlos.pantalla.endswith("\nAdiós.\n")
    lucia.esperar("[Carlos se ha desconectado]\n")
    lucia.matar()
    ana.esperar("[Lucía se ha desconectado]\n")
    assert CON_TILDES not in ana.pantalla  # a quien lo escribe no le vuelve
    assert "salir\n" not in ana.pantalla


def test_en_la_solucion_de_la_difusion_cada_mensaje_llega_entero_y_con_su_nombre(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "solucion")
    ana = entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Ana")
    eva = conectar(servidor.puerto())
    eva.enviar(f"Eva\nuno\ndos\n{LARGO}\nma".encode() + b"\xc3")
    ana.esperar(f"[Eva se ha conectado]\n[Eva] uno\n[Eva] dos\n[Eva] {LARGO}\n")
    eva.enviar(b"\xb1ana\n")
    ana.esperar("[Eva] mañana\n")
    ana.escribir(LARGO)
    eva.esperar(f"[Ana] {LARGO}\n")


def test_en_la_solucion_de_la_difusion_quien_calla_no_deja_fuera_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "solucion")
    conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    ana = entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Ana")
    entrar(lanzar, DIFUSION / "solucion", servidor.puerto(), "Carlos")
    ana.esperar("[Carlos se ha conectado]\n")


def test_en_el_ejercicio_de_la_difusion_quien_calla_deja_fuera_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "ejercicio")
    callado = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    carlos = arrancar_cliente(lanzar, DIFUSION / "ejercicio", servidor.puerto())
    carlos.escribir("Carlos")
    callado.enviar("Ana\n")
    servidor.esperar("[CLIENTE Carlos conectado]")
    assert servidor.pantalla.index("[CLIENTE Ana") < servidor.pantalla.index("[CLIENTE Carlos")


def test_en_la_solucion_de_la_difusion_quien_no_lee_no_detiene_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, DIFUSION / "solucion")
    ana = entrar_sin_cliente(conectar, servidor.puerto(), "Ana")
    sordo = conectar(servidor.puerto(), leer=False)
    sordo.enviar("Sordo\n")
    ana.esperar("[Sordo se ha conectado]\n")
    carlos = entrar_sin_cliente(conectar, servidor.puerto(), "Carlos")

    # Más de lo que guardan los buffers del sistema: lo de Sordo ya no cabe.
    ana.enviar(f"{'x' * 99_999}\n" * 160)
    ana.enviar("fin\n")
    carlos.esperar("[Ana] fin\n")
    carlos.enviar("recibido\n")
    ana.esperar("[Carlos] recibido\n")
    sordo.empezar_a_leer()
    sordo.esperar("[Ana] fin\n[Carlos] recibido\n")


@en_cada_leccion
def test_el_enunciado_empieza_por_copiar_el_ejercicio_y_acaba_vigilando(leccion: Path) -> None:
    guia = (leccion / "README.md").read_text(encoding="utf-8")
    enunciado = guia.partition("\n## El ejercicio\n")[2].partition("\n## ")[0]
    copiar, entrar, *_, vigilar = re.findall(r"```sh\n(.*?)```", enunciado, re.DOTALL)

    assert "Instalarlo del todo" in enunciado.partition("```")[0]
    assert copiar == "python -m chatlab empezar\n"
    assert entrar == f"cd {CARPETA_DE_EJERCICIOS}/{leccion.name}/ejercicio\n"
    assert vigilar == f"python -m chatlab vigilar {leccion.name[:2]}\n"


def test_empezar_deja_los_ejercicios_donde_dicen_los_enunciados(
    lanzar: Lanzar, tmp_path: Path
) -> None:
    empezar = lanzar("-m", "chatlab", "empezar", str(tmp_path / CARPETA_DE_EJERCICIOS))
    assert empezar.esperar_fin() == 0, empezar.transcripcion()
    for leccion in RAIZ.glob("lessons/*/ejercicio"):
        copia = tmp_path / CARPETA_DE_EJERCICIOS / leccion.parent.name / "ejercicio"
        assert (copia / "servidor.py").is_file()
