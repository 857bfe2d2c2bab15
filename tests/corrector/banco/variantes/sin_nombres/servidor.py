import socket
import threading

PUERTO = 7777
clientes = []


def atender(cliente):
    while True:
        try:
            datos = cliente.recv(1024)
        except ConnectionError:
            break
        if not datos:
            break
        for otro in clientes:
            if otro is not cliente:
                try:
                    otro.sendall(datos)
                except OSError:
                    print("no le llega a uno")
    clientes.remove(cliente)
    cliente.close()
    print("se ha ido uno, quedan", len(clientes))


servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("localhost", PUERTO))
servidor.listen()
print("Servidor en el puerto", PUERTO)
try:
    while True:
        cliente, direccion = servidor.accept()
        clientes.append(cliente)
        print("ha entrado uno, ya son", len(clientes))
        threading.Thread(target=atender, args=(cliente,), daemon=True).start()
except KeyboardInterrupt:
    print("adiós")
