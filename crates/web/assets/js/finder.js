// Fields that name a person or a ticket: a list of what could be meant appears while one types (WAI-ARIA combobox). What is typed may stand as
// it is: without script the same field takes an address or a number.
import { fetchPage } from "./page.js";

const WAIT_MS = 120;
let asked = 0;
let waiting = 0;

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));

const prepare = (field) => {
  if (field.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  list.className = "finds";
  list.id = `${field.id}-finds`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
};

const close = (field) => {
  const list = listOf(field);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const show = (field, options) => {
  const list = listOf(field);
  if (!list) return;
  options.forEach((option, place) => {
    option.id = `${list.id}-${place}`;
    option.setAttribute("aria-selected", "false");
  });
  list.replaceChildren(...options.map((option) => document.adoptNode(option)));
  list.hidden = options.length === 0;
  field.setAttribute("aria-expanded", String(options.length > 0));
  field.removeAttribute("aria-activedescendant");
};

const look = async (field) => {
  const mine = ++asked;
  const text = field.value.trim();
  if (text === "") {
    close(field);
    return;
  }
  const address = new URL(field.dataset.finds, location.href);
  address.searchParams.set("q", text);
  const page = await fetchPage(address);
  if (mine !== asked || !field.isConnected || document.activeElement !== field) return;
  show(field, [...(page?.querySelectorAll("[role=option]") ?? [])]);
};

const active = (field) => document.getElementById(field.getAttribute("aria-activedescendant") ?? "");

const move = (field, by) => {
  const options = [...(listOf(field)?.children ?? [])];
  if (options.length === 0) return false;
  const here = options.indexOf(active(field));
  const next = options[(here + by + options.length + (here < 0 && by < 0 ? 1 : 0)) % options.length];
  for (const option of options) option.setAttribute("aria-selected", String(option === next));
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
  return true;
};

/** Who has no address is meant by their id, which stands in a field beside. */
const setId = (field, id) => {
  const beside = field.form?.elements[field.dataset.sets];
  if (beside) beside.value = id;
};

const choose = (field, option) => {
  field.value = option.dataset.value || option.dataset.label;
  setId(field, option.dataset.person ?? "");
  close(field);
  field.dispatchEvent(new CustomEvent("steward:chosen", { bubbles: true, detail: { ...option.dataset } }));
};

const onKey = (event) => {
  const field = event.target.closest?.("input[data-finds]");
  if (!field || event.isComposing) return;
  const isOpen = field.getAttribute("aria-expanded") === "true";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!isOpen || !move(field, event.key === "ArrowDown" ? 1 : -1)) return;
  } else if (event.key === "Enter" && isOpen && active(field)) choose(field, active(field));
  else if (event.key === "Escape" && isOpen) close(field);
  else return;
  event.preventDefault();
  // The list is the innermost thing that is open: a menu around it stays.
  event.stopImmediatePropagation();
};

export const watchFinders = () => {
  document.addEventListener("focusin", (event) => event.target.matches?.("input[data-finds]") && prepare(event.target));
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.("input[data-finds]");
    if (!field) return;
    prepare(field);
    setId(field, "");
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT_MS, field);
  });
  document.addEventListener("keydown", onKey, true);
  // Before the field loses the focus.
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.(".finds [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
  });
  document.addEventListener("focusout", (event) => event.target.matches?.("input[data-finds]") && close(event.target));
};
