/* La sala de las películas, pelicula.html: carga la que dice la dirección y la pone en marcha.

   Se carga como un programa, que llama a `proyectar`: así funciona también desde el disco. */
(function () {
  "use strict";

  const sala = document.getElementById("sala");
  const pedido = new URLSearchParams(location.search);
  const nombre = pedido.get("g") ?? "";
  /* Solo de la carpeta de las películas: ni otra, ni otro sitio. */
  const ES_UNA_PELICULA = /^\w+(?:\/\w+)*$/;

  function decir(frase) {
    const parrafo = document.createElement("p");
    parrafo.setAttribute("role", "alert");
    parrafo.textContent = frase;
    sala.replaceChildren(parrafo);
  }

  window.proyectar = (grabacion) => {
    const { titulo } = JSON.parse(grabacion.slice(0, grabacion.indexOf("\n")));
    document.title = `${titulo} · Película de chatlab`;
    const tema = pedido.get("tema") ?? undefined;
    window.chatlab.abierto = window.chatlab.montar(sala, { grabacion, tema, direccion: true });
  };

  if (!ES_UNA_PELICULA.test(nombre)) {
    decir("Aquí se ven las películas de las páginas. Ábrelas desde «Míralo», en cada paso.");
    return;
  }
  const programa = document.createElement("script");
  programa.src = `peliculas/${nombre}.js`;
  programa.addEventListener("error", () => decir(`No hay ninguna película que se llame «${nombre}».`));
  document.head.append(programa);
})();
