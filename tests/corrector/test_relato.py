"""Lo que hicieron los sockets, en una o dos líneas."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.corrector.diagnostico.error import explicar_sockets
from chatlab.corrector.diagnostico.relato.conversaciones import SucesoVisto
from chatlab.sonda import Suceso, Testigo
from tests.conftest import Lanzar
from tests.corrector.apoyo import PLAZO, en_frases, escribir

SERVIDOR, ANA, CARLOS, LUCIA = 10, 11, 12, 13
NOMBRES = {ANA: "Ana", CARLOS: "Carlos", LUCIA: "Lucía"}
PUERTO = 9000
#: El puerto del sistema que le toca a cada cliente, y su socket en el servidor.
PUERTOS = {ANA: 50001, CARLOS: 50002, LUCIA: 50003}


class Guion:
    """Escribe los sucesos de una conversación, en orden."""

    def __init__(self) -> None:
        self.sucesos: list[Suceso] = []
        self._reloj = itertools.count()

    def anota(
        self,
        tipo: str,
        pid: int,
        conexion: int | None = None,
        *,
        datos: bytes = b"",
        cuantos: int | None = None,
        detalle: str = "",
        local: int | None = None,
        remoto: int | None = None,
    ) -> None:
        self.sucesos.append(
            Suceso(
                tipo,
                pid,
                1,
                conexion,
                "servidor.py" if pid == SERVIDOR else "cliente.py",
                float(next(self._reloj)),
                ("127.0.0.1", local) if local else None,
                ("127.0.0.1", remoto) if remoto else None,
                len(datos) if cuantos is None else cuantos,
                datos,
                detalle,
            )
        )

    def escucha(self) -> Guion:
        self.anota("bind", SERVIDOR, 1, local=PUERTO)
        self.anota("listen", SERVIDOR, 1, local=PUERTO)
        self.anota("espera", SERVIDOR, 1, detalle="accept")
        return self

    def llama(self, persona: int) -> None:
        self.anota("connect", persona, 1, local=PUERTOS[persona], remoto=PUERTO)

    def acepta(self, persona: int) -> None:
        self.anota("accept", SERVIDOR, persona, local=PUERTO, remoto=PUERTOS[persona])

    def entra(self, *personas: int) -> Guion:
        for persona in personas:
            self.llama(persona)
            self.acepta(persona)
        return self

    def dice(self, persona: int, *mensajes: bytes) -> Guion:
        for mensaje in mensajes:
            self.anota("send", persona, 1, datos=mensaje)
        return self

    def el_servidor_lee(self, persona: int, *lecturas: bytes) -> Guion:
        for lectura in lecturas:
            self.anota("recv", SERVIDOR, persona, datos=lectura)
        return self

    def el_servidor_envia(self, persona: int, mensaje: bytes, *, leido: bool = True) -> Guion:
        self.anota("send", SERVIDOR, persona, datos=mensaje)
        if leido:
            self.anota("recv", persona, 1, datos=mensaje)
        return self

    def relato(self, **opciones: float) -> str:
        return contado(self.sucesos, NOMBRES, **opciones)


def contado(
    sucesos: Iterable[SucesoVisto], nombres: dict[int, str], desde: float = float("-inf")
) -> str:
    """Lo que se cuenta, con cada frase en su línea."""
    return "\n".join(en_frases(explicar_sockets(sucesos, nombres, desde=desde)))


def test_sin_sucesos_no_hay_nada_que_contar() -> None:
    assert contado([], {}) == ""


# --- Antes del primer mensaje ------------------------------------------------------------------


def test_nadie_abrio_un_puerto() -> None:
    guion = Guion()
    guion.anota("arranca", SERVIDOR)

    assert guion.relato() == "Ningún programa abrió un puerto: nadie llegó a llamar a `bind`."


def test_bind_sin_listen() -> None:
    guion = Guion()
    guion.anota("bind", SERVIDOR, 1, local=PUERTO)

    assert guion.relato() == "Tu servidor reservó el puerto 9000 pero nunca llamó a `listen`."


def test_listen_sin_accept() -> None:
    guion = Guion()
    guion.anota("bind", SERVIDOR, 1, local=PUERTO)
    guion.anota("listen", SERVIDOR, 1, local=PUERTO)
    guion.llama(ANA)

    assert guion.relato() == "Tu servidor escucha en el puerto 9000 pero nunca llamó a `accept`."


def test_a_un_servidor_que_ya_no_esta_no_se_le_reprocha_que_no_acepte() -> None:
    guion = Guion()
    guion.anota("listen", SERVIDOR, 1, local=PUERTO)
    guion.anota("termina", SERVIDOR)

    assert "`accept`" not in guion.relato()


def test_quien_espera_con_selectors_no_ha_olvidado_el_accept() -> None:
    guion = Guion()
    guion.anota("listen", SERVIDOR, 1, local=PUERTO)
    guion.anota("espera", SERVIDOR, detalle="select")
    guion.anota("arranca", ANA)

    assert guion.relato() == (
        "Tu servidor escucha en el puerto 9000, y el programa de Ana no llegó a `connect`."
    )


def test_un_socket_udp_se_llama_por_su_nombre() -> None:
    guion = Guion()
    guion.anota("arranca", SERVIDOR)
    guion.anota("udp", SERVIDOR, detalle="127.0.0.1:9106")

    assert "abrió un socket UDP (`SOCK_DGRAM`) en 127.0.0.1:9106" in guion.relato()
    assert "`bind`" not in guion.relato()


def test_un_cliente_que_llama_a_bind_no_es_un_servidor() -> None:
    guion = Guion().escucha()
    guion.anota("bind", ANA, 1, local=50001)
    guion.entra(ANA)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")

    assert guion.relato() == "Tu servidor recibió 4 bytes de Ana y no envió nada a nadie."


def test_el_cliente_llama_a_otro_puerto() -> None:
    guion = Guion().escucha()
    guion.anota("fallo", ANA, 1, detalle="connect localhost:8000: ConnectionRefusedError: [Err")

    assert guion.relato() == (
        "El programa de Ana llamó a localhost:8000 y no le contestó nadie: tu servidor escucha en "
        "el puerto 9000."
    )


def test_el_servidor_no_pudo_reservar_su_puerto() -> None:
    guion = Guion()
    guion.anota("fallo", SERVIDOR, 1, detalle="bind localhost:80: PermissionError: [Errno 13] No")

    assert guion.relato() == (
        "Tu servidor no pudo reservar localhost:80 (PermissionError: [Errno 13] No)."
    )


def test_el_servidor_no_pudo_volver_a_tener_su_puerto() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.anota(
        "fallo", SERVIDOR + 90, 1, detalle="bind localhost:9000: OSError: [Errno 98] Address in use"
    )

    assert guion.relato() == (
        "Al volver a arrancar, tu servidor no pudo reservar localhost:9000 "
        "(OSError: [Errno 98] Address in use)."
    )


def test_quien_prueba_otro_puerto_y_lo_consigue_no_tiene_ningun_problema() -> None:
    guion = Guion()
    guion.anota("fallo", SERVIDOR, 1, detalle="bind localhost:80: PermissionError: [Errno 13] No")
    guion.escucha().entra(ANA)

    assert guion.relato() == "Nadie envió nada."


def test_el_cliente_llama_a_otro_ordenador() -> None:
    guion = Guion().escucha()
    guion.anota("prohibido", ANA, 1, detalle="192.168.0.15:9000")

    assert guion.relato() == (
        "El programa de Ana llamó a 192.168.0.15:9000, que no es este ordenador, y allí no había "
        "ningún servidor."
    )


def test_a_alguien_no_se_le_acepto() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.llama(CARLOS)
    guion.llama(LUCIA)

    assert guion.relato() == (
        "Carlos y Lucía llamaron y tu servidor no volvió a llamar a `accept`: solo entró Ana."
    )


def test_un_accept_que_llega_antes_que_su_connect_es_de_la_misma_conexion() -> None:
    guion = Guion().escucha()
    guion.acepta(ANA)
    guion.llama(ANA)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")

    assert guion.relato() == "Tu servidor recibió 4 bytes de Ana y no envió nada a nadie."


def test_un_puerto_que_se_repite_es_otra_conexion() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.dice(ANA, b"uno").el_servidor_lee(ANA, b"uno")
    guion.anota("connect", CARLOS, 1, local=PUERTOS[ANA], remoto=PUERTO)
    guion.anota("accept", SERVIDOR, 99, local=PUERTO, remoto=PUERTOS[ANA])
    guion.dice(CARLOS, b"hola").anota("recv", SERVIDOR, 99, datos=b"hola")

    assert guion.relato() == (
        "Tu servidor recibió 3 bytes de Ana y 4 de Carlos y no envió nada a nadie."
    )


# --- Los mensajes ------------------------------------------------------------------------------


def test_recibio_y_no_envio_nada_a_nadie() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"buenos d\xc3\xadas a").el_servidor_lee(ANA, b"buenos d\xc3\xadas a")

    assert guion.relato() == "Tu servidor recibió 14 bytes de Ana y no envió nada a nadie."


def test_envio_solo_a_quien_hablaba() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola").el_servidor_envia(ANA, b"hola")

    assert guion.relato() == (
        "Tu servidor recibió 4 bytes de Ana y envió 4 bytes a Ana, y a nadie más."
    )


def test_se_nombra_a_quien_no_recibio_nada() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS, LUCIA)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola").el_servidor_envia(CARLOS, b"Ana: hola")

    assert guion.relato() == (
        "Tu servidor recibió 4 bytes de Ana y envió 9 bytes a Carlos, y nada a Lucía."
    )


def test_todo_fue_bien() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS, LUCIA)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")
    guion.el_servidor_envia(CARLOS, b"Ana: hola").el_servidor_envia(LUCIA, b"Ana: hola")

    assert guion.relato() == (
        "Tu servidor recibió 4 bytes de Ana y envió 9 bytes a Carlos y 9 a Lucía."
    )


def test_nadie_dijo_nada() -> None:
    assert Guion().escucha().entra(ANA).relato() == "Nadie envió nada."


def test_dos_mensajes_que_se_leyeron_pegados() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"hola", "adiós".encode()).el_servidor_lee(ANA, "holaadiós".encode())
    guion.el_servidor_envia(CARLOS, b"Ana: holaadi\xc3\xb3s")

    assert guion.relato().split("\n") == [
        "Ana envió «hola» y «adiós» y tu servidor los leyó de una vez, pegados: «holaadiós».",
        "Tu servidor recibió 10 bytes de Ana y envió 15 bytes a Carlos.",
    ]


def test_dos_lineas_que_llegan_juntas_aun_se_pueden_separar() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.dice(ANA, b"hola\n", b"adios\n").el_servidor_lee(ANA, b"hola\nadios\n")

    assert guion.relato().split("\n")[0] == (
        "Ana envió «hola» y «adios» y tu servidor los leyó de una vez: «hola⏎adios»."
    )


def test_el_nombre_pegado_al_primer_mensaje_tras_un_trozo_ya_leido() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.dice(ANA, b"NICK").el_servidor_lee(ANA, b"NICK")
    guion.dice(ANA, b"Ana", b"hola").el_servidor_lee(ANA, b"Anahola")

    assert "«Ana» y «hola»" in guion.relato()


def test_dos_mensajes_del_servidor_que_el_cliente_lee_pegados() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.el_servidor_envia(ANA, b"uno", leido=False).el_servidor_envia(ANA, b"dos", leido=False)
    guion.anota("recv", ANA, 1, datos=b"unodos")

    assert guion.relato().split("\n")[0] == (
        "Tu servidor envió «uno» y «dos» y el programa de Ana los leyó de una vez, pegados: "
        "«unodos»."
    )


def test_un_mensaje_largo_leido_en_trozos() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.dice(ANA, b"x" * 3000)
    guion.el_servidor_lee(ANA, b"x" * 1024, b"x" * 1024, b"x" * 952)

    assert guion.relato().split("\n")[0] == (
        "Ana envió un mensaje de 3000 bytes y tu servidor lo leyó en 3 trozos, de 1024, 1024 y 952 "
        "bytes."
    )


def test_lo_que_no_se_leyo() -> None:
    guion = Guion().escucha().entra(ANA).dice(ANA, b"hola")

    assert guion.relato() == "Ana envió 4 bytes y tu servidor no los ha leído."


HIJO = 20


def test_lo_que_lee_un_proceso_hijo_lo_lee_el_servidor() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.anota("hereda", HIJO, 1, local=PUERTO)
    guion.anota("hereda", HIJO, ANA, local=PUERTO, remoto=PUERTOS[ANA])
    guion.anota("close", SERVIDOR, ANA)  # la suya: el hijo la sigue teniendo
    guion.dice(ANA, b"hola")
    guion.anota("recv", HIJO, ANA, datos=b"hola")

    assert guion.relato() == "Tu servidor recibió 4 bytes de Ana y no envió nada a nadie."


def test_una_conexion_heredada_se_cierra_cuando_la_cierran_los_dos() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.anota("hereda", HIJO, 1, local=PUERTO)
    guion.anota("hereda", HIJO, ANA, local=PUERTO, remoto=PUERTOS[ANA])
    guion.anota("close", SERVIDOR, ANA)
    guion.dice(ANA, b"hola")
    assert "no los ha leído" in guion.relato()

    guion.anota("termina", HIJO)
    assert "no los ha leído" not in guion.relato()


CAMBIOS = {
    "otros signos": (b"Hola: desde: la: mesa", True),
    "mayúsculas": (b"ANA: HOLA DESDE LA MESA", True),
    "tal cual, con el nombre": (b"[Ana] Hola desde la mesa", False),
    "otra cosa": (b"Ana ha entrado", False),
    "en otro código": (rb'{"texto": "Hola\u0020desde la mesa"}', False),
}


@pytest.mark.parametrize(("enviado", "cambia"), CAMBIOS.values(), ids=CAMBIOS)
def test_un_texto_que_llega_cambiado_se_ensena(enviado: bytes, cambia: bool) -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"Hola desde la mesa").el_servidor_lee(ANA, b"Hola desde la mesa")
    guion.anota("send", SERVIDOR, CARLOS, datos=enviado)
    frases = en_frases(explicar_sockets(guion.sucesos, NOMBRES, escrito=["Hola desde la mesa"]))

    dicho = f"tu servidor envió a Carlos «{enviado.decode()}»: llega cambiado"
    assert (dicho in frases[0]) == cambia


def test_un_cliente_que_cambia_lo_que_se_teclea() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"HOLA A TODOS").el_servidor_lee(ANA, b"HOLA A TODOS")
    frases = en_frases(explicar_sockets(guion.sucesos, NOMBRES, escrito=["hola a todos"]))

    assert frases[0] == "Ana escribió «hola a todos» y su programa envió «HOLA A TODOS»."


@pytest.mark.parametrize(
    ("enviado", "quien"), [(b"HOLA A TODOS", "el cliente"), (b"hola a todos", "el servidor")]
)
def test_con_el_texto_cambiado_se_dice_donde_buscar(enviado: bytes, quien: str) -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, enviado).el_servidor_lee(ANA, enviado)
    guion.anota("send", SERVIDOR, CARLOS, datos=b"Hola A Todos")
    cambiado, reparto = explicar_sockets(guion.sucesos, NOMBRES, escrito=["hola a todos"])

    assert f"Busca en {quien} qué línea toca el texto" in cambiado.arreglo
    assert not reparto.arreglo  # el resto solo cuenta lo que pasó


def test_a_quien_ya_se_fue_no_se_le_reprocha_no_leer() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.anota("termina", CARLOS)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola")
    guion.el_servidor_envia(CARLOS, b"Ana: hola", leido=False)

    assert guion.relato() == "Tu servidor recibió 4 bytes de Ana y envió 9 bytes a Carlos."


def test_un_servidor_que_da_vueltas_con_quien_se_fue() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.anota("close", ANA, 1)
    for _ in range(300):
        guion.el_servidor_lee(ANA, b"")

    assert guion.relato().split("\n")[0] == (
        "Ana se fue, y tu servidor siguió llamando a `recv`, que devolvió vacío más de 200 veces."
    )


def test_solo_se_cuenta_lo_ocurrido_desde_un_momento() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola").el_servidor_envia(CARLOS, b"Ana: hola")
    desde = guion.sucesos[-1].instante + 0.5
    guion.dice(CARLOS, b"buenas", b"tardes").el_servidor_lee(CARLOS, b"buenastardes")

    assert guion.relato(desde=desde).split("\n") == [
        "Carlos envió «buenas» y «tardes» y tu servidor los leyó de una vez, pegados: "
        "«buenastardes».",
        "Tu servidor recibió 12 bytes de Carlos y no envió nada a nadie.",
    ]


def test_de_quien_se_fue_antes_de_ese_momento_no_se_dice_nada() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS, LUCIA)
    guion.anota("termina", LUCIA)
    desde = guion.sucesos[-1].instante + 0.5
    guion.dice(ANA, b"hola").el_servidor_lee(ANA, b"hola").el_servidor_envia(CARLOS, b"Ana: hola")

    assert (
        guion.relato(desde=desde) == "Tu servidor recibió 4 bytes de Ana y envió 9 bytes a Carlos."
    )


def test_muchas_personas_se_cuentan_juntas() -> None:
    guion = Guion().escucha()
    for persona in range(100, 110):
        guion.anota("connect", persona, 1, local=persona, remoto=PUERTO)
        guion.anota("accept", SERVIDOR, persona, local=PUERTO, remoto=persona)
        guion.el_servidor_lee(persona, b"hola")

    assert "recibió 40 bytes de 10 personas" in guion.relato()


def test_lo_que_enviaron_no_manda_sobre_la_terminal() -> None:
    guion = Guion().escucha().entra(ANA)
    guion.dice(ANA, b"\x1b[2J", b"\xff").el_servidor_lee(ANA, b"\x1b[2J\xff" + b"a" * 500)

    assert guion.relato().replace("\n", "").isprintable()
    assert all(len(linea) < 250 for linea in guion.relato().split("\n"))


# --- Con la sonda de verdad --------------------------------------------------------------------

SERVIDOR_MUDO = """
import socket
import threading

servidor = socket.socket()
servidor.bind(("localhost", 9000))
servidor.listen()


def atender(conexion):
    while conexion.recv(1024):
        pass


while True:
    conexion, direccion = servidor.accept()
    threading.Thread(target=atender, args=(conexion,), daemon=True).start()
"""
CLIENTE = """
import socket

cliente = socket.socket()
cliente.connect(("localhost", 9000))
while True:
    cliente.sendall(input().encode("utf-8"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no se puede pausar un proceso")
def test_se_cuenta_lo_que_ve_la_sonda(tmp_path: Path, lanzar: Lanzar) -> None:
    escribir(tmp_path, servidor=SERVIDOR_MUDO, cliente=CLIENTE)
    with Testigo() as testigo:

        def ha_pasado(tipo: str, detalle: str = "", veces: int = 1) -> bool:
            return testigo.esperar(
                lambda vistos: (
                    sum(s.tipo == tipo and detalle in s.detalle for s in vistos) >= veces
                ),
                PLAZO,
            )

        servidor = lanzar("servidor.py", carpeta=tmp_path, entorno=testigo.entorno())
        assert ha_pasado("espera", "accept")
        ana = lanzar("cliente.py", carpeta=tmp_path, entorno=testigo.entorno())
        assert ha_pasado("espera", "recv")
        # Con el servidor en pausa, los dos mensajes le esperan juntos: no depende de la suerte.
        servidor.proceso.send_signal(signal.SIGSTOP)
        # La señal no lo para al instante: se espera a que todos sus hilos lo estén.
        _, estado = os.waitpid(servidor.proceso.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(estado)
        ana.escribir("hola", "adiós")
        assert ha_pasado("send", veces=2)
        servidor.proceso.send_signal(signal.SIGCONT)
        assert ha_pasado("recv")

        relato = contado(testigo.sucesos(), {ana.proceso.pid: "Ana"})

    assert relato.split("\n") == [
        "Ana envió «hola» y «adiós» y tu servidor los leyó de una vez, pegados: «holaadiós».",
        "Tu servidor recibió 10 bytes de Ana y no envió nada a nadie.",
    ]


# --- Sucesos cualesquiera ----------------------------------------------------------------------

TIPOS = (
    "arranca bind listen accept connect hereda udp send recv close espera fallo prohibido termina "
    "raro"
)
DIRECCIONES = st.none() | st.tuples(st.just("127.0.0.1"), st.integers(0, 3))
SUCESOS = st.builds(
    Suceso,
    st.sampled_from(TIPOS.split()),
    pid=st.integers(1, 3),
    hilo=st.just(1),
    conexion=st.none() | st.integers(1, 3),
    programa=st.just("x.py"),
    instante=st.floats(0, 10),
    local=DIRECCIONES,
    remoto=DIRECCIONES,
    cuantos=st.integers(0, 9),
    datos=st.binary(max_size=9),
    detalle=st.sampled_from(["", "accept", "connect x: y: z", "select"]),
)


@given(sucesos=st.lists(SUCESOS, max_size=30), desde=st.floats(0, 10))
def test_ningun_orden_de_sucesos_hace_fallar_al_relato(sucesos: list[Suceso], desde: float) -> None:
    relato = contado(sucesos, {1: "Ana"}, desde=desde)

    assert len(relato.split("\n")) <= 2


@pytest.mark.parametrize("semilla", range(5))
def test_el_orden_entre_procesos_no_cambia_el_relato(semilla: int) -> None:
    """Lo de cada proceso llega en orden, pero los procesos llegan mezclados."""
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.dice(ANA, b"hola", b"adios").el_servidor_lee(ANA, b"holaadios")
    guion.el_servidor_envia(CARLOS, b"Ana: holaadios")
    colas = {p: [s for s in guion.sucesos if s.pid == p] for p in (SERVIDOR, ANA, CARLOS)}
    azar, mezclados = random.Random(semilla), []
    while vivas := [cola for cola in colas.values() if cola]:
        mezclados.append(azar.choice(vivas).pop(0))

    # La primera conversación puede ser otra: lo que se dice de cada una, no.
    assert contado(mezclados, NOMBRES) == guion.relato()


# --- Lo que no se reparte ------------------------------------------------------------------------

SALUDO = "Hola desde la primera mesa"


def en_un_chat(guion: Guion, *escrito: str) -> str:
    """La primera frase de lo que se cuenta si es un chat."""
    hallazgos = explicar_sockets(guion.sucesos, NOMBRES, escrito=escrito or [SALUDO], chat=True)
    return hallazgos[0].causa


def dicho_por_ana() -> Guion:
    guion = Guion().escucha().entra(ANA, CARLOS, LUCIA).dice(ANA, SALUDO.encode())
    return guion.el_servidor_lee(ANA, SALUDO.encode())


def test_un_mensaje_que_no_se_envia_a_nadie_se_dice() -> None:
    assert en_un_chat(dicho_por_ana()) == (
        f"A tu servidor le llegó «{SALUDO}», de Ana, y no se lo envió a nadie."
    )


def test_un_mensaje_que_solo_vuelve_a_su_autora_se_dice() -> None:
    guion = dicho_por_ana().el_servidor_envia(ANA, SALUDO.encode())

    assert "y no se lo envió más que a Ana, que es quien lo escribió" in en_un_chat(guion)


def test_se_dice_a_quien_no_se_le_envio_un_mensaje() -> None:
    guion = dicho_por_ana().el_servidor_envia(CARLOS, SALUDO.encode())

    assert "y no se lo envió a Lucía" in en_un_chat(guion)


def test_un_mensaje_que_se_envia_escrito_de_otra_manera_no_se_da_por_perdido() -> None:
    guion = dicho_por_ana()
    for persona in (CARLOS, LUCIA):
        guion.el_servidor_envia(persona, SALUDO.encode("utf-16"))

    assert "no se lo envió" not in en_un_chat(guion)


def test_fuera_de_un_chat_nadie_tiene_que_repartir_nada() -> None:
    assert "no se lo envió" not in dicho_por_ana().relato()


# --- De quién es lo que se lee mal ---------------------------------------------------------------

CON_PRISA = ("Primer mensaje", "Segundo mensaje")


def dichos_con_prisa() -> Guion:
    """Ana envía dos mensajes, y el servidor los lee de una vez."""
    lineas = [f"{texto}\n".encode() for texto in CON_PRISA]
    guion = Guion().escucha().entra(ANA, CARLOS).dice(ANA, *lineas)
    return guion.el_servidor_lee(ANA, b"".join(lineas))


def test_si_el_servidor_los_separo_lo_pegado_se_busca_en_el_cliente() -> None:
    guion = dichos_con_prisa()
    for texto in CON_PRISA:
        guion.el_servidor_envia(CARLOS, f"Ana: {texto}\n".encode(), leido=False)
    guion.anota("recv", CARLOS, 1, datos=b"Ana: Primer mensaje\nAna: Segundo mensaje\n")

    assert en_un_chat(guion, *CON_PRISA) == (
        "Tu servidor envió «Ana: Primer mensaje» y «Ana: Segundo mensaje» y el programa de Carlos "
        "los leyó de una vez: «Ana: Primer mensaje⏎Ana: Segundo mensaje»."
    )


def test_si_el_servidor_los_envio_juntos_los_pego_el() -> None:
    guion = dichos_con_prisa().el_servidor_envia(CARLOS, b"Ana: Primer mensajeSegundo mensaje\n")

    assert en_un_chat(guion, *CON_PRISA).startswith(
        "Ana envió «Primer mensaje» y «Segundo mensaje» y tu servidor los leyó de una vez"
    )


def test_si_solo_puso_el_nombre_delante_del_primero_los_pego_el() -> None:
    guion = dichos_con_prisa().el_servidor_envia(CARLOS, b"Ana: Primer mensaje\nSegundo mensaje\n")

    assert "y tu servidor los leyó de una vez" in en_un_chat(guion, *CON_PRISA)


def test_un_mensaje_que_el_servidor_envio_entero_lo_parte_quien_lo_lee() -> None:
    largo = "x" * 3000
    guion = Guion().escucha().entra(ANA, CARLOS).dice(ANA, largo.encode())
    guion.el_servidor_lee(ANA, largo[:1024].encode(), largo[1024:].encode())
    guion.el_servidor_envia(CARLOS, largo.encode(), leido=False)
    for trozo in (largo[:1024], largo[1024:]):
        guion.anota("recv", CARLOS, 1, datos=trozo.encode())

    assert en_un_chat(guion, largo).startswith(
        "Tu servidor envió un mensaje de 3000 bytes y el programa de Carlos lo leyó en 2 trozos"
    )


def test_una_cabecera_que_se_lee_aparte_no_es_un_mensaje_partido() -> None:
    nota = b"\0\0\0\x04hola"
    guion = Guion().escucha().entra(ANA).dice(ANA, nota).el_servidor_lee(ANA, nota[:4], nota[4:])

    assert "trozos" not in guion.relato()


def test_a_quien_ya_no_esta_no_hay_que_enviarle_nada() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS, LUCIA)
    guion.anota("termina", LUCIA)
    guion.dice(ANA, SALUDO.encode()).el_servidor_lee(ANA, SALUDO.encode())
    guion.el_servidor_envia(CARLOS, SALUDO.encode())

    assert "no se lo envió" not in en_un_chat(guion)


def test_se_dice_lo_ultimo_que_alguien_no_ha_leido_aunque_leyera_lo_de_antes() -> None:
    guion = Guion().escucha().entra(ANA, CARLOS)
    guion.el_servidor_envia(CARLOS, b"NICK")
    guion.el_servidor_envia(CARLOS, SALUDO.encode(), leido=False)

    assert f"Tu servidor envió «{SALUDO}» y el programa de Carlos no lo ha leído" in guion.relato()
