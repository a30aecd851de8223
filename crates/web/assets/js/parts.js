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
  const wanted = next.querySelector("[data-part-focus]") ?? next.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`) ?? document.getElementById(focused) ?? next.querySelector("[data-part-home]");
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
  window.addEventListener("popstate", () => show(location.href));
};
