nombre = "Ana"
puerto = 8000
print(f"{nombre} escucha en el {puerto}")  # → Ana escucha en el 8000
print("  Hola  ".strip().lower())  # → hola
