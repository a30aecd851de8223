// What would come of a form, shown while it is filled in: searches find with each letter, effects are told before anything is saved.
import { fetchPage, parse } from "./page.js";

const PAUSE = 150;

const later = (job) => {
  let timer = 0;
  return (...all) => {
    clearTimeout(timer);
    timer = setTimeout(() => job(...all), PAUSE);
  };
};

/** Puts the part of a page with this id where it stands now. Answers that were overtaken are dropped. */
const show = (page, id) => {
  const place = document.getElementById(id);
  const fresh = page?.getElementById(id);
  if (!place || !fresh) return;
  place.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  document.dispatchEvent(new CustomEvent("steward:part"));
};

const turns = new WeakMap();

/** Runs the job; its answer counts only when no later one was asked for meanwhile. */
const inTurn = async (owner, job) => {
  const turn = (turns.get(owner) ?? 0) + 1;
  turns.set(owner, turn);
  const page = await job();
  return turns.get(owner) === turn ? page : null;
};

const find = later(async (form) => {
  const query = new URLSearchParams(new FormData(form));
  const page = await inTurn(form, () => fetchPage(`${form.action}?${query}`));
  if (page) show(page, form.dataset.find.slice(1));
});

const tell = later(async (place, form) => {
  const body = new URLSearchParams(new FormData(form));
  const page = await inTurn(place, async () => {
    try {
      const response = await fetch(place.dataset.effect, { method: "POST", body, headers: { accept: "text/html" } });
      return parse(await response.text());
    } catch {
      return null;
    }
  });
  if (page) show(page, place.dataset.effectInto);
});

/** Changes that are seen without being asked for. */
export const watchEffects = () => {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    const place = form.closest("[data-effect]");
    if (place) tell(place, form);
    else if (form.matches("[data-find]")) find(form);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-filter] select")) event.target.form.requestSubmit();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-copy]")) event.target.select();
  });
};
