// Single letters act only while no field has the cursor.
import { write } from "./composer.js";

const isWriting = (target) => target.closest?.("input, textarea, select, [contenteditable]") !== null;

const links = () => [...document.querySelectorAll("#rows a.row-subject")];

const step = (by) => {
  const all = links();
  if (all.length === 0) return;
  const focused = all.indexOf(document.activeElement);
  const opened = all.findIndex((link) => link.closest(".row").classList.contains("open"));
  const from = focused >= 0 ? focused : opened;
  const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

const openPicker = (id) => {
  const picker = document.getElementById(id);
  if (picker) picker.querySelector("summary").click();
};

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => write("reply"),
  n: () => write("note"),
  a: () => openPicker("pick-assign"),
  e: () => document.querySelector("[data-key=e]")?.click(),
  "/": () => document.querySelector("#q")?.select(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

export const watchKeys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const act = ACTIONS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
};
