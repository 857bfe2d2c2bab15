"""Cliente de chat. Se sale con «salir», Ctrl+D o Ctrl+C."""
import argparse
import os
import socket
import sys
import threading

FIN = {"salir", "/salir", "exit", "quit"}


def recibir(conexion, terminado):
    with conexion.makefile("r", encoding="utf-8", errors="replace") as entrada:
        try:
            for linea in entrada:
                print(linea, end="", flush=True)
        except OSError:
            pass
    if not terminado.is_set():
        print("El servidor ha cerrado la conexión.", flush=True)
        os._exit(1)


def main():
    opciones = argparse.ArgumentParser(description="Cliente de chat")
    opciones.add_argument("--host", default="127.0.0.1")
    opciones.add_argument("--puerto", type=int, default=8765)
    args = opciones.parse_args()

    try:
        conexion = socket.create_connection((args.host, args.puerto))
    except OSError as error:
        sys.exit(f"No puedo conectar con {args.host}:{args.puerto}: {error}")

    terminado = threading.Event()
    try:
        nombre = ""
        while not nombre:
            nombre = input("¿Cómo te llamas? ").strip()
        conexion.sendall(nombre.encode("utf-8") + b"\n")
        hilo = threading.Thread(target=recibir, args=(conexion, terminado), daemon=True)
        hilo.start()
        print("Escribe «salir» para terminar.")
        while (texto := input()).strip().lower() not in FIN:
            conexion.sendall(texto.encode("utf-8") + b"\n")
    except (EOFError, KeyboardInterrupt):
        pass
    except OSError:
        sys.exit("Se ha perdido la conexión.")
    terminado.set()
    print("Adiós.")


if __name__ == "__main__":
    main()
