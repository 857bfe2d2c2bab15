// Crear elementos de la página. Lo que viene de un programa entra siempre como texto, nunca como HTML.

// Crea un elemento; de los atributos, los que son funciones escuchan: { click: () => … }.
export function crear(etiqueta, atributos = {}, ...hijos) {
  const nuevo = document.createElement(etiqueta);
  for (const [nombre, valor] of Object.entries(atributos)) {
    if (typeof valor === "function") nuevo.addEventListener(nombre, valor);
    else if (valor !== false && valor !== null && valor !== undefined) nuevo.setAttribute(nombre, valor);
  }
  nuevo.append(...hijos);
  return nuevo;
}

export function boton(texto, alPulsar, atributos = {}) {
  return crear("button", { type: "button", click: alPulsar, ...atributos }, texto);
}

// Cambia el texto solo si es otro: así un lector de pantalla no lo repite.
export function ponerTexto(elemento, texto) {
  if (elemento.textContent !== texto) elemento.textContent = texto;
}
