// Las rutinas: quien espera con un plazo corto, y al vencer vuelve a esperar lo mismo.

/** Qué sucesos son rutina: no ha pasado nada, y no hace falta mirarlos. */
export class Rutinas {
  constructor() {
    this._esperas = new Map();
    this._son = new Set();
  }

  /** Si el suceso `n` es rutina. */
  es(n) {
    return this._son.has(n);
  }

  /** Tiene en cuenta un suceso más. */
  anadir(suceso) {
    if (suceso.h === undefined) return;
    const clave = `${suceso.p} ${suceso.h}`;
    const antes = this._esperas.get(clave);
    const { que, en, c, n } = suceso;
    if (que === "sigue" && suceso.vencido === true && antes) {
      this._son.add(n);
      antes.vencida = true;
    } else if (que === "espera") {
      if (antes?.vencida && antes.en === en && antes.c === c) this._son.add(n);
      this._esperas.set(clave, { en, c, vencida: false });
    } else {
      this._esperas.delete(clave);
    }
  }
}
