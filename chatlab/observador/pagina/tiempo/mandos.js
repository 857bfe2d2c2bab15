// Los mandos del tiempo: reproducir, ir de suceso en suceso, la velocidad, el deslizador y «En directo».
import { boton, crear, ponerTexto } from "../piezas/dom.js";

const VELOCIDADES = [
  [0.25, "muy lenta"],
  [0.5, "lenta"],
  [1, "normal"],
  [2, "doble"],
  [4, "por 4"],
  [16, "por 16"],
  [0, "tiempo real"],
];

// Los segundos con sus centésimas, para que no bailen: «3,20 s».
function conCentesimas(t) {
  return `${t.toFixed(2).replace(".", ",")} s`;
}

export class Mandos {
  constructor(reloj, { directo }) {
    this.reloj = reloj;
    this.deslizador = crear("input", {
      type: "range",
      min: "-1",
      step: "1",
      "aria-label": "Momento de la película",
      input: () => reloj.poner(Number(this.deslizador.value)),
    });
    this.marcha = boton("Reproducir", () => reloj.alternar(), { class: "marcha" });
    this.hora = crear("output", { class: "hora" });
    this.velocidad = crear(
      "select",
      { change: () => this.ponerVelocidad(Number(this.velocidad.value)) },
      ...VELOCIDADES.map(([valor, texto]) => crear("option", { value: valor }, texto)),
    );
    this.velocidad.value = "1";
    this.enDirecto = boton("En directo", () => reloj.poner(reloj.ultimo, { siguiendo: true }), {
      class: "en-directo",
      hidden: directo ? false : "",
    });
    this.elemento = crear(
      "div",
      { class: "mandos", role: "group", "aria-label": "Tiempo" },
      crear(
        "div",
        { class: "mandos-de-paso" },
        boton("|◀", () => reloj.poner(-1), { "aria-label": "Al principio", title: "Al principio (Inicio)" }),
        boton("‹", () => reloj.paso(-1), { "aria-label": "Un suceso atrás", title: "Un suceso atrás (←)" }),
        this.marcha,
        boton("›", () => reloj.paso(1), { "aria-label": "Un suceso adelante", title: "Un suceso adelante (→)" }),
        boton("▶|", () => reloj.poner(reloj.ultimo), { "aria-label": "Al final", title: "Al final (Fin)" }),
      ),
      this.deslizador,
      this.hora,
      crear("label", { class: "velocidad" }, crear("span", {}, "Velocidad "), this.velocidad),
      this.enDirecto,
    );
  }

  enfocar() {
    this.marcha.focus();
  }

  poner() {
    const { reloj } = this;
    this.deslizador.max = String(Math.max(0, reloj.ultimo));
    this.deslizador.value = String(reloj.n);
    const total = reloj.ultimo < 0 ? 0 : reloj.sucesos[reloj.ultimo].t;
    const hora = `${conCentesimas(reloj.t)} de ${conCentesimas(total)}`;
    this.deslizador.setAttribute("aria-valuetext", `suceso ${reloj.n + 1}, ${hora}`);
    ponerTexto(this.hora, hora);
    ponerTexto(this.marcha, reloj.marchando ? "❚❚ Parar" : "▶ Reproducir");
    this.enDirecto.setAttribute("aria-pressed", String(reloj.siguiendo));
  }

  ponerVelocidad(valor) {
    this.reloj.velocidad = valor;
    this.velocidad.value = String(valor);
  }

  // Una velocidad más, o una menos, de las que hay.
  cambiarVelocidad(paso) {
    const ahora = VELOCIDADES.findIndex(([valor]) => valor === this.reloj.velocidad);
    const nueva = VELOCIDADES[Math.max(0, Math.min(ahora + paso, VELOCIDADES.length - 1))];
    this.ponerVelocidad(nueva[0]);
  }
}
