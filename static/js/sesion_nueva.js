// The new session without this file asks the same and keeps the same. Here, as soon as somebody says who
// meets and when, its two numbers are written in their fields, and the agenda of the template in its own,
// where they can be changed. What a person typed is never written over.
const formulario = document.querySelector("[data-sesion-nueva]");
const textos = JSON.parse(document.getElementById("textos-de-plantillas")?.textContent ?? "{}");
const campo = (nombre) => formulario.elements.namedItem(nombre);
const propuesto = new Map();

// A field is ours while it holds nothing, or what we wrote in it.
function proponer(nombre, valor) {
  const control = campo(nombre);
  if (!control || (control.value !== "" && control.value !== propuesto.get(nombre))) return;
  control.value = valor;
  propuesto.set(nombre, control.value);
  // Untouched, the server follows the count by itself: nobody else's session takes the number meanwhile.
  const visto = campo(`initial-${nombre}`);
  if (visto) visto.value = valor;
}

function proponerNumeros() {
  const organo = formulario.querySelector("[name=organo]:checked");
  if (!organo) return;
  const anio = campo("inicio_0").value.slice(0, 4) || String(new Date().getFullYear());
  proponer("numero", organo.dataset.numero);
  proponer("numero_anual", organo.getAttribute(`data-en-${anio}`) ?? "");
}

function proponerPlantilla() {
  const organo = formulario.querySelector("[name=organo]:checked");
  const lista = campo("plantilla");
  if (!organo || !lista || (lista.value && lista.value !== propuesto.get("plantilla"))) return;
  const opcion = [...lista.options].find(({ value }) => textos[value]?.tipo === organo.dataset.tipo);
  lista.value = opcion?.value ?? "";
  propuesto.set("plantilla", lista.value);
  proponerPuntos();
}

function proponerPuntos() {
  const elegida = campo("plantilla").value;
  proponer("puntos", textos[elegida]?.puntos ?? "");
}

if (formulario) {
  for (const nombre of ["numero", "numero_anual"]) {
    const visto = campo(`initial-${nombre}`);
    if (visto && visto.value === campo(nombre).value) propuesto.set(nombre, visto.value);
  }
  formulario.addEventListener("change", (evento) => {
    if (evento.target.name === "organo") {
      proponerNumeros();
      proponerPlantilla();
    } else if (evento.target.name === "inicio_0") {
      proponerNumeros();
    } else if (evento.target.name === "plantilla") {
      proponerPuntos();
    }
  });
  proponerNumeros();
  if (!formulario.querySelector(".campo--error")) proponerPlantilla();
}
