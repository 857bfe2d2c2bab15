import socket
import threading

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("localhost", 6667))
entrada = s.makefile("r", encoding="utf-8", newline="\n")


def enviar(orden, datos=""):
    s.sendall(f"{orden}|{datos}\n".encode("utf-8"))


def recibir():
    try:
        for linea in entrada:
            orden, _, datos = linea.rstrip("\n").partition("|")
            if orden == "MSG":
                nombre, _, texto = datos.partition("|")
                print(f"{nombre} dice: {texto}")
            elif orden == "ENTRA":
                print("Ha entrado", datos)
            elif orden == "SALE":
                print("Ha salido", datos)
            elif orden == "ERROR":
                print("Error:", datos)
    except OSError:
        pass
    print("Conexión cerrada por el servidor")


nombre = input("Identifícate: ")
enviar("CONNECT", nombre)
print(entrada.readline().strip())
threading.Thread(target=recibir, daemon=True).start()
while True:
    texto = input()
    if texto == "/exit":
        enviar("EXIT")
        break
    enviar("MSG", texto)
