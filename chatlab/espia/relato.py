"""Lo que se enseña: una línea por cada trozo que llega, y otra con lo que ha hecho la falta.

    09:18:07  cliente 1 → servidor       5 bytes  hola\\n
    09:18:07                ↳ entró 1 trozo de 5 bytes; salieron 5 de 1 byte en 0,01 s

Ningún byte llega tal cual a la pantalla: los que no son letras, cifras o signos de ASCII se
escriben como en Python, `\\n` o `\\xc3`.
"""

from __future__ import annotations

import time

from chatlab.espia.faltas import Falta
from chatlab.terminal.diario import Diario
from chatlab.textos import con_coma, contar

#: Columnas de «cliente 1 → servidor» y de «43 bytes».
ANCHO_DE_QUIEN, ANCHO_DE_CUANTOS = 22, 12
#: Segundos entre dos resúmenes de una falta que aún guarda algo.
ENTRE_RESUMENES = 3.0

_VISIBLES = [repr(bytes([byte]))[2:-1] for byte in range(256)]


def visibles(datos: bytes, maximo: int) -> str:
    """Los bytes como se escriben en Python; de los que pasan de `maximo`, solo cuántos son."""
    texto = "".join(_VISIBLES[byte] for byte in datos[:maximo])
    sobran = len(datos) - maximo
    return f"{texto}… (y {contar(sobran, 'byte')} más)" if sobran > 0 else texto


class Relato:
    """Las líneas del espía. `maximo` son los bytes de cada trozo que se enseñan."""

    def __init__(self, diario: Diario, maximo: int) -> None:
        self._diario = diario
        self.maximo = maximo

    def anotar(self, texto: str) -> None:
        """Una línea, con su hora."""
        self._diario.anotar(f"{time.strftime('%H:%M:%S')}  {texto}")

    def llegada(self, cliente: str, desde: str) -> None:
        """Alguien llama."""
        self.anotar(f"{cliente} se ha conectado desde {desde}")

    def sin_servidor(self, cliente: str, motivo: str) -> None:
        """No se ha podido hablar con el servidor."""
        self.anotar(f"{motivo} Cierro la conexión de {cliente}.")

    def perdida(self, punta: str, cliente: str) -> None:
        """Una punta se ha cortado."""
        de_quien = "" if punta == cliente else f" (con {cliente})"
        self.anotar(f"{punta}{de_quien}: conexión cortada")

    def corte(self, cliente: str, bytes_: int) -> None:
        """La falta corta la conexión."""
        self.anotar(f"↳ {contar(bytes_, 'byte')}, y corto: RST a {cliente} y al servidor")

    def final(self, cliente: str) -> None:
        """Una conversación ha acabado."""
        self.anotar(f"{cliente} y el servidor han terminado")

    def de_sentido(self, desde: str, hacia: str, falta: Falta) -> RelatoDeSentido:
        """El relato de lo que va de uno a otro."""
        return RelatoDeSentido(self, f"{desde} → {hacia}", falta)


class RelatoDeSentido:
    """Lo que pasa en un sentido de una conversación, y la cuenta de lo que hace la falta."""

    def __init__(self, relato: Relato, quien: str, falta: Falta) -> None:
        self._relato = relato
        self._quien = f"{quien:<{ANCHO_DE_QUIEN}}"
        self._cuenta_lo_que_sale = falta.cambia_envios
        self._ensena_lo_que_sale = falta.cambia_bytes
        self._cuenta = Cuenta()

    def entra(self, trozo: bytes, ahora: float) -> None:
        """Ha llegado un trozo."""
        cuantos = f"{contar(len(trozo), 'byte'):>{ANCHO_DE_CUANTOS}}"
        self._relato.anotar(f"{self._quien}{cuantos}  {visibles(trozo, self._relato.maximo)}")
        self._cuenta.entra(trozo, ahora)

    def sale(self, trozo: bytes) -> None:
        """La falta suelta un trozo."""
        self._cuenta.sale(trozo, self._relato.maximo)

    def resumir(self, quedan: int, ahora: float) -> None:
        """Dice lo que ha hecho la falta, si ha acabado con lo que tenía o si hace rato que no."""
        cuenta = self._cuenta
        if not cuenta.salidos or (quedan and ahora - cuenta.desde < ENTRE_RESUMENES):
            return
        self._cuenta = Cuenta(desde=ahora)
        if self._cuenta_lo_que_sale:
            frase = cuenta.frase(quedan, ahora)
            if self._ensena_lo_que_sale:
                frase += f": {visibles(cuenta.muestra, self._relato.maximo)}"
            self._linea(f"↳ {frase}")

    def fin(self) -> None:
        """El de este lado no va a enviar más."""
        self._linea("fin: no enviará más")

    def no_se_lee_mas(self) -> None:
        """La falta ha dejado de leer."""
        self._linea("↳ desde aquí no leo más")

    def _linea(self, texto: str) -> None:
        self._relato.anotar(f"{self._quien}{'':>{ANCHO_DE_CUANTOS}}  {texto}")


class Cuenta:
    """Los trozos que han entrado en una falta y los que han salido, desde el último resumen."""

    def __init__(self, desde: float = 0.0) -> None:
        self.desde = desde
        self._entrados: list[int] = [0, 0]  # trozos, y bytes
        self.salidos = 0
        self._menor = self._mayor = 0
        self.muestra = b""

    def entra(self, trozo: bytes, ahora: float) -> None:
        """Apunta un trozo que ha llegado en `ahora`, segundos de `time.monotonic()`."""
        if not self._entrados[0] and not self.salidos:
            self.desde = ahora
        self._entrados[0] += 1
        self._entrados[1] += len(trozo)

    def sale(self, trozo: bytes, maximo: int) -> None:
        """Apunta un trozo que ha salido; de la muestra guarda poco más de `maximo` bytes."""
        cuantos = len(trozo)
        self._menor = min(self._menor, cuantos) if self.salidos else cuantos
        self._mayor = max(self._mayor, cuantos)
        self.salidos += 1
        if len(self.muestra) <= maximo:
            self.muestra += trozo

    def frase(self, quedan: int, ahora: float) -> str:
        """«entró 1 trozo de 12 bytes; salieron 12 de 1 byte en 0,02 s»."""
        segundos = con_coma(ahora - self.desde, 2)
        partes = [self._que_salio() + f" en {segundos} s"]
        if self._entrados[0]:
            partes.insert(0, self._que_entro())
        if quedan:
            partes.append(f"{'quedan' if quedan > 1 else 'queda'} {contar(quedan, 'byte')}")
        return "; ".join(partes)

    def _que_entro(self) -> str:
        trozos, bytes_ = self._entrados
        if trozos == 1:
            return f"entró 1 trozo de {contar(bytes_, 'byte')}"
        return f"entraron {trozos} trozos, {contar(bytes_, 'byte')} en total"

    def _que_salio(self) -> str:
        verbo = "salió" if self.salidos == 1 else "salieron"
        if self._menor == self._mayor:
            return f"{verbo} {self.salidos} de {contar(self._mayor, 'byte')}"
        return f"{verbo} {self.salidos}, de {self._menor} a {contar(self._mayor, 'byte')}"
