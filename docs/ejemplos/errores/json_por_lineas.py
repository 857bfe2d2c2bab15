"""Los mismos, cada uno en su línea."""

import json
import socket

aqui, alli = socket.socketpair()
for texto in ("uno", "dos"):
    aqui.sendall(json.dumps({"texto": texto}).encode() + b"\n")
aqui.close()

for linea in alli.makefile(encoding="utf-8"):
    print(json.loads(linea))
