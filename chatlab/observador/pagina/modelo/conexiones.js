// Las conexiones: quién está en cada lado, cuántos bytes han salido y cuántos se han leído.

/** El lado que no es ese. */
export function otroLado(lado) {
  return lado === "llama" ? "acepta" : "llama";
}

/**
 * El programa que está en ese lado, o el que tiene a quien llama en la cola de su `accept`; null,
 * si no se sabe. Tras bifurcarse, el único que la conserva.
 */
export function quienTiene(conexion, lado) {
  const tienen = conexion.tienen[lado];
  const suyo = tienen.length === 1 ? tienen[0] : conexion[lado];
  return suyo ?? (lado === "acepta" ? conexion.cola : null);
}

/** Los bytes que han salido por ese lado y aún no ha leído nadie. */
export function enCamino(conexion, lado) {
  const { enviados, leidos } = conexion.sentidos[lado];
  return enviados - leidos;
}

/** Lo que ese suceso cambia en las conexiones, y en quién escucha en cada puerto. */
export function cambiarConexiones(estado, suceso) {
  if (suceso.que === "termina") terminarConexiones(estado, suceso.p);
  if (suceso.que === "listen") estado.escuchas[puertoDe(suceso.direccion)] = suceso.p;
  if (!esDeConexion(suceso)) return;
  const conexion = (estado.conexiones[suceso.c] ??= conexionNueva());
  const { lado } = suceso;
  const [salida, entrada] = [conexion.sentidos[lado], conexion.sentidos[otroLado(lado)]];
  ponerEnSuLado(estado, conexion, suceso);
  if (suceso.que === "send") {
    salida.enviados = Math.max(salida.enviados, (suceso.desde ?? 0) + suceso.cuantos);
  } else if (suceso.que === "recv" && suceso.cuantos === 0) {
    entrada.leido_el_fin = true;
  } else if (suceso.que === "recv") {
    entrada.leidos = Math.max(entrada.leidos, (suceso.desde ?? 0) + suceso.cuantos);
    // Lo que se ha leído, alguien lo ha enviado: quizá quien no lleva la sonda.
    entrada.enviados = Math.max(entrada.enviados, entrada.leidos);
  } else if (suceso.que === "shutdown" && suceso.sentido !== "leer") {
    salida.fin = true;
  } else if (suceso.que === "close") {
    soltar(conexion, lado, suceso.p);
  }
}

function esDeConexion({ c, lado, que }) {
  return Number.isSafeInteger(c) && (lado === "llama" || lado === "acepta") && que !== "espera";
}

function conexionNueva() {
  const sentido = () => ({ enviados: 0, leidos: 0, fin: false, leido_el_fin: false });
  return {
    llama: null,
    acepta: null,
    /** El programa que la tiene en la cola de su `accept`, mientras nadie la acepta. */
    cola: null,
    abierta: true,
    /** Los programas que tienen cada lado: más de uno, si alguno se ha bifurcado. */
    tienen: { llama: [], acepta: [] },
    sentidos: { llama: sentido(), acepta: sentido() },
  };
}

function ponerEnSuLado(estado, conexion, { que, p, lado, remoto }) {
  conexion[lado] ??= p;
  if (lado === "acepta") conexion.cola = null;
  if (que === "connect" && conexion.acepta === null)
    conexion.cola = estado.escuchas[puertoDe(remoto)] ?? null;
  const tienen = conexion.tienen[lado];
  const llega = que === "connect" || que === "accept" || que === "hereda" || !tienen.length;
  // Lo que hereda un hijo puede contarse después de que su padre lo cierre.
  if (que === "hereda" && !tienen.length) conexion.sentidos[lado].fin = false;
  if (llega && que !== "close" && !tienen.includes(p)) tienen.push(p);
  conexion.abierta = conexion.tienen.llama.length + conexion.tienen.acepta.length > 0;
}

function soltar(conexion, lado, p) {
  const tienen = (conexion.tienen[lado] = conexion.tienen[lado].filter((otro) => otro !== p));
  if (!tienen.length) conexion.sentidos[lado].fin = true;
  conexion.abierta = conexion.tienen.llama.length + conexion.tienen.acepta.length > 0;
}

function terminarConexiones(estado, p) {
  for (const [puerto, quien] of Object.entries(estado.escuchas))
    if (quien === p) delete estado.escuchas[puerto];
  for (const conexion of Object.values(estado.conexiones))
    for (const lado of ["llama", "acepta"])
      if (conexion.tienen[lado].includes(p)) soltar(conexion, lado, p);
}

function puertoDe(direccion) {
  return /\d*$/.exec(String(direccion))[0];
}
