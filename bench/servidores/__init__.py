"""Los servidores que se miden.

catalogo.py          todos: en qué idioma hablan y cómo se arranca cada uno
arranque.py          arrancar un programa en un puerto libre, y pararlo
crudo.py             el límite del núcleo: leer y escribir, sin más
ingenuo_hilos.py     un chat con hilos, como se escribe la primera vez
ingenuo_asyncio.py   otro con asyncio
con_websockets.py    una sala con la biblioteca `websockets`
"""
