import socket, threading

def recibir():
    resto = ''
    archivo = s.makefile(encoding='utf-8')
    try:
        for linea in archivo:
            # \r para tapar el > que hay en la línea
            print('\r' + linea + '> ', end='', flush=True)
    except OSError:
        pass
    print('\rse acabó, el servidor no contesta')

nick = input('nick> ')
s = socket.socket()
s.connect(('127.0.0.1', 3000))
s.sendall(nick.encode() + b'\n')
threading.Thread(target=recibir, daemon=True).start()
while True:
    texto = input('> ')
    if texto in ('quit', 'QUIT'):
        break
    s.sendall(texto.encode() + b'\n')
