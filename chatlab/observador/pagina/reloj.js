// El reloj de la película: en qué suceso está, y cómo pasa al siguiente. No sabe nada de la página.

// Entre dos sucesos pasa a veces una millonésima, y a veces medio minuto. Para que se pueda leer, al
// reproducir cada uno dura al menos MINIMO segundos y a lo sumo MAXIMO; «en tiempo real», lo que duró.
export const MINIMO = 0.25;
export const MAXIMO = 1.2;

export class Reloj {
  // `sucesos` crece si la película es en directo; `alCambiar(reloj)` se llama cuando cambia algo.
  constructor(sucesos, alCambiar) {
    this.sucesos = sucesos;
    this.alCambiar = alCambiar;
    this.n = -1;
    this.marchando = false;
    this.siguiendo = false;
    this.velocidad = 1; // 0 es «en tiempo real»
    this.sobra = 0; // segundos de reproducción que aún no han llegado al suceso siguiente
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
    this.alCambiar(this);
  }

  // El último suceso que ha pasado a esos segundos; -1 si ninguno.
  sucesoEn(t) {
    let desde = 0;
    let hasta = this.sucesos.length;
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

  paso(cuantos) {
    this.marchando = false;
    this.poner(this.n + cuantos);
  }

  // Salta esos segundos; si en ellos no pasa nada, llega hasta lo siguiente que pase.
  salto(segundos) {
    const destino = this.sucesoEn(this.t + segundos);
    if (destino !== this.n) this.poner(destino);
    else this.poner(this.n + Math.sign(segundos));
  }

  alternar() {
    if (!this.marchando && this.n >= this.ultimo) this.n = -1;
    this.marchando = !this.marchando;
    this.siguiendo = false;
    this.sobra = 0;
    this.alCambiar(this);
  }

  // Lo que dura en la pantalla, en segundos, lo que va de un suceso al siguiente.
  duracion(n) {
    const hueco = this.sucesos[n + 1].t - (n < 0 ? 0 : this.sucesos[n].t);
    if (this.velocidad === 0) return hueco;
    return Math.min(MAXIMO, Math.max(MINIMO, hueco)) / this.velocidad;
  }

  // Han pasado esos segundos en el reloj de verdad.
  avanzar(segundos) {
    if (!this.marchando) return;
    this.sobra += segundos;
    const antes = this.n;
    while (this.n < this.ultimo && this.sobra >= this.duracion(this.n)) {
      this.sobra -= this.duracion(this.n);
      this.n += 1;
    }
    if (this.n >= this.ultimo) this.marchando = false;
    if (this.n !== antes || !this.marchando) this.alCambiar(this);
  }

  // Han llegado sucesos: en directo, se va al último.
  haCrecido() {
    if (this.siguiendo) this.n = this.ultimo;
    this.alCambiar(this);
  }
}
