// The line with the query: what could be written next appears while one types (WAI-ARIA combobox with a list), and what the query shows stands
// below in words. Without script the same line takes the same text.
import { active, close as closeList, goTo, isOpen, listOf, prepare as prepareList, show, watchPointer } from "./combobox.js";
import { fetchPage } from "./page.js";

const WAIT_MS = 80;
const SELECTOR = "input[data-asks]";
let asked = 0;
let waiting = 0;
/** What a proposal replaces, in code points, and the text for which that holds. */
let place = { from: 0, to: 0, text: "" };

/** The server counts characters, not halves of them. */
const points = (text, end) => [...text.slice(0, end)].length;

const prepare = (field) => prepareList(field, { name: "proposals", label: field.dataset.label, put: (list) => field.form.append(list) });

/** Whatever was asked for comes too late. */
const close = (field) => {
  asked += 1;
  clearTimeout(waiting);
  closeList(field);
};

const say = (field, words) => {
  const line = document.getElementById(field.dataset.says);
  if (!line || line.textContent === words) return;
  line.textContent = words;
};

const look = async (field) => {
  const mine = ++asked;
  const text = field.value;
  const address = new URL(field.dataset.asks, location.href);
  address.searchParams.set("q", text);
  address.searchParams.set("at", String(points(text, field.selectionStart)));
  const page = await fetchPage(address);
  if (mine !== asked || !field.isConnected || document.activeElement !== field || field.value !== text) return;
  const found = page?.querySelector("[data-from]");
  if (!found) return;
  place = { from: Number(found.dataset.from), to: Number(found.dataset.to), text };
  show(field, [...found.children]);
  say(field, page.querySelector("[data-said]")?.textContent ?? "");
};

const lookSoon = (field) => {
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT_MS, field);
};

const choose = (field, option) => {
  const text = [...place.text];
  const after = text.slice(place.to).join("");
  const isWhole = option.dataset.whole === "true";
  const written = text.slice(0, place.from).join("") + option.dataset.insert + (isWhole && !after.startsWith(" ") ? " " : "");
  field.value = written + after;
  const cursor = written.length + (isWhole && after.startsWith(" ") ? 1 : 0);
  field.setSelectionRange(cursor, cursor);
  close(field);
  look(field);
};

const move = (field, by) => {
  const options = [...listOf(field).children];
  const here = options.indexOf(active(field));
  // Above the first and below the last nothing is chosen: the text stands as it was typed.
  const next = options[here < 0 ? (by > 0 ? 0 : options.length - 1) : here + by];
  goTo(field, next);
};

const onKey = (event) => {
  const field = event.target.closest?.(SELECTOR);
  if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!isOpen(field)) {
    if (event.key !== "ArrowDown") return;
    prepare(field);
    look(field);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(field, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && active(field)) choose(field, active(field));
  else if (event.key === "Tab" && !event.shiftKey && place.text === field.value) choose(field, active(field) ?? listOf(field).firstElementChild);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

export const watchAsking = () => {
  document.addEventListener("focusin", (event) => event.target.matches?.(SELECTOR) && prepare(event.target));
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.(SELECTOR);
    if (!field || event.isComposing) return;
    prepare(field);
    lookSoon(field);
  });
  // Elsewhere in the text something else could come next.
  const onMove = (event) => {
    const field = event.target.closest?.(SELECTOR);
    if (field && isOpen(field) && (event.type === "click" || ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key))) lookSoon(field);
  };
  document.addEventListener("keyup", onMove);
  document.addEventListener("click", onMove);
  document.addEventListener("compositionend", (event) => event.target.matches?.(SELECTOR) && lookSoon(event.target));
  document.addEventListener("keydown", onKey, true);
  watchPointer("proposals", choose);
  document.addEventListener("focusout", (event) => event.target.matches?.(SELECTOR) && close(event.target));
};
