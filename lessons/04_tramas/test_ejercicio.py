"""Lo que se prueba del ejercicio de la lección 04: notas de varias líneas.

    chatlab corregir 04 CARPETA                        con un informe para personas
    pytest lessons/04_tramas --entrega CARPETA         lo mismo, con pytest

En cada prueba alguien escribe notas en su cliente, y se mira la pantalla del servidor. Entre los
dos puede viajar cualquier cosa: lo que se parte o se corta son los bytes que envía ese cliente.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.notas import Notas
from chatlab.corrector.marcas import basico, robusto

#: 100 líneas de 999 letras; con el salto que acaba cada una, 100 000 caracteres.
CIEN_MIL = [(f"Verso {numero:02}" + " y sigue" * 200)[:999] for numero in range(100)]

# --- Básico ------------------------------------------------------------------------------------


@basico(
    "una_linea",
    "Una nota de una línea aparece con su número",
    puntos=2,
    depende="cliente_conecta",
    enlace="lecciones/04_tramas/ejercicio",
)
def test_una_nota_de_una_linea_aparece_con_su_numero(notas: Notas) -> None:
    servidor, ana = notas.servidor, notas.llega("Ana")
    notas.escribe(ana, "Llamar al fontanero")
    notas.aparece(servidor, "Llamar al fontanero")


@basico(
    "varias_lineas",
    "Una nota de varias líneas aparece entera y en orden",
    puntos=3,
    depende="una_linea",
    enlace="lecciones/04_tramas/paso4_longitud",
)
def test_una_nota_de_varias_lineas_aparece_entera_y_en_orden(notas: Notas) -> None:
    servidor, ana = notas.servidor, notas.llega("Ana")
    lineas = ["Ingredientes de la tortilla", "seis huevos", "dos patatas", "cebolla, si gusta"]
    notas.escribe(ana, *lineas)
    notas.aparece(servidor, *lineas)


@basico(
    "linea_vacia",
    "Una línea vacía es parte de la nota",
    puntos=1,
    depende="varias_lineas",
    enlace="lecciones/04_tramas/paso4_longitud",
)
def test_una_linea_vacia_es_parte_de_la_nota(notas: Notas) -> None:
    servidor, ana = notas.servidor, notas.llega("Ana")
    lineas = ["Querida abuela", "", "el tren llega por la tarde", "", "", "Besos"]
    notas.escribe(ana, *lineas)
    notas.aparece(servidor, *lineas)


@basico(
    "dos_notas",
    "Dos notas son dos, cada una con su número",
    puntos=2,
    depende="varias_lineas",
    enlace="lecciones/04_tramas/paso3_delimitador",
)
def test_dos_notas_son_dos_cada_una_con_su_numero(notas: Notas) -> None:
    servidor, ana = notas.servidor, notas.llega("Ana")
    primera = ["Lunes a primera hora", "dentista"]
    segunda = ["Martes sin falta", "devolver los libros", "comprar sellos"]
    notas.escribe(ana, *primera)
    notas.aparece(servidor, *primera)
    notas.escribe(ana, *segunda)
    notas.aparecen_separadas(servidor, primera, segunda)


@basico(
    "tildes",
    "Tildes y emojis llegan intactos",
    puntos=1,
    depende="una_linea",
    enlace="conceptos/bytes-y-utf8",
)
def test_tildes_y_emojis_llegan_intactos(notas: Notas) -> None:
    servidor, ana = notas.servidor, notas.llega("Ana")
    notas.escribe(ana, "¿Qué tal, señor Núñez? ¡Pingüino! 😀")
    notas.aparece(servidor, "¿Qué tal, señor Núñez? ¡Pingüino! 😀")


# --- Robusto -----------------------------------------------------------------------------------


@robusto(
    "de_uno_en_uno",
    "Una nota cuyos bytes llegan de uno en uno aparece entera",
    puntos=2,
    depende="dos_notas",
    enlace="lecciones/04_tramas/paso1_trozos",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_una_nota_cuyos_bytes_llegan_de_uno_en_uno_aparece_entera(notas_nuevas: Notas) -> None:
    servidor = notas_nuevas.servidor
    notas_nuevas.pon_espia("de-uno-en-uno", 10)
    ana = notas_nuevas.llega("Ana")
    primera = ["Mañana empieza el otoño", "", "recoger las castañas 🌰"]
    segunda = ["Pasado mañana", "asarlas"]
    notas_nuevas.escribe(ana, *primera)
    notas_nuevas.escribe(ana, *segunda)
    notas_nuevas.aparecen_separadas(servidor, primera, segunda)


@robusto(
    "pegadas",
    "Dos notas que llegan juntas son dos",
    puntos=2,
    depende="dos_notas",
    enlace="lecciones/04_tramas/paso1_trozos",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_dos_notas_que_llegan_juntas_son_dos(notas_nuevas: Notas) -> None:
    servidor = notas_nuevas.servidor
    notas_nuevas.pon_espia("pegar", 500)
    ana = notas_nuevas.llega("Ana")
    primera = ["Para quien abra la puerta", "las llaves siguen en su sitio"]
    segunda = ["Para quien la cierre", "apaga la luz"]
    notas_nuevas.escribe(ana, *primera)
    notas_nuevas.escribe(ana, *segunda)
    notas_nuevas.aparecen_separadas(servidor, primera, segunda)


@robusto(
    "larga",
    "Una nota de 100 000 caracteres llega entera",
    puntos=2,
    depende="varias_lineas",
    enlace="lecciones/04_tramas/paso4_longitud",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_una_nota_de_100_000_caracteres_llega_entera(notas_nuevas: Notas) -> None:
    servidor, ana = notas_nuevas.servidor, notas_nuevas.llega("Ana")
    notas_nuevas.escribe(ana, *CIEN_MIL)
    notas_nuevas.aparece(servidor, *CIEN_MIL)


@robusto(
    "otro_cliente",
    "Después de un cliente, el servidor atiende a otro",
    puntos=2,
    depende="una_linea",
    enlace="lecciones/01_bitacora/paso4_archivo",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_despues_de_un_cliente_el_servidor_atiende_a_otro(notas_nuevas: Notas) -> None:
    servidor, ana = notas_nuevas.servidor, notas_nuevas.llega("Ana")
    notas_nuevas.escribe(ana, "La primera nota de Ana")
    notas_nuevas.aparece(servidor, "La primera nota de Ana")
    ana.se_va()
    carlos = notas_nuevas.llega("Carlos")
    notas_nuevas.escribe(carlos, "La primera nota de Carlos")
    notas_nuevas.aparece(servidor, "La primera nota de Carlos")


@robusto(
    "a_medias",
    "De una nota que no llega entera no se ve nada",
    puntos=2,
    depende="otro_cliente",
    enlace="lecciones/04_tramas/paso5_decodificador",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_de_una_nota_que_no_llega_entera_no_se_ve_nada(notas_nuevas: Notas) -> None:
    servidor, ana = notas_nuevas.servidor, notas_nuevas.llega("Ana")
    entera = ["El tesoro sigue enterrado", "debajo del tercer pino", "contando desde el molino"]
    notas_nuevas.escribe(ana, *entera)
    notas_nuevas.aparece(servidor, *entera)
    enviado = notas_nuevas.lo_que_ha_enviado(ana)
    a_medias = ["Esta se queda sin acabar", "porque se va la luz"]
    notas_nuevas.empieza(ana, *a_medias)
    ana.muere()
    servidor.mira()
    notas_nuevas.alguien_se_va_a_la_mitad(enviado)
    carlos = notas_nuevas.llega("Carlos")
    notas_nuevas.escribe(carlos, "Por fin hay otro tesoro")
    notas_nuevas.aparece(servidor, "Por fin hay otro tesoro")
    notas_nuevas.no_hay_nada_de(servidor, *entera, *a_medias)


@robusto(
    "basura",
    "Quien envía basura no tumba al servidor ni le llena la memoria",
    puntos=2,
    depende="una_linea",
    enlace="lecciones/04_tramas/paso4_longitud",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_quien_envia_basura_no_tumba_al_servidor_ni_le_llena_la_memoria(
    notas_nuevas: Notas,
) -> None:
    servidor = notas_nuevas.servidor
    notas_nuevas.alguien_envia_basura()
    notas_nuevas.alguien_no_acaba_nunca(b"x", que="una línea que no acaba")
    notas_nuevas.alguien_no_acaba_nunca(b"x\n", que="líneas y más líneas")
    carlos = notas_nuevas.llega("Carlos")
    notas_nuevas.escribe(carlos, "Después de la tormenta")
    notas_nuevas.aparece(servidor, "Después de la tormenta")
