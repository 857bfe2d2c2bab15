// Un sitio abierto desde el disco (file://) no puede usar `new Worker`: el navegador lo prohíbe.
// La búsqueda lo necesita. Esto ofrece lo mismo con un marco invisible: ejecuta el guion del
// trabajador en él y pasa los mensajes de un lado a otro. Con un servidor web no hace nada.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(ruta) {
      super();
      this.pendientes = [];
      this.marco = document.createElement("iframe");
      this.marco.hidden = true;
      document.body.appendChild(this.marco);
      const dentro = this.marco.contentWindow;
      // El trabajador contesta con postMessage; aquí, eso avisa a quien creó el trabajador.
      dentro.postMessage = (datos) => this.avisar(datos);
      dentro.importScripts = (...guiones) =>
        guiones.reduce(
          (antes, guion) => antes.then(() => cargar(dentro, new URL(guion, ruta).href)),
          Promise.resolve(),
        );
      this.listo = cargar(dentro, ruta);
    }

    avisar(datos) {
      const suceso = new MessageEvent("message", { data: datos });
      if (this.onmessage) this.onmessage(suceso);
      this.dispatchEvent(suceso);
    }

    postMessage(datos) {
      this.listo.then(() => {
        const dentro = this.marco.contentWindow;
        dentro.dispatchEvent(new dentro.MessageEvent("message", { data: datos }));
      });
    }

    terminate() {
      this.marco.remove();
    }
  };
}

function cargar(ventana, ruta) {
  return new Promise((hecho, fallo) => {
    const guion = ventana.document.createElement("script");
    guion.src = ruta;
    guion.onload = hecho;
    guion.onerror = fallo;
    ventana.document.body.appendChild(guion);
  });
}
