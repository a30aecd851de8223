// Fields that are asked only with certain other values, and forms whose fields follow from a choice above them.
import { fetchPage } from "./page.js";

const valuesOf = (box, key) =>
  [...box.querySelectorAll(`[name="fields.${CSS.escape(key)}"]:not(:disabled)`)]
    .filter((control) => control.type !== "checkbox" || control.checked)
    .map((control) => control.value.trim().toLowerCase())
    .filter((value) => value !== "");

const isSame = (value, word) => value === word || (value !== "" && Number(value.replace(",", ".")) === Number(word));

const holds = (box, term) => {
  const values = valuesOf(box, term.field);
  const has = () => values.some((value) => (term.values ?? []).some((word) => isSame(value, word.toLowerCase())));
  if (term.is === "filled") return values.length > 0;
  if (term.is === "empty") return values.length === 0;
  return term.is === "is_not" ? !has() : has();
};

/** From the top to the bottom: what is hidden counts as empty for what stands below it. */
const settle = (box) => {
  box.dataset.live = "";
  for (const part of box.querySelectorAll("[data-when]")) {
    const when = JSON.parse(part.dataset.when);
    const terms = when.terms.map((term) => holds(box, term));
    const isAsked = when.any ? terms.some(Boolean) : terms.every(Boolean);
    part.hidden = !isAsked;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !isAsked;
  }
};

const keptOf = (form) => {
  const kept = new Map();
  for (const [name, value] of new FormData(form)) kept.set(name, [...(kept.get(name) ?? []), value]);
  return kept;
};

const put = (box, kept) => {
  for (const control of box.querySelectorAll("[name]")) {
    const values = kept.get(control.name);
    if (!values) continue;
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else [control.value] = values;
  }
};

let turn = 0;

/** Another desk or kind asks for other fields; what was typed into those that stay is kept. */
const follow = async (form) => {
  const query = new URLSearchParams();
  for (const control of form.querySelectorAll("[data-asks] select")) query.set(control.name, control.value);
  const mine = ++turn;
  const page = await fetchPage(`${form.dataset.askedFrom}?${query}`);
  if (mine !== turn) return;
  const [fresh, box] = [page?.querySelector("[data-asked]"), form.querySelector("[data-asked]")];
  if (!fresh || !box) return;
  const kept = keptOf(form);
  const next = document.adoptNode(fresh);
  box.replaceWith(next);
  put(next, kept);
  settle(next);
};

const begin = () => document.querySelectorAll("[data-asked]").forEach(settle);

export const watchAsked = () => {
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (kind === "change" && form?.dataset.askedFrom && event.target.closest("[data-asks]")) follow(form);
      const box = event.target.closest("[data-asked]");
      if (box) settle(box);
    });
  }
  document.addEventListener("steward:part", begin);
  begin();
};
