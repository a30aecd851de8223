// The keyboard. What is bound is what the sheet of shortcuts says: the sheet is the table.
import { write } from "./composer.js";

/** So long a first key such as `g` waits for its second. */
const SEQUENCE_MS = 1_500;
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";

let pending = "";
let forgetting = 0;

const sheet = () => document.querySelector("#keys");

/** The lines of the table. */
export const shortcuts = () => [...document.querySelectorAll("#keys [data-keys]")];

/** Whether an element can be seen and used now. */
export const isUsable = (element) => !element.disabled && (element.checkVisibility?.({ visibilityProperty: true }) ?? true);

/** The key by its Latin name: on a Cyrillic or Vietnamese keyboard the letter that stands in its place. */
const nameOf = (event) => {
  const isChord = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  let key = event.key;
  if (key === "Process" || key === "Unidentified" || (key.length === 1 && key > "\u007f")) {
    key = /^Key([A-Z])$/.exec(event.code)?.[1] ?? { BracketLeft: "[", BracketRight: "]", Slash: event.shiftKey ? "?" : "/" }[event.code] ?? key;
  }
  if (/^[a-z]$/i.test(key)) key = (event.shiftKey && !isChord ? "shift+" : "") + key.toLowerCase();
  return (isChord ? "mod+" : "") + key;
};

const links = () => [...document.querySelectorAll("#rows a.row-subject, #found a.found-link, #month a.month-link")];
const rowOf = (element) => element?.closest?.(".row, .found-one, .month-one");

const step = (by) => {
  const all = links();
  if (all.length === 0) return;
  const focused = all.indexOf(rowOf(document.activeElement)?.querySelector("a.row-subject, a.found-link, a.month-link"));
  const opened = all.findIndex((link) => rowOf(link).classList.contains("open"));
  const from = focused >= 0 ? focused : opened;
  const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

/** Beside a list the focus goes to its row, else the page goes to the list. */
const goBack = () => {
  const row = links().find((link) => rowOf(link).classList.contains("open")) ?? links()[0];
  if (row && isUsable(row)) row.focus();
  else document.querySelector("#ticket .back")?.click();
};

/** Where the panel has no place of its own its button opens it; elsewhere it is folded like the navigation. */
const foldPanel = () => {
  const button = document.querySelector("[data-toggles=about]");
  if (button && isUsable(button)) button.click();
  else fold("panel");
};

/** Remembered in a cookie, so that the next page comes as this one was left. */
const fold = (part) => {
  const shell = document.querySelector(".shell");
  const folded = new Set((shell.dataset.folded ?? "").split(" ").filter(Boolean));
  if (!folded.delete(part)) folded.add(part);
  shell.dataset.folded = [...folded].join(" ");
  document.cookie = `steward-folded=${[...folded].join(".")}; path=/; max-age=31536000; samesite=lax`;
};

const tellList = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** What needs more than the press of a button: whether the page offers it, and doing it. */
const DEEDS = {
  next: [() => links().length > 0, () => step(1)],
  previous: [() => links().length > 0, () => step(-1)],
  "extend-next": [() => links().length > 0, () => tellList("steward:extend", 1)],
  "extend-previous": [() => links().length > 0, () => tellList("steward:extend", -1)],
  unread: [() => document.activeElement?.closest?.("#rows .row") ?? document.querySelector("#rows .row.open"), () => tellList("steward:unread")],
  reply: [() => document.querySelector("#composer #tab-reply"), () => write("reply")],
  note: [() => document.querySelector("#composer #tab-note"), () => write("note")],
  search: [() => document.querySelector("#q"), () => document.querySelector("#q").select()],
  back: [() => document.querySelector("#ticket"), goBack],
  "fold-navigation": [() => document.querySelector(".shell > .navigation"), () => fold("navigation")],
  "fold-panel": [() => document.querySelector("#about"), foldPanel],
  sheet: [() => sheet(), () => sheet().showModal()],
  palette: [() => document.querySelector("#palette"), () => document.dispatchEvent(new CustomEvent("steward:palette"))],
};

/** The element of the page that does a command: in the row that has the focus, or anywhere. */
const doer = (shortcut) => {
  const wanted = `[data-key="${shortcut.dataset.keys}"]`;
  const row = document.activeElement?.closest?.("#rows .row") ?? document.querySelector("#rows .row.open");
  return [...(row?.querySelectorAll(wanted) ?? []), ...document.querySelectorAll(wanted)].find(isUsable);
};

/** Whether the page offers a command. */
export const isOffered = (shortcut) => Boolean(DEEDS[shortcut.dataset.command]?.[0]() ?? doer(shortcut) ?? shortcut.dataset.href);

/** The element behind a command, for those who list what can be done. */
export const elementOf = (shortcut) => (DEEDS[shortcut.dataset.command] ? null : doer(shortcut));

/** Does what a button, link or picker of the page does. */
export const press = (element) => {
  if (element.matches("details")) element.querySelector("summary").click();
  else element.click();
};

/** Runs a command; false where the page does not offer it. */
export const run = (shortcut) => {
  const deed = DEEDS[shortcut.dataset.command];
  if (deed) {
    if (!deed[0]()) return false;
    deed[1]();
    return true;
  }
  const element = doer(shortcut);
  if (element) press(element);
  else if (shortcut.dataset.href) location.assign(shortcut.dataset.href);
  return Boolean(element || shortcut.dataset.href);
};

/** Letters act while a list or a ticket has the focus, and nobody writes or chooses. What was just shut has it until the next frame. */
const isAtRest = (target) => target === document.body || target.closest?.("dialog:not([open])") || (target.closest?.("#main") && !target.closest(FIELDS) && !target.closest(".menu"));

const onKey = (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat && pending) return;
  if (event.altKey && !event.getModifierState("AltGraph")) return;
  if (document.querySelector("dialog[open]")) return;
  const name = nameOf(event);
  const isChord = name.startsWith("mod+");
  const lettersAct = sheet()?.dataset.letters !== "off" && isAtRest(event.target);
  if (!isChord && !lettersAct) return;
  const all = shortcuts().filter((one) => one.dataset.within !== "writing");
  const find = (keys) => all.find((one) => one.dataset.keys === keys);
  const shortcut = (pending && find(`${pending} ${name}`)) || find(name);
  pending = "";
  clearTimeout(forgetting);
  if (!shortcut && all.some((one) => one.dataset.keys.startsWith(`${name} `))) {
    pending = name;
    forgetting = setTimeout(() => (pending = ""), SEQUENCE_MS);
    return;
  }
  // Enter opens a link by itself.
  if (!shortcut || shortcut.dataset.command === "open") return;
  if (run(shortcut)) event.preventDefault();
};

export const watchKeys = () => {
  if (/Mac|iPhone|iPad/.test(navigator.platform)) document.documentElement.dataset.keyboard = "mac";
  document.addEventListener("keydown", onKey);
};
