"""Una bitácora en la que a cada cliente lo atiende un proceso hijo."""

import multiprocessing
import socket


def atender(conexion):
    with conexion, conexion.makefile(encoding="utf-8", errors="replace") as lineas:
        try:
            for linea in lineas:
                print(linea.rstrip()[::-1], flush=True)  # la falta: lo apunta del revés
        except OSError:
            pass


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    with socket.create_server(("localhost", 9100)) as escucha:
        try:
            while True:
                conexion, _ = escucha.accept()
                multiprocessing.Process(target=atender, args=(conexion,), daemon=True).start()
                conexion.close()
        except KeyboardInterrupt:
            pass
