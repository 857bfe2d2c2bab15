"""Cada suceso se cuenta con una frase en español, y solo dice lo que se sabe."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.observador.pagina.nodo import calcular, mundo
from tests.observador.pagina.peliculas import (
    ACEPTA,
    LAS_CINCO,
    LLAMA,
    Pelicula,
    accept_espera,
    candado_dos_veces,
    cliente_que_no_lee,
    letra_partida,
    mensajes_pegados,
)

#: Lo que le pasa a Ana, y cómo se cuenta.
CASOS: list[tuple[dict[str, Any], str]] = [
    ({"que": "espera", "h": 1, "en": "reloj", "plazo": 2.0}, "Ana duerme 2 s."),
    ({"que": "espera", "h": 1, "en": "reloj", "plazo": 60}, "Ana duerme 1 min."),
    ({"que": "espera", "h": 1, "en": "reloj", "plazo": 65}, "Ana duerme 1 min 5 s."),
    ({"que": "espera", "h": 1, "en": "hilo"}, "Ana espera a otro hilo."),
    ({"que": "espera", "h": 1, "en": "hilo", "dueno": 2}, "Ana espera a que acabe el hilo 2."),
    ({"que": "espera", "h": 1, "en": "teclado"}, "Ana espera a que alguien teclee."),
    ({"que": "espera", "h": 1, "en": "lo que venga"}, "Ana espera."),
    (
        {"que": "espera", "h": 1, "en": "select", "plazo": 0.5},
        "Ana espera en el selector a que alguno de sus sockets tenga algo, como mucho 0,5 s.",
    ),
    ({"que": "sigue", "h": 1, "vencido": True}, "Ana deja de esperar: se acabó su plazo."),
    (
        {"que": "muestreo", "motivo": "tope"},
        "La grabación ya es muy grande: desde aquí se guarda solo una muestra de los datos.",
    ),
    (
        {"que": "muestreo", "motivo": "lleno"},
        "La grabación está llena: desde aquí solo se guarda cómo acaba cada programa.",
    ),
    (
        {"que": "senal", "senal": "SIGSTOP"},
        "El sistema para a Ana (SIGSTOP): no hace nada hasta que siga.",
    ),
    ({"que": "senal", "senal": "SIGCONT"}, "Ana sigue donde estaba (SIGCONT)."),
    ({"que": "senal", "senal": "SIGKILL"}, "El sistema mata a Ana (SIGKILL)."),
    ({"que": "tecla", "texto": "hola\r"}, "Se teclea «hola» e Intro en la terminal de Ana."),
    (
        {"que": "tecla", "texto": 'eva.sendall(b"Eva\\n")\r'},
        'Se teclea «eva.sendall(b"Eva\\n")» e Intro en la terminal de Ana.',
    ),
    (
        {"que": "pantalla", "texto": "b'\\xb1a'\r\nTú: "},
        "En la pantalla de Ana sale: «b'\\xb1a' ⏎ Tú: ».",
    ),
    ({"que": "pantalla", "texto": "\r\n"}, "La pantalla de Ana pasa a la línea siguiente."),
    ({"que": "hilo", "h": 1, "nombre": "principal"}, "Python arranca en la terminal de Ana."),
    (
        {"que": "hilo", "h": 2, "nombre": "Thread-1 (atender)"},
        "Empieza el hilo 2 de Ana, que ejecuta atender.",
    ),
    ({"que": "hilo", "h": 2, "nombre": "voz"}, "Empieza el hilo 2 de Ana, «voz»."),
    ({"que": "tecla", "texto": "\x03"}, "Se pulsa Ctrl+C en la terminal de Ana."),
    ({"que": "termina", "codigo": 0}, "Termina Ana."),
    ({"que": "termina", "codigo": None}, "Termina Ana."),
    ({"que": "termina", "codigo": -9}, "Termina Ana, por la señal SIGKILL."),
    (
        {"que": "termina", "codigo": 1},
        "Termina Ana, con el código 1: dice que algo ha ido mal.",
    ),
    (
        {"que": "fallo", "h": 1, "operacion": "connect", "error": "ConnectionRefusedError"},
        "A Ana le falla connect: ConnectionRefusedError. Allí no escucha nadie.",
    ),
    (
        {"que": "fallo", "h": 1, "operacion": "recv", "error": "ConnectionResetError"},
        "A Ana le falla recv: ConnectionResetError. El otro lado ha roto la conexión. "
        "Probablemente cerró sin leer todo.",
    ),
    (
        {"que": "fallo", "h": 1, "operacion": "send", "error": "OSError", "mensaje": "ay"},
        "A Ana le falla send: OSError. «ay».",
    ),
    ({"que": "udp", "h": 1}, "Ana abre un socket UDP: de lo que lleva no se cuenta nada."),
    (
        {"que": "prohibido", "h": 1, "detalle": "example.org:80"},
        "Ana quiere conectar con example.org:80: aquí no se puede.",
    ),
]
TODAS = mundo("(mundo, { frase }) => mundo.sucesos.map(({ n }) => frase(mundo, n))")
PARTES = mundo("(mundo, { fraseEnPartes }, n) => fraseEnPartes(mundo, n)")


def frases(pelicula: Pelicula) -> list[str]:
    dichas: list[str] = calcular(TODAS, [pelicula.texto(), None])
    return dichas


def ultima(pelicula: Pelicula) -> str:
    return frases(pelicula)[-1]


def dos() -> Pelicula:
    """El servidor y Ana, que ya han conectado."""
    una = Pelicula("").programa(1, "servidor", "servidor").programa(2, "Ana")
    una.pon("listen", p=1, h=1, direccion="127.0.0.1:8000")
    return una.conecta(2, 1).acepta(1, 1)


def test_un_envio_se_cuenta_con_lo_que_aun_no_se_ha_leido() -> None:
    una = dos().envia(2, 1, LLAMA, b"hola")

    assert ultima(una) == (
        "Ana envía 4 bytes al servidor: «hola». El servidor aún no los ha leído."
    )
    assert ultima(una.envia(2, 1, LLAMA, b"\n")) == (
        "Ana envía 1 byte al servidor: «\\n». El servidor tiene ya 5 bytes sin leer."
    )
    assert ultima(una.recibe(1, 1, ACEPTA, 5)) == (
        "recv da al servidor 5 bytes: dos envíos juntos, «hola» y «\\n»."
    )


def test_los_envios_que_se_juntan_se_dicen_aunque_no_lleguen_enteros() -> None:
    una = dos().envia(2, 1, LLAMA, b"uno").envia(2, 1, LLAMA, b"dos").envia(2, 1, LLAMA, b"tres")
    una.recibe(1, 1, ACEPTA, 1).recibe(1, 1, ACEPTA, 7)

    antes, despues = frases(una)[-2:]
    assert antes == "recv da al servidor 1 byte: «u», el principio de un envío de 3 bytes."
    assert despues == (
        "recv da al servidor 7 bytes: tres envíos juntos, «uno», «dos» y «tres»; "
        "del primero, solo el final, y del último, solo el principio."
    )


def test_una_letra_partida_se_cuenta_en_los_dos_recv() -> None:
    primero, segundo, tercero = [una for una in frases(letra_partida()) if "recv da" in una]

    assert primero == (
        "recv da al servidor 6 bytes: «La ni\\xc3», el principio de un envío de 16 bytes; "
        "acaba con una letra partida: falta 1 byte."
    )
    assert segundo.endswith("empieza por el resto de una letra partida.")
    assert tercero == "recv da al servidor 4 bytes: «ña\\n», el final de un envío de 16 bytes."


def test_una_letra_puede_llegar_byte_a_byte() -> None:
    una = dos().envia(2, 1, LLAMA, "🙂".encode())
    for _ in range(4):
        una.recibe(1, 1, ACEPTA, 1)

    finales = [frase.split("; ", 1)[-1] for frase in frases(una)[-4:]]
    assert finales == [
        "acaba con una letra partida: faltan 3 bytes.",
        "es un trozo de una letra partida: faltan 2 bytes.",
        "es un trozo de una letra partida: falta 1 byte.",
        "empieza por el resto de una letra partida.",
    ]


def test_los_bytes_que_no_son_texto_no_son_letras_partidas() -> None:
    cabecera = (195).to_bytes(4, "big")
    una = dos().envia(2, 1, LLAMA, cabecera).envia(2, 1, LLAMA, b"a" * 195)
    una.recibe(1, 1, ACEPTA, 4).recibe(1, 1, ACEPTA, 195)

    assert not [frase for frase in frases(una) if "letra" in frase]


def test_quien_espera_en_la_fila_se_sabe_que_espera() -> None:
    dichas = frases(accept_espera())

    assert "El servidor espera en recv a que Ana envíe algo." in dichas
    assert (
        "Carlos conecta con el servidor. Su llamada espera en la fila: "
        "nadie la ha aceptado aún." in dichas
    )
    assert "Carlos espera en recv a que el servidor envíe algo." in dichas


def test_no_espera_quien_ya_tiene_lo_que_pide() -> None:
    una = Pelicula("").programa(1, "servidor", "servidor").programa(2, "Ana")
    una.pon("listen", p=1, h=1, direccion="127.0.0.1:8000").conecta(2, 1)

    assert ultima(una.pon("espera", p=1, h=1, en="accept")) == (
        "El servidor llama a accept: alguien espera ya en la fila."
    )
    una.acepta(1, 1).envia(2, 1, LLAMA, b"hola").pon("espera", p=1, h=1, en="recv", c=1)
    assert ultima(una) == "El servidor llama a recv: tiene ya 4 bytes sin leer."
    una.recibe(1, 1, ACEPTA, 4).pon("close", p=2, h=1, c=1, lado=LLAMA)
    assert ultima(una.pon("espera", p=1, h=1, en="recv", c=1)) == (
        "El servidor llama a recv: Ana ya no va a enviar más."
    )


def test_los_candados_dicen_quien_los_tiene_y_lo_que_solo_es_probable() -> None:
    pelicula = candado_dos_veces()
    dichas = frases(pelicula)
    n = next(i for i, una in enumerate(dichas) if "él mismo" in una)

    assert calcular(PARTES, [pelicula.texto(), n]) == {
        "seguro": "El hilo 2 del servidor espera un candado que ya tiene él mismo.",
        "probable": "Probablemente no lo soltará nunca.",
    }
    assert "El hilo 3 del servidor espera un candado (lo tiene el hilo 2)." in dichas


def test_quien_no_puede_enviar_dice_cuanto_tiene_el_otro_sin_leer() -> None:
    assert (
        "El hilo 2 del servidor espera en send a que quepan sus 65\u00a0535 bytes: "
        "Carlos tenía ya 262\u00a0140 bytes sin leer." in frases(cliente_que_no_lee())
    )


@cache
def de_los_casos() -> list[str]:
    """Las frases de todos los casos, que se piden a la vez: arrancar Node es lo que tarda."""
    textos = [Pelicula("").programa(2, "Ana").pon(p=2, **campos).texto() for campos, _ in CASOS]
    dichas: list[str] = calcular(
        """({ Grabacion, Mundo, frase }, textos) => textos.map((texto) => {
            const mundo = new Mundo(new Grabacion(texto));
            return frase(mundo, mundo.sucesos.length - 1);
        })""",
        textos,
    )
    return dichas


@pytest.mark.parametrize("cual", range(len(CASOS)))
def test_cada_cosa_se_dice_en_espanol(cual: int) -> None:
    assert de_los_casos()[cual] == CASOS[cual][1]


def test_lo_tecleado_letra_a_letra_se_dice_entero_al_pulsar_intro() -> None:
    una = Pelicula("").programa(2, "Ana")
    for tecla in ("h", "x", "\x7f", "\x1b[D", "ñ", "\r", "\r"):
        una.pon("tecla", p=2, texto=tecla)

    assert frases(una)[-3:] == [
        "Se teclea «ñ» en la terminal de Ana.",
        "Se pulsa Intro en la terminal de Ana: se ha tecleado «hñ».",
        "Se pulsa Intro en la terminal de Ana.",
    ]


def test_cerrar_dice_lo_que_se_queda_sin_leer_y_quien_lo_hace() -> None:
    una = dos().envia(1, 1, ACEPTA, b"adios")
    una.pon("close", p=2, h=1, c=1, lado=LLAMA)
    una.recibe_el_fin(1, 1, ACEPTA)
    una.pon("close", p=1, h=1, c=1, lado=ACEPTA, por="fin")

    assert frases(una)[-3:] == [
        "Ana cierra su conexión con el servidor. Se quedan sin leer 5 bytes del servidor.",
        "recv da al servidor 0 bytes: Ana ha cerrado la conexión.",
        "Al terminar el servidor, el sistema cierra su conexión con Ana.",
    ]


def test_dejar_de_enviar_no_es_cerrar() -> None:
    una = dos().pon("shutdown", p=2, h=1, c=1, lado=LLAMA, sentido="escribir")
    una.recibe_el_fin(1, 1, ACEPTA)

    assert frases(una)[-2:] == [
        "Ana no va a enviar más al servidor (shutdown).",
        "recv da al servidor 0 bytes: Ana no va a enviar más.",
    ]


def test_quien_deja_de_leer_se_da_el_fin_a_si_mismo() -> None:
    una = dos().pon("shutdown", p=2, h=1, c=1, lado=LLAMA, sentido="leer y escribir")
    una.recibe_el_fin(2, 1, LLAMA)

    assert ultima(una) == "recv da a Ana 0 bytes: Ana ha dejado de leer (shutdown)."


def test_tras_bifurcarse_se_habla_con_quien_se_queda_la_conexion() -> None:
    una = dos().pon("programa", p=3, nombre="servidor", papel="servidor", padre=1)
    una.pon("hereda", p=3, h=1, c=1, lado=ACEPTA)
    una.pon("close", p=1, h=1, c=1, lado=ACEPTA).envia(2, 1, LLAMA, b"hola")

    nace, hereda, _, envia = frases(una)[-4:]
    assert nace == "El hijo 1 del servidor nace del servidor: es una copia suya (fork)."
    assert hereda == "El hijo 1 del servidor tiene también, desde que nace, la conexión con Ana."
    assert envia == (
        "Ana envía 4 bytes al hijo 1 del servidor: «hola». "
        "El hijo 1 del servidor aún no los ha leído."
    )


def test_lo_que_solo_se_sabe_porque_se_lee_se_dice_asi() -> None:
    una = dos().pon(
        "send", p=2, h=1, c=1, lado=LLAMA, desde=0, cuantos=2, texto="ya", deducido=True
    )

    assert ultima(una) == "Ana envió 2 bytes al servidor: «ya». Se sabe porque se leen."


def test_lo_que_no_se_ve_se_escribe_a_la_vista_y_lo_largo_se_acorta() -> None:
    malo = "<b>\x1b[31m\u202eabc\u200b" + "x" * 300
    una = dos().envia(2, 1, LLAMA, malo.encode())
    una.pon("pantalla", p=2, texto=malo).pon("marca", texto=malo)

    for frase in frases(una)[-3:]:
        assert "<b>\\x1b[31m\\u202eabc\\u200b" in frase
        assert frase.isprintable()
        assert len(frase) < 300  # una marca se lee entera


@pytest.mark.parametrize("cual", LAS_CINCO)
def test_las_frases_acaban_en_punto_y_empiezan_bien(cual: str) -> None:
    pelicula = LAS_CINCO[cual]()
    de_llamada = ("recv ", "accept ")

    for frase in frases(pelicula):
        assert frase[0].isupper() or frase.startswith(de_llamada), frase
        assert "  " not in frase and " ." not in frase, frase


def test_una_flecha_se_cuenta_entera() -> None:
    contadas = calcular(
        mundo("(mundo, m) => mundo.flechas.map((una) => m.fraseDeFlecha(mundo, una))"),
        [mensajes_pegados().texto(), None],
    )

    assert contadas[-2:] == [
        "Ana envía 11 bytes al servidor, «¿qué tal?»: los da un recv.",
        "El servidor envía 17 bytes a Carlos, «[Ana] ¿qué tal?»: los da un recv, "
        "junto con los de otro envío.",
    ]
