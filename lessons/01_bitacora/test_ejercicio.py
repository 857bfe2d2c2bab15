"""Lo que se prueba del ejercicio de la lección 01: una bitácora.

    chatlab corregir 01 CARPETA                        con un informe para personas
    pytest lessons/01_bitacora --entrega CARPETA       lo mismo, con pytest

En cada prueba alguien escribe en su cliente, y se mira la pantalla del servidor.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.marcas import basico, robusto
from chatlab.corrector.modelo import Juzga

# --- Básico ------------------------------------------------------------------------------------


@basico(
    "mensaje_aparece",
    "Un mensaje aparece en el servidor",
    puntos=3,
    depende="cliente_conecta",
    enlace="lecciones/01_bitacora/paso1_un_mensaje",
    pasa=(Pasa.NADIE_SE_HA_IDO,),
)
def test_un_mensaje_aparece_en_el_servidor(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("Hola, cuaderno")
    servidor.ve("Hola, cuaderno")


@basico(
    "varios_mensajes",
    "Se pueden enviar muchos mensajes seguidos",
    puntos=2,
    depende="mensaje_aparece",
    enlace="lecciones/01_bitacora/paso2_bucle",
)
def test_se_pueden_enviar_muchos_mensajes_seguidos(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    for numero in range(1, 21):
        ana.escribe(f"apunte {numero} de veinte")
        servidor.ve(f"apunte {numero} de veinte")


@basico(
    "tildes",
    "Tildes y emojis llegan intactos",
    puntos=1,
    depende="mensaje_aparece",
    enlace="conceptos/bytes-y-utf8",
)
def test_tildes_y_emojis_llegan_intactos(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("¿Qué tal, señor Núñez? ¡Pingüino! 😀")
    servidor.ve("¿Qué tal, señor Núñez? ¡Pingüino! 😀")


@basico(
    "servidor_callado",
    "El servidor no responde nada",
    puntos=1,
    depende="mensaje_aparece",
    enlace="lecciones/01_bitacora/paso1_un_mensaje",
)
def test_el_servidor_no_responde_nada(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    ana.escribe("No me contestes")
    servidor.ve("No me contestes")
    bitacora.escena.espera_calma()
    bitacora.el_servidor_no_ha_enviado_nada()


@basico(
    "palabra_salida",
    "Una palabra de salida termina el cliente",
    puntos=1,
    depende="cliente_conecta",
    juzga=Juzga.CLIENTE,
    enlace="lecciones/01_bitacora/paso2_bucle",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_CLIENTE_TERMINA),
)
def test_una_palabra_de_salida_termina_el_cliente(bitacora: Bitacora) -> None:
    ana = bitacora.llega("Ana")
    ana.se_despide()


# --- Robusto -----------------------------------------------------------------------------------


@robusto(
    "rapidos",
    "Dos mensajes rápidos aparecen como dos",
    puntos=2,
    depende="mensaje_aparece",
    enlace="lecciones/01_bitacora/paso3_lineas",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_dos_mensajes_rapidos_aparecen_como_dos(bitacora_nueva: Bitacora) -> None:
    servidor, ana = bitacora_nueva.servidor, bitacora_nueva.llega("Ana")
    with bitacora_nueva.servidor_ocupado():
        ana.escribe("Primer apunte con prisa")
        ana.escribe("Segundo apunte con prisa")
        bitacora_nueva.espera_a_que_salga("Segundo apunte", de=ana)
    servidor.ve_separados("Primer apunte con prisa", "Segundo apunte con prisa", de=ana)


@robusto(
    "largo",
    "Un mensaje de 3000 caracteres llega entero",
    puntos=2,
    depende="mensaje_aparece",
    enlace="lecciones/01_bitacora/paso3_lineas",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_mensaje_de_3000_caracteres_llega_entero(bitacora: Bitacora) -> None:
    servidor, ana = bitacora.servidor, bitacora.llega("Ana")
    largo = " ".join(f"palabra{numero:04}" for numero in range(250))
    ana.escribe(largo)
    servidor.ve(largo)


@robusto(
    "otro_cliente",
    "Después de un cliente, el servidor atiende a otro",
    puntos=2,
    depende="mensaje_aparece",
    enlace="lecciones/01_bitacora/paso4_archivo",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_despues_de_un_cliente_el_servidor_atiende_a_otro(bitacora_nueva: Bitacora) -> None:
    servidor, ana = bitacora_nueva.servidor, bitacora_nueva.llega("Ana")
    ana.escribe("Soy la primera")
    servidor.ve("Soy la primera")
    ana.se_va()
    carlos = bitacora_nueva.llega("Carlos")
    carlos.escribe("Y yo el segundo")
    servidor.ve("Y yo el segundo")


@robusto(
    "muerte_cliente",
    "Si el cliente muere, el servidor sigue",
    puntos=2,
    depende="otro_cliente",
    enlace="lecciones/01_bitacora/paso2_bucle",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_si_el_cliente_muere_el_servidor_sigue(bitacora_nueva: Bitacora) -> None:
    servidor, ana = bitacora_nueva.servidor, bitacora_nueva.llega("Ana")
    ana.escribe("Me voy a caer")
    servidor.ve("Me voy a caer")
    ana.muere()
    carlos = bitacora_nueva.llega("Carlos")
    carlos.escribe("Ana ya no contesta")
    servidor.ve("Ana ya no contesta")
    carlos.muere()
    bitacora_nueva.alguien_corta_de_golpe()
    elena = bitacora_nueva.llega("Elena")
    elena.escribe("Y Carlos tampoco")
    servidor.ve("Y Carlos tampoco")


@robusto(
    "partida",
    "Una letra partida en dos llega entera",
    puntos=1,
    depende="tildes",
    enlace="conceptos/bytes-y-utf8",
)
def test_una_letra_partida_en_dos_llega_entera(bitacora_nueva: Bitacora) -> None:
    servidor, ana = bitacora_nueva.servidor, bitacora_nueva.llega("Ana")
    ana.escribe("Hasta mañana mismo")
    servidor.ve("Hasta mañana mismo")
    enviado = bitacora_nueva.lo_que_ha_enviado(ana, "Hasta ma")
    ana.se_va()
    bitacora_nueva.escena.espera_calma()
    bitacora_nueva.llega_partida(enviado, "Hasta mañana mismo")
