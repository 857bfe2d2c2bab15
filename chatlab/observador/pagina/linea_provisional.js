// El sitio de la línea del tiempo, mientras llega.

export class Linea {
  constructor(elemento) {
    elemento.textContent = "La línea del tiempo aún no está: usa la lista de sucesos.";
  }

  poner() {}

  redibujar() {}
}
