# --8<-- [start:publicador]
"""Publicador y suscriptores: quien publica no sabe quién escucha ni cuántos son."""

suscriptores = []


def publicar(noticia):
    for avisar in list(suscriptores):
        avisar(noticia)


# --8<-- [end:publicador]


# --8<-- [start:suscriptores]
def pantalla(noticia):
    print("En la pantalla:", noticia)


cuaderno = []
# --8<-- [end:suscriptores]

# --8<-- [start:nadie]
publicar("¿Hay alguien?")
# --8<-- [end:nadie]

# --8<-- [start:dos]
suscriptores.append(pantalla)
suscriptores.append(cuaderno.append)
publicar("Ana se ha unido al chat")
# --8<-- [end:dos]

# --8<-- [start:uno]
suscriptores.remove(pantalla)
publicar("Ana: ¿seguís ahí?")
print("En el cuaderno:", cuaderno)
# --8<-- [end:uno]
