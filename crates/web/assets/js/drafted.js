// Marks of the reader's own drafts: in rows, in the navigation; and what can be done with the draft in an editor.
import { parse } from "./page.js";
import { marksOf } from "./presence.js";
import { idOf, save, sent } from "./draft_keep.js";
import { clear, restore, typed } from "./writing.js";

/** Number of the ticket by id of the draft. */
const open = new Map();

const shell = () => document.querySelector(".shell");
const icons = () => document.querySelector("[data-discard] use")?.getAttribute("href")?.split("#")[0] ?? "";

const pencil = () => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", document.querySelector("[data-drafts] a")?.title ?? "");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons() || document.querySelector("[data-drafts] use")?.getAttribute("href").split("#")[0]}#i-pencil-line`);
  svg.append(use);
  return svg;
};

const show = () => {
  const numbers = new Set(open.values());
  for (const row of document.querySelectorAll("#rows .row")) {
    const has = numbers.has(row.id.replace("row-", ""));
    const subject = row.querySelector(".row-subject");
    const mark = subject?.querySelector(".row-marks > .icon");
    if (has && subject && !mark) marksOf(subject).prepend(pencil());
    if (!has) mark?.remove();
  }
  const entry = document.querySelector("[data-drafts]");
  const count = entry?.querySelector("[data-drafts-count]");
  if (count && count.textContent !== String(open.size)) count.textContent = String(open.size);
  if (count && !entry.querySelector("[aria-current]")) entry.hidden = open.size === 0;
};

/** What the stream tells of the reader's drafts. */
export const learnDrafts = (name, list) => {
  if (name === "drafts") open.clear();
  for (const one of list) {
    if (one.open === false) open.delete(one.id);
    else open.set(one.id, one.ticket ?? one.id);
  }
  show();
};

const post = (address, more = {}) =>
  fetch(address, { method: "POST", body: new URLSearchParams({ csrf: shell().dataset.csrf, ...more }), headers: { accept: "text/html" } });

/** Thrown away at once, with the way back in the same place. */
const discard = async (form) => {
  await save(form);
  const id = idOf(form);
  if (!id || !(await post(`/desk/drafts/${id}/discard`)).ok) return;
  const place = form.dataset.editor;
  await clear(form);
  sent(form);
  const line = document.querySelector("#composer-state");
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button quiet";
  undo.textContent = shell().dataset.sayUndo;
  undo.addEventListener("click", async () => {
    await post(`/desk/drafts/${id}/restore`);
    const answer = await fetch(`/desk/drafts/at?place=${encodeURIComponent(place)}`, { headers: { accept: "application/json" } });
    if (answer.status === 200) await restore(form, await answer.json());
    line.textContent = "";
    typed(form);
  });
  line?.replaceChildren(`${shell().dataset.sayDiscarded} `, undo);
  undo.focus();
};

const showVersions = async (form) => {
  const answer = await fetch(`/desk/drafts/${idOf(form)}/versions`, { headers: { accept: "text/html" } });
  const list = parse(await answer.text()).querySelector("#versions");
  if (!list) return;
  const dialog = document.createElement("dialog");
  dialog.className = "versions";
  dialog.append(document.adoptNode(list));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const way = event.target.getAttribute("action");
    await post(way);
    const fresh = await fetch(`/desk/drafts/at?place=${encodeURIComponent(form.dataset.editor)}`, { headers: { accept: "application/json" } });
    if (fresh.status === 200) await restore(form, await fresh.json());
    sent(form);
    typed(form);
    dialog.close();
  });
  dialog.showModal();
};

export const watchDrafted = () => {
  if (!shell()?.dataset.live) return;
  let shown = 0;
  new MutationObserver(() => {
    shown ||= requestAnimationFrame(() => {
      shown = 0;
      show();
    });
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  document.addEventListener("click", async (event) => {
    const form = event.target.closest?.("form[data-editor]");
    if (event.target.closest?.("[data-discard]") && form) discard(form);
    if (event.target.closest?.("[data-versions]") && form) showVersions(form);
    if (event.target.closest?.("[data-ask-review]") && form) {
      await save(form);
      const dialog = document.querySelector("#ask-review");
      dialog.querySelector("form").action = `/desk/drafts/${idOf(form)}/review`;
      dialog.showModal();
    }
    if (event.target.closest?.("[data-closes]")) event.target.closest("dialog")?.close();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-asks-review]")) event.target.closest("dialog").close();
  });
};
