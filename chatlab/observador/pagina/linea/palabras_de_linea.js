// Las flechas que se ven, con palabras: lo mismo que el dibujo, para quien no lo ve.
import { fraseDeFlecha } from "../modelo/frases_de_flecha.js";
import { trozoDe } from "./nombres.js";

const MAXIMO_DE_FRASES = 60;

/** La lista de las flechas que se ven: cada una es un botón que va a su envío. */
export class PalabrasDeLinea {
  /** @param {function(number, object): void} alElegir */
  constructor(alElegir) {
    this._alElegir = alElegir;
    this.elemento = trozoDe("details", "linea-palabras");
    this._lista = trozoDe("ol", "");
    this._resto = trozoDe("p", "");
    const titulo = trozoDe("summary", "", "Las flechas que se ven, con palabras");
    this.elemento.append(titulo, this._lista, this._resto);
    this.elemento.addEventListener("toggle", () => this._pintar());
    this._flechas = [];
  }

  /** Las que se ven ahora; solo se escriben si la lista está abierta. */
  poner(mundo, flechas) {
    const antes = this._flechas;
    if (flechas.length === antes.length && flechas.every((una, i) => una === antes[i])) return;
    this._mundo = mundo;
    this._flechas = flechas;
    this._pintar();
  }

  _pintar() {
    if (!this.elemento.open || !this._mundo) return;
    const primeras = this._flechas.slice(0, MAXIMO_DE_FRASES);
    this._lista.replaceChildren(...primeras.map((flecha) => this._frase(flecha)));
    const quedan = this._flechas.length - primeras.length;
    this._resto.textContent = quedan > 0 ? `Y ${quedan} más: acerca la línea para verlas.` : "";
  }

  _frase(flecha) {
    const linea = document.createElement("li");
    const boton = trozoDe("button", "", fraseDeFlecha(this._mundo, flecha));
    boton.type = "button";
    boton.addEventListener("click", () => this._alElegir(flecha.envio, flecha));
    linea.append(boton);
    return linea;
  }
}
