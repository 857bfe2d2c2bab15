import socket
import threading
import tkinter as tk

conexion = socket.create_connection(("localhost", 9100))
ventana = tk.Tk()
texto = tk.Text(ventana)
texto.pack()
entrada = tk.Entry(ventana)
entrada.pack()


def enviar(evento):
    conexion.sendall((entrada.get() + "\n").encode())
    entrada.delete(0, tk.END)


def recibir():
    for linea in conexion.makefile(encoding="utf-8"):
        texto.insert(tk.END, linea)


entrada.bind("<Return>", enviar)
threading.Thread(target=recibir, daemon=True).start()
ventana.mainloop()
