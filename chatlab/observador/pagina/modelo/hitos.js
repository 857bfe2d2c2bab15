// Los sucesos que se buscan a menudo: las marcas, y el accept de cada conexión.

const DESDE_AQUI = "Desde aquí, solo una muestra";

/** Los hitos de una grabación, que crecen con ella. */
export class Hitos {
  constructor() {
    /** Los momentos por los que merece la pena empezar, en orden. */
    this.marcas = [];
    this._accepts = new Map();
  }

  /** El `accept` que dio esa conexión; undefined, si aún no la ha dado ninguno. */
  acceptDe(c) {
    return this._accepts.get(c);
  }

  /** Tiene en cuenta un suceso más. */
  anadir(suceso) {
    if (suceso.que === "marca") this.marcas.push(suceso);
    if (suceso.que === "muestreo") this.marcas.push({ ...suceso, texto: DESDE_AQUI });
    if (suceso.que === "accept") this._accepts.set(suceso.c, suceso);
  }
}
