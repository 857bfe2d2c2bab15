"""Ocurra lo que ocurra en la sala, cada pantalla muestra lo que debe, en orden, y nada más.

Hypothesis inventa sucesos y los mezcla como quiere. El modelo es otra sala mucho más simple: no
decide qué enviar, solo apunta lo que cada conexión debería tener en su pantalla. Como cada línea
pública se apunta a la vez a todos los presentes, que las pantallas coincidan con el modelo
muestra que nadie recibe lo suyo, que todos leen lo mismo en el mismo orden, que no hay dos
personas con el mismo nombre, que cada salida se avisa una vez y que a quien está fuera no le
llega nada.
"""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chatlab.chat.limites import Limites
from chatlab.chat.protocolo import LineaMala
from tests.apoyo.sala_observada import SalaObservada

PERSONAS, INTENTOS = 5, 3
#: Cualquier línea de error: qué dice cada una se mira en test_sala.py.
ERROR = "! …"

#: Lo que alguien escribe para dar su nombre, y el nombre que es; `None` si no sirve.
NOMBRES = {
    "Ana": "Ana",
    "ana": "ana",
    "A\u0301na": "Ána",
    "ÁNA": "ÁNA",
    " Ana  María ": "Ana María",
    "ana maría": "ana maría",
    "Luis": "Luis",
    "": None,
    "a:b": None,
    "x" * 21: None,
    "Tú": None,
}
#: Lo que alguien escribe en la sala, y lo que leen los demás.
MENSAJES = {"hola": "hola", "//salir": "/salir", "Ana: no soy Ana": "Ana: no soy Ana", " a ": " a "}

cualquiera = st.integers(0, 9)
se_puede_entrar = precondition(lambda modelo: modelo.intentos)
hay_alguien = precondition(lambda modelo: modelo.dentro)
hay_dos = precondition(lambda modelo: len(modelo.dentro) > 1)
hay_alguien_fuera = precondition(lambda modelo: modelo.fuera)


def elegir(indice: int, numeros: Collection[int]) -> int:
    return sorted(numeros)[indice % len(numeros)]


class ModeloDeLaSala(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.real = SalaObservada(Limites(personas=PERSONAS, intentos_de_nombre=INTENTOS))
        self.esperado: dict[int, list[str]] = {}
        self.intentos: dict[int, int] = {}  # quien no tiene nombre
        self.dentro: dict[int, str] = {}  # quien lo tiene
        self.con_acuse: set[int] = set()

    @property
    def fuera(self) -> set[int]:
        return self.esperado.keys() - self.intentos.keys() - self.dentro.keys()

    # --- Lo que apunta el modelo ---

    def lee(self, numero: int, linea: str) -> None:
        self.esperado[numero].append(linea)

    def leen_todos(self, linea: str, *, menos: int | None = None) -> None:
        for numero in self.dentro.keys() - {menos}:
            self.lee(numero, linea)

    def lee_su_acuse(self, numero: int, entregas: int) -> None:
        if numero in self.con_acuse:
            self.lee(numero, f"+ entregado a {entregas}")

    def esta_libre(self, nombre: str, *, para: int) -> bool:
        return all(
            nombre.casefold() != otro.casefold()
            for numero, otro in self.dentro.items()
            if numero != para
        )

    def falla_un_intento(self, numero: int) -> None:
        self.lee(numero, ERROR)
        self.intentos[numero] += 1
        if self.intentos[numero] == INTENTOS:
            del self.intentos[numero]

    # --- Sucesos ---

    @rule()
    def llegar(self) -> None:
        llena = len(self.intentos) + len(self.dentro) == PERSONAS
        numero = self.real.llegar()
        self.esperado[numero] = []
        if llena:
            self.lee(numero, ERROR)
        else:
            self.lee(numero, "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:")
            self.intentos[numero] = 0

    @se_puede_entrar
    @rule(quien=cualquiera, escrito=st.sampled_from(sorted(NOMBRES)))
    def dar_un_nombre(self, quien: int, escrito: str) -> None:
        numero, nombre = elegir(quien, self.intentos), NOMBRES[escrito]
        self.real.decir(numero, escrito)
        if nombre is None or not self.esta_libre(nombre, para=numero):
            self.falla_un_intento(numero)
            return
        presentes = ", ".join(self.dentro.values())
        quien_hay = f"En la sala: {presentes}." if presentes else "No hay nadie más."
        self.leen_todos(f"* {nombre} se ha unido al chat")
        self.lee(numero, f"* Hola, {nombre}. {quien_hay}")
        del self.intentos[numero]
        self.dentro[numero] = nombre

    @se_puede_entrar
    @rule(quien=cualquiera)
    def dar_un_nombre_ilegible(self, quien: int) -> None:
        numero = elegir(quien, self.intentos)
        self.real.decir(numero, LineaMala("No es UTF-8."))
        self.falla_un_intento(numero)

    @hay_alguien
    @rule(quien=cualquiera, escrito=st.sampled_from(sorted(MENSAJES)))
    def hablar(self, quien: int, escrito: str) -> None:
        numero = elegir(quien, self.dentro)
        self.real.decir(numero, escrito)
        self.leen_todos(f"{self.dentro[numero]}: {MENSAJES[escrito]}", menos=numero)
        self.lee_su_acuse(numero, len(self.dentro) - 1)

    @hay_alguien
    @rule(quien=cualquiera, escritos=st.lists(st.sampled_from(["hola", "¿qué tal?"]), min_size=1))
    def hablar_en_lote(self, quien: int, escritos: list[str]) -> None:
        numero = elegir(quien, self.dentro)
        self.real.decir_lote(numero, *escritos)
        for escrito in escritos:
            self.leen_todos(f"{self.dentro[numero]}: {escrito}", menos=numero)
            self.lee_su_acuse(numero, len(self.dentro) - 1)

    @hay_alguien
    @rule(quien=cualquiera, linea=st.sampled_from(["", "  "]))
    def no_decir_nada(self, quien: int, linea: str) -> None:
        self.real.decir(elegir(quien, self.dentro), linea)

    @hay_alguien
    @rule(
        quien=cualquiera,
        linea=st.sampled_from(
            [LineaMala("No cabe."), "/nada", "/privado Eva hola", "/privado", "/nombre a:b"]
        ),
    )
    def equivocarse(self, quien: int, linea: str | LineaMala) -> None:
        numero = elegir(quien, self.dentro)
        self.real.decir(numero, linea)
        self.lee(numero, ERROR)

    @hay_dos
    @rule(quien=cualquiera, a_quien=cualquiera)
    def hablar_en_privado(self, quien: int, a_quien: int) -> None:
        numero = elegir(quien, self.dentro)
        destino = elegir(a_quien, self.dentro.keys() - {numero})
        self.real.decir(numero, f"/privado {self.dentro[destino].upper()} psst")
        self.lee(destino, f"{self.dentro[numero]} (privado): psst")
        self.lee_su_acuse(numero, 1)

    @hay_alguien
    @rule(quien=cualquiera, escrito=st.sampled_from(sorted(filter(NOMBRES.get, NOMBRES))))
    def cambiar_de_nombre(self, quien: int, escrito: str) -> None:
        numero, nuevo = elegir(quien, self.dentro), NOMBRES[escrito]
        assert nuevo is not None
        self.real.decir(numero, f"/nombre {escrito}")
        if not self.esta_libre(nuevo, para=numero):
            self.lee(numero, ERROR)
            return
        self.leen_todos(f"* {self.dentro[numero]} ahora se llama {nuevo}", menos=numero)
        self.lee(numero, f"* Ahora te llamas {nuevo}")
        self.dentro[numero] = nuevo

    @hay_alguien
    @rule(quien=cualquiera)
    def pedir_acuse(self, quien: int) -> None:
        numero = elegir(quien, self.dentro)
        self.real.decir(numero, "/acuse")
        self.lee(numero, "* Desde ahora sabrás a cuántas personas llega cada mensaje")
        self.con_acuse.add(numero)

    @hay_alguien
    @rule(quien=cualquiera)
    def preguntar_quien_esta(self, quien: int) -> None:
        numero = elegir(quien, self.dentro)
        self.real.decir(numero, "/usuarios")
        presentes = ", ".join(self.dentro.values())
        self.lee(numero, f"* En la sala ({len(self.dentro)}): {presentes}")

    @precondition(lambda modelo: modelo.dentro or modelo.intentos)
    @rule(quien=cualquiera, palabra=st.sampled_from(["/salir", "Exit"]))
    def despedirse(self, quien: int, palabra: str) -> None:
        numero = elegir(quien, self.dentro.keys() | self.intentos.keys())
        self.real.decir(numero, palabra)
        self.se_va(numero, "ha salido del chat")

    @precondition(lambda modelo: modelo.dentro or modelo.intentos)
    @rule(quien=cualquiera)
    def cortarse(self, quien: int) -> None:
        numero = elegir(quien, self.dentro.keys() | self.intentos.keys())
        self.real.cortarse(numero)
        self.se_va(numero, "se ha desconectado")

    @precondition(lambda modelo: modelo.dentro or modelo.intentos)
    @rule(quien=cualquiera)
    def expulsar(self, quien: int) -> None:
        numero = elegir(quien, self.dentro.keys() | self.intentos.keys())
        self.real.expulsar(numero, "No lees.")
        self.lee(numero, ERROR)
        self.se_va(numero, "se ha desconectado")

    def se_va(self, numero: int, noticia: str) -> None:
        self.intentos.pop(numero, None)
        nombre = self.dentro.pop(numero, None)
        if nombre is not None:
            self.leen_todos(f"* {nombre} {noticia}")

    @hay_alguien_fuera
    @rule(quien=cualquiera, linea=st.sampled_from(["hola", "salir", "Ana", "/usuarios"]))
    def insistir_desde_fuera(self, quien: int, linea: str) -> None:
        numero = elegir(quien, self.fuera)
        self.real.decir(numero, linea)
        self.real.cortarse(numero)
        self.real.expulsar(numero, "No lees.")

    @hay_alguien
    @rule()
    def cerrar_el_servidor(self) -> None:
        self.real.cerrar()
        for numero in self.dentro.keys() | self.intentos.keys():
            self.lee(numero, "* El servidor se cierra. ¡Hasta pronto!")
        self.dentro.clear()
        self.intentos.clear()

    # --- Lo que se cumple siempre ---

    @invariant()
    def cada_pantalla_muestra_lo_esperado(self) -> None:
        vistas = {
            numero: [ERROR if linea.startswith("! ") else linea for linea in pantalla]
            for numero, pantalla in self.real.pantallas.items()
        }
        assert vistas == self.esperado

    @invariant()
    def se_cierra_la_conexion_de_quien_esta_fuera_y_de_nadie_mas(self) -> None:
        assert self.real.cerradas == self.fuera

    @invariant()
    def se_sabe_quien_no_tiene_nombre(self) -> None:
        sin_nombre = {n for n in self.esperado if self.real.sala.espera_nombre(n)}
        assert sin_nombre == self.intentos.keys()


def test_ocurra_lo_que_ocurra_cada_pantalla_muestra_lo_que_debe() -> None:
    run_state_machine_as_test(
        ModeloDeLaSala, settings=settings(max_examples=100, stateful_step_count=40)
    )
