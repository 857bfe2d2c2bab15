"""Lo que se prueba del ejercicio de la lección 03: un chat para muchas personas.

    chatlab corregir 03 CARPETA                        con un informe para personas
    pytest lessons/03_difusion --entrega CARPETA       lo mismo, con pytest

Cada prueba es una historia corta: alguien entra, escribe, se va, y se mira lo que ven los demás.
Por eso sirve para cualquier chat, esté hecho como esté hecho. Van de lo sencillo a lo difícil.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.marcas import basico, robusto
from chatlab.corrector.modelo import Juzga

# --- Básico: lo que hace todo chat -------------------------------------------------------------


@basico(
    "mensaje_llega",
    "Un mensaje llega a los demás",
    puntos=3,
    depende="cliente_conecta",
    enlace="lecciones/03_difusion/paso1_hilos",
    pasa=(Pasa.NADIE_SE_HA_IDO, Pasa.LLEGA_A_TROZOS),
)
def test_un_mensaje_llega_a_los_demas(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Hola desde la primera mesa")
    carlos.ve("Hola desde la primera mesa")
    carlos.escribe("Te leo desde la segunda")
    ana.ve("Te leo desde la segunda")


@basico(
    "con_nombre",
    "El mensaje lleva el nombre de quien lo escribe",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso1_hilos",
)
def test_el_mensaje_lleva_el_nombre_de_quien_lo_escribe(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Un saludo desde aquella ventana")
    carlos.ve("Un saludo desde aquella ventana")
    carlos.ve_el_nombre("Ana", junto_a="Un saludo desde aquella ventana")


@basico(
    "sin_eco",
    "El mensaje no vuelve a quien lo escribe",
    puntos=1,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso3_acuse",
)
def test_el_mensaje_no_vuelve_a_quien_lo_escribe(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Esto es para los otros")
    carlos.ve("Esto es para los otros")
    carlos.escribe("Recibido, te contesto ahora")
    ana.ve("Recibido, te contesto ahora")
    ana.no_ha_recibido("Esto es para los otros")


@basico(
    "tercera_persona",
    "Una tercera persona entra más tarde",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso1_hilos",
)
def test_una_tercera_persona_entra_mas_tarde(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    elena = chat.entra_otra("Elena")
    elena.escribe("Llego un poco tarde")
    for otra in (ana, carlos):
        otra.ve("Llego un poco tarde")
    ana.escribe("Bienvenida seas")
    for otra in (carlos, elena):
        otra.ve("Bienvenida seas")


@basico(
    "aviso_entrada",
    "Los demás saben quién entra",
    puntos=1,
    depende="tercera_persona",
    enlace="lecciones/03_difusion/paso1_hilos",
)
def test_los_demas_saben_quien_entra(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    marta = chat.entra_otra("Marta")
    for otra in (ana, carlos):
        otra.se_entera_de(marta, que="ha entrado")


@basico(
    "tildes",
    "Tildes y emojis llegan intactos",
    puntos=1,
    depende="mensaje_llega",
    enlace="conceptos/bytes-y-utf8",
)
def test_tildes_y_emojis_llegan_intactos(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("¿Qué tal, señor Núñez? ¡Pingüino! 😀")
    carlos.ve("¿Qué tal, señor Núñez? ¡Pingüino! 😀")


@basico(
    "aviso_salida",
    "Los demás saben quién sale",
    puntos=1,
    depende="tercera_persona",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_los_demas_saben_quien_sale(chat: Chat) -> None:
    ana, carlos, elena = chat.entran("Ana", "Carlos", "Elena")
    elena.se_va()
    for otra in (ana, carlos):
        otra.se_entera_de(elena, que="ha salido")


@basico(
    "palabra_salida",
    "Una palabra de salida termina el cliente",
    puntos=1,
    depende="tercera_persona",
    juzga=Juzga.CLIENTE,
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_CLIENTE_TERMINA),
)
def test_una_palabra_de_salida_termina_el_cliente(chat: Chat) -> None:
    ana, carlos, elena = chat.entran("Ana", "Carlos", "Elena")
    elena.se_despide()
    chat.siguen_hablando(ana, carlos)


# --- Robusto: lo que hace un chat bien construido ----------------------------------------------


@robusto(
    "rapidos",
    "Dos mensajes rápidos llegan como dos",
    puntos=2,
    depende="mensaje_llega",
    enlace="conceptos/tcp-es-un-flujo",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_dos_mensajes_rapidos_llegan_como_dos(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    with chat.servidor_ocupado():
        ana.escribe("Primer mensaje con prisa")
        ana.escribe("Segundo mensaje con prisa")
        chat.espera_a_que_salga("Segundo", de=ana)
    carlos.ve_separados("Primer mensaje con prisa", "Segundo mensaje con prisa", de=ana)


@robusto(
    "largo",
    "Un mensaje de 3000 caracteres llega entero",
    puntos=2,
    depende="mensaje_llega",
    enlace="conceptos/tcp-es-un-flujo",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_mensaje_de_3000_caracteres_llega_entero(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    largo = " ".join(f"palabra{numero:04}" for numero in range(250))[:3000]
    ana.escribe(largo)
    carlos.ve(largo)


@robusto(
    "callado",
    "Quien conecta y no dice nada no deja fuera a los demás",
    puntos=2,
    depende="mensaje_llega",
    enlace="conceptos/bloqueo",
    pasa=(Pasa.ALGUIEN_CALLA,),
)
def test_quien_conecta_y_no_dice_nada_no_deja_fuera_a_los_demas(chat_nuevo: Chat) -> None:
    chat_nuevo.conecta_alguien_callado()
    ana, carlos = chat_nuevo.entran("Ana", "Carlos")
    chat_nuevo.siguen_hablando(ana, carlos)


@robusto(
    "lento",
    "Un cliente que no lee no detiene a los demás",
    puntos=2,
    depende="tercera_persona",
    enlace="conceptos/colas-y-clientes-lentos",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_cliente_que_no_lee_no_detiene_a_los_demas(chat: Chat) -> None:
    ana, carlos, elena = chat.entran("Ana", "Carlos", "Elena")
    with elena.sin_leer():
        frases = [f"mensaje {numero:03} {'x' * 1000}" for numero in range(80)]
        chat.van_llegando(frases, ana, ante=carlos)


@robusto(
    "muerte_fin",
    "Un cliente que muere no molesta a nadie",
    puntos=2,
    depende="tercera_persona",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_un_cliente_que_muere_no_molesta_a_nadie(chat: Chat) -> None:
    primera, una, otra, ultima = chat.en_orden_de_entrada("Ana", "Carlos", "Elena", "Marta")
    chat.alguien_conecta_y_cuelga()
    primera.muere()
    chat.siguen_hablando(una, otra)
    ultima.muere()
    chat.siguen_hablando_un_rato(otra, una)


@robusto(
    "muerte_rst",
    "Una conexión cortada de golpe no molesta a nadie",
    puntos=2,
    depende="tercera_persona",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_una_conexion_cortada_de_golpe_no_molesta_a_nadie(chat: Chat) -> None:
    primera, de_en_medio, ultima = chat.en_orden_de_entrada("Ana", "Carlos", "Elena")
    de_en_medio.se_corta(mientras_escribe=ultima)
    chat.siguen_hablando_un_rato(ultima, primera)


@robusto(
    "aviso_muerte",
    "Los demás saben quién se ha caído",
    puntos=1,
    depende="aviso_salida",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_los_demas_saben_quien_se_ha_caido(chat: Chat) -> None:
    primera, *otras = chat.en_orden_de_entrada("Ana", "Carlos", "Elena")
    primera.muere()
    for otra in otras:
        otra.se_entera_de(primera, que="ya no está")


@robusto(
    "sin_servidor",
    "El cliente se entera de que el servidor ya no está",
    puntos=1,
    depende="cliente_conecta",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_CLIENTE_TERMINA),
)
def test_el_cliente_se_entera_de_que_el_servidor_ya_no_esta(chat: Chat) -> None:
    ana, _carlos = chat.entran("Ana", "Carlos")
    chat.muere_el_servidor()
    ana.se_entera_del_final()
