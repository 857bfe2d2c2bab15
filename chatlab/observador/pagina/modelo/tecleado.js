// Lo tecleado, línea a línea: en una terminal de verdad, cada tecla es un suceso.

const BORRAR = "\u007f";

/** La línea que se ha tecleado en cada programa, al pulsar Intro. */
export class Tecleado {
  constructor() {
    this._aMedias = new Map();
    this._lineas = new Map();
  }

  /** La línea que acaba en ese suceso; undefined, si en él no se pulsa Intro. */
  en(n) {
    return this._lineas.get(n);
  }

  /** Tiene en cuenta un suceso más. */
  anadir({ que, p, n, texto }) {
    if (que !== "tecla" || typeof texto !== "string") return;
    let linea = this._aMedias.get(p) ?? "";
    // Las flechas y demás teclas que no escriben empiezan por ESC.
    for (const letra of texto.startsWith("\u001b") ? "" : texto) {
      if (letra === BORRAR) linea = Array.from(linea).slice(0, -1).join("");
      else if (letra >= " ") linea += letra;
      else if (letra !== "\t") {
        if (letra === "\r" || letra === "\n") this._lineas.set(n, linea);
        linea = "";
      }
    }
    this._aMedias.set(p, linea);
  }
}
