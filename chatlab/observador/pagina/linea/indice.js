// Qué flechas se ven: las que tocan la ventana, sin mirarlas todas.

const EN_CADA_BLOQUE = 128;

/** Un índice de las flechas por los sucesos entre los que van. */
export class IndiceDeFlechas {
  constructor() {
    /** El último suceso al que llega alguna de cada bloque. */
    this._finales = [];
    this._abiertos = new Set();
    this._vistas = 0;
  }

  /** Tiene en cuenta las flechas nuevas, y las que han llegado más lejos. */
  ponerAlDia(flechas) {
    const bloqueNuevo = Math.floor(this._vistas / EN_CADA_BLOQUE);
    const bloques = Math.ceil(flechas.length / EN_CADA_BLOQUE);
    for (let bloque = bloqueNuevo; bloque < bloques; bloque++) this._abiertos.add(bloque);
    for (const bloque of this._abiertos) this._mirar(flechas, bloque);
    this._vistas = flechas.length;
  }

  /** Las flechas que tocan los sucesos de `desde` a `hasta`. */
  visibles(flechas, desde, hasta) {
    const vistas = [];
    for (const [bloque, final] of this._finales.entries()) {
      if (final < desde) continue;
      const primera = bloque * EN_CADA_BLOQUE;
      const fin = Math.min(primera + EN_CADA_BLOQUE, flechas.length);
      if (flechas[primera].envio > hasta) break;
      for (let i = primera; i < fin; i++)
        if (flechas[i].envio <= hasta && ultimoDe(flechas[i]) >= desde) vistas.push(flechas[i]);
    }
    return vistas;
  }

  _mirar(flechas, bloque) {
    const primera = bloque * EN_CADA_BLOQUE;
    const suyas = flechas.slice(primera, primera + EN_CADA_BLOQUE);
    this._finales[bloque] = Math.max(...suyas.map(ultimoDe));
    const lleno = suyas.length === EN_CADA_BLOQUE;
    if (lleno && suyas.every((una) => una.leidos >= una.cuantos)) this._abiertos.delete(bloque);
  }
}

/** El último suceso de una flecha. */
function ultimoDe({ envio, lecturas }) {
  return lecturas.length ? lecturas[lecturas.length - 1] : envio;
}
