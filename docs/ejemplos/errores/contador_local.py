"""Cuenta los mensajes en una variable de fuera de la función."""

mensajes = 0


def llega(texto):
    mensajes += 1
    print(mensajes, texto)


llega("hola")
