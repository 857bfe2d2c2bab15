// Los sucesos que se buscan a menudo: las marcas, y el accept y el final de cada conexión.

const DESDE_AQUI = "Desde aquí, solo una muestra";
const DESDE_AQUI_CASI_NADA = "Desde aquí, solo los finales";

/** Los hitos de una grabación, que crecen con ella. */
export class Hitos {
  constructor() {
    /** Los momentos por los que merece la pena empezar, en orden. */
    this.marcas = [];
    this._accepts = new Map();
    this._finales = new Map();
    this._sordos = new Map();
  }

  /** El `accept` que dio esa conexión; undefined, si aún no la ha dado ninguno. */
  acceptDe(c) {
    return this._accepts.get(c);
  }

  /** Lo último por lo que ese lado, antes del suceso `n`, dejó de enviar; undefined, si nada. */
  finDe(c, lado, n) {
    const suyos = this._finales.get(`${c} ${lado}`) ?? [];
    return suyos.findLast((suceso) => suceso.n < n);
  }

  /** Si ese lado ha dicho, antes del suceso `n`, que no va a leer más: su recv da 0 bytes. */
  dejaDeLeer(c, lado, n) {
    return this._sordos.get(`${c} ${lado}`) < n;
  }

  /** Tiene en cuenta un suceso más. */
  anadir(suceso) {
    if (suceso.que === "marca") this.marcas.push(suceso);
    if (suceso.que === "muestreo") {
      const texto = suceso.motivo === "lleno" ? DESDE_AQUI_CASI_NADA : DESDE_AQUI;
      this.marcas.push({ ...suceso, texto });
    }
    if (suceso.que === "accept") this._accepts.set(suceso.c, suceso);
    const esSordo = suceso.que === "shutdown" && suceso.sentido !== "escribir";
    if (esSordo) this._sordos.set(`${suceso.c} ${suceso.lado}`, suceso.n);
    const calla = suceso.que === "shutdown" && suceso.sentido !== "leer";
    if (calla || suceso.que === "close") this._final(suceso);
  }

  _final(suceso) {
    const clave = `${suceso.c} ${suceso.lado}`;
    if (!this._finales.has(clave)) this._finales.set(clave, []);
    this._finales.get(clave).push(suceso);
  }
}
