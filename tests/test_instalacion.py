"""Lo que se aconseja instalar sale del mismo sitio que este chatlab: nunca de un desconocido."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from chatlab.programa import instalacion
from tests.apoyo.programa import RAIZ

PROYECTO: dict[str, Any] = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))


class Instalado:
    """Un paquete instalado del que pip apuntó, o no, de dónde salió."""

    metadata = Message()

    def __init__(self, origen: object) -> None:
        self._origen = origen

    def read_text(self, archivo: str) -> str | None:
        assert archivo == "direct_url.json"
        return None if self._origen is None else json.dumps(self._origen)


def instalado_desde(origen: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Este chatlab está en una carpeta de paquetes, y no en un clon."""
    monkeypatch.setattr(instalacion, "PAQUETE", tmp_path / "site-packages" / "chatlab")
    monkeypatch.setattr("importlib.metadata.distribution", lambda _nombre: Instalado(origen))


def test_el_paquete_se_llama_de_otra_manera_que_el_ajeno() -> None:
    assert PROYECTO["project"]["name"] == instalacion.DISTRIBUCION != "chatlab"


def test_sus_extras_no_piden_el_paquete_ajeno() -> None:
    extras = PROYECTO["project"]["optional-dependencies"]
    pedidos = {
        re.split(r"[\[<>=!;~ ]", requisito)[0] for lista in extras.values() for requisito in lista
    }

    assert "chatlab" not in pedidos
    assert instalacion.DISTRIBUCION in pedidos


def test_ninguna_pagina_aconseja_instalar_el_paquete_ajeno() -> None:
    paginas = [*RAIZ.glob("*.md"), *(RAIZ / "docs").rglob("*.md"), *RAIZ.glob("lessons/*/*.md")]
    ajenos = [
        f"{pagina.relative_to(RAIZ)}: {linea}"
        for pagina in paginas
        for linea in pagina.read_text(encoding="utf-8").splitlines()
        if re.search(r"pip install[^&|;]*[\"' ]chatlab([\"'\[ ]|$)", linea)
    ]

    assert ajenos == []


def test_en_un_clon_se_instala_la_carpeta() -> None:
    orden = instalacion.orden_de_instalar("corrector")

    assert orden.endswith(f' -m pip install --editable "{RAIZ}[corrector]"')


@pytest.mark.parametrize(
    ("origen", "requisito"),
    [
        (None, "chatlab-sockets[docs]"),
        (
            {"url": "https://aula.example/c.whl"},
            "chatlab-sockets[docs] @ https://aula.example/c.whl",
        ),
        (
            {"url": "https://aula.example/c", "vcs_info": {"vcs": "git", "commit_id": "0"}},
            "chatlab-sockets[docs] @ git+https://aula.example/c",
        ),
        (["esto no es lo que escribe pip"], "chatlab-sockets[docs]"),
    ],
)
def test_instalado_se_pide_a_quien_lo_dio(
    origen: object, requisito: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instalado_desde(origen, tmp_path, monkeypatch)

    assert instalacion.orden_de_instalar("docs").endswith(f' -m pip install "{requisito}"')


def test_instalado_desde_un_archivo_se_pide_ese_archivo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rueda = tmp_path / "mis cosas" / "chatlab_sockets-0.1.0-py3-none-any.whl"
    instalado_desde({"url": rueda.as_uri()}, tmp_path, monkeypatch)

    assert instalacion.orden_de_instalar("docs").endswith(f' -m pip install "{rueda}[docs]"')


def test_en_el_python_del_sistema_se_aconseja_un_entorno_virtual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """En Debian y otros, `pip install` termina con «externally-managed-environment» (PEP 668)."""
    monkeypatch.setattr("sysconfig.get_path", lambda _cual: str(tmp_path))
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert "venv" not in instalacion.orden_de_instalar("corrector").split(" -m ")[1]

    (tmp_path / "EXTERNALLY-MANAGED").touch()

    crear, instalar, despues = instalacion.orden_de_instalar("corrector").split("\n")
    assert crear.endswith(" -m venv .venv")
    assert instalar.strip().startswith(".venv/bin/python -m pip install ")
    assert ".venv/bin/python" in despues


def test_en_un_entorno_virtual_se_instala_en_el(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _cual: str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    (tmp_path / "EXTERNALLY-MANAGED").touch()

    assert "\n" not in instalacion.orden_de_instalar("corrector")
