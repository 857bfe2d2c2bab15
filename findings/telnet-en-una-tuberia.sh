#!/usr/bin/env bash
# inetutils-telnet 2.4: con la entrada en una tubería que se acaba enseguida, no envía nada.
#
# `printf 'Ana\nhola\n' | telnet localhost 8000` parece lo mismo que con nc. Lo que hace: conecta, no
# envía ni un byte, dice «Connection closed by foreign host.» aunque quien ha cerrado es él, y acaba
# con código 0. Si la tubería sigue abierta un momento, sí envía.
set -euo pipefail
version=2:2.4-2+deb12u3
carpeta=$(mktemp -d)
trap 'rm -rf "$carpeta"' EXIT
cd "$carpeta"
apt-get download -qq "inetutils-telnet=$version" >/dev/null
dpkg -x inetutils-telnet_*.deb .
echo "inetutils-telnet $version"

cat >servidor.py <<'PY'
import socket

with socket.create_server(("127.0.0.1", 0)) as escucha:
    print(escucha.getsockname()[1], flush=True)
    for _ in range(2):
        conexion, _ = escucha.accept()
        conexion.settimeout(10)
        recibido = b""
        while datos := conexion.recv(4096):
            recibido += datos
        conexion.close()
        print(recibido, flush=True)
PY
python3 servidor.py >servidor.txt &
servidor=$!
until [ -s servidor.txt ]; do sleep 0.05; done
puerto=$(head -1 servidor.txt)
telnet=$(echo ./usr/bin/*telnet)
printf 'Ana\nhola\n' | timeout 20 "$telnet" 127.0.0.1 "$puerto" >de_golpe.txt 2>&1 && codigo=0 || codigo=$?
(printf 'Ana\nhola\n'; sleep 1) | timeout 20 "$telnet" 127.0.0.1 "$puerto" >despacio.txt 2>&1 || true
wait "$servidor"

echo "de golpe: telnet dice «$(tail -1 de_golpe.txt)», código $codigo; llega $(sed -n 2p servidor.txt)"
echo "con la tubería abierta un segundo más: llega $(sed -n 3p servidor.txt)"
[ "$(sed -n 2p servidor.txt)" = "b''" ] && [ "$codigo" = 0 ]
grep -q 'Connection closed by foreign host' de_golpe.txt
[ "$(sed -n 3p servidor.txt)" = "b'Ana\\r\\nhola\\r\\n'" ]
