"""El modelo de un chat con mucha gente a la vez: lo que debió leer cada una.

Cuando muchas hablan a la vez, en qué orden ocurre lo decide el servidor. Pero ha de ser uno solo,
el mismo para todas: basta con que alguien que está desde el principio, y a quien nadie deja de
contar nada, haga de testigo. Recorriendo lo que leyó se sabe quién estaba en cada momento y, por
tanto, qué debió leer cada cual, línea a línea: también sus saludos y sus acuses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

#: Las noticias de la sala.
ENTRA = re.compile(r"\* (.+) se ha unido al chat")
SE_VA = re.compile(r"\* (.+) (?:ha salido del chat|se ha desconectado)")
CAMBIA = re.compile(r"\* (.+) ahora se llama (.+)")
PRIVADO = re.compile(r"(.+) \(privado\): (.+)")
MENSAJE = re.compile(r"([^:]+): (.+)")

#: Nombres que caben en un saludo.
MAX_NOMBRES = 20


class Cronica:
    """Lo que debió leer cada persona, según lo que leyó el testigo. Nadie repite un nombre."""

    def __init__(self, testigo: str, lineas: Iterable[str]) -> None:
        self._testigo = testigo
        self._presentes = [testigo]  # por orden de llegada, con el nombre que llevan
        self._primer_nombre = {testigo: testigo}
        #: De cada persona, por el nombre con el que entró: lo que debió leer y lo que dijo.
        self.lee: defaultdict[str, list[str]] = defaultdict(list)
        self.dice: defaultdict[str, list[str]] = defaultdict(list)
        for linea in lineas:
            self._anotar(linea)

    def _anotar(self, linea: str) -> None:
        if noticia := ENTRA.fullmatch(linea):
            self._entra(noticia[1], linea)
        elif noticia := SE_VA.fullmatch(linea):
            self._presentes.remove(noticia[1])
            self._leen_todos_menos(noticia[1], linea)
        elif noticia := CAMBIA.fullmatch(linea):
            self._cambia(noticia[1], noticia[2], linea)
        elif dicho := PRIVADO.fullmatch(linea):  # es para el testigo
            self._habla(dicho[1], dicho[2], entregas=1)
        elif dicho := MENSAJE.fullmatch(linea):
            self._leen_todos_menos(dicho[1], linea)
            self._habla(dicho[1], dicho[2], entregas=len(self._presentes) - 1)
        else:
            raise AssertionError(f"el testigo ha leído algo que no se esperaba: {linea!r}")

    def _entra(self, nombre: str, linea: str) -> None:
        primeros, otros = self._presentes[:MAX_NOMBRES], self._presentes[MAX_NOMBRES:]
        y_mas = f" y {len(otros)} más" if otros else ""
        self._leen_todos_menos(nombre, linea)
        self._primer_nombre[nombre] = nombre
        self._presentes.append(nombre)
        self._lee(nombre, f"* Hola, {nombre}. En la sala: {', '.join(primeros)}{y_mas}.")

    def _cambia(self, antes: str, ahora: str, linea: str) -> None:
        self._leen_todos_menos(antes, linea)
        self._lee(antes, f"* Ahora te llamas {ahora}")
        self._presentes[self._presentes.index(antes)] = ahora
        self._primer_nombre[ahora] = self._primer_nombre[antes]

    def _habla(self, nombre: str, texto: str, *, entregas: int) -> None:
        self.dice[self._primer_nombre[nombre]].append(texto)
        self._lee(nombre, f"+ entregado a {entregas}")

    def _lee(self, nombre: str, linea: str) -> None:
        self.lee[self._primer_nombre[nombre]].append(linea)

    def _leen_todos_menos(self, nombre: str, linea: str) -> None:
        for otro in self._presentes:
            if otro not in (nombre, self._testigo):
                self._lee(otro, linea)
