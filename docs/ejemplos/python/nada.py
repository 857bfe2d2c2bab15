def buscar(nombre):
    if nombre == "Ana":
        return "está"
    return None


print(buscar("Eva") is None)  # → True
