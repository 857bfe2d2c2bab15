"""Lo que se prueba del ejercicio de la lección 06: un chat que aguanta.

    chatlab corregir 06 CARPETA                        con un informe para personas
    pytest lessons/06_robustez --entrega CARPETA       lo mismo, con pytest

En cada prueba alguien molesta, por torpe o por malo, y se mira que a los demás no les pase nada.
Los topes son los del enunciado. Quien ataca repite los bytes que envió el propio cliente de la
entrega: por eso sirve para cualquier chat, hable como hable.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.asedio import Asedio
from chatlab.corrector.marcas import basico, robusto

# --- Básico: que nadie pueda con el servidor -----------------------------------------------------


@basico(
    "mensaje_llega",
    "Un mensaje llega a los demás, con su nombre",
    puntos=2,
    depende="cliente_conecta",
    enlace="lecciones/03_difusion/paso1_hilos",
    pasa=(Pasa.NADIE_SE_HA_IDO, Pasa.LLEGA_A_TROZOS),
)
def test_un_mensaje_llega_a_los_demas_con_su_nombre(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    ana.escribe("¿Qué tal, señor Núñez? 😀")
    carlos.ve("¿Qué tal, señor Núñez? 😀")
    carlos.ve_el_nombre("Ana", junto_a="¿Qué tal, señor Núñez? 😀")
    carlos.escribe("Te leo desde la segunda")
    ana.ve("Te leo desde la segunda")


@basico(
    "linea_sin_fin",
    "Un mensaje que no se acaba no llena la memoria",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso5_inundaciones",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_un_mensaje_que_no_se_acaba_no_llena_la_memoria(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    asedio.alguien_no_acaba_su_linea()
    asedio.siguen_hablando(ana, carlos)


@basico(
    "pantalla",
    "Nadie manda en la pantalla de otro",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso6_terminal",
)
def test_nadie_manda_en_la_pantalla_de_otro(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    asedio.escribe_una_orden(ana, carlos)
    asedio.alguien_manda_en_las_pantallas(carlos)
    asedio.siguen_hablando(ana, carlos)


@basico(
    "multitud",
    "Las conexiones tienen un tope, y quien se va deja su sitio",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso5_inundaciones",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_las_conexiones_tienen_un_tope_y_quien_se_va_deja_su_sitio(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    with asedio.una_multitud_conecta():
        asedio.siguen_hablando(ana, carlos)
    marta = asedio.entra_otra("Marta")
    asedio.siguen_hablando(marta, ana)


@basico(
    "goteo",
    "Quien da su nombre gota a gota no se queda para siempre",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso4_plazos",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_quien_da_su_nombre_gota_a_gota_no_se_queda_para_siempre(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    with asedio.alguien_gotea(ana):
        asedio.siguen_hablando(ana, carlos)
    asedio.siguen_hablando(carlos, ana)


# --- Robusto: que nadie pueda con los demás ------------------------------------------------------


@robusto(
    "lento",
    "Un cliente que no lee no detiene a los demás",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso2_colas",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_cliente_que_no_lee_no_detiene_a_los_demas(asedio: Asedio) -> None:
    ana, carlos, elena = asedio.entran("Ana", "Carlos", "Elena")
    with elena.sin_leer():
        asedio.habla_mucho(ana, ante=carlos)


@robusto(
    "sin_perdidas",
    "Quien vuelve a leer no se ha perdido nada",
    puntos=1,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso3_contrapresion",
)
def test_quien_vuelve_a_leer_no_se_ha_perdido_nada(asedio_nuevo: Asedio) -> None:
    ana, elena = asedio_nuevo.entran("Ana", "Elena")
    with elena.sin_leer():
        frases = asedio_nuevo.habla_un_rato(ana)
    for frase in frases:
        elena.ve(frase)


@robusto(
    "cola_con_tope",
    "La cola de quien no lee tiene un tope",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso3_contrapresion",
)
def test_la_cola_de_quien_no_lee_tiene_un_tope(asedio_nuevo: Asedio) -> None:
    ana, carlos, elena = asedio_nuevo.entran("Ana", "Carlos", "Elena")
    with asedio_nuevo.un_grupo_escribe_a(elena, carlos):
        ana.escribe("Carlos, contesta si puedes")
        carlos.ve("Carlos, contesta si puedes")


@robusto(
    "inundacion",
    "A quien inunda se le lee más despacio, y no se pierde nada",
    puntos=2,
    depende="mensaje_llega",
    enlace="lecciones/06_robustez/paso5_inundaciones",
)
def test_a_quien_inunda_se_le_lee_mas_despacio_y_no_se_pierde_nada(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    with asedio.alguien_inunda(carlos):
        ana.escribe("Alguien me oye con tanto ruido")
        carlos.ve("Alguien me oye con tanto ruido")


@robusto(
    "no_utf8",
    "Lo que no es UTF-8 no da un error",
    puntos=1,
    depende="mensaje_llega",
    enlace="conceptos/bytes-y-utf8",
)
def test_lo_que_no_es_utf8_no_da_un_error(asedio: Asedio) -> None:
    ana, carlos = asedio.entran("Ana", "Carlos")
    asedio.alguien_envia_lo_que_no_es_utf8()
    asedio.siguen_hablando(ana, carlos)


@robusto(
    "muerte_rst",
    "Una conexión cortada de golpe no molesta a nadie",
    puntos=1,
    depende="mensaje_llega",
    enlace="lecciones/03_difusion/paso2_candado",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_una_conexion_cortada_de_golpe_no_molesta_a_nadie(asedio: Asedio) -> None:
    primera, de_en_medio, ultima = asedio.en_orden_de_entrada("Ana", "Carlos", "Elena")
    de_en_medio.se_corta(mientras_escribe=ultima)
    asedio.siguen_hablando_un_rato(ultima, primera)
