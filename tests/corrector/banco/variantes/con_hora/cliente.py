import socket
import sys
import threading
from datetime import datetime

nombre = input('Bienvenido al chat. ¿Quién eres? Pon tu nombre: ')
cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    cliente.connect(('localhost', 9090))
except OSError:
    sys.exit('No se ha podido conectar')
cliente.send(nombre.encode('utf-8'))


def recibir():
    while True:
        try:
            mensaje = cliente.recv(1024).decode('utf-8')
        except ConnectionError:
            mensaje = ''
        if not mensaje:
            print('*** desconectado ***')
            break
        print(mensaje)


threading.Thread(target=recibir, daemon=True).start()
while True:
    mensaje = input()
    if mensaje == '':
        continue
    cliente.send(mensaje.encode('utf-8'))
    if mensaje == 'chao':
        break
    # para ver mi propio mensaje también con la hora
    print(f"({datetime.now().strftime('%H:%M:%S')}) Tú: {mensaje}")
