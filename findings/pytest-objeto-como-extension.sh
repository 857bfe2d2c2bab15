#!/usr/bin/env bash
# pytest 9.0.1 (y 8.3.5): de un objeto registrado como extensión se toman los «hooks» puestos con setattr,
# y las «fixtures», no. De un módulo hecho igual se toma todo.
#
# pluggy busca los «hooks» en el objeto; pytest busca las «fixtures» en su clase, salvo que sea un módulo.
# Quien las hace a partir de una tabla ve que la mitad de su extensión funciona y la otra mitad no existe:
# «fixture '…' not found», sin ningún aviso al registrarla. Un `types.ModuleType` lo resuelve.
set -euo pipefail
carpeta=$(mktemp -d)
trap 'rm -rf "$carpeta"' EXIT
"${PYTHON:-python3}" -m venv "$carpeta/entorno"
"$carpeta/entorno/bin/python" -m pip install -qq "pytest==${PYTEST:-9.0.1}" 2>/dev/null
cd "$carpeta"

cat >extension.py <<'PY'
import types

import pytest


class Objeto:
    pass


def llenar(cosa, nombre):
    @pytest.fixture(name=f"de_{nombre}")
    def fixture():
        return nombre

    def pytest_report_header(config):
        return f"un hook de {nombre}"

    setattr(cosa, f"de_{nombre}", fixture)
    cosa.pytest_report_header = pytest_report_header
    return cosa


def pytest_configure(config):
    config.pluginmanager.register(llenar(Objeto(), "objeto"))
    config.pluginmanager.register(llenar(types.ModuleType("hecho"), "modulo"))
PY
cat >test_las_dos.py <<'PY'
def test_del_modulo(de_modulo):
    assert de_modulo == "modulo"


def test_del_objeto(de_objeto):
    assert de_objeto == "objeto"
PY

salida=$(entorno/bin/python -m pytest -p extension -p no:cacheprovider test_las_dos.py 2>&1) || true
grep -E "^platform|un hook de|not found|passed" <<<"$salida"
grep -q "un hook de objeto" <<<"$salida"
grep -q "un hook de modulo" <<<"$salida"
grep -q "fixture 'de_objeto' not found" <<<"$salida"
grep -q "1 passed, 1 error" <<<"$salida"
