import socket
import sys
import threading


def recibir(archivo):
    try:
        for linea in archivo:
            print(linea.decode("utf-8"), end="", flush=True)
    except OSError:
        pass
    print("Se perdió la conexión con el servidor")


def main():
    nombre = input("Ingrese su nombre de usuario: ")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.connect(("127.0.0.1", 9999))
        archivo = s.makefile("rb")
        s.sendall(f"{nombre}\n".encode("utf-8"))
        hilo = threading.Thread(target=recibir, args=(archivo,))
        hilo.daemon = True
        hilo.start()
        print("Conectado. Escriba 'quit' para terminar.")
        for linea in sys.stdin:
            linea = linea.rstrip("\n")
            if linea.lower() == "quit":
                break
            try:
                s.sendall(f"{linea}\n".encode("utf-8"))
            except OSError:
                break


main()
