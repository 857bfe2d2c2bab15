// El reloj de la película: en qué suceso está, y cómo pasa al siguiente. No sabe nada de la página.

// Entre dos sucesos pasa a veces una millonésima, y a veces medio minuto. Para que se pueda seguir, lo
// que hacen los sockets se queda en la pantalla al menos DE_SOCKETS segundos; lo demás, DE_LO_DEMAS; y
// nada, más de MAXIMO. «En tiempo real», lo que duró.
const DE_SOCKETS = 0.5;
const DE_LO_DEMAS = 0.12;
const MAXIMO = 1.2;
const SOCKETS = new Set(
  "listen connect accept send recv shutdown close fallo prohibido termina marca".split(" "),
);

export class Reloj {
  // `sucesos` crece si la película es en directo; `alCambiar()` se llama cuando cambia algo.
  constructor(sucesos, alCambiar) {
    this.sucesos = sucesos;
    this.alCambiar = alCambiar;
    this.n = -1;
    this.marchando = false;
    this.siguiendo = false;
    this.velocidad = 1; // 0 es «en tiempo real»
    this.sobra = 0; // segundos que lleva en la pantalla este suceso
  }

  get ultimo() {
    return this.sucesos.length - 1;
  }

  // Los segundos del momento en el que está.
  get t() {
    return this.n < 0 ? 0 : this.sucesos[this.n].t;
  }

  poner(n, { siguiendo = false } = {}) {
    this.n = Math.max(-1, Math.min(n, this.ultimo));
    this.siguiendo = siguiendo;
    this.sobra = 0;
    if (siguiendo || this.n === this.ultimo) this.marchando = false;
    this.alCambiar();
  }

  // El último suceso que ya había pasado a esos segundos; -1, si ninguno.
  sucesoEn(t) {
    let [desde, hasta] = [0, this.sucesos.length];
    while (desde < hasta) {
      const medio = (desde + hasta) >> 1;
      if (this.sucesos[medio].t <= t + 5e-7) desde = medio + 1;
      else hasta = medio;
    }
    return desde - 1;
  }

  ponerTiempo(t) {
    this.poner(this.sucesoEn(t));
  }

  // Se mueve esos sucesos, adelante o atrás, y se para ahí.
  paso(cuantos) {
    this.marchando = false;
    this.poner(this.n + cuantos);
  }

  // Se mueve esos segundos; si en ellos no pasa nada, hasta lo siguiente que pase.
  salto(segundos) {
    const destino = this.sucesoEn(this.t + segundos);
    this.poner(destino === this.n ? this.n + Math.sign(segundos) : destino);
  }

  // Reproduce, o se para.
  alternar() {
    if (!this.marchando && this.n >= this.ultimo) this.n = -1;
    this.marchando = !this.marchando && this.ultimo >= 0;
    this.siguiendo = false;
    this.sobra = 0;
    this.alCambiar();
  }

  // Los segundos que se queda en la pantalla el suceso `n`.
  duracion(n) {
    const hueco = this.sucesos[n + 1].t - (n < 0 ? 0 : this.sucesos[n].t);
    if (this.velocidad === 0) return hueco;
    const minimo = n >= 0 && SOCKETS.has(this.sucesos[n].que) ? DE_SOCKETS : DE_LO_DEMAS;
    return Math.min(MAXIMO, Math.max(minimo, hueco)) / this.velocidad;
  }

  // Han pasado esos segundos en el reloj de verdad.
  avanzar(segundos) {
    if (!this.marchando) return;
    const antes = this.n;
    this.sobra += segundos;
    while (this.n < this.ultimo && this.sobra >= this.duracion(this.n)) {
      this.sobra -= this.duracion(this.n);
      this.n += 1;
    }
    if (this.n >= this.ultimo) this.marchando = false;
    if (this.n !== antes || !this.marchando) this.alCambiar();
  }

  // Han llegado sucesos: en directo, se va al último.
  haCrecido() {
    if (this.siguiendo) this.n = this.ultimo;
    this.alCambiar();
  }
}
