import socket
import threading

VERDE = "\033[92m"
ROJO = "\033[91m"
NORMAL = "\033[0m"

clientes = []


def broadcast(mensaje, cliente_emisor):
    for cliente in clientes:
        if cliente["socket"] != cliente_emisor["socket"]:
            try:
                cliente["socket"].sendall(mensaje.encode("utf-8"))
            except OSError:
                print(ROJO + "error al enviar a " + cliente["nombre"] + NORMAL)


def recibir_de(cliente):
    try:
        return cliente["socket"].recv(1024).decode("utf-8")
    except OSError:
        return ""


def hilo_cliente(sock, direccion):
    cliente = {"socket": sock, "direccion": direccion}
    cliente["nombre"] = recibir_de(cliente)
    if cliente["nombre"] == "":
        sock.close()
        return
    clientes.append(cliente)
    print(VERDE + cliente["nombre"] + " conectado" + NORMAL)
    broadcast(f"{VERDE}>> {cliente['nombre']} se une al chat{NORMAL}", cliente)
    while True:
        mensaje = recibir_de(cliente)
        if mensaje == "" or mensaje == "/logout":
            break
        broadcast(f"{VERDE}{cliente['nombre']}:{NORMAL} {mensaje}", cliente)
    clientes.remove(cliente)
    sock.close()
    print(ROJO + cliente["nombre"] + " desconectado" + NORMAL)
    broadcast(f"{ROJO}<< {cliente['nombre']} se va del chat{NORMAL}", cliente)


if __name__ == "__main__":
    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    servidor.bind(("localhost", 8001))
    servidor.listen()
    print(VERDE + "SERVIDOR ACTIVO" + NORMAL)
    try:
        while True:
            sock, direccion = servidor.accept()
            hilo = threading.Thread(target=hilo_cliente, args=(sock, direccion), daemon=True)
            hilo.start()
    except KeyboardInterrupt:
        print(ROJO + "SERVIDOR APAGADO" + NORMAL)
