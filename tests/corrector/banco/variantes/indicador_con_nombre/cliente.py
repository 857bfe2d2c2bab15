import socket
import threading

IP = "localhost"
PUERTO = 2000

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((IP, PUERTO))
nombre = input("Con qué nombre quieres entrar: ")
s.send(bytes(nombre, "utf-8"))
indicador = "[" + nombre + "]> "


def recibir():
    while True:
        try:
            texto = str(s.recv(1024), "utf-8")
        except OSError:
            texto = ""
        if texto == "":
            print("\nServidor desconectado")
            return
        # borro la línea, escribo el mensaje y vuelvo a poner el indicador
        print("\r\033[K" + texto + "\n" + indicador, end="", flush=True)


threading.Thread(target=recibir, daemon=True).start()
texto = input(indicador)
while texto.upper() != "SALIR":
    if texto != "":
        s.send(bytes(texto, "utf-8"))
    texto = input(indicador)
