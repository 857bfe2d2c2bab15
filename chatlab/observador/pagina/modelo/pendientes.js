// Lo que cada programa tiene sin leer: cuántos bytes, y desde qué suceso.
import { enCamino, otroLado, quienTiene } from "./conexiones.js";

const LADOS = ["llama", "acepta"];

/** Por programa, los bytes que le han enviado y no ha leído, cada vez que cambian. */
export class Pendientes {
  constructor() {
    this._series = new Map();
    this._deCadaUno = new Map();
  }

  /** Los cambios de un programa, en orden: `{ n, bytes }`. */
  de(p) {
    return this._series.get(p) ?? [];
  }

  /** Apunta lo que ha cambiado con ese suceso; `estado` es el de detrás. */
  anadir(suceso, { conexiones }) {
    if (suceso.que === "termina") {
      for (const [c, una] of Object.entries(conexiones))
        if (una.llama === suceso.p || una.acepta === suceso.p) this._mirar(c, una, suceso.n);
    } else if (suceso.que !== "espera" && conexiones[suceso.c] !== undefined) {
      this._mirar(suceso.c, conexiones[suceso.c], suceso.n);
    }
  }

  _mirar(c, conexion, n) {
    for (const lado of LADOS) {
      const otro = otroLado(lado);
      const p = quienTiene(conexion, otro);
      const cerrado = conexion[otro] !== null && conexion.tienen[otro].length === 0;
      if (p !== null) this._poner(`${c} ${lado}`, p, cerrado ? 0 : enCamino(conexion, lado), n);
    }
  }

  _poner(clave, p, bytes, n) {
    const antes = this._deCadaUno.get(clave) ?? { p, bytes: 0 };
    if (antes.bytes === bytes && antes.p === p) return;
    this._deCadaUno.set(clave, { p, bytes });
    // Si ahora los espera otro, porque aceptó o porque nació, son suyos.
    this._sumar(antes.p, -antes.bytes, n);
    this._sumar(p, bytes, n);
  }

  _sumar(p, cambio, n) {
    if (!this._series.has(p)) this._series.set(p, []);
    const serie = this._series.get(p);
    const ultimo = serie[serie.length - 1];
    if (ultimo?.n === n) ultimo.bytes += cambio;
    else if (cambio) serie.push({ n, bytes: (ultimo?.bytes ?? 0) + cambio });
  }
}
