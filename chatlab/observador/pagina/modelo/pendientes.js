// Lo que cada programa tiene sin leer: cuántos bytes, y desde qué suceso.
import { enCamino, otroLado } from "./conexiones.js";

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
      const p = conexion[otro] ?? (otro === "acepta" ? conexion.cola : null);
      const cerrado = conexion[otro] !== null && conexion.tienen[otro].length === 0;
      if (p !== null) this._poner(`${c} ${lado}`, p, cerrado ? 0 : enCamino(conexion, lado), n);
    }
  }

  _poner(clave, p, bytes, n) {
    const cambio = bytes - (this._deCadaUno.get(clave) ?? 0);
    if (!cambio) return;
    this._deCadaUno.set(clave, bytes);
    if (!this._series.has(p)) this._series.set(p, []);
    const serie = this._series.get(p);
    const total = serie.length ? serie[serie.length - 1].bytes : 0;
    serie.push({ n, bytes: total + cambio });
  }
}
