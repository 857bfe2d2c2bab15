// Un sitio abierto desde el disco (file://) no puede usar `new Worker`: el navegador lo prohíbe, y la
// búsqueda lo necesita. Esto ofrece lo mismo con un marco invisible: ejecuta en él el guion del
// trabajador y pasa los mensajes de un lado a otro. Con un servidor web no hace nada.
(() => {
  if (location.protocol !== "file:") return;

  function cargar(ventana, direccion) {
    return new Promise((hecho, fallo) => {
      const guion = ventana.document.createElement("script");
      guion.src = direccion;
      guion.onload = hecho;
      guion.onerror = fallo;
      ventana.document.body.appendChild(guion);
    });
  }

  window.Worker = class extends EventTarget {
    constructor(ruta) {
      super();
      const direccion = new URL(ruta, document.baseURI).href;
      this.marco = document.createElement("iframe");
      this.marco.hidden = true;
      this.marco.title = "Trabajador de la búsqueda";
      document.body.appendChild(this.marco);
      const dentro = this.marco.contentWindow;
      // El trabajador contesta con postMessage: aquí, eso avisa a quien lo creó.
      dentro.postMessage = (datos) =>
        this.dispatchEvent(new MessageEvent("message", { data: datos }));
      dentro.importScripts = async (...guiones) => {
        for (const guion of guiones) await cargar(dentro, new URL(guion, direccion).href);
      };
      this.listo = cargar(dentro, direccion);
    }

    async postMessage(datos) {
      await this.listo;
      const dentro = this.marco.contentWindow;
      dentro.dispatchEvent(new dentro.MessageEvent("message", { data: datos }));
    }

    terminate() {
      this.marco.remove();
    }
  };
})();
