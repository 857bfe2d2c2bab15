import socket, threading

PUERTO = 3000
clientes = {}
candado = threading.Lock()

def difundir(msg, origen=None):
    candado.acquire()
    try:
        for nick, sock in clientes.items():
            if nick != origen:
                try:
                    sock.sendall(msg.encode() + b'\n')
                except OSError:
                    print("fallo al enviar a", nick)
    finally:
        candado.release()

def lineas(sock):
    # generador con las líneas que llegan
    resto = b''
    while True:
        try:
            datos = sock.recv(2048)
        except OSError:
            return
        if datos == b'':
            return
        resto += datos
        while b'\n' in resto:
            linea, _, resto = resto.partition(b'\n')
            yield linea.decode()

def atender(sock):
    entrada = lineas(sock)
    nick = next(entrada, None)
    if nick is None:
        sock.close()
        return
    with candado:
        clientes[nick] = sock
    difundir('+ ' + nick, nick)
    for linea in entrada:
        difundir('[' + nick + '] ' + linea, nick)
    with candado:
        del clientes[nick]
    difundir('- ' + nick)
    sock.close()

if __name__ == '__main__':
    servidor = socket.socket()
    servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    servidor.bind(('0.0.0.0', PUERTO))
    servidor.listen()
    print('Puerto', PUERTO)
    try:
        while True:
            sock, dir = servidor.accept()
            threading.Thread(target=atender, args=(sock,), daemon=True).start()
    except KeyboardInterrupt:
        pass
