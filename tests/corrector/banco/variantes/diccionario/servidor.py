from threading import Thread
import socket

host = "127.0.0.1"
puerto = 9001
usuarios = {}   # nombre -> socket

def transmitir(mensaje, excepto):
    for nombre in list(usuarios):
        if nombre != excepto:
            try:
                usuarios[nombre].send(mensaje.encode("utf-8"))
            except (OSError, KeyError):
                pass

def manejar_cliente(sock):
    nombre = ""
    try:
        nombre = sock.recv(1024).decode("utf-8")
        if nombre in usuarios:
            sock.send("Ese nombre ya está tomado".encode("utf-8"))
            nombre = ""
        if nombre != "":
            usuarios[nombre] = sock
            transmitir(f"{nombre} se conectó", nombre)
            while True:
                mensaje = sock.recv(1024).decode("utf-8")
                if not mensaje:
                    break
                transmitir(f"{nombre}: {mensaje}", nombre)
    except ConnectionResetError:
        print("se perdió la conexión con", nombre)
    finally:
        sock.close()
        if nombre in usuarios:
            del usuarios[nombre]
            transmitir(f"{nombre} se desconectó", nombre)

def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, puerto))
    s.listen()
    print(f"Servidor corriendo en {host}:{puerto}")
    while True:
        sock, dir = s.accept()
        hilo = Thread(target=manejar_cliente, args=(sock,))
        hilo.daemon = True
        hilo.start()

if __name__ == "__main__":
    main()
