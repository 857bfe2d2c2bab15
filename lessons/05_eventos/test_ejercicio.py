"""Lo que se prueba del ejercicio de la lección 05: el chat, con un solo hilo.

    chatlab corregir 05 CARPETA                        con un informe para personas
    pytest lessons/05_eventos --entrega CARPETA        lo mismo, con pytest

Sirve para cualquier chat que atienda a todos desde el mismo hilo, con `selectors`, con `asyncio` o
de otra manera: se mira lo que ven las personas, y que el servidor no espere a ninguna.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.gentio import Gentio
from chatlab.corrector.marcas import basico, robusto

# --- Básico: un chat con un solo hilo, que no espera a quien calla -------------------------------


@basico(
    "mensaje_llega",
    "Un mensaje llega a los demás, con su nombre",
    puntos=2,
    depende="cliente_conecta",
    enlace="lecciones/05_eventos/paso2_selector",
    pasa=(Pasa.NADIE_SE_HA_IDO, Pasa.LLEGA_A_TROZOS),
)
def test_un_mensaje_llega_a_los_demas_con_su_nombre(gentio: Gentio) -> None:
    ana, carlos = gentio.entran("Ana", "Carlos")
    ana.escribe("¿Qué tal, señor Núñez? 😀")
    carlos.ve("¿Qué tal, señor Núñez? 😀")
    carlos.ve_el_nombre("Ana", junto_a="¿Qué tal, señor Núñez? 😀")
    carlos.escribe("Te leo desde la segunda")
    ana.ve("Te leo desde la segunda")


@basico(
    "un_hilo",
    "El servidor atiende a todos desde el mismo hilo",
    puntos=3,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso2_selector",
)
def test_el_servidor_atiende_a_todos_desde_el_mismo_hilo(gentio_nuevo: Gentio) -> None:
    ana, carlos, elena = gentio_nuevo.entran("Ana", "Carlos", "Elena")
    for autora, lectora in ((ana, carlos), (carlos, elena), (elena, ana)):
        gentio_nuevo.siguen_hablando(autora, lectora)
    gentio_nuevo.comprueba_que_no_crea_hilos()


@basico(
    "callado",
    "Quien conecta y no dice nada no deja fuera a los demás",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso2_selector",
    pasa=(Pasa.ALGUIEN_CALLA,),
)
def test_quien_conecta_y_no_dice_nada_no_deja_fuera_a_los_demas(gentio_nuevo: Gentio) -> None:
    gentio_nuevo.conecta_alguien_callado()
    ana, carlos = gentio_nuevo.entran("Ana", "Carlos")
    gentio_nuevo.siguen_hablando(ana, carlos)


@basico(
    "aviso_entrada",
    "Los demás saben quién entra",
    puntos=1,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso1_hilos",
)
def test_los_demas_saben_quien_entra(gentio: Gentio) -> None:
    ana, carlos = gentio.entran("Ana", "Carlos")
    marta = gentio.entra_otra("Marta")
    for otra in (ana, carlos):
        otra.se_entera_de(marta, que="ha entrado")


@basico(
    "aviso_salida",
    "Los demás saben quién sale",
    puntos=1,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_los_demas_saben_quien_sale(gentio: Gentio) -> None:
    ana, carlos, elena = gentio.entran("Ana", "Carlos", "Elena")
    elena.se_va()
    for otra in (ana, carlos):
        otra.se_entera_de(elena, que="ha salido")


@basico(
    "muerte_rst",
    "Una conexión cortada de golpe no deja a nadie sin chat",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso2_selector",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_una_conexion_cortada_de_golpe_no_deja_a_nadie_sin_chat(gentio: Gentio) -> None:
    primera, de_en_medio, ultima = gentio.en_orden_de_entrada("Ana", "Carlos", "Elena")
    de_en_medio.se_corta(mientras_escribe=ultima)
    gentio.siguen_hablando_un_rato(ultima, primera)


# --- Robusto: que un solo hilo baste para todos --------------------------------------------------


@robusto(
    "rapidos",
    "Dos mensajes rápidos llegan como dos",
    puntos=1,
    depende="mensaje_llega",
    enlace="conceptos/tcp-es-un-flujo",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_dos_mensajes_rapidos_llegan_como_dos(gentio: Gentio) -> None:
    ana, carlos = gentio.entran("Ana", "Carlos")
    with gentio.servidor_ocupado():
        ana.escribe("Primer mensaje con prisa")
        ana.escribe("Segundo mensaje con prisa")
        gentio.espera_a_que_salga("Segundo", de=ana)
    carlos.ve_separados("Primer mensaje con prisa", "Segundo mensaje con prisa", de=ana)


@robusto(
    "largo",
    "Un mensaje de 3000 caracteres llega entero",
    puntos=1,
    depende="mensaje_llega",
    enlace="conceptos/tcp-es-un-flujo",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_mensaje_de_3000_caracteres_llega_entero(gentio: Gentio) -> None:
    ana, carlos = gentio.entran("Ana", "Carlos")
    largo = " ".join(f"palabra{numero:04}" for numero in range(250))[:3000]
    ana.escribe(largo)
    carlos.ve(largo)


@robusto(
    "lento",
    "Un cliente que no lee no detiene a los demás",
    puntos=3,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso3_cola_de_salida",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_cliente_que_no_lee_no_detiene_a_los_demas(gentio: Gentio) -> None:
    ana, carlos, elena = gentio.entran("Ana", "Carlos", "Elena")
    with elena.sin_leer():
        gentio.habla_mucho(ana, ante=carlos)


@robusto(
    "reposo",
    "Cuando nadie escribe, el servidor no gasta procesador",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso3_cola_de_salida",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_cuando_nadie_escribe_el_servidor_no_gasta_procesador(gentio_nuevo: Gentio) -> None:
    ana, elena = gentio_nuevo.entran("Ana", "Elena")
    gentio_nuevo.comprueba_que_reposa()
    with elena.sin_leer():
        frases = gentio_nuevo.habla_un_rato(ana)
    elena.ve_letras("x", "".join(frases).count("x"))
    gentio_nuevo.comprueba_que_reposa()


@robusto(
    "gentio",
    "Caben cincuenta personas más, y a todas les llega",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/05_eventos/paso2_selector",
)
def test_caben_cincuenta_personas_mas_y_a_todas_les_llega(gentio_nuevo: Gentio) -> None:
    ana, carlos = gentio_nuevo.entran("Ana", "Carlos")
    with gentio_nuevo.entra_un_gentio() as gente:
        ana.escribe("Hola a todo el mundo")
        carlos.ve("Hola a todo el mundo")
        gentio_nuevo.lo_ha_recibido_el_gentio(gente)
    gentio_nuevo.siguen_hablando(carlos, ana)
