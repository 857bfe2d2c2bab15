// Lo que salió por la terminal de un programa, en orden, y cómo ponerla como estaba en un momento.

// Letras que se escriben de nuevo, como mucho, para volver atrás: con las últimas ya se llena todo lo
// que guarda la terminal (SCROLLBACK líneas); lo de antes no se vería.
export const MAX_REESCRITO = 400_000;
export const SCROLLBACK = 1000;

// Las marcas que cambian el orden en que se leen las letras: harían ver lo que no se escribió.
const DE_ORDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// Los bytes que vienen en base 64.
export function bytesDe(base64) {
  return Uint8Array.from(atob(base64), (letra) => letra.charCodeAt(0));
}

// Con las marcas de orden a la vista, como un signo cualquiera.
export function sinMarcasDeOrden(texto) {
  return texto.replace(DE_ORDEN, "\ufffd");
}

export class Pantalla {
  constructor() {
    this.trozos = []; // { n, texto }
    this.hasta = [0]; // cuántas letras hay antes de cada trozo, y al final
    this.decodificador = new TextDecoder();
  }

  anadir(n, { texto, b64 }) {
    const leido = texto ?? this.decodificador.decode(bytesDe(b64), { stream: true });
    this.trozos.push({ n, texto: sinMarcasDeOrden(leido) });
    this.hasta.push(this.hasta.at(-1) + leido.length);
  }

  // Cuántos trozos habían salido tras ese suceso.
  cuantosEn(n) {
    let desde = 0;
    let hasta = this.trozos.length;
    while (desde < hasta) {
      const medio = (desde + hasta) >> 1;
      if (this.trozos[medio].n <= n) desde = medio + 1;
      else hasta = medio;
    }
    return desde;
  }

  // Qué hay que escribir para pasar de haber escrito `escritos` trozos a `meta`. Con `borrar`, sobre
  // una terminal vacía.
  paraLlegar(escritos, meta) {
    if (meta >= escritos && this.hasta[meta] - this.hasta[escritos] <= MAX_REESCRITO) {
      return { borrar: false, texto: this.texto(escritos, meta) };
    }
    let desde = meta;
    while (desde > 0 && this.hasta[meta] - this.hasta[desde] < MAX_REESCRITO) desde -= 1;
    const texto = this.texto(desde, meta);
    if (texto.length <= MAX_REESCRITO) return { borrar: true, texto };
    const cortado = texto.slice(-MAX_REESCRITO);
    return { borrar: true, texto: cortado.slice(cortado.indexOf("\n") + 1) };
  }

  texto(desde, hasta) {
    let junto = "";
    for (let i = desde; i < hasta; i += 1) junto += this.trozos[i].texto;
    return junto;
  }
}
