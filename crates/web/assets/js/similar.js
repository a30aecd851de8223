// Tickets about the same matter: beside the open ticket once somebody stays with it, and beside the form of a new one while it is typed.
import { fetchPage } from "./page.js";

const REST_MS = 350;
const TYPING_MS = 400;
const KEPT_MAX = 40;

let timer = 0;
let asked = 0;
/** By address: the panel is exchanged with every change of the ticket, what it is like hardly ever changes. */
const known = new Map();

const fill = (place, section) => place.replaceChildren(...(section ? [section.cloneNode(true)] : []));

const look = async (address) => {
  const section = (await fetchPage(address))?.querySelector(".similar");
  if (!section) return;
  if (known.size >= KEPT_MAX) known.delete(known.keys().next().value);
  known.set(address, document.adoptNode(section));
  const place = document.querySelector(`[data-similar="${CSS.escape(address)}"]`);
  if (place) fill(place, known.get(address));
};

/** Whoever only passes by asks nothing. */
const rest = () => {
  clearTimeout(timer);
  const place = document.querySelector("[data-similar]");
  if (!place || place.firstChild) return;
  const address = place.dataset.similar;
  if (known.has(address)) fill(place, known.get(address));
  else timer = setTimeout(look, REST_MS, address);
};

const lookAtTyped = async (place, form) => {
  const mine = ++asked;
  const address = new URL(place.dataset.similarTyped, location.href);
  for (const name of ["title", "body"]) address.searchParams.set(name, form.elements[name].value.slice(0, 1000));
  const page = await fetchPage(address);
  if (mine === asked) fill(place, page?.querySelector(".similar"));
};

export const watchSimilar = () => {
  rest();
  document.addEventListener("steward:changed", rest);
  const place = document.querySelector("[data-similar-typed]");
  const form = place && document.querySelector("#new-ticket");
  form?.addEventListener("input", (event) => {
    if (!["title", "body"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(lookAtTyped, TYPING_MS, place, form);
  });
};
