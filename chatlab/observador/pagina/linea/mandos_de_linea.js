// Los botones de la línea del tiempo: acercar, alejar, verlo todo, seguir, y qué es cada color.
import { Leyenda } from "./leyenda.js";
import { trozoDe } from "./nombres.js";

const AUMENTO_DE_BOTON = 1.5;

/** Los botones de una línea. */
export class MandosDeLinea {
  /** @param {Linea} linea */
  constructor(linea) {
    this._linea = linea;
    this._leyenda = new Leyenda();
    this._sigue = this._boton("Seguir", "La línea va con el momento", () =>
      linea.seguir(!linea.siguiendo),
    );
    this._tiempo = this._boton("Tiempo real", "Sin encoger las esperas", () => linea.cambiarEje());
    this.elemento = trozoDe("div", "linea-mandos");
    this.elemento.setAttribute("role", "group");
    this.elemento.setAttribute("aria-label", "Cómo se ve la línea del tiempo");
    this.elemento.append(
      this._boton("−", "Alejar", () => linea.aumentar(1 / AUMENTO_DE_BOTON)),
      this._boton("+", "Acercar", () => linea.aumentar(AUMENTO_DE_BOTON)),
      this._boton("Todo", "Ver la línea entera", () => linea.verTodo()),
      this._tiempo,
      this._sigue,
      this._leyenda.elemento,
    );
    this.poner();
  }

  /** Pone cada botón como está la línea. */
  poner() {
    this._sigue.setAttribute("aria-pressed", String(this._linea.siguiendo));
    this._tiempo.setAttribute("aria-pressed", String(this._linea.enTiempoReal));
  }

  _boton(texto, titulo, alPulsar) {
    const boton = trozoDe("button", "", texto);
    boton.type = "button";
    boton.title = titulo;
    if (texto.length === 1) boton.setAttribute("aria-label", titulo);
    boton.addEventListener("click", alPulsar);
    return boton;
  }
}
