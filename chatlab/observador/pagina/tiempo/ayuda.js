// La ayuda: qué es cada cosa que se ve, y las teclas.
import { boton, crear } from "../piezas/dom.js";
import { TECLAS } from "./teclas.js";

// Lo que hace un hilo, con sus palabras. El color de cada una está en el estilo.
const QUE_HACE = [
  ["trabaja", "trabaja", "Ejecuta sus líneas."],
  ["recv", "espera en recv", "Espera a que le lleguen bytes."],
  ["accept", "espera en accept", "Espera a que alguien llame."],
  ["connect", "espera en connect", "Espera a que le contesten."],
  ["send", "espera en send", "Espera sitio para enviar: el otro no lee."],
  ["select", "espera en el selector", "Espera a que alguno de sus sockets tenga algo."],
  ["teclado", "espera al teclado", "Espera a que alguien teclee."],
  ["candado", "espera un candado", "Espera a que otro hilo lo suelte."],
  ["hilo", "espera a otro hilo", "Espera a que otro hilo acabe o le avise."],
  ["reloj", "duerme", "Espera a que pase un rato."],
];

export class Ayuda {
  constructor() {
    this.cerrarla = boton("Cerrar", () => this.elemento.close(), { class: "principal" });
    this.elemento = crear(
      "dialog",
      { class: "ayuda", "aria-label": "Ayuda" },
      this.cerrarla,
      crear("h2", {}, "Qué se ve"),
      crear(
        "p",
        {},
        "Cada programa tiene su terminal y, en la línea del tiempo, su calle. Una flecha va de un " +
          "send al recv que se llevó sus bytes. Todo lo que ves es de un mismo momento: muévete con " +
          "los mandos de abajo.",
      ),
      crear("h2", {}, "Qué hace cada hilo"),
      crear("dl", { class: "leyenda" }, ...QUE_HACE.flatMap(renglonDeEstado)),
      crear("h2", {}, "Teclas"),
      crear("dl", { class: "teclas" }, ...TECLAS.flatMap(renglonDeTecla)),
    );
  }

  alternar() {
    if (this.elemento.open) this.elemento.close();
    else this.elemento.showModal();
  }
}

function renglonDeEstado([estado, palabras, explicacion]) {
  return [
    crear("dt", {}, crear("span", { class: "en-que-esta", "data-estado": estado }, palabras)),
    crear("dd", {}, explicacion),
  ];
}

function renglonDeTecla([tecla, que]) {
  return [crear("dt", {}, crear("kbd", {}, tecla)), crear("dd", {}, que)];
}
