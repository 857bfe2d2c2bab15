// La leyenda: qué quiere decir cada barra y cada flecha, con las mismas tintas.
import { estadoEnPalabras } from "../modelo/frases_de_hilo.js";
import { trozoDe } from "./nombres.js";
import { Tinta } from "./tinta.js";

const ESTADOS =
  "trabaja recv accept connect send select teclado candado hilo reloj parado".split(" ");
const MUESTRA = { ancho: 34, alto: 14 };

/** Lo que no es el estado de un hilo. */
const SIGNOS = [
  ["→", "de un envío al recv que se lo llevó"],
  ["⇢", "enviado, y sin leer"],
  ["▬", "cuánto hay sin leer"],
  ["②", "envíos que un recv da juntos"],
  ["½", "letra partida entre dos recv"],
  ["┈", "connect y su accept"],
];

/** Lo que se despliega al pedir qué es cada color. */
export class Leyenda {
  constructor() {
    this.elemento = trozoDe("details", "linea-leyenda");
    this._lista = trozoDe("ul", "");
    this.elemento.append(trozoDe("summary", "", "Leyenda"), this._lista);
    this.elemento.addEventListener("toggle", () => this._pintar());
  }

  _pintar() {
    if (!this.elemento.open) return;
    const escala = globalThis.devicePixelRatio || 1;
    const tinta = new Tinta(this.elemento, escala);
    const estados = ESTADOS.map((estado) => this._fila(estado, tinta, escala));
    this._lista.replaceChildren(...estados, ...SIGNOS.map(filaDeSigno));
  }

  _fila(estado, tinta, escala) {
    const fila = document.createElement("li");
    const lienzo = document.createElement("canvas");
    Object.assign(lienzo, { width: MUESTRA.ancho * escala, height: MUESTRA.alto * escala });
    lienzo.style.setProperty("width", `${MUESTRA.ancho}px`);
    lienzo.style.setProperty("height", `${MUESTRA.alto}px`);
    const pincel = lienzo.getContext("2d");
    pincel.scale(escala, escala);
    pincel.fillStyle = tinta.relleno(estado);
    pincel.strokeStyle = tinta.deEstado(estado);
    pincel.fillRect(0, 0, MUESTRA.ancho, MUESTRA.alto);
    pincel.strokeRect(0.5, 0.5, MUESTRA.ancho - 1, MUESTRA.alto - 1);
    fila.append(lienzo, trozoDe("span", "", estadoEnPalabras({ estado })));
    return fila;
  }
}

function filaDeSigno([signo, que]) {
  const fila = document.createElement("li");
  fila.append(trozoDe("b", "linea-signo", signo), trozoDe("span", "", que));
  return fila;
}
