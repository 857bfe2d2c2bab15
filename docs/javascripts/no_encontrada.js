/* En la página de «no encontrada», propone las que más se parecen a la que se ha pedido. */
(function () {
  "use strict";

  /* De 0 a 1: con menos, el parecido es casualidad. */
  const PARECIDO_MINIMO = 0.4;
  const CUANTAS = 4;
  /* Lo que gana una página cuyo nombre empieza como el pedido: «paso1» es el paso 1, y no el 2. */
  const EMPIEZA_IGUAL = 0.3;

  /* «/lecciones/01_bitacora/Paso-1.html» → «lecciones 01 bitacora paso 1» */
  function palabras(texto) {
    return texto
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/\.(html?|md)$|\bindex\b/g, " ")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
  }

  function parejas(texto) {
    return new Set(Array.from(texto.slice(1), (letra, i) => texto[i] + letra));
  }

  /* Cuántas parejas de letras comparten, de las que tienen entre los dos (coeficiente de Dice). */
  function parecido(uno, otro) {
    const suyas = parejas(uno);
    const delOtro = parejas(otro);
    const comunes = [...suyas].filter((pareja) => delOtro.has(pareja)).length;
    return (2 * comunes) / (suyas.size + delOtro.size || 1);
  }

  function descifrar(camino) {
    try {
      return decodeURIComponent(camino);
    } catch {
      return camino; /* Un «%» suelto no es de ninguna letra. */
    }
  }

  const pedida = descifrar(location.pathname);
  document.getElementById("pedida").textContent = pedida.slice(0, 200);

  const buscada = palabras(pedida);
  const ultima = palabras(pedida.replace(/\/+$/, "").split("/").pop());
  const candidatas = [...document.querySelectorAll("#todas a")]
    .map((enlace) => {
      const camino = palabras(new URL(enlace.href).pathname);
      const nombre = palabras(new URL(enlace.href).pathname.split("/").pop());
      const titulo = palabras(enlace.textContent);
      const empieza = ultima !== "" && nombre.startsWith(ultima);
      const puntos =
        Math.max(
          parecido(buscada, camino),
          parecido(ultima, nombre),
          parecido(ultima, titulo),
        ) + (empieza ? EMPIEZA_IGUAL : 0);
      return { enlace, puntos };
    })
    .filter((una) => una.puntos >= PARECIDO_MINIMO)
    .sort((una, otra) => otra.puntos - una.puntos)
    .slice(0, CUANTAS);

  const caja = document.getElementById("parecidas");
  candidatas.forEach(({ enlace }) => {
    const fila = document.createElement("li");
    fila.append(enlace.cloneNode(true));
    caja.querySelector("ul").append(fila);
  });
  caja.hidden = candidatas.length === 0;
})();
