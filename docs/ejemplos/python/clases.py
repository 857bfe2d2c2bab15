class Persona:
    def __init__(self, nombre):
        self.nombre = nombre

    def saludo(self):
        return "Soy " + self.nombre


print(Persona("Ana").saludo())  # → Soy Ana
