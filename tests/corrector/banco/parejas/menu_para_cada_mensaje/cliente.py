import socket
s = socket.socket()
s.connect(("127.0.0.1", 4040))
while True:
    print("1. Enviar mensaje")
    print("2. Salir")
    op = input("Opción: ")
    if op == "2":
        break
    if op == "1":
        m = input("Mensaje: ")
        s.sendall((m + "\n").encode())
    else:
        print("Opción no válida")
s.close()
