// Fields that name a person or a ticket: a list of what could be meant appears while one types. What is typed may stand as it
// is: without script the same field takes an address or a number.
import { active, close, goTo, isOpen, listOf, prepare as prepareList, show, watchPointer } from "./combobox.js";
import { fetchPage } from "./page.js";

const WAIT_MS = 120;
let asked = 0;
let waiting = 0;

const prepare = (field) => prepareList(field, { name: "finds", label: field.labels?.[0]?.textContent ?? "", put: (list) => field.after(list) });

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

const move = (field, by) => {
  const options = [...(listOf(field)?.children ?? [])];
  if (options.length === 0) return false;
  const here = options.indexOf(active(field));
  const next = options[(here + by + options.length + (here < 0 && by < 0 ? 1 : 0)) % options.length];
  goTo(field, next);
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
  const open = isOpen(field);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!open || !move(field, event.key === "ArrowDown" ? 1 : -1)) return;
  } else if (event.key === "Enter" && open && active(field)) choose(field, active(field));
  else if (event.key === "Escape" && open) close(field);
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
  watchPointer("finds", choose);
  document.addEventListener("focusout", (event) => event.target.matches?.("input[data-finds]") && close(event.target));
};
