// Lo que salió por la terminal de un programa, en orden, y qué escribir para verla como en un momento.

import { bytesDeLinea } from "../modelo/bytes.js";

// Letras que se escriben de nuevo, como mucho, para volver atrás. Con las últimas ya se llena todo lo
// que guarda la terminal (LINEAS_GUARDADAS): lo de antes no se vería.
const MAX_REESCRITO = 300_000;
export const LINEAS_GUARDADAS = 1000;

// Las marcas que cambian el orden en que se leen las letras: harían ver lo que no se escribió.
const DE_ORDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// Las de una terminal: las dice un archivo, y con mil millones no habría memoria para ella.
function columnasQueValen(columnas) {
  return Number.isSafeInteger(columnas) ? Math.max(10, Math.min(columnas, 400)) : 80;
}

export class Pantalla {
  constructor(columnas) {
    this.trozos = []; // { n, texto }
    this.hasta = [0]; // cuántas letras hay antes de cada trozo, y al final
    this.anchos = [{ n: -1, columnas: columnasQueValen(columnas) }];
    this.decodificador = new TextDecoder();
  }

  anadir(suceso) {
    const { n, texto } = suceso;
    const entero = typeof texto === "string";
    const leido = entero ? texto : this.decodificador.decode(bytesDeLinea(suceso), { stream: true });
    this.trozos.push({ n, texto: leido.replace(DE_ORDEN, "\ufffd") });
    this.hasta.push(this.hasta.at(-1) + leido.length);
  }

  // Desde ese suceso la terminal tiene otro ancho.
  ensanchar({ n, columnas }) {
    this.anchos.push({ n, columnas: columnasQueValen(columnas) });
  }

  // La terminal acaba de cambiar de ancho, y la película aún no lo cuenta.
  ensancharYa(columnas) {
    this.ensanchar({ n: this.anchos.at(-1).n, columnas });
  }

  columnasEn(n) {
    return this.anchos.findLast((uno) => uno.n <= n).columnas;
  }

  // Cuántos trozos habían salido tras ese suceso.
  cuantosEn(n) {
    let [desde, hasta] = [0, this.trozos.length];
    while (desde < hasta) {
      const medio = (desde + hasta) >> 1;
      if (this.trozos[medio].n <= n) desde = medio + 1;
      else hasta = medio;
    }
    return desde;
  }

  // Qué hay que escribir para pasar de haber escrito `escritos` trozos a `meta`. Con `borrar`, sobre
  // una terminal vacía: al volver atrás, o si lo que falta es más de lo que cabe.
  paraLlegar(escritos, meta) {
    if (meta >= escritos && this.hasta[meta] - this.hasta[escritos] <= MAX_REESCRITO) {
      return { borrar: false, texto: this.texto(escritos, meta) };
    }
    let desde = meta;
    while (desde > 0 && this.hasta[meta] - this.hasta[desde] < MAX_REESCRITO) desde -= 1;
    const texto = this.texto(desde, meta);
    if (texto.length <= MAX_REESCRITO) return { borrar: true, texto };
    const final = texto.slice(-MAX_REESCRITO);
    return { borrar: true, texto: final.slice(final.indexOf("\n") + 1) };
  }

  texto(desde, hasta) {
    let junto = "";
    for (let i = desde; i < hasta; i += 1) junto += this.trozos[i].texto;
    return junto;
  }
}
