// La búsqueda, solo cuando alguien busca.
//
// El tema pide el índice y crea el trabajador que busca en cuanto se abre una página; aquí se espera
// a que alguien entre en el buscador, y una página que solo se lee pesa la tercera parte. Además, un sitio abierto desde el disco (file://) no puede usar
// `new Worker`: el navegador lo prohíbe. Allí se ofrece lo mismo con un marco invisible, en el que se
// ejecuta el guion del trabajador, y los mensajes pasan de un lado a otro.
(() => {
  const alBuscar = new Promise((hecho) => {
    document.addEventListener("focusin", (suceso) => {
      if (suceso.target.matches(".md-search__input")) hecho();
    });
  });

  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (metodo, direccion, ...lo_demas) {
    this.esElIndice = String(direccion).endsWith("search/search_index.json");
    return open.call(this, metodo, direccion, ...lo_demas);
  };
  XMLHttpRequest.prototype.send = function (...cuerpo) {
    if (!this.esElIndice) return send.apply(this, cuerpo);
    alBuscar.then(() => send.apply(this, cuerpo));
  };

  const WorkerDeVerdad = window.Worker;

  function cargar(ventana, direccion) {
    return new Promise((hecho, fallo) => {
      const guion = ventana.document.createElement("script");
      guion.src = direccion;
      guion.onload = hecho;
      guion.onerror = fallo;
      ventana.document.body.appendChild(guion);
    });
  }

  // Cada manera de abrir devuelve una función que envía mensajes al trabajador.
  async function enUnMarco(direccion, alContestar) {
    const marco = document.createElement("iframe");
    marco.hidden = true;
    marco.title = "Trabajador de la búsqueda";
    document.body.appendChild(marco);
    const dentro = marco.contentWindow;
    dentro.postMessage = alContestar;
    dentro.importScripts = async (...guiones) => {
      for (const guion of guiones) await cargar(dentro, new URL(guion, direccion).href);
    };
    await cargar(dentro, direccion);
    return (datos) => dentro.dispatchEvent(new dentro.MessageEvent("message", { data: datos }));
  }

  async function deVerdad(direccion, alContestar) {
    const trabajador = new WorkerDeVerdad(direccion);
    trabajador.onmessage = (suceso) => alContestar(suceso.data);
    return (datos) => trabajador.postMessage(datos);
  }

  window.Worker = class extends EventTarget {
    constructor(ruta) {
      super();
      this.direccion = new URL(ruta, document.baseURI).href;
    }

    async postMessage(datos) {
      this.enviar ??= (location.protocol === "file:" ? enUnMarco : deVerdad)(
        this.direccion,
        (respuesta) => this.dispatchEvent(new MessageEvent("message", { data: respuesta })),
      );
      (await this.enviar)(datos);
    }
  };
})();
