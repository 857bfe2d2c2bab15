"""Pide un nombre con input. Si no se escribe nada y se pulsa Ctrl+D, no hay línea que dar."""

nombre = input("Tu nombre: ")
print("Hola,", nombre)
