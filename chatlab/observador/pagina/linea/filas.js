// Las filas de la línea: un carril por programa y, en él, una fila por hilo.

export const ALTO_DE_REGLA = 46;
export const ALTO_DE_FILA = 22;
export const ALTO_DE_BARRA = 14;
const ALTO_DE_NOMBRE = 24;
/** Puntos entre dos carriles: los que sobren de alto se reparten, hasta un máximo. */
const ENTRE_CARRILES = [8, 64];

const MARGEN_DE_ABAJO = 26;

/** Dónde va cada programa y cada hilo, de arriba abajo, en puntos desde el principio. */
export class Filas {
  constructor() {
    this.carriles = [];
    this.alto = ALTO_DE_REGLA;
    this._filaDe = new Map();
    this._cuantas = -1;
    this._visible = 0;
  }

  /**
   * Reparte los hilos en filas; los que acaban dejan sitio a los que empiezan después.
   * @param {Map} tiras las de cada programa
   * @param {number} alto los puntos que se ven
   */
  ponerAlDia(tiras, alto) {
    const cuantas = [...tiras.values()].reduce((suma, suyas) => suma + suyas.length, 0);
    if (cuantas === this._cuantas && alto === this._visible) return;
    Object.assign(this, { _cuantas: cuantas, _visible: alto });
    const enFilas = [...tiras].map(([p, suyas]) => [p, repartirEnFilas(suyas)]);
    this._ponerEnSuSitio(enFilas, separacionPara(enFilas, alto));
  }

  _ponerEnSuSitio(enFilas, separacion) {
    this._filaDe.clear();
    this.carriles = [];
    let y = ALTO_DE_REGLA + 6;
    for (const [p, filas] of enFilas) {
      const carril = { p, y, alto: ALTO_DE_NOMBRE + filas.length * ALTO_DE_FILA, filas: [] };
      for (const [i, enFila] of filas.entries()) {
        const centro = y + ALTO_DE_NOMBRE + (i + 0.5) * ALTO_DE_FILA;
        const fila = { p, tiras: enFila, y: centro };
        carril.filas.push(fila);
        for (const tira of enFila) this._filaDe.set(`${p} ${tira.h}`, fila);
      }
      this.carriles.push(carril);
      y += carril.alto + separacion;
    }
    this.alto = y - separacion + MARGEN_DE_ABAJO;
  }

  /** La altura del centro de la fila de ese hilo; undefined, si no está. */
  y(p, h = 1) {
    return this._filaDe.get(`${p} ${h}`)?.y;
  }

  /** El carril de un programa. */
  carril(p) {
    return this.carriles.find((uno) => uno.p === p);
  }

  /** La altura de la cabecera del carril: donde espera lo que nadie ha leído. */
  buzon(p) {
    const carril = this.carril(p);
    return carril && carril.y + ALTO_DE_NOMBRE - 4;
  }

  /** El carril que está a esa altura. */
  carrilEn(y) {
    return this.carriles.find((uno) => y >= uno.y && y < uno.y + uno.alto);
  }

  /** La fila que está a esa altura. */
  filaEn(y) {
    const filas = this.carrilEn(y)?.filas ?? [];
    return filas.find((una) => Math.abs(una.y - y) <= ALTO_DE_FILA / 2);
  }
}

function separacionPara(enFilas, alto) {
  const filas = enFilas.reduce((suma, [, suyas]) => suma + suyas.length, 0);
  const ocupado = filas * ALTO_DE_FILA + enFilas.length * ALTO_DE_NOMBRE;
  const sobra = alto - ocupado - ALTO_DE_REGLA - 6 - MARGEN_DE_ABAJO;
  const [minima, maxima] = ENTRE_CARRILES;
  return Math.max(minima, Math.min(sobra / Math.max(1, enFilas.length - 1), maxima));
}

function repartirEnFilas(tiras) {
  const filas = [];
  for (const tira of tiras) {
    const libre = filas.find((una) => {
      const ultima = una[una.length - 1];
      return ultima.h !== 1 && ultima.hasta !== null && ultima.hasta <= tira.desde;
    });
    if (libre) libre.push(tira);
    else filas.push([tira]);
  }
  return filas;
}
