"""Lo que se prueba del ejercicio de la lección 02: una conversación por turnos.

    chatlab corregir 02 CARPETA                      con un informe para personas
    pytest lessons/02_turnos --entrega CARPETA       lo mismo, con pytest

En cada prueba hay dos personas: la del servidor y Ana, que usa el cliente y empieza.
"""

from __future__ import annotations

from chatlab.corrector.comunes import (  # noqa: F401 (pytest las recoge de aquí)
    test_el_puerto_queda_libre_al_terminar,
    test_el_servidor_arranca_y_escucha,
    test_el_servidor_termina_con_ctrl_c,
    test_un_cliente_se_conecta,
)
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.turnos import Turnos
from chatlab.corrector.marcas import basico, robusto

# --- Básico ------------------------------------------------------------------------------------


@basico(
    "primer_mensaje",
    "El primer mensaje lo escribe el cliente y lo ve el servidor",
    puntos=3,
    depende="cliente_conecta",
    enlace="lecciones/02_turnos/paso1_un_intercambio",
    pasa=(Pasa.NADIE_SE_HA_IDO,),
)
def test_el_primer_mensaje_lo_escribe_el_cliente_y_lo_ve_el_servidor(turnos: Turnos) -> None:
    servidor, ana = turnos.se_sientan()
    ana.escribe("Hola, servidor")
    servidor.ve("Hola, servidor")


@basico(
    "respuesta",
    "La respuesta del servidor llega al cliente",
    puntos=3,
    depende="primer_mensaje",
    enlace="lecciones/02_turnos/paso1_un_intercambio",
    pasa=(Pasa.NADIE_SE_HA_IDO,),
)
def test_la_respuesta_del_servidor_llega_al_cliente(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Dime si me oyes", "Te oigo muy bien")


@basico(
    "varios_turnos",
    "Los turnos se alternan varias veces",
    puntos=2,
    depende="respuesta",
    enlace="lecciones/02_turnos/paso2_turnos",
)
def test_los_turnos_se_alternan_varias_veces(turnos_nuevos: Turnos) -> None:
    for vez in ("primera", "segunda", "tercera"):
        turnos_nuevos.un_turno(f"Pregunta {vez}", f"Respuesta {vez}")


@basico(
    "tildes",
    "Tildes y emojis llegan intactos",
    puntos=1,
    depende="respuesta",
    enlace="conceptos/bytes-y-utf8",
)
def test_tildes_y_emojis_llegan_intactos(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("¿Qué tal, señor Núñez? 😀", "¡Muy bien, pingüino! 🐧")


@basico(
    "salida_cliente",
    "Cuando sale el cliente, el servidor se entera",
    puntos=1,
    depende="respuesta",
    enlace="lecciones/02_turnos/paso3_despedida",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_SERVIDOR_TERMINA, Pasa.EL_CLIENTE_TERMINA),
)
def test_cuando_sale_el_cliente_el_servidor_se_entera(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Voy a salir", "De acuerdo")
    turnos_nuevos.ana_sale()
    for persona in turnos_nuevos.se_sientan():
        persona.no_muestra_un_error()


@basico(
    "salida_servidor",
    "Cuando sale el servidor, el cliente se entera",
    puntos=1,
    depende="respuesta",
    enlace="lecciones/02_turnos/paso3_despedida",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_SERVIDOR_TERMINA, Pasa.EL_CLIENTE_TERMINA),
)
def test_cuando_sale_el_servidor_el_cliente_se_entera(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Puedes salir cuando quieras", "Vale, en mi turno")
    turnos_nuevos.servidor_sale()
    for persona in turnos_nuevos.se_sientan():
        persona.no_muestra_un_error()


# --- Robusto -----------------------------------------------------------------------------------


@robusto(
    "fuera_de_turno",
    "Lo escrito fuera de turno espera y no se pierde",
    puntos=2,
    depende="varios_turnos",
    enlace="lecciones/02_turnos/paso4_fuera_de_turno",
)
def test_lo_escrito_fuera_de_turno_espera_y_no_se_pierde(turnos_nuevos: Turnos) -> None:
    servidor, ana = turnos_nuevos.se_sientan()
    for frase in ("uno de tres", "dos de tres", "tres de tres"):
        ana.escribe(frase)
    for frase in ("uno de tres", "dos de tres", "tres de tres"):
        servidor.ve(frase)
        servidor.escribe(f"Contesto a {frase}")
        ana.ve(f"Contesto a {frase}")


@robusto(
    "largo",
    "Un mensaje de 3000 caracteres llega entero",
    puntos=2,
    depende="primer_mensaje",
    enlace="conceptos/tcp-es-un-flujo",
    pasa=(Pasa.LLEGA_A_TROZOS,),
)
def test_un_mensaje_de_3000_caracteres_llega_entero(turnos_nuevos: Turnos) -> None:
    servidor, ana = turnos_nuevos.se_sientan()
    largo = " ".join(f"palabra{numero:04}" for numero in range(250))
    ana.escribe(largo)
    servidor.ve(largo)


@robusto(
    "muerte_cliente",
    "Si el cliente muere, el servidor no falla con un error",
    puntos=1,
    depende="primer_mensaje",
    enlace="lecciones/02_turnos/paso3_despedida",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_si_el_cliente_muere_el_servidor_no_falla_con_un_error(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Hola otra vez", "Hola, dime")
    servidor, ana = turnos_nuevos.se_sientan()
    ana.escribe("Esto es todo lo que digo")
    servidor.ve("Esto es todo lo que digo")
    servidor.mira_con_calma()
    ana.muere()
    servidor.escribe("Contesta, por favor")
    servidor.se_entera_del_final()
    servidor.no_muestra_un_error()


@robusto(
    "corte_cliente",
    "Si la conexión se corta, el servidor no falla con un error",
    puntos=1,
    depende="primer_mensaje",
    enlace="lecciones/02_turnos/paso3_despedida",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_si_la_conexion_se_corta_el_servidor_no_falla_con_un_error(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Hola otra vez", "Hola, dime")
    servidor, ana = turnos_nuevos.se_sientan()
    ana.escribe("Creo que se va la red")
    servidor.ve("Creo que se va la red")
    servidor.mira_con_calma()
    ana.se_corta(mientras_escribe=servidor)
    servidor.se_entera_del_final()
    servidor.no_muestra_un_error()


@robusto(
    "muerte_servidor",
    "Si el servidor muere, el cliente no falla con un error",
    puntos=1,
    depende="primer_mensaje",
    enlace="lecciones/02_turnos/paso3_despedida",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.EL_CLIENTE_TERMINA),
)
def test_si_el_servidor_muere_el_cliente_no_falla_con_un_error(turnos_nuevos: Turnos) -> None:
    turnos_nuevos.un_turno("Hola otra vez", "Hola, dime")
    servidor, ana = turnos_nuevos.se_sientan()
    ana.escribe("Te toca a ti")
    servidor.ve("Te toca a ti")
    ana.mira_con_calma()
    servidor.muere()
    ana.se_entera_del_final()
    ana.no_muestra_un_error()
