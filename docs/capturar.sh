#!/usr/bin/env bash
# Rehace las capturas de docs/ejemplos, y lo que tshark dice de ellas, en docs/capturas.
#
#   sudo docs/capturar.sh
#
# Pide Linux, ser root, tshark y ethtool. Cada captura se hace en una red aparte (unshare), en la que
# solo hay un bucle: no entra nada de nadie.
set -euo pipefail
cd "$(dirname "$0")/.."

# capturar NOMBRE MTU ORDEN: ejecuta la orden en una red aparte y guarda lo que pasa por el 8000.
capturar() {
    local guardada="docs/ejemplos/$1.pcap"
    # shellcheck disable=SC2016
    unshare --net bash -c '
        ip link set lo mtu "$2" && ip link set lo up
        # Que no los junte la tarjeta: cada paquete, como saldría a un cable.
        ethtool --offload lo tso off gso off gro off >/dev/null
        tshark -q -i lo -f "tcp port 8000" -s 128 -F pcap -w "$1" 2>aviso.txt &
        until grep -q Capturing aviso.txt; do sleep 0.1; done
        sleep 1 # dice que captura un poco antes de hacerlo
        bash -c "$3"
        sleep 1
        kill -INT $! && wait $! || true
        rm aviso.txt
    ' red "$guardada" "$2" "$3"
    tshark -r "$guardada" -T fields -e frame.number -e tcp.srcport -e tcp.dstport \
        -e tcp.flags.str -e tcp.len 2>/dev/null >"docs/capturas/$1.tshark.txt"
}

mkdir -p docs/capturas
paso=lessons/01_bitacora/paso1_un_mensaje
capturar captura 65536 "python3 $paso/servidor.py & sleep 1; echo '¡Hola!' | python3 $paso/cliente.py; wait"
capturar captura_larga 1500 "python3 docs/ejemplos/cuatro_mil.py"
tshark -r docs/ejemplos/captura.pcap -q -z follow,tcp,ascii,0 2>/dev/null |
    grep . >docs/capturas/captura.seguir.txt
