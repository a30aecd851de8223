// Boards and calendars: cards are moved by hand or by key, and everything is shown as it is now. What a column stands for becomes true of a
// ticket that is put into it; the server says whether it may.
import { say, tell, words } from "./notices.js";
import { fetchPage, parse } from "./page.js";

/** Many changes at once become one look. */
const APART_MS = 1_500;

let lifted = [];
let looked = 0;
let waiting = 0;

const list = () => document.querySelector("[data-shape]");
const shape = () => document.querySelector("#rows.board, #month");
const cards = (column) => [...column.querySelectorAll(".card")];
const linkOf = (card) => card?.querySelector("a.row-subject");

/** Shows what a page has, and keeps the focus, what is picked, and how far it was scrolled. */
const show = (page) => {
  const now = shape();
  const fresh = page?.querySelector("#rows.board, #month");
  if (!now || !fresh) return;
  const focused = now.contains(document.activeElement) ? document.activeElement : null;
  const card = focused?.closest(".card")?.id;
  const href = focused?.getAttribute("href");
  const picked = [...now.querySelectorAll("input:checked")].map((box) => box.value);
  const [left, top] = [now.scrollLeft, now.scrollTop];
  now.replaceWith(document.adoptNode(fresh));
  Object.assign(fresh, { scrollLeft: left, scrollTop: top });
  for (const number of picked) {
    const box = document.getElementById(`row-${number}`)?.querySelector("input[name=pick]");
    if (box) box.checked = true;
  }
  const again = card ? linkOf(document.getElementById(card)) : href && fresh.querySelector(`a[href="${CSS.escape(href)}"]`);
  if (again) again.focus({ preventScroll: true });
  else if (focused === now) fresh.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("steward:settled"));
};

const look = async () => {
  waiting = 0;
  if (lifted.length > 0 || !shape()) return;
  looked = performance.now();
  const page = await fetchPage(`${shape().dataset.fragment}?${new URLSearchParams({ list: list().dataset.here })}`);
  if (lifted.length === 0) show(page);
};

const soon = () => (waiting ||= setTimeout(look, Math.max(0, looked + APART_MS - performance.now())));

const move = async (moved, column) => {
  const numbers = moved.map((card) => card.dataset.number);
  const fields = [["csrf", document.querySelector("[data-csrf]").dataset.csrf], ["to", column.dataset.group], ["back", list().dataset.here]];
  // The cards lie in their new column at once; what the server says is shown when it has said it.
  column.querySelector("ul").prepend(...moved);
  linkOf(moved[0]).focus({ preventScroll: true });
  try {
    const response = await fetch(shape().dataset.moves, {
      method: "POST", body: new URLSearchParams([...fields, ...numbers.map((number) => ["pick", number])]), headers: { accept: "text/html" },
    });
    const page = parse(await response.text());
    if (response.ok) {
      tell(page);
      show(page);
    } else say(page.querySelector("[data-refusal]")?.textContent || words("sayFailed"), { refused: true });
    if (!response.ok) soon();
  } catch {
    say(words("sayFailed"), { refused: true });
    soon();
  }
  document.dispatchEvent(new CustomEvent("steward:edited", { detail: new Set(numbers) }));
};

const put = (moved, column) => {
  const others = moved.filter((card) => card.isConnected && card.closest("section") !== column);
  if (others.length > 0 && column) move(others, column);
};

/** With a card go all that are picked, when it is one of them. */
const withPicked = (card) => {
  const isPicked = (one) => one.querySelector("input[name=pick]").checked;
  return isPicked(card) ? cards(shape()).filter(isPicked) : [card];
};

const columnOf = (event) => event.target.closest?.(".board > section");

const lift = (event) => {
  const card = event.target.closest?.(".board .card");
  if (!card) return;
  lifted = withPicked(card);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", lifted.map((one) => one.dataset.number).join(" "));
  lifted.forEach((one) => one.classList.add("lifted"));
};

const over = (event) => {
  const column = lifted.length > 0 && columnOf(event);
  for (const one of document.querySelectorAll(".board > section.over")) one.classList.toggle("over", one === column);
  if (!column) return;
  event.preventDefault();
  column.classList.add("over");
};

const down = () => {
  for (const one of document.querySelectorAll(".board :is(.over, .lifted)")) one.classList.remove("over", "lifted");
  lifted = [];
};

const onDrop = (event) => {
  const column = lifted.length > 0 && columnOf(event);
  const moved = lifted;
  down();
  if (!column) return;
  event.preventDefault();
  put(moved, column);
};

/** Arrows go to the column beside; with Shift the card goes, too. */
const onKey = (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const card = event.target.closest?.(".board .card");
  if (!by || !card || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox])")) return;
  event.preventDefault();
  const columns = [...shape().querySelectorAll(":scope > section")];
  const here = columns.indexOf(card.closest("section"));
  if (event.shiftKey) return put(withPicked(card), columns[here + by]);
  const at = cards(columns[here]).indexOf(card);
  for (let next = here + by; columns[next]; next += by) {
    const there = cards(columns[next]);
    if (there.length === 0) continue;
    const link = linkOf(there[Math.min(at, there.length - 1)]);
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
};

export const watchShapes = () => {
  document.addEventListener("steward:shape", soon);
  document.addEventListener("dragstart", lift);
  document.addEventListener("dragover", over);
  document.addEventListener("dragend", down);
  document.addEventListener("drop", onDrop);
  document.addEventListener("keydown", onKey);
  // Cards can be moved from here on.
  document.documentElement.dataset.moves = "";
};
