# Servidor de chat con select, sin hilos
import select
import socket

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("0.0.0.0", 15000))
servidor.listen(10)
sockets = [servidor]
nombres = {}
print("Servidor de chat iniciado en el puerto 15000")


def difundir(emisor, texto):
    for s in sockets:
        if s != servidor and s != emisor:
            try:
                s.send(texto.encode("utf-8"))
            except OSError:
                pass


def desconectar(s):
    sockets.remove(s)
    s.close()
    if s in nombres:
        difundir(s, "%s ha abandonado la sala" % nombres.pop(s))


try:
    while True:
        listos, _, _ = select.select(sockets, [], [])
        for s in listos:
            if s == servidor:
                nuevo, dir = servidor.accept()
                sockets.append(nuevo)
                print("Cliente (%s, %s) conectado" % dir)
                continue
            try:
                datos = s.recv(1024).decode("utf-8")
            except ConnectionError:
                datos = ""
            if datos == "":
                desconectar(s)
            elif s not in nombres:
                nombres[s] = datos
                difundir(s, "%s ha entrado en la sala" % datos)
            else:
                difundir(s, "<%s> %s" % (nombres[s], datos))
except KeyboardInterrupt:
    servidor.close()
