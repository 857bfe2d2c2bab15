import socket
import threading

HOST = 'localhost'
PORT = 8080


def recibir_mensajes(cliente):
    while True:
        try:
            mensaje = cliente.recv(1024).decode('utf-8')
            if not mensaje:
                print('\nEl servidor se ha desconectado')
                break
            print('\n' + mensaje)
            print('Mensaje: ', end='', flush=True)
        except ConnectionError:
            print('\nError de conexión')
            break


def iniciar_cliente():
    cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    cliente.connect((HOST, PORT))
    nombre = input('Introduce tu nombre: ')
    cliente.sendall(nombre.encode('utf-8'))
    hilo = threading.Thread(target=recibir_mensajes, args=(cliente,))
    hilo.daemon = True
    hilo.start()
    while True:
        mensaje = input('Mensaje: ')
        if mensaje.lower() == 'salir':
            cliente.close()
            break
        cliente.sendall(mensaje.encode('utf-8'))


if __name__ == '__main__':
    iniciar_cliente()
