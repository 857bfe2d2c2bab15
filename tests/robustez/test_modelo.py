"""Haga lo que haga la gente con sus sockets, cada cual recibe exactamente lo que dice el modelo.

Es el mismo modelo de test_sala_modelo.py, con un servidor en marcha en lugar de la sala. Hypothesis
inventa lo que ocurre, y tras cada suceso se espera a que todas las conexiones hayan recibido lo que
les toca. Lo que ocurre a la vez no tiene un orden decidido de antemano: lo dice una de ellas, que
calla, y a todas las demás les tiene que haber llegado en ese mismo.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.apoyo.chat import Chat
from tests.difusion.conftest import AbrirChat
from tests.robustez import ENTERA
from tests.robustez.gasto import descriptores, esperar_a_que
from tests.robustez.sala_con_sockets import SalaConSockets
from tests.test_sala_modelo import (
    ERROR,
    INTENTOS,
    PERSONAS,
    ModeloDeLaSala,
    cualquiera,
    elegir,
    hay_alguien,
    hay_dos,
)

#: Los que no son para las pruebas rápidas.
MUCHOS = 400 if ENTERA else 40


class ModeloDelServidor(ModeloDeLaSala):
    def __init__(self, chat: Chat, descriptores_libres: int) -> None:
        super().__init__()
        self.sockets = SalaConSockets(chat, descriptores_libres)
        self.real = self.sockets  # type: ignore[assignment]  # se maneja igual

    def teardown(self) -> None:
        self.sockets.vaciar()

    @initialize()
    def ya_hay_tres_dentro(self) -> None:
        for nombre in ("Ana", "Luis", "ÁNA"):
            self.llegar()
            self.dar_un_nombre(quien=0, escrito=nombre)
            self.cada_pantalla_muestra_lo_esperado()

    # --- Sucesos que solo existen con sockets ---

    @rule(bytes_por_envio=st.sampled_from([1, 3, 7, 4096]))
    def enviar_a_trozos(self, bytes_por_envio: int) -> None:
        self.sockets.bytes_por_envio = bytes_por_envio

    @rule(final=st.sampled_from([b"\n", b"\r\n"]))
    def terminar_las_lineas_asi(self, final: bytes) -> None:
        self.sockets.final = final

    @precondition(lambda modelo: modelo.dentro or modelo.intentos)
    @rule(quien=cualquiera)
    def cortarse_de_golpe(self, quien: int) -> None:
        numero = elegir(quien, self.dentro.keys() | self.intentos.keys())
        self.sockets.cortarse_de_golpe(numero)
        self.se_va(numero, "se ha desconectado")

    @hay_alguien
    @rule(quien=cualquiera)
    def cortarse_a_media_linea(self, quien: int) -> None:
        numero = elegir(quien, self.dentro)
        self.sockets.enviar(numero, b"no me da tiem")
        self.sockets.cortarse(numero)
        self.lee(numero, ERROR)
        self.se_va(numero, "se ha desconectado")

    @hay_dos
    @rule(
        quien=cualquiera,
        a_quien=cualquiera,
        cosas=st.lists(st.sampled_from(["hola", "/privado", "/nada"]), min_size=2),
    )
    def decir_de_todo_en_un_envio(self, quien: int, a_quien: int, cosas: list[str]) -> None:
        numero = elegir(quien, self.dentro)
        destino = elegir(a_quien, self.dentro.keys() - {numero})
        yo, otra = self.dentro[numero], self.dentro[destino]
        envio = [f"/privado {otra} psst" if cosa == "/privado" else cosa for cosa in cosas]
        self.sockets.decir_lote(numero, *envio)
        for cosa in cosas:
            match cosa:
                case "hola":
                    self.leen_todos(f"{yo}: hola", menos=numero)
                    self.lee_su_acuse(numero, len(self.dentro) - 1)
                case "/privado":
                    self.lee(destino, f"{yo} (privado): psst")
                    self.lee_su_acuse(numero, 1)
                case _:
                    self.lee(numero, ERROR)

    @precondition(lambda modelo: len(modelo.dentro) > 2)
    @rule(quien_calla=cualquiera, cuantos=st.integers(1, 40))
    def hablar_todos_a_la_vez_menos_uno(self, quien_calla: int, cuantos: int) -> None:
        testigo = elegir(quien_calla, self.dentro)
        hablan = {nombre: n for n, nombre in self.dentro.items() if n != testigo}
        for mensaje in map(str, range(cuantos)):
            for numero in hablan.values():
                self.sockets.decir(numero, mensaje)

        ya_leidas = len(self.esperado[testigo])
        self.sockets.esperar_lineas({testigo: ya_leidas + cuantos * len(hablan)})
        dichos = dict.fromkeys(hablan, 0)
        for linea in self.sockets.lineas(testigo)[ya_leidas:]:
            nombre, _, mensaje = linea.partition(": ")
            assert mensaje == str(dichos[nombre]), "falta algo, o llega desordenado"
            dichos[nombre] += 1
            self.leen_todos(linea, menos=hablan[nombre])
            self.lee_su_acuse(hablan[nombre], len(self.dentro) - 1)

    # --- Los que desde fuera no se pueden provocar: aquí no son reglas ---

    def expulsar(self, quien: int) -> None: ...

    def cerrar_el_servidor(self) -> None: ...

    # --- Lo que se cumple siempre ---

    @invariant()
    def cada_pantalla_muestra_lo_esperado(self) -> None:
        self.sockets.esperar_a_que_atienda(self.dentro)
        self.sockets.esperar_lineas({numero: len(n) for numero, n in self.esperado.items()})
        for numero, esperadas in self.esperado.items():
            leidas = self.sockets.lineas(numero)
            assert [ERROR if linea.startswith("! ") else linea for linea in leidas] == esperadas

    @invariant()
    def se_cierra_la_conexion_de_quien_esta_fuera_y_de_nadie_mas(self) -> None:
        self.sockets.esperar_cierre(self.fuera)
        assert self.sockets.cerradas == self.fuera

    def se_sabe_quien_no_tiene_nombre(self) -> None:
        """Con sockets no se puede preguntar: se ve en lo que ocurre después."""


@pytest.mark.parametrize("ejemplos", [10, pytest.param(MUCHOS, marks=pytest.mark.lento)])
def test_pase_lo_que_pase_cada_conexion_recibe_exactamente_lo_que_dice_el_modelo(
    abrir_chat: AbrirChat, ejemplos: int
) -> None:
    chat = abrir_chat(
        *("--callado", "--max-personas", str(PERSONAS), "--max-intentos", str(INTENTOS))
    )
    alguien = chat.conectar()
    alguien.esperar("* Bienvenido")
    libres = descriptores(chat) - 1
    alguien.cortar()
    esperar_a_que(lambda: descriptores(chat) == libres, "el servidor se queda sin nadie")

    class Modelo(ModeloDelServidor):
        def __init__(self) -> None:
            super().__init__(chat, libres)

    run_state_machine_as_test(
        Modelo, settings=settings(max_examples=ejemplos, stateful_step_count=40)
    )
