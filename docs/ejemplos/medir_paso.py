"""Arranca el servidor de un paso de la lección 05 y lo mide.

python -m docs.ejemplos.medir_paso paso1_un_hilo_por_cliente 10 100 1000
"""

import os
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]


def principal():
    paso, *clientes = sys.argv[1:]
    # Sin la sonda con que se graban estas páginas, que lo haría todo más
    # lento.
    entorno = {**os.environ, "PYTHONPATH": "", "PYTHONUNBUFFERED": "1"}
    orden = [
        sys.executable,
        RAIZ / "lessons/05_eventos" / paso / "servidor.py",
        "0",
    ]
    with subprocess.Popen(
        orden, env=entorno, stdout=subprocess.PIPE, text=True
    ) as servidor:
        puerto = servidor.stdout.readline().strip().rpartition(":")[2]
        for cuantos in clientes:
            print(f"--- {paso}, {cuantos} clientes", flush=True)
            encargo = ["--clientes", cuantos, "--mensajes", "200"]
            medir = [
                sys.executable,
                "-m",
                "chatlab",
                "medir",
                f"localhost:{puerto}",
                *encargo,
            ]
            subprocess.run(medir, cwd=RAIZ, env=entorno)
        servidor.terminate()


if __name__ == "__main__":
    principal()
