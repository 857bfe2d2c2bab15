"""Las comprobaciones que valen para cualquier pareja de programas."""

from __future__ import annotations

from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.historias.escena import Escena
from chatlab.corrector.marcas import basico, robusto
from chatlab.corrector.modelo import Juzga


@basico(
    "servidor_escucha",
    "El servidor arranca y escucha",
    puntos=1,
    depende="",
    juzga=Juzga.ARRANQUE,
    enlace="conceptos/socket",
    pasa=(Pasa.ALGUIEN_SE_VA,),
)
def test_el_servidor_arranca_y_escucha(escena: Escena) -> None:
    escena.pon_servidor()
    escena.comprueba_que_sigue_el_servidor()


@basico(
    "cliente_conecta",
    "Un cliente se conecta",
    puntos=1,
    depende="servidor_escucha",
    enlace="conceptos/direccion-y-puerto",
    pasa=(Pasa.NADIE_SE_HA_IDO,),
)
def test_un_cliente_se_conecta(escena_nueva: Escena) -> None:
    escena_nueva.pon_servidor()
    escena_nueva.pon_alguien("Ana")
    escena_nueva.comprueba_que_lo_atienden("Ana")
    escena_nueva.comprueba_que_sigue_el_servidor()


@basico(
    "ctrl_c",
    "El servidor termina con Ctrl+C",
    puntos=1,
    depende="cliente_conecta",
    de_estilo=True,
    enlace="errores",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.CON_CTRL_C, Pasa.EL_SERVIDOR_TERMINA),
)
def test_el_servidor_termina_con_ctrl_c(escena_nueva: Escena) -> None:
    escena_nueva.pon_servidor()
    escena_nueva.alguien_queda_dentro()
    escena_nueva.cierra_servidor_con_ctrl_c()


@robusto(
    "puerto_libre",
    "El puerto queda libre al terminar",
    puntos=1,
    depende="cliente_conecta",
    juzga=Juzga.ARRANQUE,
    de_estilo=True,
    enlace="errores",
    pasa=(Pasa.ALGUIEN_SE_VA, Pasa.VUELVE_A_ARRANCAR),
)
def test_el_puerto_queda_libre_al_terminar(escena_nueva: Escena) -> None:
    escena_nueva.pon_servidor()
    escena_nueva.alguien_queda_dentro()
    escena_nueva.termina_el_servidor()
    escena_nueva.pon_servidor()
