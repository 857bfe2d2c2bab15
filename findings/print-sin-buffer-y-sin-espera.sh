#!/usr/bin/env bash
# CPython 3.11 a 3.13: con -u, `print` en una tubería no bloqueante y llena pierde texto sin error.
#
# El modo no bloqueante es de la tubería, no de cada programa: lo puede haber pedido otro de los que la
# comparten. Con buffer, `print` y `flush` lanzan BlockingIOError. Con -u (PYTHONUNBUFFERED, lo corriente en
# contenedores) no hay quien cuente lo que write(2) dejó sin escribir, y las líneas desaparecen: ni
# excepción, ni aviso, y código 0.
set -euo pipefail
python=${PYTHON:-python3}
carpeta=$(mktemp -d)
trap 'rm -rf "$carpeta"' EXIT
"$python" --version

cat >"$carpeta/prueba.py" <<'PY'
import os
import subprocess
import sys

LINEAS = 300
PROGRAMA = f"for n in range({LINEAS}): print(n, 'x' * 1000)"


def ejecutar(*opciones: str) -> tuple[int, bool, int]:
    """El código, si hubo BlockingIOError y cuántas líneas llegaron enteras."""
    leer, escribir = os.pipe()
    os.set_blocking(escribir, False)
    hijo = subprocess.run(
        [sys.executable, *opciones, "-c", PROGRAMA], stdout=escribir, stderr=subprocess.PIPE, timeout=30
    )
    os.close(escribir)
    with os.fdopen(leer, "rb") as tuberia:
        llegado = tuberia.read()
    return hijo.returncode, b"BlockingIOError" in hijo.stderr, llegado.count(b"\n")


con_buffer, sin_buffer = ejecutar(), ejecutar("-u")
print(f"con buffer: código {con_buffer[0]}, BlockingIOError: {con_buffer[1]}")
print(f"con -u: código {sin_buffer[0]}, BlockingIOError: {sin_buffer[1]}, "
      f"llegan {sin_buffer[2]} líneas de {LINEAS}")
assert con_buffer[1], "con buffer ya no avisa"
assert sin_buffer[:2] == (0, False), "con -u ya avisa"
assert sin_buffer[2] < LINEAS, "con -u ya no pierde nada"
PY
"$python" "$carpeta/prueba.py"
