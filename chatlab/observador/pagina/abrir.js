// Abre lo que traiga el documento: una película metida en él, o la dirección de un servidor.
import { montar } from "./reproductor.js";

// El texto de una película comprimida con gzip y escrita en base 64.
export async function desplegar(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (letra) => letra.charCodeAt(0));
  const corriente = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(corriente).text();
}

async function abrirLoQueTraiga() {
  const sitio = document.getElementById("reproductor");
  const pelicula = document.getElementById("pelicula");
  if (!sitio) return;
  if (pelicula && !globalThis.DecompressionStream) {
    sitio.textContent = "Este navegador es demasiado antiguo para ver la película. Ábrela con otro más nuevo.";
  } else if (pelicula) {
    const grabacion = await desplegar(pelicula.textContent);
    const momento = Number(pelicula.dataset.momento ?? 0);
    globalThis.chatlab.abierto = montar(sitio, { grabacion, momento, direccion: true });
  } else if (sitio.dataset.directo) {
    globalThis.chatlab.abierto = montar(sitio, { directo: sitio.dataset.directo, direccion: true });
  }
}

globalThis.chatlab = { montar, desplegar };
abrirLoQueTraiga();
