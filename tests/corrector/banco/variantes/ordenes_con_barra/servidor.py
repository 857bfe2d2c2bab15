import socket
import threading

# Órdenes del protocolo: CONNECT|nombre   MSG|texto   EXIT|
# Todas acaban en \n

clientes = {}
candado = threading.Lock()


def enviar(conexion, orden, *datos):
    conexion.sendall(("|".join([orden, *datos]) + "\n").encode("utf-8"))


def difundir(emisor, orden, *datos):
    with candado:
        for conexion in clientes:
            if conexion is not emisor:
                try:
                    enviar(conexion, orden, *datos)
                except OSError:
                    pass


def leer_ordenes(conexion):
    archivo = conexion.makefile("r", encoding="utf-8", newline="\n")
    try:
        for linea in archivo:
            orden, _, datos = linea.rstrip("\n").partition("|")
            yield orden, datos
    except OSError:
        pass


def atender(conexion):
    nombre = None
    for orden, datos in leer_ordenes(conexion):
        if orden == "CONNECT":
            nombre = datos
            with candado:
                clientes[conexion] = nombre
            enviar(conexion, "OK", nombre)
            difundir(conexion, "ENTRA", nombre)
        elif orden == "MSG" and nombre:
            difundir(conexion, "MSG", nombre, datos)
        elif orden == "EXIT":
            break
        else:
            enviar(conexion, "ERROR", "no entiendo " + orden)
    if nombre:
        with candado:
            del clientes[conexion]
        difundir(conexion, "SALE", nombre)
    conexion.close()


def main():
    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    servidor.bind(("localhost", 6667))
    servidor.listen()
    print("Escuchando en localhost:6667")
    try:
        while True:
            conexion, direccion = servidor.accept()
            print("Nueva conexión:", direccion)
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
    except KeyboardInterrupt:
        print("Servidor cerrado")


main()
