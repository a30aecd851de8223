// The palette: what this page can do, what the server finds, and where one can go, in one input.
import { elementOf, isOffered, isUsable, press, run, shortcuts } from "./keys.js";
import { isSpotted, marked, words as wordsOf } from "./match.js";
import { fetchPage } from "./page.js";
import { settings } from "./palette_settings.js";
import { recent } from "./recent.js";

const SETTLE_MS = 60;
const DOING_MAX = 6;
const SORTS = { do: ">", people: "@", exact: "#", find: "#" };

const dialog = () => document.querySelector("#palette");
const input = () => document.querySelector("#palette-input");
const list = () => document.querySelector("#palette-list");
const options = () => [...list().querySelectorAll("[role=option]")];
const chosen = () => list().querySelector("[aria-selected=true]");

/** What the selected option does; by element, because only some have an address. */
let deeds = new WeakMap();
let asked = 0;
let settling = 0;
let waiting = Promise.resolve();

const labelOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .avatar, svg, small").forEach((part) => part.remove());
  return (copy.textContent.trim() || element.getAttribute("aria-label") || element.title || "").replace(/\s+/g, " ");
};

const doing = (label, { element, keys, icon, hint, act }) => ({ label, hint: hint ?? "", keys, icon: icon ?? element?.querySelector("svg"), act: act ?? (() => press(element)) });

/** Submits a choice of a picker; one that must be explained first opens its picker instead. */
const pick = (item) => {
  const picker = item.closest("details");
  if (item.form?.checkValidity() ?? true) return item.click();
  picker.open = true;
  item.form.querySelector(":invalid")?.focus();
};

/** What this page offers now: commands of the table, buttons of the ticket and of the selection, choices of the pickers. */
const offers = (typed) => {
  const taken = new Set();
  const all = [];
  for (const one of shortcuts()) {
    if (one.dataset.href || ["palette", "next", "previous", "open", "send", "leave"].includes(one.dataset.command) || !isOffered(one)) continue;
    const element = elementOf(one);
    if (element) taken.add(element);
    all.push({ within: one.dataset.within, ...doing(one.querySelector("dd span").textContent, { keys: one.querySelector("dt"), icon: one.querySelector("dd svg"), act: () => run(one) }) });
  }
  if (document.querySelector("#ticket")) all.sort((a, b) => (b.within === "ticket") - (a.within === "ticket"));
  const extra = document.querySelectorAll("#ticket-head :is(a, button, summary).button:not(.back, .about), .bulk :is(a, button, summary).button");
  for (const element of extra) if (!taken.has(element) && !taken.has(element.closest("details")) && isUsable(element) && labelOf(element)) all.push(doing(labelOf(element), { element }));
  if (typed) {
    for (const item of document.querySelectorAll("#ticket-head details .menu-item:not([aria-current])")) {
      const picker = labelOf(item.closest("details").querySelector("summary"));
      all.push(doing(labelOf(item), { icon: item.querySelector("svg"), hint: picker, act: () => pick(item) }));
    }
  }
  return all;
};

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const option = (one, needle) => {
  const icon = one.icon ? one.icon.cloneNode(true) : make("span");
  const keys = make("span", { class: "palette-keys" }, ...(one.keys ? [...one.keys.cloneNode(true).childNodes] : []));
  const item = make("li", { role: "option", "aria-selected": "false", "data-href": one.href }, icon, marked(one.label, needle), make("span", { class: "quiet" }, one.hint), keys);
  if (one.act) deeds.set(item, one.act);
  return item;
};

const group = (sort, title, entries, needle) => {
  const id = `palette-head-${sort}`;
  const items = make("ul", { role: "presentation" }, ...entries.map((one) => option(one, needle)));
  return make("section", { role: "group", "aria-labelledby": id, "data-sort": sort }, make("h3", { id, role: "presentation" }, title), items);
};

const localGroups = (text) => {
  const needle = wordsOf(text.replace(/^>/, ""));
  const { headDo, headDoTicket, headDoPicked, headRecent } = dialog().dataset;
  const groups = [];
  if (!/^[@#]/.test(text)) {
    const able = offers(needle.length > 0).filter((one) => isSpotted(`${one.label} ${one.hint}`, needle));
    const head = document.querySelector(".bulk:not([hidden])") ? headDoPicked : document.querySelector("#ticket") ? headDoTicket : headDo;
    if (able.length > 0) groups.push(group("do", head, text.startsWith(">") ? able : able.slice(0, DOING_MAX), needle));
  }
  if (text === "" && recent().length > 0) groups.push(group("recent", headRecent, recent().map((one) => ({ ...one, icon: null })), []));
  return groups;
};

const select = (item) => {
  chosen()?.setAttribute("aria-selected", "false");
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) input().setAttribute("aria-activedescendant", item.id);
  else input().removeAttribute("aria-activedescendant");
};

/** An exact number comes first; what this page can do before what can be found elsewhere. */
const arrange = (local, found) => {
  const exact = found.filter((one) => one.dataset.sort === "exact");
  const groups = [...exact, ...local, ...found.filter((one) => !exact.includes(one))];
  const empty = make("p", { class: "palette-empty" }, dialog().dataset.sayNone);
  list().replaceChildren(...(groups.length > 0 ? groups : [empty]));
  options().forEach((item, place) => (item.id = `palette-option-${place}`));
  select(options()[0]);
  const status = document.querySelector("#palette-status");
  status.textContent = groups.length > 0 ? `${options().length}` : dialog().dataset.sayNone;
};

const show = async () => {
  const text = input().value.trim();
  const turn = ++asked;
  const local = localGroups(text);
  const kept = [...list().querySelectorAll("section")].filter((one) => !["do", "recent"].includes(one.dataset.sort));
  arrange(local, text === "" || text.startsWith(">") ? [] : kept);
  if (text.startsWith(">")) return;
  const [page, places] = await Promise.all([fetchPage(`${dialog().dataset.find}?${new URLSearchParams({ q: text })}`), settings(text)]);
  if (turn !== asked || !dialog().open) return;
  const here = options().indexOf(chosen());
  const found = [...(page?.querySelectorAll("#palette-found > section") ?? [])].map((one) => document.adoptNode(one));
  if (places.length > 0) found.push(group("settings", dialog().dataset.headSettings, places, wordsOf(text)));
  arrange(local, found);
  if (here > 0 && list().querySelector("[data-sort=exact]") === null) select(options()[Math.min(here, options().length - 1)]);
};

const soon = () => {
  clearTimeout(settling);
  waiting = new Promise((done) => (settling = setTimeout(() => show().then(done), SETTLE_MS)));
};

const act = (item) => {
  if (!item) return;
  const deed = deeds.get(item);
  const href = item.dataset.href;
  dialog().close();
  if (deed) deed();
  else if (href) location.assign(href);
};

const narrow = () => {
  const sign = SORTS[chosen()?.closest("section")?.dataset.sort];
  if (!sign || input().value.startsWith(sign)) return;
  input().value = sign + input().value.replace(/^[>@#]/, "");
  soon();
};

const onKey = (event) => {
  // Until the next frame a line that was just shut keeps the focus: what is typed then is for the page.
  if (event.isComposing || !dialog().open) return;
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length > 0) select(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  else if (event.key === "Enter") waiting.then(() => act(chosen()));
  else if (event.key === "Tab" && !event.shiftKey && input().value) narrow();
  else if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") dialog().close();
  else return;
  event.preventDefault();
};

const open = () => {
  const place = dialog();
  if (!place.open) return;
  const number = document.querySelector("#ticket")?.dataset.ticket;
  const scope = place.querySelector(".palette-scope");
  scope.textContent = number ?? "";
  scope.hidden = !number;
  list().replaceChildren();
  deeds = new WeakMap();
  waiting = show();
};

let isWatched = false;

const watch = () => {
  if (isWatched) return;
  isWatched = true;
  dialog().addEventListener("click", (event) => {
    if (event.target === dialog() || event.target.closest(".palette-close")) dialog().close();
    else if (event.target.closest("#palette-list")) act(event.target.closest("[role=option]"));
  });
  input().addEventListener("input", soon);
  input().addEventListener("keydown", onKey);
  list().addEventListener("pointermove", (event) => {
    const item = event.target.closest("[role=option]");
    if (item && item !== chosen()) select(item);
  });
};

/** Fills the palette that its door has opened. */
export const openPalette = () => {
  watch();
  open();
};
