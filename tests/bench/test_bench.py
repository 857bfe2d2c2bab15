"""El banco: cada servidor se deja medir, y las tablas dicen lo medido."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench import tablas
from bench.escenarios import Escenario, Ociosos
from bench.gente import Gente, SoloMensajes
from bench.idiomas.mqtt import Mqtt
from bench.idiomas.redis import Redis
from bench.pruebas import dejar_entrar, repartir
from bench.resultados import Entrada, Reparto, Resultados, leer
from bench.servidores.catalogo import Candidato, candidatos
from chatlab.errores import ErrorDeRed
from tests.apoyo.programa import RAIZ

POCOS = Escenario("pocos", "unos pocos", receptores=5, emisores=2, ventana=100)
CANDIDATOS = candidatos()
cada_servidor = pytest.mark.parametrize("candidato", CANDIDATOS, ids=lambda uno: uno.nombre)


def saltar_si_falta(candidato: Candidato) -> None:
    if not candidato.falta:
        return
    if os.environ.get("CHATLAB_SIN_SALTOS"):
        pytest.fail(f"Aquí tendría que estar {candidato.nombre}: {candidato.falta}")
    pytest.skip(f"sin {candidato.nombre}: {candidato.falta}")


@cada_servidor
def test_a_cada_receptor_le_llega_cada_mensaje(candidato: Candidato) -> None:
    if candidato.solo_entrar:
        assert not candidato.puede_con(POCOS)
        return
    saltar_si_falta(candidato)
    escenario = replace(POCOS, emisores=1) if candidato.solo_un_emisor else POCOS
    dado = repartir(candidato, escenario, 300)
    assert dado.mensajes == 300
    assert dado.entregas_por_segundo == pytest.approx(300 * 5 / dado.segundos)
    assert dado.p50 is not None
    assert dado.p99 is not None
    assert 0 < dado.p50 <= dado.p99 < dado.segundos * 1000


@cada_servidor
def test_entran_todos_y_se_sabe_lo_que_cuesta_cada_uno(candidato: Candidato) -> None:
    saltar_si_falta(candidato)
    dado = dejar_entrar(candidato, Ociosos("veinte", "veinte", 20))
    assert dado.segundos > 0
    if sys.platform == "linux":
        assert dado.bytes_por_cliente is not None


def test_redis_con_avisos_dice_a_los_de_dentro_quien_entra() -> None:
    (candidato,) = (uno for uno in CANDIDATOS if uno.nombre == "redis con avisos")
    saltar_si_falta(candidato)
    recibido = b""
    with candidato.arrancar(2) as servidor:
        direccion = (servidor.host, servidor.puerto)
        with (
            socket.create_connection(direccion, timeout=10) as oyente,
            Gente(direccion, candidato.idioma, a_la_vez=1) as gente,
        ):
            oyente.sendall(Redis().entrada("oyente", True)[0].envia)
            while b":1\r\n" not in recibido:
                recibido += oyente.recv(4096)
            gente.entrar(["r001"], reciben=True)
            while b"* r001 se ha unido al chat" not in recibido:
                recibido += oyente.recv(4096)
    assert b"message" in recibido


def contador(latido: bytes = b"") -> SoloMensajes:
    return SoloMensajes(2, 20, paso=1, primera=0, latido=latido)


MENSAJE = b"a:" + b"0" * 16 + b".\n"


def test_el_contador_no_admite_nada_que_no_sea_un_mensaje() -> None:
    with pytest.raises(ErrorDeRed, match="no es un mensaje de la prueba"):
        contador().contar(bytearray(MENSAJE + b"-ERR\r\n" + MENSAJE), 46)


@pytest.mark.parametrize("corte", range(1, 46))
def test_el_contador_se_salta_los_latidos_cortados_por_donde_sea(corte: int) -> None:
    suyo = contador(b"PING\r\n")
    datos = MENSAJE + b"PING\r\n" + MENSAJE
    for trozo in (datos[:corte], datos[corte:]):
        suyo.contar(bytearray(trozo), len(trozo))
    assert suyo.contados == 2


def test_un_mensaje_de_mqtt_es_como_manda_la_norma() -> None:
    # Apartado 3.3 de MQTT 3.1.1: tipo 3, lo que ocupa el resto, y el tema con su largo delante.
    assert Mqtt.delante == b"\x30\x46\x00\x04sala"
    assert len(b"\x00\x04sala") + Mqtt.tamano + len(Mqtt.detras) == 0x46


def carrera(entregas: float) -> Reparto:
    return Reparto(1.0, 10, entregas, 0.5, 0.9, 0.1, 0.2)


def medidos() -> Resultados:
    resultados = Resultados(donde={"sistema": "Linux"})
    for entregas in (80e6, 90e6, 10e6):
        resultados.anotar("100x1", "eventos", carrera(entregas))
    resultados.anotar("100x1", "redis", carrera(8e6))
    resultados.anotar("100x1", "nats", carrera(4e6))
    resultados.anotar("ociosos-5000", "eventos", Entrada(1.5, 750.4))
    resultados.apuntar_fallo("100x1", "ngircd", "no contesta")
    return resultados


def test_las_tablas_dan_la_mediana_y_cuantas_veces_es_la_del_mejor_de_los_demas() -> None:
    tabla = tablas.por_nombre(medidos())["reparto"]
    assert "| **eventos**, chatlab, un hilo | 80,0 M (×10,0) | — | — |\n" in tabla
    assert "| **nats**, nats-server, en Go | 4,00 M (×0,50) | — | — |\n" in tabla
    assert "ngircd" not in tabla
    assert "| 750 | 1,50 | — | — |\n" in tablas.por_nombre(medidos())["ociosos"]


def test_lo_guardado_se_lee_igual(tmp_path: Path) -> None:
    medidos().guardar(tmp_path / "resultados.json")
    assert leer(tmp_path / "resultados.json") == medidos()


def test_la_orden_mide_y_deja_las_tablas_y_el_dibujo(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="sin matplotlib no hay dibujo")
    orden = [sys.executable, "-m", "bench", "--rondas", "1", "--salida", str(tmp_path)]
    orden += ["--servidor", "hilos ingenuo", "--escenario", "100x1"]
    hecha = subprocess.run(orden, cwd=RAIZ, capture_output=True, encoding="utf-8", check=False)
    assert hecha.returncode == 0, hecha.stderr
    assert "ronda 1 · hilos ingenuo: " in hecha.stdout
    assert {uno.name for uno in tmp_path.iterdir()} == {
        *("resultados.json", "reparto.md", "de-uno-en-uno.md", "ociosos.md", "donde.md"),
        *("reparto-claro.svg", "reparto-oscuro.svg"),
    }
    medido = json.loads((tmp_path / "resultados.json").read_text(encoding="utf-8"))
    assert len(medido["rondas"]["100x1"]["hilos ingenuo"]) == 1


def test_un_servidor_que_no_existe_se_dice_en_espanol() -> None:
    orden = [sys.executable, "-m", "bench", "--servidor", "apache"]
    hecha = subprocess.run(orden, cwd=RAIZ, capture_output=True, encoding="utf-8", check=False)
    assert hecha.returncode == 2
    assert "apache" in hecha.stderr
    assert "python -m bench --ayuda" in hecha.stderr


def test_las_cifras_del_sitio_son_las_de_la_ultima_medicion() -> None:
    guardado = RAIZ / "docs" / "mediciones"
    for nombre, tabla in tablas.por_nombre(leer(guardado / "resultados.json")).items():
        assert (guardado / f"{nombre}.md").read_text(encoding="utf-8") == tabla
