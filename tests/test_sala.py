"""La sala cumple ChatLab/1. Cada prueba cita la frase del protocolo que muestra.

Las citas son del apartado 2 del diseño. Aquí no hay sockets: la sala dice qué debe recibir cada
conexión, y `SalaObservada` lo guarda en su pantalla.
"""

from __future__ import annotations

import pytest

from chatlab.chat.limites import Limites
from chatlab.chat.nombres import MAX_NOMBRE
from chatlab.chat.protocolo import MAX_LINEA, LineaMala, codificar
from chatlab.chat.tareas import Difundir
from tests.apoyo.sala_observada import SalaObservada

BIENVENIDA = "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:"
DESPEDIDA = "* El servidor se cierra. ¡Hasta pronto!"
NO_ES_UTF8 = LineaMala("La línea no es UTF-8: el byte 1 es 0xff.")

despedidas = pytest.mark.parametrize(
    "palabra", ["/salir", "/exit", "/quit", "salir", "exit", "quit", "SALIR", "/Quit"]
)


@pytest.fixture
def sala() -> SalaObservada:
    return SalaObservada()


# --- Llegar y dar un nombre --------------------------------------------------------------------


def test_quien_llega_recibe_la_bienvenida_y_los_demas_nada(sala: SalaObservada) -> None:
    """«Al conectar, el servidor dice `* Bienvenido a chatlab. Dentro tienes /ayuda. […]`.»"""
    ana = sala.entrar("Ana")

    nueva = sala.llegar()

    assert sala.novedades(nueva) == [BIENVENIDA]
    assert sala.novedades(ana) == []
    assert sala.sala.espera_nombre(nueva)


def test_pedir_ayuda_antes_de_dar_el_nombre_no_gasta_un_intento(sala: SalaObservada) -> None:
    nueva = sala.llegar()

    sala.decir(nueva, *["/ayuda"] * 9)

    assert (
        sala.novedades(nueva)[1:]
        == ["* /ayuda sirve cuando ya estás dentro. Escribe tu nombre:"] * 9
    )
    sala.decir(nueva, "Ana")
    assert sala.novedades(nueva) == ["* Hola, Ana. No hay nadie más."]


def test_quien_llega_a_una_sala_vacia_lo_sabe(sala: SalaObservada) -> None:
    """«`* Hola, Ana. No hay nadie más.` when alone»"""
    ana = sala.llegar()

    sala.decir(ana, "Ana")

    assert sala.novedades(ana) == [BIENVENIDA, "* Hola, Ana. No hay nadie más."]
    assert sala.diario == ["Ana se ha unido al chat"]


def nombres(cuantos: int) -> list[str]:
    return [f"P{numero}" for numero in range(1, cuantos + 1)]


@pytest.mark.parametrize(
    ("cuantas", "final"),
    [(1, "P1."), (2, "P1, P2."), (20, "P19, P20."), (21, "P20 y 1 más."), (57, "P20 y 37 más.")],
)
def test_el_saludo_nombra_como_mucho_a_20_personas(
    sala: SalaObservada, cuantas: int, final: str
) -> None:
    """«`* Hola, Ana. En la sala: Carlos, Lucía.` … (at most 20 names, then `y 37 más`»"""
    for nombre in nombres(cuantas):
        sala.entrar(nombre)
    ana = sala.llegar()
    sala.decir(ana, "Ana")

    saludo = sala.novedades(ana)[-1]

    assert saludo.startswith("* Hola, Ana. En la sala: P1"), saludo
    assert saludo.endswith(final), saludo
    assert saludo.count(",") == 1 + (min(cuantas, 20) - 1), "una coma entre cada dos nombres"


def test_los_demas_leen_que_alguien_se_ha_unido(sala: SalaObservada) -> None:
    """«`* Ana se ha unido al chat` to the others»"""
    carlos, sin_nombre = sala.entrar("Carlos"), sala.llegar()
    sala.novedades(sin_nombre)

    sala.entrar("Ana")

    assert sala.novedades(carlos) == ["* Ana se ha unido al chat"]
    assert sala.novedades(sin_nombre) == [], "quien no tiene nombre aún no está en la sala"


@pytest.mark.parametrize("nombre", ["", "x" * 300, "Ana: hola", "/ayudas", "Ana😀", "Tú"])
def test_un_nombre_que_no_sirve_se_rechaza_y_se_puede_probar_otro(
    sala: SalaObservada, nombre: str
) -> None:
    """«Taken or unfit: `! …` with the reason, and it may try again»"""
    nueva = sala.llegar()

    sala.decir(nueva, nombre, "Ana")

    _, queja, saludo = sala.novedades(nueva)
    assert queja.startswith("! "), queja
    assert "(4 intentos)" in queja, queja
    assert saludo.startswith("* Hola, Ana.")


@pytest.mark.parametrize(
    ("ocupado", "pedido"),
    [("Ana", "Ana"), ("Ana", "ana"), ("Ána", "A\u0301na"), ("Ana María", " ANA  MARÍA ")],
)
def test_un_nombre_ocupado_se_rechaza_aunque_se_escriba_de_otra_forma(
    sala: SalaObservada, ocupado: str, pedido: str
) -> None:
    """«compared after NFC and casefold. Taken or unfit: `! …` with the reason»"""
    sala.entrar(ocupado)
    otra = sala.llegar()

    sala.decir(otra, pedido)

    assert sala.novedades(otra)[-1].startswith("! Ya hay alguien que se llama «")
    assert sala.sala.espera_nombre(otra)


def test_una_linea_que_no_se_pudo_leer_gasta_un_intento(sala: SalaObservada) -> None:
    """«A line that is too long, is not UTF-8 … gets `! …`»"""
    nueva = sala.llegar()

    sala.decir(nueva, NO_ES_UTF8)

    queja = sala.novedades(nueva)[-1]
    assert queja == f"! {NO_ES_UTF8.motivo} Escribe otro nombre (4 intentos):"


def test_al_quinto_nombre_que_no_sirve_se_cierra_con_el_motivo(sala: SalaObservada) -> None:
    """«5 tries, 60 s, then the connection is closed with a reason»"""
    ana = sala.entrar("Ana")
    terca = sala.llegar()

    sala.decir(terca, *["ana"] * 4)
    assert "(1 intento)" in sala.novedades(terca)[-1]
    assert terca not in sala.cerradas
    sala.decir(terca, "ana", "Carlos")

    [queja] = sala.novedades(terca)
    assert queja == "! Ya hay alguien que se llama «ana». No quedan intentos: vuelve a conectarte."
    assert terca in sala.cerradas
    assert sala.novedades(ana) == [], "a quien está dentro no le importa"


def test_al_pasar_el_plazo_para_el_nombre_se_cierra_con_el_motivo(sala: SalaObservada) -> None:
    """«5 tries, 60 s, then the connection is closed with a reason»"""
    ana, callada = sala.entrar("Ana"), sala.llegar()

    sala.expulsar(callada, "Han pasado 60 segundos sin un nombre.")

    assert sala.novedades(callada) == [BIENVENIDA, "! Han pasado 60 segundos sin un nombre."]
    assert callada in sala.cerradas
    assert sala.novedades(ana) == []


@despedidas
def test_quien_se_despide_sin_dar_su_nombre_se_va_sin_que_nadie_se_entere(
    sala: SalaObservada, palabra: str
) -> None:
    ana, nueva = sala.entrar("Ana"), sala.llegar()

    sala.decir(nueva, palabra)

    assert nueva in sala.cerradas
    assert sala.novedades(nueva) == [BIENVENIDA]
    assert sala.novedades(ana) == []


def test_si_la_sala_esta_llena_se_dice_y_se_cierra() -> None:
    """«Limits, each with a default and an option: people in the room»"""
    sala = SalaObservada(Limites(personas=2))
    ana, sin_nombre = sala.entrar("Ana"), sala.llegar()

    tercera = sala.llegar()
    assert sala.novedades(tercera) == ["! La sala está completa (2). Prueba más tarde."]
    assert tercera in sala.cerradas
    assert sala.novedades(ana) == []

    sala.cortarse(sin_nombre)
    assert sala.novedades(sala.llegar()) == [BIENVENIDA], "en cuanto alguien se va, hay sitio"


# --- Hablar ------------------------------------------------------------------------------------


def test_un_mensaje_llega_a_todos_menos_a_quien_lo_envia(sala: SalaObservada) -> None:
    """«A message goes to everyone but its sender»"""
    ana, carlos, lucia = map(sala.entrar, ["Ana", "Carlos", "Lucía"])
    sin_nombre = sala.llegar()
    for numero in (ana, carlos, lucia, sin_nombre):
        sala.novedades(numero)

    sala.decir(ana, "hola: ñ á 😀")

    assert sala.novedades(ana) == []
    assert sala.novedades(carlos) == sala.novedades(lucia) == ["Ana: hola: ñ á 😀"]
    assert sala.novedades(sin_nombre) == [], "quien no tiene nombre aún no está en la sala"
    assert sala.diario[-1] == "Ana: hola: ñ á 😀"


def test_todos_reciben_los_mensajes_en_el_mismo_orden(sala: SalaObservada) -> None:
    """«in one order that is the same for all receivers»"""
    ana, carlos, lucia, ines = map(sala.entrar, ["Ana", "Carlos", "Lucía", "Inés"])
    for numero in (lucia, ines):
        sala.novedades(numero)

    sala.decir(ana, "uno")
    sala.decir(carlos, "dos", "tres")
    sala.decir(ana, "cuatro")

    esperado = ["Ana: uno", "Carlos: dos", "Carlos: tres", "Ana: cuatro"]
    assert sala.novedades(lucia) == sala.novedades(ines) == esperado


def test_un_lote_de_mensajes_es_lo_mismo_que_cada_uno_por_separado(sala: SalaObservada) -> None:
    """«A message goes to everyone but its sender, in one order that is the same for all»"""
    ana, carlos, lucia = map(sala.entrar, ["Ana", "Carlos", "Lucía"])
    for numero in (ana, carlos, lucia):
        sala.novedades(numero)
    anotado = len(sala.diario)
    mensajes = ["hola", "ñ á 😀", "Carlos: no soy Carlos", " a "]

    sala.decir_lote(ana, *mensajes)
    en_lote = [sala.novedades(numero) for numero in (ana, carlos, lucia)]
    anotado_en_lote = sala.diario[anotado:]
    sala.decir(ana, *mensajes)

    assert en_lote == [sala.novedades(numero) for numero in (ana, carlos, lucia)]
    assert en_lote == [[], *[[f"Ana: {mensaje}" for mensaje in mensajes]] * 2]
    assert anotado_en_lote == sala.diario[anotado + len(mensajes) :] == en_lote[1]


def test_de_un_lote_se_da_un_acuse_por_mensaje(sala: SalaObservada) -> None:
    """«each message of mine is answered by `+ entregado a N`»"""
    ana = sala.entrar("Ana")
    sala.entrar("Carlos")
    sala.decir(ana, "/acuse")
    sala.novedades(ana)

    sala.decir_lote(ana, "uno", "dos", "tres")

    assert sala.novedades(ana) == ["+ entregado a 1"] * 3


def test_de_quien_no_esta_en_la_sala_no_cuenta_ni_un_lote(sala: SalaObservada) -> None:
    carlos, sin_nombre, ida = sala.entrar("Carlos"), sala.llegar(), sala.entrar("Ida")
    sala.decir(ida, "salir")
    sala.novedades(carlos)

    sala.decir_lote(sin_nombre, "hola", "adiós")
    sala.decir_lote(ida, "sigo aquí")

    assert sala.novedades(carlos) == []


@pytest.mark.parametrize(
    ("causar", "texto"),
    [
        ("hola", "Ana: hola"),
        ("/nombre Eva", "* Ana ahora se llama Eva"),
        ("salir", "* Ana ha salido del chat"),
    ],
)
def test_lo_que_es_para_toda_la_sala_dice_a_quien_se_deja_fuera(
    sala: SalaObservada, causar: str, texto: str
) -> None:
    """No se mira a quién va cada línea: basta con saber quién la causa."""
    ana, *_ = map(sala.entrar, ["Ana", "Carlos", "Lucía"])

    tareas = sala.sala.recibir(ana, causar)

    assert Difundir(ana, texto) in tareas


def test_la_sala_dice_quienes_tienen_nombre_por_orden_de_llegada(sala: SalaObservada) -> None:
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sin_nombre = sala.llegar()

    assert sala.sala.personas() == (ana, carlos)

    sala.decir(sin_nombre, "Lucía")
    sala.cortarse(ana)

    assert sala.sala.personas() == (carlos, sin_nombre)


@pytest.mark.parametrize(("escrito", "texto"), [("//ayuda", "/ayuda"), ("///", "//"), ("//", "/")])
def test_un_mensaje_que_empieza_por_barra_se_escribe_con_dos(
    sala: SalaObservada, escrito: str, texto: str
) -> None:
    """«A message that begins with a slash is written `//texto`.»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")

    sala.decir(ana, escrito)

    assert sala.novedades(carlos) == [f"Ana: {texto}"]


@pytest.mark.parametrize("vacia", ["", " ", "   \u00a0 "])
def test_una_linea_vacia_no_hace_nada(sala: SalaObservada, vacia: str) -> None:
    """«is empty after cleaning gets `! …` (nothing for an empty one)»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, vacia)

    assert sala.novedades(ana) == sala.novedades(carlos) == []


def test_una_linea_que_no_se_pudo_leer_se_descarta_y_la_conexion_sigue(sala: SalaObservada) -> None:
    """«gets `! …` …, is dropped, and the connection goes on»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, NO_ES_UTF8, "hola")

    assert sala.novedades(ana) == [f"! {NO_ES_UTF8.motivo}"]
    assert sala.novedades(carlos) == ["Ana: hola"]


def test_la_linea_mas_larga_llega_entera_con_el_nombre_mas_largo(sala: SalaObservada) -> None:
    """«At most 4096 bytes a line» es para la del cliente: con un nombre delante cabe entera."""
    largo = "𠮷" * 20  # el carácter ocupa 4 bytes
    autora, ana = sala.entrar(largo), sala.entrar("Ana")

    for comando in ("", "/privado Ana "):
        texto = "a" * (MAX_LINEA - len(codificar(comando)))
        sala.decir(autora, comando + texto)
        assert sala.novedades(ana)[0].endswith(f": {texto}")


@pytest.mark.parametrize("comando", ["/", "/privado ", "/nombre ", "/privado Ana "])
def test_ni_la_queja_de_la_linea_mas_larga_pasa_del_limite(
    sala: SalaObservada, comando: str
) -> None:
    ana = sala.entrar("Ana")

    sala.decir(ana, (comando + "𠮷" * MAX_LINEA)[: MAX_LINEA // 4])

    assert len(sala.novedades(ana)) == 1


# --- Irse --------------------------------------------------------------------------------------


@despedidas
def test_quien_se_despide_sale_y_los_demas_lo_leen(sala: SalaObservada, palabra: str) -> None:
    """«Leaving: `/salir`, … any case. The others read `* Ana ha salido del chat`»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, palabra)

    assert ana in sala.cerradas
    assert sala.novedades(ana) == []
    assert sala.novedades(carlos) == ["* Ana ha salido del chat"]
    assert sala.diario[-1] == "Ana ha salido del chat"


def test_si_la_conexion_se_corta_los_demas_lo_leen(sala: SalaObservada) -> None:
    """«when the connection just broke, `* Ana se ha desconectado`»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")

    sala.cortarse(ana)

    assert sala.novedades(carlos) == ["* Ana se ha desconectado"]


def test_a_quien_se_expulsa_se_le_dice_por_que_y_los_demas_leen_que_se_fue(
    sala: SalaObservada,
) -> None:
    """«is told why and disconnected»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.expulsar(ana, "Te desconecto: no lees lo que te llega.")

    assert sala.novedades(ana) == ["! Te desconecto: no lees lo que te llega."]
    assert ana in sala.cerradas
    assert sala.novedades(carlos) == ["* Ana se ha desconectado"]


def test_despues_de_despedirse_nada_de_lo_suyo_cuenta(sala: SalaObservada) -> None:
    """Hay un solo aviso por salida, aunque después se corte la conexión o lleguen más líneas."""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)
    sala.decir(ana, "salir")
    sala.novedades(carlos)

    sala.decir(ana, "¿sigo aquí?", "salir")
    sala.cortarse(ana)
    sala.expulsar(ana, "No lees.")
    sala.decir(carlos, "¿Ana?")

    assert sala.novedades(ana) == sala.novedades(carlos) == []


@pytest.mark.parametrize("como", ["despedirse", "cortarse", "expulsar"])
def test_el_nombre_de_quien_se_va_queda_libre(sala: SalaObservada, como: str) -> None:
    ana = sala.entrar("Ana")
    match como:
        case "despedirse":
            sala.decir(ana, "/salir")
        case "cortarse":
            sala.cortarse(ana)
        case "expulsar":
            sala.expulsar(ana, "No lees.")

    otra = sala.llegar()
    sala.decir(otra, "ANA")

    assert sala.novedades(otra)[-1] == "* Hola, ANA. No hay nadie más."


def test_cuando_el_servidor_se_cierra_se_despide_de_todos(sala: SalaObservada) -> None:
    """«When the server ends: `* El servidor se cierra. ¡Hasta pronto!`, then it closes.»"""
    ana, sin_nombre, ida = sala.entrar("Ana"), sala.llegar(), sala.entrar("Ida")
    sala.cortarse(ida)

    sala.cerrar()

    assert sala.novedades(ana)[-1] == sala.novedades(sin_nombre)[-1] == DESPEDIDA
    assert sala.novedades(ida) == []
    assert {ana, sin_nombre} <= sala.cerradas
    sala.decir(ana, "¿queda alguien?")
    assert sala.novedades(ana) == sala.novedades(sin_nombre) == []


# --- Comandos ----------------------------------------------------------------------------------


def test_ayuda_explica_cada_comando_solo_a_quien_la_pide(sala: SalaObservada) -> None:
    """«Commands: `/ayuda`, `/usuarios`, `/privado NOMBRE texto` …, `/nombre NUEVO`, `/acuse`»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, "/AYUDA")

    ayuda = sala.novedades(ana)
    assert all(linea.startswith("* /") for linea in ayuda), ayuda
    for forma in (
        "/ayuda",
        "/usuarios",
        "/privado NOMBRE texto",
        "/nombre NUEVO",
        "/acuse",
        "/salir",
    ):
        assert any(linea.startswith(f"* {forma}: ") for linea in ayuda), forma
    assert sala.novedades(carlos) == []


def test_usuarios_dice_quien_esta_en_la_sala(sala: SalaObservada) -> None:
    """«Commands: `/ayuda`, `/usuarios`, …»"""
    ana = sala.entrar("Ana")
    sala.entrar("Carlos")
    sala.llegar()
    sala.novedades(ana)

    sala.decir(ana, "/usuarios")

    assert sala.novedades(ana) == ["* En la sala (2): Ana, Carlos"]


def test_usuarios_reparte_una_sala_grande_en_varias_lineas(sala: SalaObservada) -> None:
    for nombre in nombres(44):
        sala.entrar(nombre)
    ana = sala.entrar("Ana")

    sala.decir(ana, "/usuarios")

    tandas = sala.novedades(ana)
    prefijo = "* En la sala (45): "
    assert all(tanda.startswith(prefijo) for tanda in tandas), tandas
    dichos = [nombre for tanda in tandas for nombre in tanda.removeprefix(prefijo).split(", ")]
    assert dichos == [*nombres(44), "Ana"]
    assert len(tandas) == 3


@pytest.mark.parametrize(
    ("orden", "texto"),
    [
        ("/privado Carlos hola", "hola"),
        ("/PRIVADO carlos hola", "hola"),
        ("/privado Carlos  /salir  ya", "/salir  ya"),
        ("/privado   Carlos hola", "hola"),
    ],
)
def test_un_privado_solo_lo_lee_su_destino(sala: SalaObservada, orden: str, texto: str) -> None:
    """«`/privado NOMBRE texto` (received as `Ana (privado): texto`)»"""
    ana, carlos, lucia = map(sala.entrar, ["Ana", "Carlos", "Lucía"])
    for numero in (ana, carlos):
        sala.novedades(numero)

    sala.decir(ana, orden)

    assert sala.novedades(carlos) == [f"Ana (privado): {texto}"]
    assert sala.novedades(ana) == sala.novedades(lucia) == []
    assert not any(texto in apunte for apunte in sala.diario), "el servidor no lo enseña"


@pytest.mark.parametrize(
    ("orden", "quien", "texto"),
    [
        ("/privado Ana hola", "Ana", "hola"),
        ("/privado Ana María hola", "Ana María", "hola"),
        ("/privado ana  maría  hola  y adiós", "Ana María", "hola  y adiós"),
        ("/privado Ana María del Mar hola", "Ana María del Mar", "hola"),
        ("/privado Ana Marta hola", "Ana", "Marta hola"),
    ],
)
def test_en_un_privado_gana_el_nombre_mas_largo(
    sala: SalaObservada, orden: str, quien: str, texto: str
) -> None:
    destinos = {nombre: sala.entrar(nombre) for nombre in ("Ana", "Ana María", "Ana María del Mar")}
    autor = sala.entrar("Luis")
    for numero in destinos.values():
        sala.novedades(numero)

    sala.decir(autor, orden)

    recibido = {nombre: sala.novedades(numero) for nombre, numero in destinos.items()}
    assert recibido.pop(quien) == [f"Luis (privado): {texto}"]
    assert not any(recibido.values()), recibido


@pytest.mark.parametrize(
    ("orden", "queja"),
    [
        ("/privado", "! Faltan el nombre y el texto: /privado NOMBRE texto"),
        ("/privado Carlos", "! Falta el texto: /privado NOMBRE texto"),
        (
            "/privado Eva hola",
            "! No hay nadie que se llame «Eva». Mira quién está con /usuarios.",
        ),
    ],
)
def test_un_privado_incompleto_o_a_nadie_se_explica(
    sala: SalaObservada, orden: str, queja: str
) -> None:
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, orden)

    assert sala.novedades(ana) == [queja]
    assert sala.novedades(carlos) == []


def test_un_privado_de_mil_palabras_no_entretiene_a_la_sala(
    sala: SalaObservada, monkeypatch: pytest.MonkeyPatch
) -> None:
    """La sala es de todos: lo que tarde en buscar un nombre lo esperan los demás."""
    ana, pruebas = sala.entrar("Ana"), []

    def contar_prueba(nombre: str) -> str:
        pruebas.append(nombre)
        return nombre

    monkeypatch.setattr("chatlab.chat.presentes.clave_de_nombre", contar_prueba)
    sala.decir(ana, "/privado" + " a" * 1000)

    assert sala.novedades(ana)[0].startswith("! No hay nadie")
    assert 1 <= len(pruebas) <= MAX_NOMBRE


def test_cambiar_de_nombre_se_dice_a_todos(sala: SalaObservada) -> None:
    """«Commands: …, `/nombre NUEVO`»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, "/nombre Ana  María", "hola")

    assert sala.novedades(ana) == ["* Ahora te llamas Ana María"]
    assert sala.novedades(carlos) == ["* Ana ahora se llama Ana María", "Ana María: hola"]
    assert "Ana ahora se llama Ana María" in sala.diario


def test_el_nombre_que_se_deja_queda_libre_y_el_nuevo_ocupado(sala: SalaObservada) -> None:
    ana = sala.entrar("Ana")
    sala.decir(ana, "/nombre Lucía")

    otra = sala.entrar("Ana")
    sala.decir(otra, "/nombre lucía")

    assert sala.novedades(otra) == ["! Ya hay alguien que se llama «lucía». Sigues siendo Ana."]


def test_se_puede_cambiar_solo_las_mayusculas_del_propio_nombre(sala: SalaObservada) -> None:
    ana = sala.entrar("ana")

    sala.decir(ana, "/nombre Ana", "/usuarios")

    assert sala.novedades(ana) == ["* Ahora te llamas Ana", "* En la sala (1): Ana"]


@pytest.mark.parametrize("orden", ["/nombre", "/nombre a:b", f"/nombre {'x' * 21}", "/nombre Tú"])
def test_un_nombre_nuevo_que_no_sirve_deja_el_que_habia(sala: SalaObservada, orden: str) -> None:
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, *[orden] * 6, "hola")

    quejas = sala.novedades(ana)
    assert len(quejas) == 6, "dentro de la sala no hay tope de intentos"
    assert all(q.startswith("! ") and q.endswith("Sigues siendo Ana.") for q in quejas), quejas
    assert sala.novedades(carlos) == ["Ana: hola"]


def test_con_acuse_se_sabe_a_cuantas_personas_llega_cada_mensaje(sala: SalaObservada) -> None:
    """«from then on each message of mine is answered by `+ entregado a N`»"""
    ana = sala.entrar("Ana")
    sala.decir(ana, "antes", "/acuse")
    assert sala.novedades(ana) == ["* Desde ahora sabrás a cuántas personas llega cada mensaje"]

    sala.decir(ana, "sola")
    carlos = sala.entrar("Carlos")
    sala.entrar("Lucía")
    sala.decir(ana, "a dos", "/privado Carlos a uno", "/privado Nadie hola", "")
    sala.decir(carlos, "Carlos no lo ha pedido")

    acuses = [linea for linea in sala.novedades(ana) if linea.startswith("+ ")]
    assert acuses == ["+ entregado a 0", "+ entregado a 2", "+ entregado a 1"]
    assert not any(linea.startswith("+ ") for linea in sala.novedades(carlos))


@pytest.mark.parametrize(
    ("orden", "consejo"),
    [
        ("/usuario", "¿Querías decir /usuarios?"),
        ("/Privdo Ana hola", "¿Querías decir /privado?"),
        ("/zzz", "Escribe /ayuda para verlos."),
        ("/", "Escribe /ayuda para verlos."),
    ],
)
def test_un_comando_desconocido_se_contesta_con_el_mas_parecido(
    sala: SalaObservada, orden: str, consejo: str
) -> None:
    """«An unknown command gets `! …` with the nearest known one.»"""
    ana, carlos = sala.entrar("Ana"), sala.entrar("Carlos")
    sala.novedades(ana)

    sala.decir(ana, orden)

    [queja] = sala.novedades(ana)
    assert queja.startswith(f"! No existe el comando {orden.split()[0].lower()}. "), queja
    assert consejo in queja, queja
    assert queja.endswith("escribe //."), "y dice cómo se envía un mensaje que empiece por /"
    assert sala.novedades(carlos) == []


def test_de_un_comando_desconocido_muy_largo_se_repite_solo_el_principio(
    sala: SalaObservada,
) -> None:
    ana = sala.entrar("Ana")
    sala.novedades(ana)

    sala.decir(ana, "/" + "z" * 4000)

    [queja] = sala.novedades(ana)
    assert queja.startswith(f"! No existe el comando /{'z' * 29}. "), queja
