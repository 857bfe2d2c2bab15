import socket
import threading

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
usuario = input("Usuario: ")
s.connect(("127.0.0.1", 11111))
s.sendall(usuario.encode("utf-8"))


def escucha():
    while True:
        try:
            texto = s.recv(1024).decode("utf-8")
        except OSError:
            texto = ""
        if not texto:
            print("Sin conexión")
            break
        print(texto)


threading.Thread(target=escucha, daemon=True).start()
while True:
    texto = input()
    if texto.lower() in ["salir", "exit"]:
        break
    if texto:
        s.sendall(texto.encode("utf-8"))
