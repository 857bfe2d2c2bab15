"""Medio segundo en cada recv o en total: solo uno de los dos plazos sirve.

    python dos_plazos.py

Termina solo, en unos tres segundos.
"""

import socket
import threading
import time

PLAZO = 0.5
NOMBRE = "Robustiana"


def gotear(escucha):
    """Envía el nombre letra a letra, una cada 0,2 segundos."""
    gota, _ = escucha.accept()
    for letra in NOMBRE:
        gota.sendall(letra.encode())
        time.sleep(0.2)
    gota.close()


def leer_lo_que_gotea(plazo_total):
    """Lee letra a letra hasta que el otro cierra o se cansa de esperar."""
    escucha = socket.create_server(("localhost", 0))
    threading.Thread(target=gotear, args=(escucha,), daemon=True).start()
    conexion = socket.create_connection(escucha.getsockname())
    conexion.settimeout(PLAZO)
    limite = time.monotonic() + PLAZO
    letras = 0
    try:
        while conexion.recv(1):
            letras += 1
            if plazo_total:
                conexion.settimeout(max(0.001, limite - time.monotonic()))
        print(f"He esperado hasta el final: {letras} letras.")
    except TimeoutError:
        print("Me he cansado a medio nombre.")


print("Medio segundo en cada recv:")
leer_lo_que_gotea(plazo_total=False)
print("Medio segundo en total:")
leer_lo_que_gotea(plazo_total=True)
