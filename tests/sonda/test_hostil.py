"""Por el canal puede hablar cualquiera: nada de lo que diga para ni tumba al corrector."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from chatlab.sonda import Testigo, libro, oyente
from chatlab.sonda.campos import MAX_TEXTO, leer_campos
from chatlab.sonda.libro import Libro
from tests.apoyo.transcripcion import PLAZO

con_unix = pytest.mark.skipif(sys.platform == "win32", reason="se habla por un socket Unix")


def linea(**campos: Any) -> bytes:
    return json.dumps({"tipo": "espera", "hilo": 1, "instante": 1.0, **campos}).encode()


ARRANCA = linea(tipo="arranca", pid=7, programa="servidor.py")


@pytest.mark.parametrize(
    "cambio",
    [
        {"tipo": 3}, {"tipo": None}, {"hilo": "1"}, {"hilo": -1}, {"hilo": 10**30},
        {"instante": "ayer"}, {"instante": float("inf")}, {"instante": float("nan")},
        {"instante": True}, {"conexion": [1]}, {"conexion": 1.5}, {"local": "aquí"},
        {"local": ["127.0.0.1"]}, {"remoto": [8000, "127.0.0.1"]}, {"remoto": ["x", 70000]},
        {"reales": {}}, {"reales": [1, 2, 3]}, {"reales": [1, "2"]}, {"cuantos": "muchos"},
        {"cuantos": -5}, {"datos": 8}, {"datos": "x" * 10**6}, {"detalle": {}}, {"plazo": "nunca"},
        {"plazo": float("inf")}, {"lugar": 3},
    ],
    ids=str,
)  # fmt: skip
def test_un_campo_que_no_es_lo_que_debe_no_se_apunta(cambio: dict[str, Any]) -> None:
    apuntes = Libro()
    proceso = apuntes.llega(ARRANCA)

    with pytest.raises(ValueError):
        apuntes.anotar(proceso, linea(**cambio))

    assert [suceso.tipo for suceso in apuntes.sucesos] == ["arranca"]


@pytest.mark.parametrize(
    "rota",
    [b"", b"{", b"[]", b"3", b"null", b"{}", b"\xff\xfe", b'{"tipo":"espera"}', b"9" * 5000,
     b"[" * 100_000, b'{"a":' * 50_000],
    ids=lambda rota: repr(rota[:12]),
)  # fmt: skip
def test_una_linea_rota_no_es_mas_que_un_error_de_valor(rota: bytes) -> None:
    with pytest.raises(ValueError):
        leer_campos(rota)


def test_lo_que_dice_que_ocurrira_manana_ha_ocurrido_ahora() -> None:
    apuntes = Libro()
    proceso = apuntes.llega(ARRANCA)

    apuntes.anotar(proceso, linea(tipo="hilo_creado", instante=time.monotonic() + 10**6))

    assert apuntes.ultima_actividad <= time.monotonic()


def test_los_textos_se_cortan() -> None:
    campos = leer_campos(linea(detalle="x" * 10**6, lugar="y" * 10**6))

    assert (len(campos["detalle"]), len(campos["lugar"])) == (MAX_TEXTO, MAX_TEXTO)


def test_entre_todos_los_procesos_tampoco_se_guarda_sin_fin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libro, "MAXIMO_DE_SUCESOS", 20)
    monkeypatch.setattr(libro, "MAXIMO_DE_PROCESOS", 5)
    monkeypatch.setattr(libro, "MAXIMO_GUARDADO", 100)
    apuntes = Libro()
    procesos = [apuntes.llega(ARRANCA) for _ in range(5)]
    with pytest.raises(ValueError, match="demasiados procesos"):
        apuntes.llega(ARRANCA)

    for proceso in procesos * 20:
        apuntes.anotar(proceso, linea(tipo="send", conexion=1, cuantos=30, datos="x" * 30))

    assert len(apuntes.sucesos) < 30
    assert sum(len(suceso.datos) for suceso in apuntes.sucesos) <= 100
    assert all(proceso.desbordado for proceso in procesos)


@con_unix
def test_mil_llamadas_calladas_no_dejan_sin_descriptores_a_quien_corrige(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(oyente, "MAX_CANALES", 20)
    with Testigo() as testigo, contextlib.ExitStack() as abiertas:
        for _ in range(60):
            llamada = abiertas.enter_context(socket.socket(socket.AF_UNIX))
            llamada.connect(str(testigo.carpeta / "canal"))
        testigo.sucesos()
        abiertos = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0

        assert abiertos < 60 + 60
        abiertas.close()
        with socket.socket(socket.AF_UNIX) as otra:
            otra.connect(str(testigo.carpeta / "canal"))
            otra.sendall(ARRANCA + b"\n")
            assert testigo.esperar(lambda sucesos: len(sucesos) == 1, PLAZO)


def test_de_cada_proceso_se_sabe_quien_es_su_padre() -> None:
    apuntes = Libro()

    apuntes.llega(linea(tipo="arranca", pid=7, programa="servidor.py", padre=3))

    assert [proceso.padre for proceso in apuntes.procesos] == [3]
