"""Lo que se escribe cuando una grabación ha llegado a su tope: sumas, en lugar de cada cosa.

Lo que se envía y se lee por cada conexión se suma, y lo que espera cada hilo y lo que sale en cada
pantalla se dice de vez en cuando. Lo demás (quién conecta, quién cierra, qué falla) sigue entero,
detrás de lo que hubiera sumado.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatlab.observador.grabacion.formato import (
    Linea,
    con_datos,
    datos_de,
    letras_enteras,
    veces_de,
)

#: Segundos entre dos muestras, al principio; se dobla cada vez que se gasta la mitad del sitio.
ENTRE_MUESTRAS = 0.25
#: Bytes de lo último que salió en una pantalla que van en una muestra.
DE_PANTALLA = 2048

#: Lo que se suma por conexión; lo que sustituye a lo anterior de su hilo o de su candado.
SE_SUMAN = frozenset({"send", "recv"})
DE_UNA_SOLA = frozenset({"texto", "b64", "deducido"})
SE_SUSTITUYEN = frozenset({"espera", "sigue", "candado"})
#: Lo que no toca ninguna conexión ni acaba con nada: no hace falta escribir antes las sumas.
SUELTAS = frozenset({"archivo", "programa", "hilo", "listen", "tecla", "tamano"})


class Muestras:
    """Lo sumado desde la última muestra. `hueco` son los bytes que se pueden escribir en total."""

    def __init__(self, hueco: int, instante: float) -> None:
        self._hueco = hueco
        self._ritmo = ENTRE_MUESTRAS
        self._proxima = instante + self._ritmo
        self._sumas: dict[tuple[str, int, str], Linea] = {}
        self._estados: dict[tuple[str, int, int], Linea] = {}
        self._pantallas: dict[int, bytearray] = {}
        self._saltados: dict[int, int] = {}

    def pasa(self, linea: Linea, instante: float, queda: int) -> Iterator[Linea]:
        """Las líneas que hay que escribir ahora que pasa esa; `queda` son los bytes que caben."""
        que = linea["que"]
        if que in SE_SUMAN:
            self._sumar(linea)
        elif que in SE_SUSTITUYEN:
            self._estados[self._de_quien(linea)] = linea
        elif que == "pantalla":
            self._sale(linea)
        else:
            if "c" in linea:
                yield from self._sumado(linea["c"])
            elif que not in SUELTAS:
                yield from self.todo()
            yield linea
        if instante >= self._proxima:
            yield from self.todo()
            while queda < self._hueco // 2:
                self._hueco //= 2
                self._ritmo *= 2
            self._proxima = instante + self._ritmo

    def todo(self) -> Iterator[Linea]:
        """Todo lo sumado, primero lo que se envió: nadie debe leer lo que no ha salido."""
        sumas, self._sumas = self._sumas, {}
        yield from (suma for suma in sumas.values() if suma["que"] == "send")
        yield from (suma for suma in sumas.values() if suma["que"] == "recv")
        estados, self._estados = self._estados, {}
        yield from estados.values()
        for p, pantalla in self._pantallas.items():
            ultimo = letras_enteras(bytes(pantalla[-DE_PANTALLA:]))
            linea: Linea = {"que": "pantalla", "p": p, **con_datos(ultimo)}
            if saltados := self._saltados.get(p, 0) - len(ultimo):
                linea["saltados"] = saltados
            yield linea
        self._pantallas.clear()
        self._saltados.clear()

    def _sumado(self, c: int) -> Iterator[Linea]:
        """Lo sumado de una conexión: va a pasar algo más en ella."""
        suyas = [clave for clave in self._sumas if clave[1] == c]
        for clave in sorted(suyas, key=lambda clave: clave[0] != "send"):
            yield self._sumas.pop(clave)

    def _sumar(self, linea: Linea) -> None:
        self._estados.pop(("hilo", linea["p"], linea["h"]), None)
        clave = (linea["que"], linea["c"], linea["lado"])
        suma = self._sumas.get(clave)
        if suma is None:
            campos = {
                campo: valor for campo, valor in linea.items() if campo not in ("texto", "b64")
            }
            self._sumas[clave] = {**campos, "veces": veces_de(linea)}
            return
        suma["cuantos"] += linea["cuantos"]
        suma["veces"] += veces_de(linea)
        suma |= {campo: linea[campo] for campo in ("p", "h", "lugar") if campo in linea}

    def _de_quien(self, linea: Linea) -> tuple[str, int, int]:
        if linea["que"] == "candado":
            return ("candado", linea["p"], linea["candado"])
        return ("hilo", linea["p"], linea["h"])

    def _sale(self, linea: Linea) -> None:
        datos = datos_de(linea)
        pantalla = self._pantallas.setdefault(linea["p"], bytearray())
        pantalla += datos
        if len(pantalla) > 4 * DE_PANTALLA:
            del pantalla[:-DE_PANTALLA]
        self._saltados[linea["p"]] = self._saltados.get(linea["p"], 0) + len(datos)
