// Las filas de la línea: un carril por programa y, en él, una fila por hilo.

export const ALTO_DE_REGLA = 46;
export const ALTO_DE_BARRA = 14;
/** Lo que miden la fila de un hilo y el nombre de un programa: holgados y, si no caben, justos. */
const HOLGADOS = { fila: 22, nombre: 24 };
const JUSTOS = { fila: 18, nombre: 20 };
/** Puntos entre dos carriles: los que sobren de alto se reparten, hasta un máximo. */
const ENTRE_CARRILES = [8, 64];

const MARGEN_DE_ARRIBA = 6;
const MARGEN_DE_ABAJO = 26;

/** Dónde va cada programa y cada hilo, de arriba abajo, en puntos desde el principio. */
export class Filas {
  constructor() {
    this.carriles = [];
    this.alto = ALTO_DE_REGLA;
    this._filaDe = new Map();
    this.medidas = HOLGADOS;
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
    this.medidas = loQueSobra(enFilas, alto, HOLGADOS) < 0 ? JUSTOS : HOLGADOS;
    const sobra = loQueSobra(enFilas, alto, this.medidas);
    const [minima, maxima] = ENTRE_CARRILES;
    const huecos = Math.max(1, enFilas.length - 1);
    this._ponerEnSuSitio(enFilas, Math.max(minima, Math.min(minima + sobra / huecos, maxima)));
  }

  _ponerEnSuSitio(enFilas, separacion) {
    const { fila: altoDeFila, nombre } = this.medidas;
    this._filaDe.clear();
    this.carriles = [];
    let y = ALTO_DE_REGLA + MARGEN_DE_ARRIBA;
    for (const [p, filas] of enFilas) {
      const carril = { p, y, alto: nombre + filas.length * altoDeFila, filas: [] };
      for (const [i, enFila] of filas.entries()) {
        const centro = y + nombre + (i + 0.5) * altoDeFila;
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
    return carril && carril.y + this.medidas.nombre - 4;
  }

  /** El carril que está a esa altura. */
  carrilEn(y) {
    return this.carriles.find((uno) => y >= uno.y && y < uno.y + uno.alto);
  }

  /** La fila que está a esa altura. */
  filaEn(y) {
    const filas = this.carrilEn(y)?.filas ?? [];
    return filas.find((una) => Math.abs(una.y - y) <= this.medidas.fila / 2);
  }
}

/** Los puntos que sobran de alto con esas medidas, sin separar los carriles. */
function loQueSobra(enFilas, alto, { fila, nombre }) {
  const filas = enFilas.reduce((suma, [, suyas]) => suma + suyas.length, 0);
  const [minima] = ENTRE_CARRILES;
  const ocupado = filas * fila + enFilas.length * (nombre + minima);
  return alto - ocupado - ALTO_DE_REGLA - MARGEN_DE_ARRIBA - MARGEN_DE_ABAJO;
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
