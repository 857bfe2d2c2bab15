"""Las terminales de un guion en marcha: qué líneas hubo en cada terminal, y cuándo."""

from __future__ import annotations

from docs.taller.guion import Accion, Guion
from docs.taller.marcha import Linea, lineas_de, marcha

ARRANCA = Accion("Ana", "python cliente.py", orden=True)
SALUDA = Accion("Ana", "hola", orden=False)
OTRO_HABLA = Accion("Carlos", "buenas", orden=False)


def lineas(*escenas: str, acciones: tuple[Accion, ...]) -> list[Linea]:
    return lineas_de("Ana", acciones, [{"Ana": escena} for escena in escenas])


def test_lo_que_alguien_teclea_se_distingue_de_lo_que_contesta_su_programa() -> None:
    vistas = lineas("$ python cliente.py\nBienvenida\n", acciones=(ARRANCA,))

    assert vistas == [Linea("$ python cliente.py", 0, tecla=2), Linea("Bienvenida", 0)]


def test_una_linea_que_se_completa_ocupa_el_lugar_de_la_que_invitaba_a_escribir() -> None:
    vistas = lineas(
        "$ python cliente.py\nNombre:\n",
        "$ python cliente.py\nNombre: hola\n",
        acciones=(ARRANCA, SALUDA),
    )

    assert vistas[1:] == [Linea("Nombre:", 0, a=1), Linea("Nombre: hola", 1, tecla=8)]


def test_lo_que_llega_se_pone_encima_de_lo_que_se_estaba_escribiendo() -> None:
    vistas = lineas("Tú:\n", "Carlos: buenas\nTú:\n", acciones=(SALUDA, OTRO_HABLA))

    assert vistas == [Linea("Carlos: buenas", 1), Linea("Tú:", 0)]


def test_quien_aun_no_ha_arrancado_nada_no_tiene_lineas_hasta_entonces() -> None:
    escenas = [{}, {"Ana": "$ python cliente.py\n"}]

    assert lineas_de("Ana", (OTRO_HABLA, ARRANCA), escenas) == [
        Linea("$ python cliente.py", 1, tecla=2)
    ]


def test_sin_moverse_se_lee_lo_del_final_y_nada_se_toma_por_html() -> None:
    guion = Guion("x", "Ana & Carlos", (ARRANCA, SALUDA), cambiante=False, en_marcha=True)

    html = marcha(guion, [{"Ana": "Tú:\n"}, {"Ana": "Tú: hola\n<b>\n"}])

    assert '<span data-de="0" data-a="1" hidden>Tú:\n</span>' in html
    assert '<span data-de="1" data-tecla="4">Tú: hola\n</span>' in html
    assert "&lt;b&gt;" in html
    assert 'aria-label="Ana &amp; Carlos"' in html
