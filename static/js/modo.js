// The page of a session works without this file: every write is a form that posts. With it no
// write waits for the connection.
//
// Each write goes first to a queue and then to the server, in the order in which it was made. It
// carries a key («clave») that the server answers once: if the answer is lost, asking again does
// not do it twice. It also carries the version that the page showed: if somebody else wrote
// meanwhile, the server answers with both versions and whoever wrote chooses.
//
// A phone may be shared or lost, and what a mesa writes may put somebody at risk. So the queue
// that stays in the phone (localStorage) is encrypted (AES-GCM) with a key that comes in the page
// and that only an account with rights on this session receives: whoever picks the phone up, or
// the next account that logs in, reads nothing. It is erased as it is sent, at logout, and after
// two weeks. Without a secure context the queue lives in the page alone, and the page says so.
// A write is also signed by the account of its page: the server refuses to put another name on it.

const PREFIJO = "modo:";
const CADUCA = 14 * 24 * 3600 * 1000;
const CADA = 10_000; // how often the page asks what others wrote
const PACIENCIA = 20_000; // how long an answer may take

const raiz = document.querySelector("[data-modo-sesion]");
const { modoSesion, usuario, llave: llaveHex, pulso, entrar, sinConexion } = raiz.dataset;
const MIO = `${PREFIJO}${usuario}:${modoSesion}:`;

let cola = []; // what is not yet in the server, in order
let llave = null;
let estado = ""; // "", "sin-conexion", "sin-sesion", "sin-servidor"
let cerrada = false;
let enviando = false;
let espera = 0;
let reloj = 0;
let visto = "";
let dicho = "Cada cosa se guarda en cuanto la anotas.";

// ── The queue in the phone ────────────────────────────────────────────────────────────────

async function abrirLlave() {
  if (!globalThis.crypto?.subtle) return null;
  const bytes = Uint8Array.from(llaveHex.match(/../g), (par) => parseInt(par, 16));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const aTexto = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
const aBytes = (texto) => Uint8Array.from(atob(texto), (letra) => letra.charCodeAt(0));
const lugar = (anotacion) => `${MIO}${String(anotacion.orden).padStart(17, "0")}:${anotacion.clave}`;

async function cifrar(cosa) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const claro = new TextEncoder().encode(JSON.stringify(cosa));
  const cifrado = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, llave, claro);
  return `${aTexto(iv)}.${aTexto(new Uint8Array(cifrado))}`;
}

async function descifrar(texto) {
  const [iv, cifrado] = texto.split(".").map(aBytes);
  const claro = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, llave, cifrado);
  return JSON.parse(new TextDecoder().decode(claro));
}

async function conservar(anotacion) {
  if (!llave) return;
  try {
    const cifrado = await cifrar(anotacion);
    if (!cola.includes(anotacion)) return; // it was sent while this was being written
    localStorage.setItem(lugar(anotacion), cifrado);
  } catch {
    llave = null; // full or forbidden: from now on the queue lives in the page, which says so
  }
}

function olvidar(anotacion) {
  cola = cola.filter((otra) => otra !== anotacion);
  try {
    localStorage.removeItem(lugar(anotacion));
  } catch {
    // Forbidden: there is nothing to erase.
  }
}

// Kept under another key of the portal, or spoiled: nobody can read it, and whoever wrote it must know.
function decirIlegibles(nombres) {
  const caja = document.getElementById("ilegibles");
  const varias = nombres.length > 1;
  caja.querySelector("p").textContent =
    `En este teléfono ${varias ? `quedaron ${nombres.length} anotaciones` : "quedó una anotación"} por enviar que ya no se ` +
    `${varias ? "pueden" : "puede"} leer. Revisa aquí abajo si falta algo de lo último que escribiste y anótalo otra vez.`;
  caja.hidden = false;
  caja.querySelector("button").onclick = () => {
    for (const nombre of nombres) localStorage.removeItem(nombre);
    caja.hidden = true;
  };
}

async function recordar() {
  const halladas = [];
  const ilegibles = [];
  const limite = Date.now() - CADUCA;
  for (const nombre of Object.keys(localStorage).filter((n) => n.startsWith(PREFIJO))) {
    const orden = Number(nombre.split(":")[3]);
    if (!(orden / 1000 > limite)) {
      localStorage.removeItem(nombre);
    } else if (nombre.startsWith(MIO)) {
      try {
        halladas.push(await descifrar(localStorage.getItem(nombre)));
      } catch {
        ilegibles.push(nombre);
      }
    }
  }
  if (ilegibles.length) decirIlegibles(ilegibles);
  cola = [...halladas.sort((a, b) => a.orden - b.orden), ...cola];
  for (const { pieza } of cola) marcar(pieza);
}

// ── A write ───────────────────────────────────────────────────────────────────────────────

const nuevaClave = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

let ultimoOrden = 0;
const siguienteOrden = () => (ultimoOrden = Math.max(ultimoOrden + 1, Date.now() * 1000));

const piezaDe = (nodo) => nodo.closest("[data-pieza]")?.dataset.pieza ?? "";
const partes = (pieza) => [...document.querySelectorAll("[data-pieza]")].filter((p) => p.dataset.pieza === pieza);
const pendiente = (pieza) => cola.some((anotacion) => anotacion.pieza === pieza);

function marcar(pieza) {
  if (pieza) for (const parte of partes(pieza)) parte.classList.toggle("por-enviar", pendiente(pieza));
}

function anotar(forma, boton) {
  const datos = new FormData(forma);
  if (boton?.name) datos.append(boton.name, boton.value);
  datos.delete("csrfmiddlewaretoken"); // the one of the moment of sending: it changes at each login
  datos.set("dicho_el", new Date().toISOString());
  const deCola = forma.closest("#cola > li");
  const suya = piezaDe(forma);
  // What was refused is corrected where it waits, or by writing again in its own place: both take its turn.
  const corrige = deCola
    ? cola.find((otra) => otra.clave === deCola.dataset.clave)
    : cola.find((otra) => otra.falla && otra.pieza && otra.pieza === suya && otra.url === forma.action);
  const pieza = corrige?.pieza ?? suya;
  const anotacion = {
    clave: datos.get("clave"),
    orden: corrige?.orden ?? siguienteOrden(),
    url: forma.action,
    titulo: forma.dataset.titulo,
    resumen: resumir(forma, boton),
    campos: [...datos].filter(([, valor]) => typeof valor === "string"),
    pieza,
    alGuardar: forma.dataset.alGuardar ?? "",
  };
  if (corrige) {
    cola.splice(cola.indexOf(corrige), 1, anotacion);
    olvidar(corrige);
    deCola?.remove();
  } else {
    cola.push(anotacion);
  }
  if (!deCola) {
    forma.elements.clave.value = nuevaClave();
    mostrarComoQuedara(forma, boton);
    guardarBorradores();
  }
  marcar(pieza);
  conservar(anotacion).then(enviar);
  pintar();
}

function resumir(forma, boton) {
  // Whole: it is what the page asks to copy when it cannot be saved.
  const escritos = [...forma.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select")];
  const texto = escritos.map((campo) => (campo.value && campo.selectedOptions?.[0]?.text) || enPalabras(campo));
  return [boton?.name ? boton.textContent.trim() : "", ...texto].filter(Boolean).join(" · ");
}

function enPalabras(campo) {
  if (campo.type !== "date" || !campo.value) return campo.value.trim();
  return new Date(`${campo.value}T12:00`).toLocaleDateString("es-MX", { dateStyle: "long" });
}

function mostrarComoQuedara(forma, boton) {
  if (forma.hasAttribute("data-todos")) {
    for (const grupo of document.querySelectorAll(".asiento .toques"))
      if (!grupo.querySelector("[aria-pressed=true]"))
        grupo.querySelector(`[value="${boton.value}"]`).setAttribute("aria-pressed", "true");
    return;
  }
  const toques = boton?.closest(".toques");
  for (const otro of toques?.querySelectorAll("[aria-pressed]") ?? [])
    otro.setAttribute("aria-pressed", String(otro === boton));
  const detalles = toques ? forma.closest("[data-pieza]").querySelectorAll("[data-si]") : [];
  for (const detalle of detalles) detalle.hidden = detalle.dataset.si !== boton.value;
  if (forma.hasAttribute("data-limpia")) {
    forma.reset();
    return;
  }
  // What was sent is no longer «being typed»: a later change by somebody else may take its place.
  for (const campo of forma.querySelectorAll("input:not([type=hidden]), textarea")) campo.defaultValue = campo.value;
  for (const opcion of forma.querySelectorAll("option")) opcion.defaultSelected = opcion.selected;
}

// ── Sending ───────────────────────────────────────────────────────────────────────────────

const galleta = () => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";

// The first that may leave: never before another on the same thing that waits for a decision.
const siguiente = () =>
  cola.find((una, i) => !una.falla && !(una.pieza && cola.slice(0, i).some((otra) => otra.pieza === una.pieza)));

async function enviar() {
  if (enviando) return;
  enviando = true;
  clearTimeout(reloj);
  let hubo = false;
  for (let una = siguiente(); una; una = siguiente()) {
    pintar();
    if (!(await intentar(una))) {
      espera = Math.min(60_000, (espera || 2_500) * 2);
      reloj = setTimeout(enviar, espera);
      break;
    }
    hubo = true;
  }
  enviando = false;
  pintar();
  if (hubo) pulsar();
}

/** One try. True when it needs no other: it is done, or somebody must decide. */
async function intentar(anotacion) {
  let respuesta;
  let contestado = null;
  try {
    respuesta = await fetch(anotacion.url, {
      method: "POST",
      body: new URLSearchParams(anotacion.campos),
      headers: { "X-Modo": "fetch", "X-CSRFToken": galleta(), Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PACIENCIA),
    });
    if (respuesta.headers.get("Content-Type")?.startsWith("application/json")) contestado = await respuesta.json();
  } catch {
    estado = "sin-conexion";
    return false;
  }
  if (respuesta.type === "opaqueredirect") {
    estado = "sin-sesion";
    return false;
  }
  if (respuesta.status >= 500 || respuesta.status === 429) {
    estado = "sin-servidor";
    return false;
  }
  if (respuesta.ok && !contestado) {
    estado = "sin-conexion"; // the page of a hotel's wifi also answers 200
    return false;
  }
  estado = "";
  espera = 0;
  if (respuesta.ok) hecha(anotacion, contestado);
  else await fallo(anotacion, respuesta.status, contestado);
  marcar(anotacion.pieza);
  return true;
}

function hecha(anotacion, { mensaje, versiones }) {
  dicho = mensaje;
  escritas += 1;
  olvidar(anotacion);
  for (const [objeto, [antes, despues]] of Object.entries(versiones)) ponerAlDia(objeto, String(antes), String(despues));
  if (anotacion.alGuardar && !cola.length) location.assign(anotacion.alGuardar);
}

/** What this phone wrote after, without waiting, saw its own change: it is not somebody else's. */
function ponerAlDia(objeto, antes, despues) {
  const suyo = (nombre, pieza) => (nombre === "version" ? pieza : `asistencia:${nombre.slice(8)}`) === objeto;
  for (const otra of cola) {
    const campo = otra.campos.find(([nombre, v]) => nombre.startsWith("version") && suyo(nombre, otra.pieza) && v === antes);
    if (campo) {
      campo[1] = despues;
      conservar(otra);
    }
  }
  for (const parte of partes(objeto))
    for (const campo of parte.querySelectorAll("[name=version]")) if (campo.value === antes) campo.value = despues;
}

const MOTIVOS = {
  403: "El portal no lo aceptó: lo escribió otra cuenta, o la tuya ya no registra esta sesión. Recarga la página e inténtalo otra vez.",
  404: "El portal ya no encuentra dónde guardarlo. Cópialo antes de descartarlo.",
};

async function fallo(anotacion, codigo, contestado) {
  anotacion.falla = contestado?.html
    ? { html: contestado.html }
    : { texto: MOTIVOS[codigo] ?? "El portal no pudo guardarlo. Cópialo o inténtalo otra vez." };
  await conservar(anotacion);
}

// ── What others write ─────────────────────────────────────────────────────────────────────

let preguntando = false;
let otraVez = false;
let escritas = 0; // how many writes the server has answered

// One question at a time: an answer that comes late must not bring back what it has already replaced.
async function pulsar() {
  if (!pulso || document.hidden) return;
  otraVez = preguntando;
  if (preguntando) return;
  preguntando = true;
  await preguntar(escritas);
  preguntando = false;
  pintar();
  if (otraVez) pulsar();
}

async function preguntar(antes) {
  try {
    const respuesta = await fetch(`${pulso}?visto=${encodeURIComponent(visto)}`, {
      headers: { "X-Modo": "fetch" },
      redirect: "manual",
      signal: AbortSignal.timeout(PACIENCIA),
    });
    if (respuesta.type === "opaqueredirect") {
      estado = "sin-sesion";
    } else if (respuesta.status === 204 || respuesta.headers.has("X-Pulso")) {
      if (estado) setTimeout(enviar);
      estado = "";
      cerrada = respuesta.headers.get("X-Cerrada") === "si";
      if (respuesta.status === 200) {
        const texto = await respuesta.text();
        if (antes !== escritas) {
          otraVez = true; // it tells how things were before the last write
          return;
        }
        reconciliar(new DOMParser().parseFromString(texto, "text/html"));
        visto = respuesta.headers.get("X-Pulso");
      }
    }
  } catch {
    estado = "sin-conexion";
  }
}

function distinto(campo) {
  if (campo.localName === "select")
    return campo.selectedIndex !== Math.max(0, [...campo.options].findIndex((opcion) => opcion.defaultSelected));
  const marcada = campo.type === "radio" || campo.type === "checkbox";
  return marcada ? campo.checked !== campo.defaultChecked : campo.value !== campo.defaultValue;
}

const sucia = (parte) => [...parte.querySelectorAll("input:not([type=hidden]), textarea, select")].some(distinto);

function reconciliar(nuevo) {
  for (const parte of nuevo.querySelectorAll("[data-pieza]")) {
    const [vieja] = partes(parte.dataset.pieza);
    if (!vieja) agregar(parte);
    else if (vieja.dataset.version !== parte.dataset.version) cambiar(vieja, parte);
  }
  const hay = new Set([...nuevo.querySelectorAll("[data-pieza]")].map((parte) => parte.dataset.pieza));
  for (const vieja of document.querySelectorAll("[data-piezas] > [data-pieza]"))
    if (!hay.has(vieja.dataset.pieza) && !sucia(vieja)) vieja.remove();
}

function agregar(parte) {
  const lista = document.querySelector(`[data-piezas="${parte.parentElement?.dataset.piezas}"]`);
  if (!lista) return;
  const anterior = parte.previousElementSibling && partes(parte.previousElementSibling.dataset.pieza)[0];
  const copia = document.importNode(parte, true);
  if (anterior) anterior.after(copia);
  else lista.prepend(copia);
}

function cambiar(vieja, parte) {
  if (pendiente(vieja.dataset.pieza)) return;
  if (sucia(vieja)) {
    avisarDeOtro(vieja);
    return;
  }
  const copia = document.importNode(parte, true);
  for (const doblez of copia.querySelectorAll("details[id]"))
    doblez.open = document.getElementById(doblez.id)?.open ?? doblez.open;
  const foco = vieja.contains(document.activeElement) ? senas(document.activeElement) : "";
  vieja.replaceWith(copia);
  if (foco) copia.querySelector(foco)?.focus({ preventScroll: true });
}

const senas = (nodo) =>
  nodo.id ? `#${CSS.escape(nodo.id)}` : nodo.name ? `[name="${nodo.name}"][value="${CSS.escape(nodo.value)}"]` : nodo.localName;

function avisarDeOtro(parte) {
  if (parte.querySelector(".de-otro")) return;
  const aviso = document.createElement("p");
  aviso.className = "nota de-otro";
  aviso.setAttribute("role", "status");
  parte.append(aviso);
  // A live region says what changes in it, not what it is born with.
  requestAnimationFrame(() => {
    aviso.textContent = "Alguien más cambió esto mientras escribes. Al guardar verás las dos versiones.";
  });
}

// ── What the page says ────────────────────────────────────────────────────────────────────

function nodo(nombre, clase, texto) {
  const hecho = document.createElement(nombre);
  if (clase) hecho.className = clase;
  if (texto) hecho.textContent = texto;
  return hecho;
}

function loQueDice() {
  const cuantas = cola.length === 1 ? "1 anotación por enviar" : `${cola.length} anotaciones por enviar`;
  const donde = llave ? "Se queda en este teléfono" : "No cierres esta página: se queda solo en ella";
  if (estado === "sin-sesion") return "Tu sesión terminó. Lo que escribiste sigue aquí: entra otra vez y vuelve a esta página.";
  if (cerrada) return cola.length ? `Alguien cerró la sesión y quedan ${cuantas}. Cópialas.` : "La sesión se cerró.";
  if (estado && !cola.length) return "Sin conexión. Sigue anotando: se enviará cuando vuelva.";
  if (estado) return `Sin conexión: ${cuantas}. ${donde} y se envía cuando vuelva.`;
  if (cola.some((una) => una.falla)) return "Hay algo que decidir antes de guardarlo.";
  return cola.length ? "Guardando…" : dicho;
}

function pintar() {
  const conexion = document.getElementById("conexion");
  const texto = loQueDice();
  if (conexion.dataset.dicho !== texto) {
    conexion.dataset.dicho = texto;
    conexion.replaceChildren(texto);
    if (estado === "sin-sesion") {
      const enlace = nodo("a", "", "Entrar otra vez");
      Object.assign(enlace, { href: entrar, target: "_blank", rel: "noopener" });
      conexion.append(" ", enlace);
    } else if (cola.some((una) => una.falla)) {
      const enlace = nodo("a", "", "Verlo");
      enlace.href = "#pendientes";
      conexion.append(" ", enlace);
    }
  }
  conexion.classList.toggle("modo__conexion--atencion", Boolean(estado || cerrada || cola.some((una) => una.falla)));
  pintarCola();
}

function pintarCola() {
  const visibles = cola.filter((una) => una.falla || estado);
  const lista = document.getElementById("cola");
  document.getElementById("pendientes").hidden = !visibles.length;
  const claves = new Set(visibles.map((una) => `${una.clave} ${Boolean(una.falla)}`));
  for (const fila of [...lista.children]) if (!claves.has(fila.dataset.senas)) fila.remove();
  for (const una of visibles) {
    const senasDeFila = `${una.clave} ${Boolean(una.falla)}`;
    if ([...lista.children].some((fila) => fila.dataset.senas === senasDeFila)) continue;
    const fila = nodo("li", "modo__pendiente");
    Object.assign(fila.dataset, { clave: una.clave, senas: senasDeFila });
    fila.append(nodo("p", "fila__titulo", una.titulo));
    if (una.resumen) fila.append(nodo("p", "fila__detalle", una.resumen));
    if (una.falla?.html) {
      const marco = nodo("div");
      marco.innerHTML = una.falla.html;
      fila.append(marco);
    } else if (una.falla) {
      fila.append(nodo("p", "vencido", una.falla.texto));
      for (const [que, palabra] of [["reintentar", "Intentar otra vez"], ["descartar", "Descartarlo"]]) {
        const boton = nodo("button", "boton boton--discreto boton--chico", palabra);
        boton.type = "button";
        boton.setAttribute(`data-${que}`, "");
        fila.append(boton);
      }
    }
    lista.append(fila);
  }
}

// ── What is half written ──────────────────────────────────────────────────────────────────

// A phone forgets a page that it put aside, and somebody reloads it by mistake: what nobody sent yet comes back,
// kept as the queue is. It is one entry of the phone, written over as one types.
const BORRADORES = `${PREFIJO}${usuario}:${modoSesion}-borradores:`;
const DE_TEXTO = "input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select";
let porGuardar = 0;
let guardadas = 0;

const formas = () => [...document.querySelectorAll("[data-modo-sesion] form[data-modo]")].filter((f) => !f.closest("#cola"));
const cual = (forma) => [new URL(forma.action).pathname, forma.dataset.titulo, piezaDe(forma)].join(" ");

function loEscrito() {
  const borradores = formas().map((forma) => {
    const campos = [...forma.querySelectorAll(DE_TEXTO)].filter((campo) => campo.name && distinto(campo));
    return [cual(forma), campos.map((campo) => [campo.name, campo.value]), forma.elements.version?.value];
  });
  return borradores.filter(([, campos]) => campos.length);
}

const deAntes = () => Object.keys(localStorage).filter((nombre) => nombre.startsWith(BORRADORES));

async function guardarBorradores() {
  clearTimeout(porGuardar);
  if (!llave) return;
  const vez = ++guardadas;
  try {
    const escrito = loEscrito();
    const cifrado = escrito.length ? await cifrar(escrito) : "";
    if (vez !== guardadas) return; // something was written after, and is being kept
    for (const nombre of deAntes()) localStorage.removeItem(nombre);
    if (cifrado) localStorage.setItem(`${BORRADORES}${siguienteOrden()}`, cifrado);
  } catch {
    // Full or forbidden: what is half written lives in the page, as in any other.
  }
}

async function recuperarBorradores() {
  const [nombre] = deAntes();
  if (!nombre) return;
  const escrito = await descifrar(localStorage.getItem(nombre)).catch(() => null);
  if (!escrito) {
    localStorage.removeItem(nombre);
    return;
  }
  const borradores = new Map(escrito.map(([forma, ...dicho]) => [forma, dicho]));
  let alguno = false;
  for (const forma of formas()) {
    const [campos, version] = borradores.get(cual(forma)) ?? [[]];
    for (const [campo, valor] of campos) {
      const suyo = forma.elements[campo];
      if (!suyo || distinto(suyo)) continue;
      suyo.value = valor;
      alguno = true;
      // Over what was seen when it was written: if somebody wrote since, the server shows both.
      if (version && forma.elements.version) forma.elements.version.value = version;
      for (let doblez = suyo.closest("details"); doblez; doblez = doblez.parentElement.closest("details")) doblez.open = true;
    }
  }
  if (alguno) dicho = "Recuperamos lo que estabas escribiendo. Falta guardarlo.";
}

raiz.addEventListener("input", () => {
  clearTimeout(porGuardar);
  porGuardar = setTimeout(guardarBorradores, 400);
});
window.addEventListener("pagehide", guardarBorradores);

// ── What the person does ──────────────────────────────────────────────────────────────────

document.addEventListener("submit", (evento) => {
  if (evento.target.matches("[data-modo]")) {
    evento.preventDefault();
    anotar(evento.target, evento.submitter);
  }
});

document.addEventListener("click", (evento) => {
  if (evento.target.closest("[data-cerrar]") && cola.length) {
    evento.preventDefault(); // the minute would not say what is not in the server yet
    document.getElementById("conexion").scrollIntoView({ block: "center" });
    enviar();
    return;
  }
  const deCola = evento.target.closest("#cola > li");
  const una = deCola && cola.find((otra) => otra.clave === deCola.dataset.clave);
  if (una && evento.target.closest("[data-descartar]")) {
    evento.preventDefault();
    olvidar(una);
    marcar(una.pieza);
    visto = ""; // the page shows again what is kept
    for (const parte of partes(una.pieza)) parte.dataset.version = "";
    enviar().then(pulsar);
  } else if (una && evento.target.closest("[data-reintentar]")) {
    delete una.falla;
    enviar();
  }
  const enlace = evento.target.closest("a[href^='#']");
  if (!enlace) return;
  if (enlace.dataset.punto) document.getElementById("nuevo_punto").value = enlace.dataset.punto;
  desdoblar(enlace.hash);
});

function desdoblar(ancla) {
  const destino = ancla ? document.getElementById(decodeURIComponent(ancla.slice(1))) : null;
  for (let parte = destino; parte; parte = parte.parentElement?.closest("details")) if (parte.localName === "details") parte.open = true;
  if (destino?.closest("details")) destino.scrollIntoView({ block: "start" });
}

window.addEventListener("online", () => {
  espera = 0;
  enviar().then(pulsar);
});
window.addEventListener("offline", () => {
  estado ||= "sin-conexion";
  pintar();
});
// Another page of the same account sent it, or the account left: here it is no longer pending either.
window.addEventListener("storage", ({ key, newValue }) => {
  if (newValue !== null || (key !== null && !key.startsWith(MIO))) return;
  const quitadas = cola.filter((una) => key === null || lugar(una) === key);
  cola = cola.filter((una) => !quitadas.includes(una));
  for (const { pieza } of quitadas) marcar(pieza);
  pintar();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) enviar().then(pulsar);
});
window.addEventListener("beforeunload", (evento) => {
  if (cola.length) evento.preventDefault();
});

try {
  llave = await abrirLlave();
  if (llave) {
    await recordar();
    await recuperarBorradores();
    await Promise.all(cola.map(conservar)); // what was tapped meanwhile, too
  }
} catch {
  llave = null;
}
desdoblar(location.hash);
pintar();
// So that reopening the page without a connection says that nothing was lost. Where it is forbidden, as before.
if (sinConexion) navigator.serviceWorker?.register(sinConexion).catch(() => {});
await enviar();
pulsar();
setInterval(pulsar, CADA);
