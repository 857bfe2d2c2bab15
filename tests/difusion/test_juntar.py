"""Los envíos seguidos a las mismas personas salen juntos, y nada cambia de orden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatlab.chat.protocolo import codificar
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, Enviar, Tarea
from chatlab.difusion.juntar import juntar

personas = st.sets(st.integers(1, 4), min_size=1).map(lambda quienes: tuple(sorted(quienes)))
lineas = st.text("abc", max_size=3)
tareas = st.lists(
    st.one_of(
        st.builds(Enviar, personas, lineas),
        st.builds(Difundir, st.integers(1, 4), lineas),
        st.builds(Desconectar, st.integers(1, 4)),
        st.builds(Anotar, lineas, st.booleans()),
    )
)


def lo_de_cada_uno(lista: list[Tarea]) -> dict[int, bytes]:
    """Los bytes que le llegan a cada persona; un «|» es que se la desconecta."""
    recibido = dict.fromkeys(range(1, 5), b"")
    for tarea in lista:
        match tarea:
            case Enviar(a, linea):
                for numero in a:
                    recibido[numero] += codificar(linea)
            case Difundir(menos, linea):
                for numero in recibido.keys() - {menos}:
                    recibido[numero] += codificar(linea)
            case Desconectar(numero):
                recibido[numero] += b"|"
    return recibido


def test_los_envios_seguidos_a_las_mismas_personas_son_uno() -> None:
    assert juntar([Enviar((1, 2), "a"), Anotar("a"), Enviar((1, 2), "b"), Enviar((2,), "c")]) == [
        Anotar("a"),
        Enviar((1, 2), "a\nb"),
        Enviar((2,), "c"),
    ]
    assert juntar([Difundir(1, "a"), Difundir(1, "b"), Difundir(2, "c")]) == [
        Difundir(1, "a\nb"),
        Difundir(2, "c"),
    ]


@given(tareas)
def test_a_cada_persona_le_llega_lo_mismo_y_en_el_mismo_orden(lista: list[Tarea]) -> None:
    assert lo_de_cada_uno(juntar(lista)) == lo_de_cada_uno(lista)


@given(tareas)
def test_las_anotaciones_no_se_pierden(lista: list[Tarea]) -> None:
    juntas = juntar(lista)
    assert [t for t in juntas if isinstance(t, Anotar)] == [
        t for t in lista if isinstance(t, Anotar)
    ]
