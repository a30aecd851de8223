// Pages that are worked on in parts: links and forms inside `[data-part]` exchange that part instead of the page. Without scripts they are
// links and forms.
import { fetchPage, parse } from "./page.js";
import { goTo, onReturn } from "./places.js";
import { say, words } from "./notices.js";
import { signedOut } from "./session.js";

const SIGNED_OUT = 401;

const partOf = (target) => target?.closest?.("[data-part]");

const exchange = (page, address, { push }) => {
  const now = document.querySelector("[data-part]");
  const fresh = page?.querySelector("[data-part]");
  if (!now || !fresh || now.id !== fresh.id) return false;
  const scrolls = [...now.querySelectorAll("[data-keep-scroll]")].map((box) => [box.id, box.scrollLeft, box.scrollTop]);
  const focused = document.activeElement?.dataset?.focus ?? document.activeElement?.id;
  now.replaceWith(document.adoptNode(fresh));
  for (const [id, left, top] of scrolls) document.getElementById(id)?.scrollTo(left, top);
  if (push) goTo(address);
  const next = document.querySelector("[data-part]");
  const wanted = next.querySelector("[data-part-focus]") ?? next.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`) ?? document.getElementById(focused) ?? next.querySelector("[data-part-home]");
  wanted?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("steward:part"));
  return true;
};

let turn = 0;

const show = async (address, { push = true } = {}) => {
  turn += 1;
  const mine = turn;
  const page = await fetchPage(address);
  if (mine === turn && !exchange(page, address, { push })) location.assign(address);
};

let sending = null;
let next = null;

/** The same button in what is shown now. */
const standIn = (button) => {
  const same = `button[name="${CSS.escape(button.name)}"][value="${CSS.escape(button.value)}"]`;
  return button.isConnected ? button : document.querySelector(`[data-part] ${same}`);
};

const isSame = (button, other) => button.name === other.name && button.value === other.value;

const send = async (form, submitter) => {
  // A second press while the first is under way must not send twice, and answers must not overtake each other. A press of another button
  // waits for its turn.
  if (sending) {
    if (submitter?.name && !isSame(submitter, sending)) next = submitter;
    return;
  }
  sending = submitter ?? form;
  let isDone = false;
  turn += 1;
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const response = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
    const page = parse(await response.text());
    // What was typed stays where it is; after signing in beside it, the same press sends it.
    if (response.status === SIGNED_OUT) return signedOut();
    if (!exchange(page, response.url, { push: response.ok })) {
      if (!response.ok) return say(page.querySelector("[data-refusal]")?.textContent || words("sayFailed"), { refused: true });
      location.assign(response.url);
    }
    const told = page.querySelector("#notices .notice");
    if (told && response.ok) say(told.textContent);
    isDone = response.ok;
  } catch {
    say(words("sayFailed"), { refused: true });
  } finally {
    const button = isDone && next ? standIn(next) : null;
    sending = next = null;
    button?.click();
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
  onReturn(() => show(location.href, { push: false }));
};
