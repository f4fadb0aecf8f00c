{% load static %}// A phone forgets the page of a session that it put aside, and opens it again without a connection: this says that
// nothing was lost, instead of the error of the browser. It keeps a page that speaks of nobody and what draws it,
// and nothing else of what goes by.
const GUARDADO = ["{% url 'sin_conexion' %}", "{% static 'css/portal.css' %}", "{% static 'js/sin_conexion.js' %}"];
const CAJA = `sin-conexion ${GUARDADO.join(" ")}`;

self.addEventListener("install", (evento) => {
  evento.waitUntil(caches.open(CAJA).then((caja) => caja.addAll(GUARDADO)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (evento) => {
  const viejas = (nombres) => nombres.filter((nombre) => nombre.startsWith("sin-conexion ") && nombre !== CAJA);
  evento.waitUntil(caches.keys().then((nombres) => Promise.all(viejas(nombres).map((nombre) => caches.delete(nombre)))));
});

self.addEventListener("fetch", (evento) => {
  const { request } = evento;
  if (request.method !== "GET") return;
  const guardado = GUARDADO.includes(new URL(request.url).pathname);
  if (request.mode === "navigate") evento.respondWith(fetch(request).catch(() => caches.match(GUARDADO[0])));
  else if (guardado) evento.respondWith(fetch(request).catch(() => caches.match(request)));
});
