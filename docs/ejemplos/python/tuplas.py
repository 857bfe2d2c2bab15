sitio = ("localhost", 8000)
host, puerto = sitio
print(host)  # → localhost
print(puerto)  # → 8000
