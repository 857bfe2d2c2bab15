// Abre la película de un fallo en un marco aparte, que no puede tocar esta página ni pedir nada a la
// red. Las películas, el código de los programas y quien los enseña van en la página, comprimidos
// con gzip y en base 64.
const cine = document.getElementById("cine");

async function desplegar(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (letra) => letra.charCodeAt(0));
  const corriente = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(corriente).text();
}

async function plegar(texto) {
  const corriente = new Blob([texto]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(corriente).arrayBuffer());
  return btoa(Array.from(bytes, (uno) => String.fromCharCode(uno)).join(""));
}

const guardado = (nombre) => desplegar(document.getElementById(nombre).textContent);

// El código de los programas se guarda una vez para todas: aquí vuelve a su sitio.
async function conSuCodigo(pelicula) {
  const lineas = pelicula.split("\n").filter(Boolean).map((linea) => JSON.parse(linea));
  for (const linea of lineas) {
    if (linea.que !== "archivo") continue;
    linea.texto = await guardado(`codigo-${linea.huella}`);
    delete linea.huella;
  }
  return lineas.map((linea) => `${JSON.stringify(linea)}\n`).join("");
}

async function documento(boton) {
  const pelicula = document.getElementById(boton.dataset.pelicula);
  const momento = Number(pelicula.dataset.momento) || 0;
  const plegada = await plegar(await conSuCodigo(await desplegar(pelicula.textContent)));
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Película</title>
<style>html, body { height: 100%; margin: 0; }
${await guardado("reproductor-estilo")}</style>
</head>
<body>
<main id="reproductor" style="height: 100%"></main>
<script type="application/gzip" id="pelicula" data-momento="${momento}">${plegada}<\/script>
<script>${await guardado("reproductor-guion")}<\/script>
</body>
</html>`;
}

async function proyectar(boton) {
  const marco = document.createElement("iframe");
  // Con permiso para guardarla; sin ninguno para tocar esta página.
  marco.setAttribute("sandbox", "allow-scripts allow-downloads");
  marco.title = `Película de ${boton.dataset.titulo}`;
  marco.srcdoc = await documento(boton);
  cine.querySelector("h2").textContent = boton.dataset.titulo;
  cine.querySelector(".pantalla").replaceChildren(marco);
  cine.showModal();
  marco.focus();
}

// Sin esto, que no tienen los navegadores de antes de 2023, no hay con qué desplegarlas.
if (cine && globalThis.DecompressionStream) {
  for (const boton of document.querySelectorAll("button[data-pelicula]")) {
    boton.hidden = false;
    boton.addEventListener("click", () => proyectar(boton));
  }
  cine.querySelector("button").addEventListener("click", () => cine.close());
  cine.addEventListener("close", () => cine.querySelector(".pantalla").replaceChildren());
}
