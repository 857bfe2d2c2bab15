"""El medidor: cuánto da de sí un servidor que habla ChatLab/1. Empieza por `carrera.py`.

    encargo.py       qué se pide medir, y lo que vale si no se dice
    objetivos.py     el servidor: uno que ya está en marcha, o uno nuestro que se arranca
    grupo.py         los clientes entran en la sala, y esperan a que todo esté en calma
    carrera.py       la medición: quién envía, cuánto y cuándo, y hasta cuándo
    emisor.py        quien envía
    receptor.py      quien recibe
    contador.py      cuenta mensajes en un flujo de bytes sin decodificarlo
    descriptores.py  sitio para tantos sockets
    resultado.py     lo medido, sus percentiles y su mediana
    informe.py       lo medido, para leerlo
    grafica.py       y para verlo
    avance.py        la barra de progreso
    ronda.py         una medición entera, de principio a fin

El medidor no debe ser más lento que lo que mide. Por eso lee a lo grande, cuenta sin decodificar y
dice siempre cuánta CPU ha gastado él.
"""
