"""Pide un nombre con input. Con Ctrl+D, sin escribir, no hay línea que dar."""

nombre = input("Tu nombre: ")
print("Hola,", nombre)
