// Several rows at once: picked by key, by click with Shift, by a long press; what is done with them is shown before the answer comes.
import { selectNext } from "./list.js";
import { say, tell, words } from "./notices.js";
import { parse } from "./page.js";
import { refreshRows } from "./rows.js";

const LONG_MS = 500;

let anchor = null;
let pressing = 0;
let pressed = false;

const list = () => document.querySelector("[data-list]");
const rows = () => [...document.querySelectorAll("#rows .row")];
const boxOf = (row) => row.querySelector("input[name=pick]");
const picked = () => rows().filter((row) => boxOf(row).checked);

const set = (row, isPicked) => {
  boxOf(row).checked = isPicked;
  row.classList.toggle("picked", isPicked);
};

const show = () => {
  const place = list();
  if (!place) return;
  const [chosen, all] = [picked(), rows()];
  for (const row of all) row.classList.toggle("picked", boxOf(row).checked);
  place.classList.toggle("picking", chosen.length > 0);
  const count = place.querySelector(".bulk-count");
  if (count) count.textContent = `${count.dataset.label}: ${chosen.length}`;
  const every = place.querySelector("[data-pick-all]");
  if (every) Object.assign(every, { checked: chosen.length > 0 && chosen.length === all.length, indeterminate: chosen.length > 0 && chosen.length < all.length });
};

export const pickNone = () => {
  rows().forEach((row) => set(row, false));
  anchor = null;
  show();
};

const pickRange = (to) => {
  const all = rows();
  const [from, until] = [all.indexOf(anchor?.isConnected ? anchor : to), all.indexOf(to)].sort((a, b) => a - b);
  all.slice(from, until + 1).forEach((row) => set(row, true));
  show();
};

const onBox = (event) => {
  const row = event.target.closest?.("#rows .row");
  if (!row || event.target.name !== "pick") return;
  if (event.shiftKey) pickRange(row);
  anchor = row;
  show();
};

/** Picks the row that has the focus and the one beside it. */
const extend = (by) => {
  const all = rows();
  const here = document.activeElement?.closest?.("#rows .row") ?? document.querySelector("#rows .row.open") ?? all[0];
  if (!here) return;
  set(here, true);
  const next = all[all.indexOf(here) + by];
  if (next) {
    set(next, true);
    next.querySelector("a.row-subject").focus();
  }
  show();
};

const walk = (event) => {
  const link = event.target.closest?.("#rows a.row-subject");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows();
  const here = all.indexOf(link.closest(".row"));
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === " ") boxOf(all[here]).click();
  else if (event.key === "Escape" && picked().length > 0) pickNone();
  else if (to === undefined) return;
  else all[Math.min(Math.max(to, 0), all.length - 1)]?.querySelector("a.row-subject").focus();
  event.preventDefault();
};

const press = (event) => {
  const row = event.pointerType === "touch" && event.target.closest?.("#rows .row");
  clearTimeout(pressing);
  pressed = false;
  if (!row || event.target.closest(".pick")) return;
  pressing = setTimeout(() => {
    pressed = true;
    boxOf(row).click();
    navigator.vibrate?.(10);
  }, LONG_MS);
};

const onClick = (event) => {
  if (event.target.closest?.("[data-pick-none]")) pickNone();
  const row = event.target.closest?.("#rows .row");
  if (!row || event.target.closest(".pick")) return;
  const link = event.target.closest("a.row-subject");
  if (pressed) event.preventDefault();
  // Once something is picked on a phone, a tap picks as well.
  else if (link && list().classList.contains("picking") && matchMedia("(max-width: 48rem)").matches) {
    event.preventDefault();
    boxOf(row).click();
  } else if (link && event.shiftKey) {
    event.preventDefault();
    pickRange(row);
  }
  pressed = false;
};

const here = () => location.pathname + location.search;

const send = async (form, submitter) => {
  const chosen = picked();
  const numbers = new Set(chosen.map((row) => row.dataset.number));
  form.elements.back.value = here();
  const body = new URLSearchParams(new FormData(form, submitter));
  form.querySelectorAll("details[open]").forEach((picker) => (picker.open = false));
  const ends = submitter?.name === "status" && ["resolved", "closed", "cancelled"].includes(submitter.value);
  if (ends) {
    const last = chosen.at(-1);
    chosen.forEach((row) => row.classList.add("leaving"));
    selectNext(last.dataset.number);
  }
  if (submitter?.name === "unread") chosen.forEach((row) => row.classList.toggle("unread", submitter.value === "1"));
  pickNone();
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
    const page = parse(await response.text());
    if (response.ok) tell(page);
    else say(page.querySelector("[data-refusal]")?.textContent || words("sayFailed"), { refused: true });
  } catch {
    say(words("sayFailed"), { refused: true });
  }
  for (const number of numbers) document.getElementById(`row-${number}`)?.classList.remove("leaving");
  document.dispatchEvent(new CustomEvent("steward:edited", { detail: numbers }));
  await refreshRows({ changed: numbers });
};

export const watchPicking = () => {
  if (!list()) return;
  show();
  document.addEventListener("click", onClick, true);
  document.addEventListener("click", onBox);
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-pick-all]")) return;
    rows().forEach((row) => set(row, event.target.checked));
    show();
  });
  // Rows come and go while some are picked.
  document.addEventListener("steward:settled", show);
  document.addEventListener("keydown", walk);
  document.addEventListener("pointerdown", press);
  for (const name of ["pointerup", "pointercancel", "pointermove", "scroll"]) {
    document.addEventListener(name, (event) => (name !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 4) && clearTimeout(pressing), { capture: true, passive: true });
  }
  document.addEventListener("contextmenu", (event) => pressed && event.preventDefault());
  document.addEventListener("steward:extend", (event) => extend(event.detail));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-bulk]")) return;
    // What is for more than these rows, or more than one change, is looked at on a page of its own.
    if (event.target.elements.all?.checked || event.submitter?.name === "macro") return;
    event.preventDefault();
    if (picked().length > 0) send(event.target, event.submitter);
  });
};
