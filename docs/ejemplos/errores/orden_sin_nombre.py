"""Una orden a la que le falta lo que va detrás."""

linea = "/nick"
partes = linea.split(" ")
print("Ahora te llamas", partes[1])
