// El momento, en la dirección de la página: «#t=12.345678». Quien la reciba la abre ahí.

const CADA = 250; // milisegundos: un navegador no deja cambiar la dirección muchas veces seguidas

// Los segundos que dice una dirección; null si no dice ninguno.
export function momentoDe(almohadilla) {
  const hallado = /(?:^#|&)t=(\d+(?:\.\d+)?)/.exec(almohadilla);
  return hallado ? Number(hallado[1]) : null;
}

export class Direccion {
  // `alPedir(t)` se llama cuando se teclea otra dirección, o se sigue un enlace.
  constructor(alPedir) {
    this.alPedir = alPedir;
    this.pendiente = null;
    this.escuchar = () => {
      const t = momentoDe(location.hash);
      if (t !== null) this.alPedir(t);
    };
    addEventListener("hashchange", this.escuchar);
  }

  poner(t) {
    this.t = t;
    this.pendiente ??= setTimeout(() => this.escribir(), CADA);
  }

  escribir() {
    this.pendiente = null;
    const nueva = `#t=${Number(this.t.toFixed(6))}`;
    if (nueva === location.hash) return;
    try {
      history.replaceState(history.state, "", nueva);
    } catch (error) {
      // Dentro del marco de otra página no se deja, y no hace falta.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  cerrar() {
    clearTimeout(this.pendiente);
    removeEventListener("hashchange", this.escuchar);
  }
}
