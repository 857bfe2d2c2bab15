"""Por dónde va cada hilo, y lo que se sigue: por qué no termina, no para, o a quién espera."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from textwrap import dedent

import pytest

from chatlab.corrector.diagnostico.deducciones.acabo_solo import hilos_que_murieron_con_el
from chatlab.corrector.diagnostico.deducciones.atasco import donde_se_atasca
from chatlab.corrector.diagnostico.deducciones.candados import los_que_esperan_un_candado
from chatlab.corrector.diagnostico.deducciones.cierre import donde_se_cerro
from chatlab.corrector.diagnostico.deducciones.colgadas import las_que_colgo_el_servidor
from chatlab.corrector.diagnostico.deducciones.fin_de_linea import esperan_el_fin_de_la_linea
from chatlab.corrector.diagnostico.deducciones.giros import Vuelta, los_que_giran
from chatlab.corrector.diagnostico.deducciones.mutuas import esperas_mutuas
from chatlab.corrector.diagnostico.deducciones.ocupados import no_leen_porque_esperan
from chatlab.corrector.diagnostico.deducciones.parada import Parada, lugar_de
from chatlab.corrector.diagnostico.deducciones.sin_entrar import por_que_no_acepta
from chatlab.corrector.diagnostico.deducciones.sin_fin import lo_que_no_deja_terminar
from chatlab.corrector.diagnostico.deducciones.sin_mostrar import lo_que_no_se_mostro
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.diagnostico.relato.conversaciones import leer_escena
from chatlab.sonda import Suceso
from tests.corrector.apoyo import escribir


def hilo(
    de: str,
    nombre: str = "MainThread",
    linea: int | None = None,
    espera: str = "",
    *,
    daemon: bool = False,
    codigo: str = "",
) -> Parada:
    archivo = "servidor.py" if de == "servidor" else "cliente.py"
    lugar = Lugar(archivo, linea, codigo) if linea else None
    return Parada(de, nombre, nombre == "MainThread", daemon, lugar, espera)


# --- Quién espera un candado -------------------------------------------------------------------


def en_camino(nombre: str, *lineas: int, espera: str = "") -> Parada:
    """Un hilo del servidor, y las líneas por las que ha llegado a la suya, de dentro afuera."""
    lugares = tuple(Lugar("servidor.py", linea) for linea in lineas)
    return Parada("servidor", nombre, False, True, lugares[0], espera, lugares)


def quien_espera_un_candado(codigo: str, *hilos: Parada) -> list[Hallazgo]:
    fuente = Fuente("servidor.py", dedent(codigo).lstrip("\n"))
    quietos = [uno for uno in hilos if not uno.espera]
    return list(los_que_esperan_un_candado(quietos, hilos, lambda _: fuente))


DOS_CANDADOS = """
    uno, otro = 1, 2
    a = threading.Lock()
    b = threading.Lock()
    def entrar():
        with a:
            with b:
                pass
    def salir():
        with b:
            quitar()
    def quitar():
        a.acquire()
"""


def test_dos_candados_en_distinto_orden_se_dicen_con_sus_dos_hilos() -> None:
    [hallazgo] = quien_espera_un_candado(
        DOS_CANDADOS, en_camino("Thread-1", 6), en_camino("Thread-2", 12, 10)
    )

    assert str(hallazgo.lugar) == "servidor.py, línea 6"
    assert hallazgo.causa == (
        "En el servidor, el hilo «Thread-1» espera aquí `b` con `a` tomado, y «Thread-2» espera "
        "`a` (servidor.py, línea 12) con `b` tomado: cada uno espera al otro, y ninguno va a "
        "seguir."
    )
    assert "en el mismo orden" in hallazgo.arreglo


def test_quien_lee_con_el_candado_tomado_no_deja_seguir_a_nadie() -> None:
    [hallazgo] = quien_espera_un_candado(
        """
        candado = threading.Lock()
        def leer(con):
            return con.recv(100)
        def atender(con):
            with candado:
                leer(con)
        """,
        en_camino("Thread-1", 3, 6, espera="recv"),
        en_camino("Thread-2", 5),
    )

    assert "lo tiene «Thread-1», parado en `recv` (servidor.py, línea 3)" in hallazgo.causa
    assert "Saca esa espera del `with candado:` de la línea 5" in hallazgo.arreglo


def test_quien_toma_dos_veces_el_mismo_candado_se_espera_a_si_mismo() -> None:
    [hallazgo] = quien_espera_un_candado(
        """
        candado = threading.Lock()
        def enviar():
            with candado:
                pass
        with candado:
            enviar()
        """,
        en_camino("Thread-1", 3, 6),
    )

    assert "ya tiene él mismo desde la línea 5" in hallazgo.causa
    assert "`threading.RLock()`" in hallazgo.arreglo


@pytest.mark.parametrize(
    "hilos",
    [
        (en_camino("Thread-1", 6),),  # no se sabe quién tiene `b`
        (en_camino("Thread-1", 7), en_camino("Thread-2", 12, 10)),  # aquí no se toma ninguno
        (en_camino("Thread-1", 5), en_camino("Thread-2", 10)),  # el otro va a seguir
    ],
)
def test_si_no_se_sabe_quien_tiene_el_candado_no_se_dice_nada(hilos: tuple[Parada, ...]) -> None:
    assert quien_espera_un_candado(DOS_CANDADOS, *hilos) == []


# --- Por qué no termina ------------------------------------------------------------------------


def creado(carpeta: Path, nombre: str, linea: int, programa: str = "servidor.py") -> Suceso:
    donde = f"{carpeta / programa}:{linea}"
    return Suceso("hilo_creado", 1, 1, None, programa, 0.0, detalle=nombre, lugar=donde)


def por_que_no_termina(
    carpeta: Path,
    codigo: str,
    paradas: list[Parada],
    pasa: Collection[Pasa] = (Pasa.CON_CTRL_C, Pasa.EL_SERVIDOR_TERMINA),
    **lineas: int,
) -> list[Hallazgo]:
    escribir(carpeta, servidor=dedent(codigo).lstrip("\n"))
    creados = {
        (paradas[0].de, uno.hilo): creado(carpeta, uno.hilo, lineas["linea"])
        for uno in paradas
        if not uno.principal
    }
    return list(lo_que_no_deja_terminar(carpeta, paradas, creados, pasa))


def test_un_hilo_que_no_es_daemon_mantiene_vivo_al_servidor(tmp_path: Path) -> None:
    [hallazgo] = por_que_no_termina(
        tmp_path,
        """
        while True:
            threading.Thread(target=atender, args=(conexion,)).start()
        """,
        [hilo("servidor"), hilo("servidor", "Thread-2 (atender)", 12, "recv")],
        linea=2,
    )
    assert hallazgo.grado is Grado.SE_SIGUE
    assert str(hallazgo.lugar) == "servidor.py, línea 2"
    assert "«Thread-2 (atender)», parado en `recv` (servidor.py, línea 12)" in hallazgo.causa
    assert "después de Ctrl+C" in hallazgo.causa
    assert "`threading.Thread(target=atender, args=(conexion,), daemon=True)`" in hallazgo.arreglo


FORMAS_DE_CREARLO = {
    "daemon=False": ("h = Thread(target=f, daemon=False)\n", "`Thread(target=f, daemon=True)`"),
    "una clase propia": ("super().__init__()\n", "`super().__init__(daemon=True)`"),
    "en varias líneas": ("Thread(\n    target=f,\n)\n", "`Thread(target=f, daemon=True)`"),
    "quién sabe": ("crear_el_hilo()\n", "Crea ese hilo con `daemon=True`."),
}


@pytest.mark.parametrize(("codigo", "arreglo"), FORMAS_DE_CREARLO.values(), ids=FORMAS_DE_CREARLO)
def test_el_arreglo_es_la_linea_del_alumno(codigo: str, arreglo: str, tmp_path: Path) -> None:
    paradas = [hilo("servidor"), hilo("servidor", "uno", 3, "recv")]
    [hallazgo] = por_que_no_termina(tmp_path, codigo, paradas, linea=1)

    assert arreglo in hallazgo.arreglo


@pytest.mark.parametrize(
    ("nombre", "arreglo"),
    [
        ("ThreadPoolExecutor-0_0", "no pueden ser `daemon`"),
        ("Thread-1 (process_request_thread)", "`daemon_threads = True`"),
    ],
)
def test_los_hilos_que_crea_otro_tienen_su_propio_arreglo(
    nombre: str, arreglo: str, tmp_path: Path
) -> None:
    paradas = [hilo("servidor"), hilo("servidor", nombre, 3, "recv")]
    [hallazgo] = por_que_no_termina(tmp_path, "x = 1\n", paradas, linea=1)

    assert arreglo in hallazgo.arreglo


def test_un_principal_que_espera_a_sus_hilos_tambien_ha_acabado(tmp_path: Path) -> None:
    principal = hilo("servidor", linea=9, codigo="uno.join()")
    paradas = [principal, hilo("servidor", "uno", 3, "recv")]

    assert por_que_no_termina(tmp_path, "Thread(target=f)\n", paradas, linea=1)


def test_el_hilo_de_un_cliente_explica_que_no_salga_y_no_el_ctrl_c_del_servidor(
    tmp_path: Path,
) -> None:
    paradas = [hilo("Ana"), hilo("Ana", "Thread-1 (lee)", 3, "recv")]
    [hallazgo] = por_que_no_termina(tmp_path, "", paradas, [Pasa.EL_CLIENTE_TERMINA], linea=1)

    assert hallazgo.causa.startswith("El programa de Ana ya ha llegado a su final")
    assert "Ctrl+C" not in hallazgo.causa
    assert por_que_no_termina(tmp_path, "", paradas, linea=1) == []


SIN_CULPA = {
    "los hilos son daemon": [
        hilo("servidor"),
        hilo("servidor", "uno", 3, "recv", daemon=True),
    ],
    "el principal sigue": [
        hilo("servidor", linea=8, espera="accept"),
        hilo("servidor", "uno", 3, "recv"),
    ],
}


@pytest.mark.parametrize("paradas", SIN_CULPA.values(), ids=SIN_CULPA)
def test_no_se_culpa_a_los_hilos_sin_motivo(paradas: list[Parada], tmp_path: Path) -> None:
    assert por_que_no_termina(tmp_path, "Thread(target=f)\n", paradas, linea=1) == []


@pytest.mark.parametrize(
    ("manejador", "arreglo"),
    [
        ("except:\n        pass", "`except OSError:`"),
        ("except BaseException as e:\n        print(e)", "`except OSError:`"),
        ("except KeyboardInterrupt:\n        print('adiós')", "con `break`"),
    ],
)
def test_un_except_dentro_del_bucle_se_queda_con_ctrl_c(
    manejador: str, arreglo: str, tmp_path: Path
) -> None:
    codigo = f"while True:\n    try:\n        escucha.accept()\n    {manejador}\n"
    paradas = [hilo("servidor", linea=3, espera="accept")]
    [hallazgo] = por_que_no_termina(tmp_path, codigo, paradas)

    assert str(hallazgo.lugar) == "servidor.py, línea 4"
    assert "atrapa también Ctrl+C" in hallazgo.causa
    assert arreglo in hallazgo.arreglo


@pytest.mark.parametrize(
    "manejador",
    [
        "except OSError:\n        pass",
        "except KeyboardInterrupt:\n        break",
        "except:\n        sys.exit()",
    ],
)
def test_un_except_que_deja_salir_no_tiene_la_culpa(manejador: str, tmp_path: Path) -> None:
    codigo = f"while True:\n    try:\n        escucha.accept()\n    {manejador}\n"

    assert por_que_no_termina(tmp_path, codigo, [hilo("servidor", linea=3)]) == []


# --- Por qué no para ---------------------------------------------------------------------------

GIRA = "def f():\n    while True:\n        datos = con.recv(9)\n        print(datos)\n"


def vueltas(codigo: str, linea: int, gasto: float = 0.9, de: str = "servidor") -> list[Hallazgo]:
    parada = hilo(de, "uno", linea)
    return list(los_que_giran([Vuelta(parada, gasto, Fuente("servidor.py", codigo))]))


def test_un_bucle_sin_fin_se_nombra_por_su_linea() -> None:
    [hallazgo] = vueltas(GIRA, 4)

    assert hallazgo.grado is Grado.VISTO
    assert str(hallazgo.lugar) == "servidor.py, línea 2"
    assert "el bucle `while True:` da vueltas sin parar" in hallazgo.causa
    assert "línea 4" in hallazgo.causa


def test_quien_apenas_gasta_no_da_vueltas() -> None:
    assert vueltas(GIRA, 4, gasto=0.05) == []


def test_quien_pregunta_a_sus_sockets_sin_esperar_da_vueltas_a_proposito() -> None:
    codigo = f"con.setblocking(False)\n{GIRA}"

    assert vueltas(codigo, 5) == []


# --- A quién espera ----------------------------------------------------------------------------


def test_los_dos_leen_y_nadie_habla() -> None:
    [hallazgo] = esperas_mutuas(
        [hilo("servidor", linea=12, espera="recv"), hilo("Ana", linea=32, espera="recv")]
    )
    assert hallazgo.causa == (
        "El programa de Ana está parado en `recv` (cliente.py, línea 32) y el servidor, parado en "
        "`recv` (servidor.py, línea 12): cada uno espera a que hable el otro."
    )


def test_el_servidor_lee_de_cada_uno_y_nadie_habla() -> None:
    [hallazgo] = esperas_mutuas(
        [
            hilo("servidor", linea=20, espera="accept"),
            hilo("servidor", "uno", 12, "recv"),
            hilo("servidor", "otro", 12, "recv"),
            hilo("Ana", linea=6, espera="recv"),
            hilo("Carlos", linea=6, espera="recv"),
        ]
    )
    assert hallazgo.causa.startswith("El programa de Ana está parado en `recv`")


def test_el_servidor_espera_al_teclado_y_el_cliente_al_servidor() -> None:
    [hallazgo] = esperas_mutuas(
        [hilo("servidor", linea=12, espera="teclado"), hilo("Ana", linea=32, espera="recv")]
    )
    assert "parado en `input` (servidor.py, línea 12), esperando a que alguien teclee" in (
        hallazgo.causa
    )


SE_PUEDE_HABLAR = {
    "otro hilo del cliente atiende al teclado": [
        hilo("servidor", "uno", 12, "recv"),
        hilo("Ana", linea=40, espera="teclado"),
        hilo("Ana", "lee", 32, "recv"),
    ],
    "el servidor trabaja": [
        hilo("servidor", linea=12),
        hilo("Ana", linea=32, espera="recv"),
    ],
    "el servidor solo acepta": [
        hilo("servidor", linea=12, espera="accept"),
        hilo("Ana", linea=32, espera="recv"),
    ],
    "el servidor puede estar leyendo de otro": [
        hilo("servidor", linea=12, espera="recv"),
        hilo("Ana", linea=32, espera="recv"),
        hilo("Carlos", linea=32, espera="recv"),
    ],
    "el cliente espera con select": [
        hilo("servidor", linea=12, espera="recv"),
        hilo("Ana", linea=32, espera="select"),
    ],
}


@pytest.mark.parametrize("paradas", SE_PUEDE_HABLAR.values(), ids=SE_PUEDE_HABLAR)
def test_no_se_esperan_si_alguno_puede_seguir(paradas: list[Parada]) -> None:
    assert list(esperas_mutuas(paradas)) == []


# --- Quien no lee ------------------------------------------------------------------------------


def test_si_alguien_no_lee_se_dice_en_que_linea_le_espera_el_servidor() -> None:
    reparte = hilo("servidor", "Thread-1", 14, codigo="uno.sendall(texto.encode())")

    assert donde_se_atasca([hilo("servidor", linea=40, espera="accept"), reparte], "Elena") == (
        "El programa de Elena no lee, y el servidor está parado en `sendall` (servidor.py, "
        "línea 14) hasta que haya sitio: mientras tanto no reparte lo de los demás."
    )


@pytest.mark.parametrize(
    "parada",
    [
        hilo("Ana", linea=5, codigo="con.sendall(texto)"),
        hilo("servidor", linea=5, espera="recv", codigo="datos = con.recv(10)"),
        hilo("servidor"),
    ],
)
def test_quien_no_envia_no_se_atasca_con_quien_no_lee(parada: Parada) -> None:
    assert donde_se_atasca([parada], "Elena") == ""


# --- Por qué acabó solo ------------------------------------------------------------------------


def suceso(tipo: str, hilo: int, instante: float, detalle: str = "", lugar: str = "") -> Suceso:
    return Suceso(tipo, 1, hilo, None, "servidor.py", instante, detalle=detalle, lugar=lugar)


def un_hilo(carpeta: Path) -> list[Suceso]:
    return [
        suceso("hilo_creado", 1, 1.0, "Thread-1 (aceptar)", f"{carpeta / 'servidor.py'}:1"),
        suceso("hilo_arrancado", 2, 2.0, "Thread-1 (aceptar)"),
        suceso("espera", 2, 3.0, "accept"),
    ]


def test_un_hilo_daemon_acaba_con_el_principal(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="Thread(target=aceptar, daemon=True).start()\n")
    hallazgo = hilos_que_murieron_con_el(tmp_path, "servidor", un_hilo(tmp_path))

    assert hallazgo is not None
    assert hallazgo.causa == (
        "El servidor terminó solo, en cuanto acabó su hilo principal: el hilo «Thread-1 (aceptar)» "
        "es `daemon`, y acaba con él."
    )
    assert str(hallazgo.lugar) == "servidor.py, línea 1"
    assert hallazgo.grado is Grado.SE_SIGUE


NO_FUE_POR_LOS_HILOS = {
    "no tenía hilos": [],
    "el hilo acabó": [suceso("hilo_terminado", 2, 4.0)],
    "el principal esperó después, y algo le hizo salir": [suceso("espera", 1, 5.0, "teclado")],
}


@pytest.mark.parametrize("luego", NO_FUE_POR_LOS_HILOS.values(), ids=NO_FUE_POR_LOS_HILOS)
def test_no_todo_el_que_acaba_es_por_sus_hilos(luego: list[Suceso], tmp_path: Path) -> None:
    sucesos = [*un_hilo(tmp_path), *luego] if luego else []

    assert hilos_que_murieron_con_el(tmp_path, "servidor", sucesos) is None


# --- Lo que llegó y no se enseñó ---------------------------------------------------------------

ABIERTO = "def recibir():\n    print(datos.decode(), end='')\n"


def sin_mostrar(codigo: str, pantalla: str = "", recibido: bytes = b"Ana: hola") -> Hallazgo | None:
    fuente = Fuente("cliente.py", codigo)
    return lo_que_no_se_mostro("Carlos", ["hola"], recibido, pantalla, [fuente])


def test_un_print_que_no_acaba_la_linea_guarda_lo_que_llego() -> None:
    hallazgo = sin_mostrar(ABIERTO)

    assert hallazgo is not None
    assert hallazgo.grado is Grado.SE_SIGUE
    assert hallazgo.causa.startswith("Al programa de Carlos le llegó «hola», y no está en su")
    assert str(hallazgo.lugar) == "cliente.py, línea 2"
    assert "`flush=True`" in hallazgo.arreglo


@pytest.mark.parametrize("codigo", ["print(datos)\n", "print(datos, end='', flush=True)\n"])
def test_si_no_se_sabe_por_que_no_se_enseno_solo_se_cuenta(codigo: str) -> None:
    hallazgo = sin_mostrar(codigo)

    assert hallazgo == Hallazgo(
        Grado.VISTO, causa="Al programa de Carlos le llegó «hola», y no está en su pantalla."
    )


def test_lo_que_se_enseno_o_no_llego_no_se_cuenta() -> None:
    assert sin_mostrar(ABIERTO, pantalla="Ana: hola") is None
    assert sin_mostrar(ABIERTO, recibido=b"") is None


# --- Dónde se cerró ----------------------------------------------------------------------------


def cerrado(carpeta: Path, *lineas: int, mensaje: str = "[Errno 9] Bad file descriptor") -> str:
    escribir(carpeta, servidor="with con:\n    con.recv(9)\ncon.close()\n")
    error = Hallazgo(Grado.VISTO, error=ErrorDePython("OSError", mensaje))
    sucesos = [
        suceso("close", 1, 1.0, lugar=f"{carpeta / 'servidor.py'}:{linea}") for linea in lineas
    ]
    hallazgo = donde_se_cerro(error, carpeta, sucesos)
    return f"{hallazgo.lugar}: {hallazgo.causa}" if hallazgo else ""


def test_se_nombra_el_close_que_se_ejecuto(tmp_path: Path) -> None:
    assert cerrado(tmp_path, 3) == "servidor.py, línea 3: El socket se cerró aquí."


def test_un_with_tambien_cierra(tmp_path: Path) -> None:
    dicho = "servidor.py, línea 1: El socket se cerró al salir de este `with`."

    assert cerrado(tmp_path, 1) == dicho


def test_si_no_se_sabe_cual_no_se_nombra_ninguno(tmp_path: Path) -> None:
    assert cerrado(tmp_path) == ""
    assert cerrado(tmp_path, 1, 3) == ""
    assert cerrado(tmp_path, 3, mensaje="[Errno 104] Connection reset by peer") == ""


# --- Quien no lee o no acepta --------------------------------------------------------------------


def sin_leer(
    *paradas: Parada, acabados: dict[str, str] | None = None, chat: bool = True
) -> list[Hallazgo]:
    pendiente = {"Carlos": b"Ana: Hola\n"}
    return list(no_leen_porque_esperan(paradas, pendiente, acabados or {}, chat=chat))


def test_quien_espera_al_teclado_en_su_unico_hilo_no_lee() -> None:
    [hallazgo] = sin_leer(hilo("Carlos", linea=9, espera="teclado"))

    assert hallazgo.causa.startswith(
        "Al programa de Carlos le llegó «Ana: Hola», y no lo lee: está"
    )
    assert "parado en `input` (cliente.py, línea 9)" in hallazgo.causa
    assert "en otro hilo" in hallazgo.arreglo


def test_por_turnos_no_se_aconseja_otro_hilo() -> None:
    [hallazgo] = sin_leer(hilo("Carlos", linea=9, espera="teclado"), chat=False)

    assert hallazgo.arreglo == ""


def test_quien_lee_con_sys_stdin_tambien_espera_al_teclado() -> None:
    assert sin_leer(hilo("Carlos", linea=9, codigo="for linea in sys.stdin:"))


def test_quien_tiene_otro_hilo_en_recv_si_lee() -> None:
    principal = hilo("Carlos", linea=9, espera="teclado")

    assert not sin_leer(principal, hilo("Carlos", "Thread-1 (oír)", linea=20, espera="recv"))


def test_si_el_hilo_que_leia_acabo_se_dice() -> None:
    [hallazgo] = sin_leer(
        hilo("Carlos", linea=9, espera="teclado"), acabados={"Carlos": "Thread-1 (oír)"}
    )

    assert "ya nadie lo lee: el hilo «Thread-1 (oír)» acabó" in hallazgo.causa
    assert "bucle" in hallazgo.arreglo


def lineas(datos: bytes, codigo: str = "for linea in archivo:", espera: str = "recv") -> bool:
    parada = hilo("servidor", "Thread-1 (atender)", linea=5, espera=espera, codigo=codigo)
    llegado = [("servidor", "Hola, mesa", datos)]
    return bool(list(esperan_el_fin_de_la_linea([parada], llegado)))


def test_quien_lee_por_lineas_espera_el_salto_que_no_llega() -> None:
    assert lineas(b"Hola, mesa")
    assert lineas(b"Ana\nHola, mesa", "texto = archivo.readline()")


def test_con_su_salto_o_sin_leer_por_lineas_es_otra_cosa() -> None:
    assert not lineas(b"Hola, mesa\n")
    assert not lineas(b"Hola, mesa\r\nadi")
    assert not lineas(b"Hola, mesa", "datos = conexion.recv(1024)")
    assert not lineas(b"Hola, mesa", espera="")


def test_se_dice_en_que_linea_esta_quien_no_vuelve_a_aceptar() -> None:
    principal = hilo("servidor", linea=12, espera="candado", codigo="hilo.join()")
    [hallazgo] = por_que_no_acepta([principal], ["Carlos"])

    assert hallazgo.causa == (
        "Carlos llamó y el servidor no vuelve a `accept`: está parado en `join` (servidor.py, "
        "línea 12)."
    )


def test_el_join_se_reconoce_por_su_linea() -> None:
    principal = hilo("servidor", linea=12, codigo="hilo.join()")
    otro = hilo("servidor", "Thread-1 (atender)", linea=20, espera="recv")
    [hallazgo] = por_que_no_acepta([principal, otro], ["Carlos"])

    assert "parado en `join`" in hallazgo.causa
    assert "vuelve a `accept`" in hallazgo.arreglo


def test_si_otro_hilo_acepta_no_es_el_principal_quien_estorba() -> None:
    principal = hilo("servidor", linea=12, espera="candado", codigo="hilo.join()")
    otro = hilo("servidor", "Thread-1 (aceptar)", linea=20, espera="accept")

    assert not list(por_que_no_acepta([principal, otro], ["Carlos"]))
    assert not list(por_que_no_acepta([principal], []))


def colgada(carpeta: Path, *, cliente_antes: bool = False, sigue: str = "Ana") -> list[Hallazgo]:
    escribir(carpeta, servidor="x = 1\nwith conexion:\n    conexion.close()\n")
    lugar = f"{carpeta / 'servidor.py'}:3"
    alli, aqui = ("127.0.0.1", 5000), ("127.0.0.1", 9000)
    sucesos = [
        Suceso("listen", 1, 1, 1, "servidor.py", 0.0, aqui),
        Suceso("connect", 2, 2, 1, "cliente.py", 1.0, alli, aqui),
        Suceso("accept", 1, 1, 2, "servidor.py", 2.0, aqui, alli),
        Suceso("close", 1, 1, 2, "servidor.py", 4.0, lugar=lugar),
        Suceso("close", 2, 2, 1, "cliente.py", 3.0 if cliente_antes else 5.0),
    ]
    sucesos.sort(key=lambda uno: uno.instante)
    conversaciones = leer_escena(sucesos, {2: "Ana"}, float("-inf")).conversaciones
    return list(las_que_colgo_el_servidor(carpeta, conversaciones, [sigue]))


def test_se_dice_donde_colgo_el_servidor_a_quien_seguia(tmp_path: Path) -> None:
    [hallazgo] = colgada(tmp_path)

    assert "cerró aquí la conexión de Ana, que seguía conectada" in hallazgo.causa
    assert hallazgo.lugar == Lugar("servidor.py", 3, "conexion.close()")


def test_si_se_fue_ella_antes_no_colgo_el_servidor(tmp_path: Path) -> None:
    assert not colgada(tmp_path, cliente_antes=True)
    assert not colgada(tmp_path, sigue="Carlos")


# --- Lo que cuenta un proceso cualquiera -------------------------------------------------------


@pytest.mark.parametrize(
    "escrito",
    ["", ":", "servidor.py", "servidor.py:", "servidor.py:x", f"servidor.py:{'9' * 5000}", "\0:1"],
)
def test_un_lugar_inventado_no_es_ninguno(escrito: str, tmp_path: Path) -> None:
    escribir(tmp_path, servidor="x = 1\n")

    assert lugar_de(escrito, tmp_path) is None


def test_un_lugar_es_de_la_entrega(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="x = 1\ny = 2\n")

    assert lugar_de(f"{tmp_path}/servidor.py:2", tmp_path) == Lugar("servidor.py", 2, "y = 2")
    assert lugar_de("/etc/passwd:2", tmp_path) is None
