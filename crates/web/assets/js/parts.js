// Pages that are worked on in parts: links and forms inside `[data-part]` exchange that part instead of the page. Without scripts they are
// links and forms.
import { fetchPage, parse } from "./page.js";
import { say, words } from "./notices.js";

const partOf = (target) => target?.closest?.("[data-part]");

const exchange = (page, address, { push }) => {
  const now = document.querySelector("[data-part]");
  const fresh = page?.querySelector("[data-part]");
  if (!now || !fresh || now.id !== fresh.id) return false;
  const scrolls = [...now.querySelectorAll("[data-keep-scroll]")].map((box) => [box.id, box.scrollLeft, box.scrollTop]);
  const focused = document.activeElement?.dataset?.focus ?? document.activeElement?.id;
  now.replaceWith(document.adoptNode(fresh));
  for (const [id, left, top] of scrolls) document.getElementById(id)?.scrollTo(left, top);
  if (push) history.pushState({}, "", address);
  const next = document.querySelector("[data-part]");
  const wanted = next.querySelector("[data-part-focus]") ?? next.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`) ?? document.getElementById(focused);
  wanted?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("steward:part"));
  return true;
};

const show = async (address) => {
  const page = await fetchPage(address);
  if (!exchange(page, address, { push: true })) location.assign(address);
};

const send = async (form, submitter) => {
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const response = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
    const page = parse(await response.text());
    if (!exchange(page, response.url, { push: response.ok })) location.assign(response.url);
    const told = page.querySelector("#notices .notice");
    if (told && response.ok) say(told.textContent);
  } catch {
    say(words("sayFailed"), { refused: true });
  }
};

/** Arrow keys go from node to node of a drawing, wherever they lie. */
const step = (event) => {
  const node = event.target.closest?.("[data-node]");
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!node || !way) return;
  const place = (one) => {
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = place(node);
  let best = null;
  for (const other of document.querySelectorAll("[data-node]")) {
    const [dx, dy] = [place(other)[0] - x, place(other)[1] - y];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (other !== node && along > 4 && (!best || along + aside * 2 < best.cost)) best = { other, cost: along + aside * 2 };
  }
  if (!best) return;
  event.preventDefault();
  best.other.focus();
};

/** A state drawn onto another one with the pointer becomes a way between them. */
const watchDrawing = () => {
  let from = null;
  document.addEventListener("dragstart", (event) => {
    from = event.target.closest?.("[data-node]");
    if (from) event.dataTransfer.setData("text/plain", from.dataset.node);
  });
  document.addEventListener("dragover", (event) => {
    const to = event.target.closest?.("[data-node]");
    if (from && to && to !== from) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const to = event.target.closest?.("[data-node]");
    const form = document.querySelector("form[data-draws]");
    if (!from || !to || to === from || !form) return;
    event.preventDefault();
    form.elements.from.value = from.dataset.node;
    form.elements.to.value = to.dataset.node;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => (from = null));
};

export const watchParts = () => {
  if (!document.querySelector("[data-part]")) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || !partOf(link) || !link.matches("[data-part-link]")) return;
    event.preventDefault();
    show(link.getAttribute("href") ?? link.href.baseVal);
  });
  document.addEventListener("submit", (event) => {
    if (!partOf(event.target) || event.target.method !== "post" || event.target.dataset.whole !== undefined) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  document.addEventListener("keydown", step);
  window.addEventListener("popstate", () => show(location.href));
  watchDrawing();
};
