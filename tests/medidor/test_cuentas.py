"""Lo que el medidor cuenta es lo que ha ocurrido: ni un mensaje más ni uno menos."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatlab.chat.protocolo import codificar
from chatlab.medidor import carrera
from chatlab.medidor.avance import SinBarra
from chatlab.medidor.carrera import NoHaLlegadoTodo
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.ronda import CuentasMalHechas, medir
from tests.conftest import Lanzar
from tests.medidor.conftest import AbrirSala
from tests.medidor.sala_de_prueba import SalaDePrueba

#: Diez clientes y doscientos mensajes: lo bastante para equivocarse.
POCOS = Encargo(clientes=10, mensajes=200)


def medir_con_la_orden(lanzar: Lanzar, *opciones: str) -> dict[str, Any]:
    orden = lanzar("-m", "chatlab", "medir", "--json", *opciones)
    assert orden.esperar_fin() == 0, orden.transcripcion()
    assert orden.errores.texto == ""
    informe: dict[str, Any] = json.loads(orden.pantalla)
    return informe


@pytest.mark.parametrize("modo", ["difusion", "eventos"])
@pytest.mark.parametrize("emisores", [1, 3])
def test_las_entregas_son_los_mensajes_por_los_clientes(
    lanzar: Lanzar, modo: str, emisores: int
) -> None:
    opciones = ("--clientes", "10", "--mensajes", "200", "--emisores", str(emisores))

    informe = medir_con_la_orden(lanzar, "--modo", modo, *opciones)

    (servidor,) = informe["servidores"]
    (ronda,) = servidor["rondas"]
    assert servidor["servidor"] == modo
    assert ronda["entregas"] == 2000
    assert ronda["latencia_ms"]["muestras"] == 2000
    assert 0 < ronda["latencia_ms"]["p50"] <= ronda["latencia_ms"]["maxima"]
    assert 0 < ronda["atraso_maximo"] <= 200


def test_mide_un_servidor_que_ya_estaba_en_marcha_y_sabe_lo_que_gasta(lanzar: Lanzar) -> None:
    servidor = lanzar("-m", "chatlab", "servidor", "eventos", "--puerto", "0")
    destino = f"127.0.0.1:{servidor.puerto()}"

    informe = medir_con_la_orden(lanzar, destino, "--clientes", "10", "--mensajes", "200")

    (medido,) = informe["servidores"]
    assert medido["servidor"] == destino
    assert medido["mediana"]["entregas"] == 2000
    assert medido["mediana"]["servidor"]["memoria_bytes"] > 1_000_000
    assert medido["mediana"]["servidor"]["cpu_s"] >= 0


@pytest.mark.parametrize("tamano", [16, 4095])
def test_un_mensaje_puede_ser_tan_corto_o_tan_largo_como_una_linea(
    lanzar: Lanzar, tamano: int
) -> None:
    opciones = ("--clientes", "3", "--mensajes", "20", "--tamano", str(tamano))

    informe = medir_con_la_orden(lanzar, "--modo", "eventos", *opciones)

    assert informe["tamano"] == tamano
    assert informe["servidores"][0]["mediana"]["entregas"] == 60


class SalaConAvisos(SalaDePrueba):
    """Entre un mensaje y el siguiente entra alguien."""

    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        for linea in lineas:
            self.enviar_a_todos(codificar("* Lucía se ha unido al chat"))
            self.repartir(nombre, [linea])


def test_un_aviso_no_es_un_mensaje(abrir_sala: AbrirSala) -> None:
    resultado = medir(abrir_sala(SalaConAvisos).destino, POCOS, SinBarra())

    assert resultado.entregas == POCOS.entregas
    assert resultado.muestras == POCOS.entregas


class SalaQueRepite(SalaDePrueba):
    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        self.repartir(nombre, [*lineas, lineas[-1]])


def test_un_servidor_que_repite_no_cuadra(abrir_sala: AbrirSala) -> None:
    with pytest.raises(CuentasMalHechas, match="de más"):
        medir(abrir_sala(SalaQueRepite).destino, POCOS, SinBarra())


class SalaQuePierde(SalaDePrueba):
    """Pierde el último mensaje de los que le llegan con sello, y se queja."""

    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        if lineas[0].startswith(b"calma"):
            self.repartir(nombre, lineas)
        else:
            self.repartir(nombre, lineas[:-1])
            self.enviar_a(nombre, codificar("! Uno se me ha caído."))


def test_si_falta_un_mensaje_lo_dice_con_lo_que_habia_llegado(
    abrir_sala: AbrirSala, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrera, "PLAZO", 2.0)

    with pytest.raises(NoHaLlegadoTodo) as error:
        medir(abrir_sala(SalaQuePierde).destino, POCOS, SinBarra())

    assert "Se habían enviado 200 de 200 mensajes" in str(error.value)
    assert "se quejó: «! Uno se me ha caído.»" in str(error.value)
