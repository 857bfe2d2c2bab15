// Los rótulos de la línea: los que no se pisan, de los más importantes a los que menos.

const ALTO_DE_ROTULO = 17;
const RELLENO_DE_ROTULO = 5;
const ENTRE_ROTULOS = 2;

/** Rótulos que esperan sitio: se colocan juntos, para que ninguno tape a otro que importa más. */
export class Rotulos {
  constructor(pincel, tinta) {
    this._pincel = pincel;
    this._tinta = tinta;
    this._pedidos = [];
    this._puestos = [];
    this._colocados = [];
  }

  /** No se escribe nada ahí encima. */
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

  /** Busca sitio a los pedidos: los que no caben se quedan sin él. */
  colocar() {
    this._pedidos.sort((uno, otro) => otro.importa - uno.importa);
    this._colocados = this._pedidos.filter((pedido) => this._colocar(pedido));
  }

  /** Escribe los colocados que cumplan eso; dice cuántos. */
  escribir(cuales = () => true) {
    const suyos = this._colocados.filter(cuales);
    for (const pedido of suyos) this._escribirEn(pedido.caja, pedido);
    return suyos.length;
  }

  _colocar(pedido) {
    const { texto, x, y, sitios, cuerpo = 12, peso = "" } = pedido;
    this._pincel.font = this._tinta.tipo(cuerpo, peso);
    const ancho = this._pincel.measureText(texto).width + RELLENO_DE_ROTULO * 2;
    for (const [dx, dy] of sitios) {
      const caja = { x: x + dx - ancho / 2, y: y + dy - ALTO_DE_ROTULO / 2, ancho, alto: ALTO_DE_ROTULO };
      if (pedido.desde !== undefined) caja.x = Math.max(caja.x, pedido.desde);
      if (pedido.hasta !== undefined) caja.x = Math.min(caja.x, pedido.hasta - ancho);
      if (this._puestos.some((otra) => sePisan(caja, otra))) continue;
      this._puestos.push(caja);
      pedido.caja = caja;
      return true;
    }
    return false;
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
