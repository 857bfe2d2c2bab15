"""Una hora de chat apretada en un rato: entran, hablan, cambian de nombre, se equivocan y caen.

Nadie espera a nadie: cada cual envía lo suyo en cuanto puede. Al final se compara lo que ha leído
cada una con lo que dice la `Cronica`.
"""

from __future__ import annotations

import random
from itertools import count

import pytest

from tests.difusion.conftest import AbrirChat
from tests.robustez import ENTERA
from tests.robustez.conftest import Reunir
from tests.robustez.cronica import Cronica
from tests.robustez.gasto import descriptores
from tests.robustez.gente import Gente

#: Los que dura el chat.
MINUTOS = 8 * 60 if ENTERA else 60
PERSONAS = 30
#: Entre todas: cada una hace algo cada siete u ocho segundos de chat.
SUCESOS_POR_MINUTO = 240
#: De cada cien sucesos, cuántos son de cada clase.
FRECUENCIAS = {
    "habla": 76,
    "habla sin parar": 3,
    "habla al testigo": 6,
    "cambia de nombre": 4,
    "se equivoca": 4,
    "se despide": 3,
    "cierra": 1,
    "se corta": 2,
    "muere": 1,
}

#: Lo que leen todas y no depende de nadie.
SIEMPRE = {
    "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:",
    "* Desde ahora sabrás a cuántas personas llega cada mensaje",
}


class Actriz:
    """Una persona, lo que ha dicho y lo que se espera de ella."""

    def __init__(self, gente: Gente, nombre: str) -> None:
        self._gente = gente
        self.persona = gente.llegar(nombre)
        self.ha_dicho: list[str] = []
        self.errores = 0
        #: Se la ha cortado: quizá no haya leído lo último, ni haya llegado lo último que dijo.
        self.cortada = False
        self.enviar("/acuse")

    def enviar(self, linea: str | bytes) -> None:
        cruda = linea.encode() if isinstance(linea, str) else linea
        self._gente.enviar(self.persona, cruda + b"\n")

    def hablar(self, *textos: str) -> None:
        self.ha_dicho += textos
        self.enviar("\n".join(textos))

    def hablar_en_privado(self, a_quien: str, texto: str) -> None:
        self.ha_dicho.append(texto)
        self.enviar(f"/privado {a_quien} {texto}")

    def equivocarse(self) -> None:
        self.errores += 1
        self.enviar(b"ca\xf1a")

    def cortarse(self) -> None:
        self.cortada = True
        self._gente.cortar(self.persona)

    def morir(self) -> None:
        self.cortada = True
        self._gente.colgar(self.persona)


class Elenco:
    """Quién está en el chat y quién ha pasado por él."""

    def __init__(self, gente: Gente, azar: random.Random) -> None:
        self._gente = gente
        self._azar = azar
        self._numeros = count()
        self.todas: list[Actriz] = []
        self.dentro: list[Actriz] = []
        for _ in range(PERSONAS):
            self.llega_una()

    def llega_una(self) -> None:
        self.todas.append(Actriz(self._gente, f"Persona {next(self._numeros)}"))
        self.dentro.append(self.todas[-1])

    def ocurre_algo(self) -> None:
        (que,) = self._azar.choices([*FRECUENCIAS], [*FRECUENCIAS.values()])
        actriz = self._azar.choice(self.dentro)
        numero = next(self._numeros)
        match que:
            case "habla":
                actriz.hablar(f"digo {numero}")
            case "habla sin parar":
                actriz.hablar(*(f"digo {numero} y {otro}" for otro in range(50)))
            case "habla al testigo":
                actriz.hablar_en_privado("Testigo", f"digo {numero}")
            case "cambia de nombre":
                actriz.enviar(f"/nombre Otra {numero}")
            case "se equivoca":
                actriz.equivocarse()
            case _:
                self._se_va(actriz, que)

    def _se_va(self, actriz: Actriz, como: str) -> None:
        match como:
            case "se despide":
                actriz.enviar("salir")
            case "cierra":
                self._gente.no_enviar_mas(actriz.persona)
            case "se corta":
                actriz.cortarse()
            case "muere":
                actriz.morir()
        self.dentro.remove(actriz)
        self.llega_una()


@pytest.mark.lento
@pytest.mark.timeout(600)
def test_una_hora_de_chat_y_cada_cual_ha_leido_exactamente_lo_que_debia(
    abrir_chat: AbrirChat, reunir: Reunir
) -> None:
    semilla = random.randrange(1_000_000)
    print(f"semilla {semilla}")  # se ve si la prueba falla
    chat = abrir_chat("--callado")
    gente = reunir(chat)
    (testigo,) = gente.entrar(["Testigo"])
    libres = descriptores(chat)
    elenco = Elenco(gente, random.Random(semilla))
    for _ in range(MINUTOS * SUCESOS_POR_MINUTO):
        elenco.ocurre_algo()
        gente.atender(0)

    gente.esperar_a([actriz.persona for actriz in elenco.dentro], "* Hola, ")
    # Cuando el servidor ha soltado a las que se han ido, ya ha contado que se iban.
    se_han_ido = [actriz for actriz in elenco.todas if actriz not in elenco.dentro]
    gente.esperar_fin([actriz.persona for actriz in se_han_ido])
    for actriz in se_han_ido:
        gente.colgar(actriz.persona)
    gente.esperar(lambda: descriptores(chat) == libres + PERSONAS, "solo quedan las de dentro", 60)
    for actriz in elenco.dentro:
        actriz.hablar("acabo")
    gente.esperar(lambda: testigo.recibido.count(b": acabo\n") == PERSONAS, "acaban todas")
    gente.enviar(testigo, "fin\n")
    gente.esperar_a([actriz.persona for actriz in elenco.dentro], "Testigo: fin\n")

    _, saludo, *leido = testigo.lineas
    assert saludo == "* Hola, Testigo. No hay nadie más."
    cronica = Cronica("Testigo", leido)
    for actriz in elenco.todas:
        final = ["Testigo: fin"] if actriz in elenco.dentro else []
        comprobar(actriz, cronica, final)


def comprobar(actriz: Actriz, cronica: Cronica, final: list[str]) -> None:
    nombre = actriz.persona.nombre
    ha_leido = [linea for linea in actriz.persona.lineas if linea not in SIEMPRE]
    errores = [linea for linea in ha_leido if linea.startswith("! ")]
    lo_demas = [linea for linea in ha_leido if not linea.startswith("! ")]
    debia, dijo = cronica.lee[nombre] + final, cronica.dice[nombre]
    if actriz.cortada:
        debia, errores_que_debia = debia[: len(lo_demas)], len(errores)
        assert dijo == actriz.ha_dicho[: len(dijo)], nombre
    else:
        errores_que_debia = actriz.errores
        assert dijo == actriz.ha_dicho, f"{nombre} dijo algo que no ha llegado"
    assert lo_demas == debia, f"{nombre} no ha leído lo que debía"
    assert len(errores) == errores_que_debia, nombre
