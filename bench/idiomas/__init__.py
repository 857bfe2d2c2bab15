"""Los protocolos de los servidores que se miden: uno en cada archivo.

idioma.py      lo que hay que saber de cada uno
chatlab.py     ChatLab/1
nats.py  redis.py  mqtt.py  irc.py  websocket.py
crudo.py       ninguno: los bytes, tal como llegan
"""
