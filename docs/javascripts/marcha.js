/* Pone en marcha las terminales de una ejecución grabada.

   Lo que significa cada `data-…` está en docs/taller/marcha.py. Sin este programa se lee lo que
   quedó al final. Empieza sola al llegar a ella, salvo que el sistema pida menos movimiento, y
   siempre se puede parar. */
(function () {
  "use strict";

  /* Milisegundos: entre dos letras, o dos de una orden; hasta que contesta el otro lado; y entre
     dos escenas. */
  const LETRA = 55;
  const LETRA_DE_ORDEN = 25;
  const ECO = 400;
  const ESCENA = 700;

  function leer(elemento) {
    const { de, a, tecla } = elemento.dataset;
    return {
      elemento,
      pantalla: elemento.closest(".pantalla"),
      texto: elemento.textContent,
      de: Number(de),
      a: a === undefined ? Infinity : Number(a),
      tecla: tecla === undefined ? null : Number(tecla),
    };
  }

  function esperar(milisegundos) {
    return new Promise((seguir) => setTimeout(seguir, milisegundos));
  }

  class Marcha {
    constructor(elemento) {
      this.elemento = elemento;
      this.lineas = [...elemento.querySelectorAll("[data-de]")].map(leer);
      this.pantallas = [...elemento.querySelectorAll(".pantalla")];
      this.ultima = Math.max(...this.lineas.map((linea) => linea.de));
      this.pase = 0; /* Cambia al parar: el pase anterior lo nota y no sigue. */
      this.boton = document.createElement("button");
      this.boton.type = "button";
      this.boton.className = "marcha-boton solo-pantalla";
      this.boton.addEventListener("click", () => (this.enMarcha ? this.parar() : this.rodar()));
      elemento.after(this.boton);
      addEventListener("beforeprint", () => this.parar());
      this.parar();
    }

    /* Todo como quedó al final. */
    parar() {
      this.pase += 1;
      this.enMarcha = false;
      this.elemento.classList.remove("en-marcha");
      this.lineas.forEach((linea) => this.poner(linea, linea.a === Infinity));
      this.boton.textContent = "▶ Verlo en marcha";
    }

    async rodar() {
      this.pase += 1;
      const pase = this.pase;
      this.enMarcha = true;
      this.elemento.classList.add("en-marcha");
      this.boton.textContent = "■ Parar";
      /* Cada terminal ocupa desde el principio lo que ocupará al final: nada se mueve de sitio. */
      this.pantallas.forEach((una) => {
        const caja = una.querySelector("pre");
        caja.style.minHeight = `${caja.offsetHeight}px`;
      });
      this.lineas.forEach((linea) => this.poner(linea, false));
      for (let numero = 0; numero <= this.ultima; numero += 1) {
        await esperar(ESCENA);
        if (pase !== this.pase) return;
        await this.escena(numero, pase);
        if (pase !== this.pase) return;
      }
      this.parar();
    }

    async escena(numero, pase) {
      const nuevas = this.lineas.filter((linea) => linea.de === numero);
      const tecleada = nuevas.find((linea) => linea.tecla !== null);
      if (tecleada) {
        this.retirar(tecleada.pantalla, numero);
        await this.teclear(tecleada, pase);
      }
      for (const pantalla of this.pantallas) {
        const suyas = nuevas.filter((una) => una.pantalla === pantalla && una !== tecleada);
        if (suyas.length === 0) continue;
        await esperar(ECO);
        if (pase !== this.pase) return;
        this.retirar(pantalla, numero);
        suyas.forEach((linea) => this.poner(linea, true));
        pantalla.classList.add("recibe");
        setTimeout(() => pantalla.classList.remove("recibe"), ECO);
      }
    }

    async teclear(linea, pase) {
      const entera = linea.texto.trimEnd();
      const pausa = entera.startsWith("$ ") ? LETRA_DE_ORDEN : LETRA;
      const delante = entera.slice(0, linea.tecla).trim();
      /* Mientras escribe, lo que la invitaba a escribir es esta misma línea. */
      const invitacion = this.lineas.find(
        (otra) =>
          otra.pantalla === linea.pantalla && !otra.elemento.hidden && otra.texto.trim() === delante,
      );
      if (invitacion) invitacion.elemento.hidden = true;
      linea.elemento.classList.add("tecleando");
      linea.elemento.hidden = false;
      for (let letras = linea.tecla; letras <= entera.length; letras += 1) {
        linea.elemento.textContent = entera.slice(0, letras);
        this.hastaElFinal(linea.pantalla);
        await esperar(pausa);
        if (pase !== this.pase) return;
      }
      this.poner(linea, true);
      if (invitacion) this.poner(invitacion, true);
    }

    retirar(pantalla, numero) {
      this.lineas
        .filter((linea) => linea.pantalla === pantalla && linea.a === numero)
        .forEach((linea) => this.poner(linea, false));
    }

    poner(linea, visible) {
      linea.elemento.classList.remove("tecleando");
      linea.elemento.textContent = linea.texto;
      linea.elemento.hidden = !visible;
      this.hastaElFinal(linea.pantalla);
    }

    /* En una terminal se ve lo último, y lo demás sube. */
    hastaElFinal(pantalla) {
      const caja = pantalla.querySelector("pre");
      caja.scrollTop = caja.scrollHeight;
    }
  }

  function empezarAlVerla(marcha) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const vigia = new IntersectionObserver(
      (vistas) => {
        if (!vistas.some((vista) => vista.isIntersecting)) return;
        vigia.disconnect();
        marcha.rodar();
      },
      { threshold: 0.3 },
    );
    vigia.observe(marcha.elemento);
  }

  document.querySelectorAll(".marcha").forEach((elemento) => {
    empezarAlVerla(new Marcha(elemento));
  });
})();
