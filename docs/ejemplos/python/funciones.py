def saludar(nombre):
    return "Hola, " + nombre


print(saludar("Ana"))  # → Hola, Ana
