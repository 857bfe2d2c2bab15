import os
import socket
import sys
import threading
import textwrap
HOST = "127.0.0.1"
PORT = 5050


def escuchar(s):
    try:
        for linea in s.makefile("r", encoding="utf-8", errors="replace", newline="\n"):
            quien, _, texto = linea.rstrip("\n").partition("|")
            print(textwrap.fill(texto, 60, initial_indent=f"{quien:>10} | ", subsequent_indent=" " * 10 + " | ") if texto else quien)
    except OSError:
        pass
    print("El servidor se ha ido")
    os._exit(0)


def main():
    nombre = input("Nombre: ")
    pass
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect((HOST, PORT))
    except OSError as e:
        print("No hay servidor:", e)
        sys.exit(1)
    s.sendall((nombre + "\n").encode("utf-8"))
    threading.Thread(target=escuchar, args=(s,), daemon=True).start()
    try:
        while True:
            mensaje = input("")
            if mensaje.lower() in ("/salir",):
                break
            s.sendall((mensaje + "\n").encode("utf-8"))
    except (EOFError, KeyboardInterrupt):
        pass
    except OSError:
        print("El servidor se ha ido")
    print("Hasta luego")
    s.close()


main()
