"""Publicador y suscriptores: quien publica no sabe quién escucha."""

suscriptores = []


def publicar(noticia):
    for avisar in list(suscriptores):
        avisar(noticia)


def pantalla(noticia):
    print("En la pantalla:", noticia)


cuaderno = []

publicar("¿Hay alguien?")

suscriptores.append(pantalla)
suscriptores.append(cuaderno.append)
publicar("Ana se ha unido al chat")

suscriptores.remove(pantalla)
publicar("Ana: ¿seguís ahí?")
print("En el cuaderno:", cuaderno)
