// Los rótulos de la línea: los que no se pisan, de los más importantes a los que menos.

const ALTO_DE_ROTULO = 17;
const RELLENO_DE_ROTULO = 5;
const ENTRE_ROTULOS = 2;

/** Rótulos que esperan sitio: se colocan juntos, para que ninguno tape a otro que importa más. */
export class Rotulos {
  /** @param {{x0, x1, y0, y1}} marco de donde no se salen los que empiezan dentro */
  constructor(pincel, tinta, marco) {
    this._pincel = pincel;
    this._marco = marco;
    this._tinta = tinta;
    this._pedidos = [];
    this._puestos = [];
    this._colocados = [];
  }

  /** Ahí no se escribe nada. */
  reservar(x, y, ancho, alto) {
    this._puestos.push({ x, y, ancho, alto });
  }

  /**
   * Pide un rótulo cerca de un punto.
   * @param {string} texto
   * @param {object} como `importa`: el que más, primero; `sitios`: a qué distancia se prueba;
   *   `color`, `fondo`, `borde`, `peso`, `cuerpo`
   */
  pedir(texto, x, y, como = {}) {
    this._pedidos.push({ texto, x, y, importa: 0, sitios: [[0, 0]], ...como });
  }

  /** Pide uno de los que más importan, en una caja de ese color. */
  destacar(texto, x, y, color, como = {}) {
    const caja = { borde: color, fondo: this._tinta.colores.papel, peso: "600" };
    this.pedir(texto, x, y, { ahora: true, importa: 90, color, ...caja, ...como });
  }

  /** Busca sitio a los pedidos: los que no caben se quedan sin él. */
  colocar() {
    this._pedidos.sort((uno, otro) => otro.importa - uno.importa);
    this._colocados = this._pedidos.filter((pedido) => this._colocar(pedido));
  }

  /** Escribe los colocados que cumplan eso, y los devuelve. */
  escribir(cuales = () => true) {
    const suyos = this._colocados.filter(cuales);
    for (const pedido of suyos) this._escribirEn(pedido.caja, pedido);
    return suyos.map(({ texto }) => texto);
  }

  _colocar(pedido) {
    const { texto, x, y, sitios, cuerpo = 12, peso = "" } = pedido;
    this._pincel.font = this._tinta.tipo(cuerpo, peso);
    const ancho = this._pincel.measureText(texto).width + RELLENO_DE_ROTULO * 2;
    for (const [dx, dy] of sitios) {
      const caja = { x: x + dx - ancho / 2, y: y + dy - ALTO_DE_ROTULO / 2, ancho };
      caja.alto = ALTO_DE_ROTULO;
      this._meterEnElMarco(caja, x);
      if (this._puestos.some((otra) => sePisan(caja, otra))) continue;
      this._puestos.push(caja);
      pedido.caja = caja;
      return true;
    }
    return false;
  }

  /** Lo que no se ve no se mete: quien lo pide está fuera. */
  _meterEnElMarco(caja, x) {
    const { x0, x1, y0 } = this._marco;
    if (x < x0 || x > x1) return;
    caja.x = Math.max(x0 + 3, Math.min(caja.x, x1 - caja.ancho - 3));
    caja.y = Math.max(caja.y, y0);
  }

  _escribirEn(caja, { texto, color, fondo, borde, cuerpo = 12, peso = "" }) {
    const pincel = this._pincel;
    pincel.font = this._tinta.tipo(cuerpo, peso);
    const { colores } = this._tinta;
    pincel.beginPath();
    pincel.roundRect(caja.x, caja.y, caja.ancho, caja.alto, 4);
    pincel.globalAlpha = fondo ? 1 : 0.88;
    pincel.fillStyle = fondo ?? colores.papel;
    pincel.fill();
    pincel.globalAlpha = 1;
    if (borde) {
      pincel.strokeStyle = borde;
      pincel.lineWidth = 1.2;
      pincel.stroke();
    }
    pincel.fillStyle = color ?? colores.texto;
    pincel.textAlign = "left";
    pincel.textBaseline = "middle";
    pincel.fillText(texto, caja.x + RELLENO_DE_ROTULO, caja.y + ALTO_DE_ROTULO / 2 + 0.5);
  }
}

function sePisan(una, otra) {
  return (
    una.x < otra.x + otra.ancho + ENTRE_ROTULOS &&
    otra.x < una.x + una.ancho + ENTRE_ROTULOS &&
    una.y < otra.y + otra.alto &&
    otra.y < una.y + una.alto
  );
}
