// Lo mínimo para leer una película mientras llega modelo/.

export class PeliculaProvisional {
  constructor() {
    this.cabecera = {};
    this.programas = [];
    this.archivos = {};
    this.sucesos = [];
  }

  anadir(texto) {
    for (const linea of texto.split("\n")) {
      if (!linea) continue;
      let dicho;
      try {
        dicho = JSON.parse(linea);
      } catch {
        continue;
      }
      if (dicho.chatlab) this.cabecera = dicho;
      else this.anadirSuceso(dicho);
    }
  }

  anadirSuceso(suceso) {
    if (suceso.que === "archivo") this.archivos[suceso.ruta] = suceso.texto;
    if (suceso.que === "programa") this.programas.push(suceso);
    this.sucesos.push({ ...suceso, n: this.sucesos.length });
  }
}

export function fraseProvisional(suceso) {
  const lugar = suceso.lugar ? ` (${suceso.lugar})` : "";
  return `${suceso.que} ${suceso.texto ?? suceso.en ?? ""}${lugar}`;
}
