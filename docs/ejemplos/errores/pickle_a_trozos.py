"""Lo que dice pickle si no le dan justo lo que salió de `dumps`."""

import pickle

entero = pickle.dumps({"nick": "Ana", "texto": "hola"})
for llega in (entero[:20], entero[8:], b""):
    try:
        pickle.loads(llega)
    except (pickle.UnpicklingError, EOFError) as error:
        que = type(error).__name__
        print(f"{len(llega)} bytes de {len(entero)}: {que}: {error}")
