print("uno", "dos", sep="-")  # → uno-dos
print("sin Intro", end="")
print(", seguido")  # → sin Intro, seguido
