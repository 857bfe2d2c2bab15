// La columna de los nombres: cada programa, y en qué está cada uno de sus hilos en este momento.
import { acortar, aLaVista } from "../modelo/bytes.js";
import { estadoEnCorto, estadoEnPalabras } from "../modelo/frases_de_hilo.js";
import { estadoVisible } from "../modelo/hilos.js";

const LETRAS_QUE_CABEN = 28;
/** Con menos puntos que estos, se dice con menos palabras. */
const ANCHO_COMODO = 210;
const ANCHO_MINIMO = 150;

/** Los nombres, a la izquierda de la línea: no se van al desplazarla. */
export class Nombres {
  constructor() {
    this.elemento = document.createElement("div");
    this.elemento.className = "linea-nombres";
    this._carriles = null;
    this._etiquetas = [];
  }

  /** Escribe los nombres y los estados que haya. */
  poner(filas, { programas }) {
    this._etiqueta = etiquetaPara(this.elemento.offsetWidth);
    if (this._carriles !== filas.carriles) this._rehacer(filas);
    for (const { fila, p, texto, punto } of this._etiquetas) {
      const programa = programas[p];
      const hilo = programa && hiloDeLaFila(fila, programa);
      escribirSiCambia(texto, hilo ? this._etiqueta(hilo, programa) : "");
      const estado = hilo ? estadoVisible(hilo, programa) : "terminado";
      punto.style.setProperty("--estado", `var(--e-${estado})`);
      punto.classList.toggle("linea-vacio", estado === "terminado");
    }
    for (const { p, nombre, nota } of this._titulos) {
      const programa = programas[p];
      escribirSiCambia(nombre, acortar(aLaVista(this._nombreDe(p)), LETRAS_QUE_CABEN));
      escribirSiCambia(nota, notaDe(programa));
    }
  }

  /** Dice cómo se llama cada programa, empiece cuando empiece. */
  nombrar(programas) {
    this._nombreDe = (p) => programas[p]?.nombre ?? "";
  }

  _rehacer(filas) {
    this._carriles = filas.carriles;
    for (const [cual, puntos] of Object.entries(filas.medidas))
      this.elemento.style.setProperty(`--alto-de-${cual}`, `${puntos}px`);
    this._etiquetas = [];
    this._titulos = [];
    this.elemento.replaceChildren(...filas.carriles.map((carril) => this._carril(carril)));
  }

  _carril(carril) {
    const caja = trozoDe("div", "linea-carril");
    caja.style.setProperty("top", `${carril.y}px`);
    caja.style.setProperty("height", `${carril.alto}px`);
    caja.style.setProperty("--suyo", `var(--p${((carril.p - 1) % 8) + 1}, currentColor)`);
    const titulo = trozoDe("div", "linea-titulo");
    const [nombre, nota] = [trozoDe("strong", ""), trozoDe("small", "")];
    titulo.append(nombre, nota);
    this._titulos.push({ p: carril.p, nombre, nota });
    caja.append(titulo, ...carril.filas.map((fila) => this._fila(carril.p, fila)));
    return caja;
  }

  _fila(p, fila) {
    const caja = trozoDe("div", "linea-hilo");
    const [punto, texto] = [trozoDe("i", "linea-punto"), trozoDe("span", "")];
    caja.append(punto, texto);
    this._etiquetas.push({ fila, p, texto, punto });
    return caja;
  }
}

/** De los hilos que comparten una fila, el que está o el último que estuvo. */
function hiloDeLaFila(fila, programa) {
  const suyos = fila.tiras.map((tira) => programa.hilos[tira.h]).filter(Boolean);
  return suyos[suyos.length - 1];
}

/** Lo que se dice de un hilo, según lo que quepa. */
function etiquetaPara(ancho) {
  if (ancho < ANCHO_MINIMO) return etiquetaMinima;
  return ancho < ANCHO_COMODO ? etiquetaCorta : etiquetaLarga;
}

/** «hilo 2: espera en recv». */
function etiquetaLarga(hilo, programa) {
  const largo = conNombreDeHilo(hilo, programa, estadoEnPalabras(hilo, programa));
  return largo.length <= LETRAS_QUE_CABEN ? largo : etiquetaCorta(hilo, programa);
}

/** «hilo 2: recv». */
function etiquetaCorta(hilo, programa) {
  return conNombreDeHilo(hilo, programa, estadoEnCorto(hilo, programa));
}

/** «2 · recv». */
function etiquetaMinima(hilo, programa) {
  const corto = estadoEnCorto(hilo, programa);
  return Object.keys(programa.hilos).length === 1 ? corto : `${hilo.h} · ${corto}`;
}

function conNombreDeHilo(hilo, programa, estado) {
  if (Object.keys(programa.hilos).length === 1) return estado;
  return `${hilo.h === 1 ? "principal" : `hilo ${hilo.h}`}: ${estado}`;
}

function notaDe(programa) {
  if (programa === undefined) return "sin empezar";
  if (programa.vivo) return programa.parado ? "parado" : "";
  return programa.codigo ? `terminado: ${programa.codigo}` : "terminado";
}

function escribirSiCambia(elemento, texto) {
  if (elemento.textContent !== texto) elemento.textContent = texto;
  if (elemento.title !== texto) elemento.title = texto;
}

/** Un elemento de esa clase, con ese texto. */
export function trozoDe(etiqueta, clase, texto = "") {
  const elemento = document.createElement(etiqueta);
  if (clase) elemento.className = clase;
  elemento.textContent = texto;
  return elemento;
}
