"""No abre ningún puerto: lo cuenta, y espera."""

import time

import falsa

falsa.contar("bind", local=("0.0.0.0", 9000))
falsa.contar("listen", local=("0.0.0.0", 9000))
try:
    while True:
        time.sleep(0.1)
        falsa.contar("accept", local=("127.0.0.1", 9000), remoto=("127.0.0.1", 40000))
except KeyboardInterrupt:
    pass
