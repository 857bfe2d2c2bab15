class NombreMalo(Exception):
    pass


try:
    raise NombreMalo("está vacío")
except NombreMalo as error:
    print("No vale:", error)  # → No vale: está vacío
