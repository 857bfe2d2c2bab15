#!/usr/bin/env bash
# netcat-openbsd 1.219: `nc -q 1` no se va un segundo después de acabarse su entrada.
#
# Su manual dice: «-q seconds: after EOF on stdin, wait the specified number of seconds and then
# quit». Lo que hace: cierra enseguida su mitad de la conexión (como -N) y se queda hasta que el
# servidor cierre la suya; el segundo se cuenta desde entonces.
#
# Quien lo usa en una guía («printf … | nc -q 1») cree que a su servidor le queda un segundo para
# contestar, y lo que ve el servidor es que el cliente se ha ido ya.
set -euo pipefail
version=1.219-1
carpeta=$(mktemp -d)
trap 'rm -rf "$carpeta"' EXIT
cd "$carpeta"
apt-get download -qq "netcat-openbsd=$version" >/dev/null
dpkg -x netcat-openbsd_*.deb .
echo "netcat-openbsd $version"

cat >servidor.py <<'PY'
import socket, sys, time

segundos = float(sys.argv[1])
with socket.create_server(("127.0.0.1", 0)) as escucha:
    print(escucha.getsockname()[1], flush=True)
    conexion, _ = escucha.accept()
    conexion.settimeout(20)
    while conexion.recv(4096):
        pass
    print(f"el servidor ve el final de la entrada {time.monotonic():.2f}", flush=True)
    for _ in range(int(segundos * 10)):  # sigue hablando: el cliente no se ha ido
        conexion.sendall(b"tic\n")
        time.sleep(0.1)
    conexion.close()
    print(f"el servidor cierra {time.monotonic():.2f}", flush=True)
PY
python3 servidor.py 4 >servidor.txt &
servidor=$!
until [ -s servidor.txt ]; do sleep 0.05; done
puerto=$(head -1 servidor.txt)
empieza=$(python3 -c 'import time; print(time.monotonic())')
printf 'hola\n' | timeout 20 ./bin/nc.openbsd -q 1 127.0.0.1 "$puerto" >cliente.txt
acaba=$(python3 -c 'import time; print(time.monotonic())')
wait "$servidor"

cat servidor.txt
python3 - "$empieza" "$acaba" "$(awk '/final/{print $NF}' servidor.txt)" "$(grep -c tic cliente.txt)" <<'PY'
import sys

empieza, acaba, final, tics = map(float, sys.argv[1:])
print(f"nc -q 1: el servidor ve el final de la entrada a los {final - empieza:.1f} s; nc termina "
      f"a los {acaba - empieza:.1f} s, y ha leído {tics:.0f} líneas")
assert final - empieza < 0.9, "ya no cierra su mitad enseguida"
assert acaba - empieza > 3.5, "ya se va al segundo, como dice su manual"
assert tics >= 35, "ya no lee hasta que el servidor cierra"
PY
