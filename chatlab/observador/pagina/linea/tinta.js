// Los colores de la línea, que son los de la página, y el rayado de cada estado.

const COLORES_DE_LA_LINEA =
  "papel fondo texto suave raya acento falla aviso e-trabaja e-recv e-accept e-connect e-send " +
  "e-select e-teclado e-candado e-hilo e-reloj";
const LADO_DEL_RAYADO = 8;
/** Cómo se raya cada estado: cada trazo va de un punto a otro, en un cuadrado de 8 puntos. */
const RAYADOS = {
  recv: [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6]],
  accept: [[0, 0, 8, 8], [-2, 6, 2, 10], [6, -2, 10, 2]],
  connect: [[0, 0, 8, 8], [0, 8, 8, 0]],
  send: [[0, 8, 8, 0], [-4, 8, 4, 0], [4, 8, 12, 0]],
  select: [[2, 0, 2, 8], [6, 0, 6, 8]],
  candado: [[0, 2, 8, 2], [0, 6, 8, 6], [2, 0, 2, 8], [6, 0, 6, 8]],
  hilo: [[0, 2, 8, 2], [0, 6, 8, 6]],
  parado: [[1, 0, 1, 8], [3, 0, 3, 8]],
};
/** Los que se puntean, y lo que miden sus puntos. */
const PUNTEADOS = { teclado: 1.5, reloj: 0.9, algo: 1 };

/** Los colores y los rayados con los que se dibuja, sacados de las variables CSS de un elemento. */
export class Tinta {
  constructor(elemento, escala) {
    const estilo = getComputedStyle(elemento);
    this.colores = {};
    for (const nombre of COLORES_DE_LA_LINEA.split(" "))
      this.colores[nombre] = estilo.getPropertyValue(`--${nombre}`).trim();
    this.letra = estilo.getPropertyValue("font-family") || "sans-serif";
    this._escala = escala;
    this._rayados = new Map();
  }

  /** El color de un estado. */
  deEstado(estado) {
    return this.colores[`e-${estado}`] ?? this.colores.suave;
  }

  /** Con qué se rellena una barra en ese estado: liso, si trabaja. */
  relleno(estado) {
    if (estado === "trabaja") return this.deEstado(estado);
    if (!this._rayados.has(estado)) this._rayados.set(estado, this._rayado(estado));
    return this._rayados.get(estado);
  }

  /** El tipo de letra de un rótulo de ese cuerpo. */
  tipo(cuerpo, peso = "") {
    return `${peso} ${cuerpo}px ${this.letra}`.trim();
  }

  _rayado(estado) {
    const lienzo = document.createElement("canvas");
    lienzo.width = lienzo.height = LADO_DEL_RAYADO * this._escala;
    const pincel = lienzo.getContext("2d");
    pincel.scale(this._escala, this._escala);
    pincel.fillStyle = this.colores.papel;
    pincel.fillRect(0, 0, LADO_DEL_RAYADO, LADO_DEL_RAYADO);
    pincel.fillStyle = pincel.strokeStyle = this.deEstado(estado);
    pincel.globalAlpha = 0.16;
    pincel.fillRect(0, 0, LADO_DEL_RAYADO, LADO_DEL_RAYADO);
    pincel.globalAlpha = estado === "candado" || estado === "send" ? 0.9 : 0.6;
    pincel.lineWidth = 1.3;
    for (const [x1, y1, x2, y2] of RAYADOS[estado] ?? []) {
      pincel.beginPath();
      pincel.moveTo(x1, y1);
      pincel.lineTo(x2, y2);
      pincel.stroke();
    }
    if (estado in PUNTEADOS) puntear(pincel, PUNTEADOS[estado]);
    const patron = pincel.createPattern(lienzo, "repeat");
    patron.setTransform(new DOMMatrix().scale(1 / this._escala));
    return patron;
  }
}

function puntear(pincel, radio) {
  for (const [x, y] of [[2, 2], [6, 6]]) {
    pincel.beginPath();
    pincel.arc(x, y, radio, 0, Math.PI * 2);
    pincel.fill();
  }
}
