import socket
import threading

nombre = input("Nombre con el que apareces en el chat: ")
s = socket.socket()
s.connect(("127.0.0.1", 10000))
s.sendall(nombre.encode() + b"\n")
fin = threading.Event()


def recibir():
    resto = b""
    while not fin.is_set():
        try:
            datos = s.recv(512)
        except OSError:
            datos = b""
        if datos == b"":
            if not fin.is_set():
                print("El servidor se ha ido")
            fin.set()
        resto += datos
        # puede haber llegado una línea, varias o media
        trozos = resto.split(b"\n")
        for trozo in trozos[:-1]:
            print(trozo.decode())
        resto = trozos[-1]


hilo = threading.Thread(target=recibir)
hilo.start()
try:
    while not fin.is_set():
        texto = input()
        if texto == "bye":
            break
        if texto:
            s.sendall(texto.encode() + b"\n")
except OSError:
    print("no se ha enviado")
fin.set()
try:
    s.shutdown(socket.SHUT_RDWR)
except OSError:
    pass
s.close()
hilo.join()
