import socket
import threading


def recibir(s):
    while True:
        try:
            mensaje = s.recv(1024).decode()
        except OSError:
            mensaje = ""
        if not mensaje:
            print("Has perdido la conexión")
            break
        print(mensaje)


ip = input("IP del servidor: ")
puerto = int(input("Puerto: "))
nombre = input("Tu nombre de usuario: ")

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((ip, puerto))
s.sendall(nombre.encode())
threading.Thread(target=recibir, args=(s,), daemon=True).start()

mensaje = ""
while mensaje != "/salir":
    mensaje = input()
    if mensaje:
        s.sendall(mensaje.encode())
