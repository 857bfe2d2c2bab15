import socket
import threading

HOST = "192.168.0.15"
PORT = 5001

s = socket.socket()
s.connect((HOST, PORT))
print("Conectado a " + HOST)

nombre = input("Nombre de usuario: ")
s.send(nombre.encode("utf8"))

def escuchar():
    while True:
        try:
            data = s.recv(1024).decode("utf8")
        except:
            data = ""
        if data == "":
            print("Servidor caído")
            break
        print(data)

hilo = threading.Thread(target=escuchar, daemon=True)
hilo.start()

while True:
    msg = input()
    if msg == "/exit":
        print("Saliendo...")
        break
    if msg:
        s.send(msg.encode("utf8"))
