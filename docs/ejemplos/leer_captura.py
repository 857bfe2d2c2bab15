"""Lee una captura y dice qué llevaba cada segmento.

python leer_captura.py ARCHIVO
"""

import sys
from pathlib import Path

SERVIDOR = 8000  # el puerto en el que se capturó
SENALES = {0x02: "SYN", 0x08: "PSH", 0x01: "FIN", 0x04: "RST", 0x10: "ACK"}


def paquetes(captura):
    """Cada paquete guardado, en orden."""
    captura.read(24)  # lo que el archivo dice de sí mismo
    while cabecera := captura.read(16):
        guardados = int.from_bytes(cabecera[8:12], "little")
        yield captura.read(guardados)[14:]  # detrás de los 14 de Ethernet


def contar(paquete):
    """Un paquete es una cabecera de IP, una cabecera de TCP y los datos."""
    largo_ip = (paquete[0] & 0x0F) * 4
    largo = int.from_bytes(paquete[2:4], "big")
    segmento = paquete[largo_ip:]
    origen = int.from_bytes(segmento[:2], "big")
    largo_tcp = (segmento[12] >> 4) * 4
    senales = [nombre for bit, nombre in SENALES.items() if segmento[13] & bit]
    cuantos = largo - largo_ip - largo_tcp
    datos = segmento[largo_tcp:][:cuantos]

    quien = (
        "servidor → cliente" if origen == SERVIDOR else "cliente → servidor"
    )
    dicho = f"  {datos[:12]}" if cuantos else ""
    return f"{quien}  {' '.join(senales):7} {cuantos:5} bytes{dicho}"


with Path(sys.argv[1]).open("rb") as captura:
    for numero, paquete in enumerate(paquetes(captura), start=1):
        print(f"{numero:2}  {contar(paquete)}")
