/* Los cuadros «Míralo»: abren su película encima de la página, que sigue donde estaba.

   Sin este programa, el enlace lleva a la misma película. No se carga nada de ella hasta que se
   pide. */
(function () {
  "use strict";

  function crear(etiqueta, atributos, ...dentro) {
    const elemento = document.createElement(etiqueta);
    for (const [nombre, valor] of Object.entries(atributos)) elemento.setAttribute(nombre, valor);
    elemento.append(...dentro);
    return elemento;
  }

  /* Con los colores que tenga la página, que pueden no ser los del sistema. */
  function conSusColores(enlace) {
    const direccion = new URL(enlace.href);
    const oscura = document.body.dataset.mdColorScheme === "slate";
    direccion.searchParams.set("tema", oscura ? "oscuro" : "claro");
    return direccion.href;
  }

  function abrir(enlace) {
    const titulo = enlace.dataset.titulo;
    const src = conSusColores(enlace);
    const cerrar = crear("button", { type: "button" }, "Cerrar ✕");
    const aparte = crear("a", { href: src, target: "_blank" }, "En otra pestaña");
    const marco = crear("iframe", { src, title: `Película: ${titulo}` });
    const barra = crear("div", { class: "miralo-barra" }, aparte, cerrar);
    const sala = crear("dialog", { class: "miralo-sala", "aria-label": `Película: ${titulo}` }, barra, marco);
    cerrar.addEventListener("click", () => sala.close());
    /* Al quitarla se para: lo que se cierra no sigue en marcha detrás. */
    sala.addEventListener("close", () => sala.remove());
    document.body.append(sala);
    sala.showModal();
    marco.focus();
  }

  document.querySelectorAll(".miralo-abrir").forEach((enlace) => {
    enlace.addEventListener("click", (pulsacion) => {
      /* Con Ctrl o con la rueda, quien lee pide otra pestaña. */
      if (pulsacion.ctrlKey || pulsacion.metaKey || pulsacion.shiftKey) return;
      pulsacion.preventDefault();
      abrir(enlace);
    });
  });
})();
