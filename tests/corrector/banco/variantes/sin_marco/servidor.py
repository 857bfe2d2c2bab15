import socket
import threading

clientes = []

s = socket.socket()
s.bind(("localhost", 1234))
s.listen(5)
print("servidor listo")

def reenviar(texto, quien):
    for c in clientes:
        if c != quien:
            c.send(texto.encode())

def hilo(c):
    nombre = c.recv(1024).decode()
    reenviar(nombre + " ha entrado", c)
    while True:
        datos = c.recv(1024)
        if len(datos) == 0:
            break
        texto = datos.decode()
        print(nombre, texto)
        reenviar(nombre + ": " + texto, c)
    clientes.remove(c)
    c.close()
    reenviar(nombre + " ha salido", c)

while True:
    c, dir = s.accept()
    clientes.append(c)
    t = threading.Thread(target=hilo, args=[c])
    t.daemon = True
    t.start()
