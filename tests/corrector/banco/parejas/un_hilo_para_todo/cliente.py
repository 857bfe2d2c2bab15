import socket

s = socket.socket()
s.connect(("127.0.0.1", 9090))
nick = input("Tu nick: ")
s.recv(1024)
s.send(nick.encode())
while True:
    msg = input("> ")
    if msg == "salir":
        break
    s.send((msg + "\n").encode())
    print(s.recv(1024).decode())
s.close()
