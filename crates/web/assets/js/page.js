// The one place where text from our own server becomes elements, and where parts of a page are exchanged.

import { exchange, isUnderHands } from "./keep.js";
import { isEmpty as isWrittenEmpty, read, restore } from "./writing.js";

const WORKER = "/sw.js";

const policy = globalThis.trustedTypes?.createPolicy("steward", {
  createHTML: (text) => text,
  createScriptURL: (address) => {
    if (address !== WORKER) throw new TypeError(`no script of ours: ${address}`);
    return address;
  },
});

/** The address of the one worker, as the browser wants to be handed it. */
export const worker = () => (policy ? policy.createScriptURL(WORKER) : WORKER);

/** A document from markup that our own server rendered. Nothing in it runs. */
export const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

/** Fetches one of our own pages or fragments; null when the answer is not what was asked for. */
export const fetchPage = async (address) => {
  try {
    const response = await fetch(address, { headers: { accept: "text/html" } });
    return response.ok ? parse(await response.text()) : null;
  } catch {
    return null;
  }
};

export const ticket = () => document.querySelector("#ticket");

const announce = () => document.dispatchEvent(new CustomEvent("steward:changed"));

/** Whether somebody is choosing or typing in the head or the panel. */
const hasOpenPicker = () =>
  document.querySelector("#ticket-head details[open], #about details.picker[open]") !== null ||
  [...document.querySelectorAll("#about input:is([type=text], [type=number], :not([type]))")].some((field) => field.value !== field.defaultValue);

const nameOf = (entry) => entry.id || entry.textContent;

/** What became of a mail changes after the message is shown. */
const updateDeliveries = (entry, fresh) => {
  const place = entry.querySelector(".deliveries");
  const now = fresh.querySelector(".deliveries");
  if (!now || place?.textContent === now.textContent) return;
  if (place) place.replaceWith(document.adoptNode(now));
  else entry.querySelector(".message-body")?.append(document.adoptNode(now));
};

/** Replies that wait, reviews and side conversations; what somebody is typing there is never touched. */
const updateBeside = (now, fresh, { accepted, done }) => {
  const place = now.querySelector("#beside");
  const next = fresh.querySelector("#beside");
  if (!place || !next) return;
  const isLeft = !accepted && isUnderHands(place);
  if (!isLeft && exchange(place, next, { done, must: accepted })) return;
  const sends = place.querySelector(".sends");
  const other = next.querySelector(".sends");
  if (sends) sends.remove();
  if (other) place.prepend(document.adoptNode(other));
};

/**
 * Adds what is new, takes away what has gone to another ticket, exchanges what is shown otherwise now, and leaves every other entry alone,
 * so that frames do not load again and nobody loses their place.
 */
const addEntries = (timeline, fresh) => {
  const isAtEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 48;
  const entries = [...fresh.children];
  const wanted = new Set(entries.map(nameOf));
  const known = new Map();
  for (const entry of [...timeline.children]) {
    if (wanted.has(nameOf(entry))) known.set(nameOf(entry), entry);
    else entry.remove();
  }
  let here = timeline.firstElementChild;
  for (const entry of entries) {
    const old = known.get(nameOf(entry));
    const isSame = old && old.dataset.state === entry.dataset.state;
    if (isSame) updateDeliveries(old, entry);
    if (old && old === here) here = here.nextElementSibling;
    if (isSame && old.nextElementSibling === here) continue;
    if (!isSame) old?.remove();
    timeline.insertBefore(isSame ? old : document.adoptNode(entry), here);
  }
  if (isAtEnd) timeline.scrollTop = timeline.scrollHeight;
};

/** Somebody else's message that comes while one writes is told beside the words; sending asks then. */
const tellWhatCame = (composer, fresh, isSeen) => {
  const [seen, now] = [composer.elements.seen, fresh.elements.seen];
  if (!now) return;
  if (!seen) composer.prepend(document.adoptNode(now));
  else if (isSeen) seen.replaceWith(document.adoptNode(now));
  const line = composer.querySelector(".composer-came");
  if (!line) return;
  const isNews = seen && !isSeen && BigInt(now.dataset.came ?? 0) > BigInt(seen.value || 0);
  const text = isNews ? now.dataset.told : "";
  if (line.textContent !== text) line.textContent = text;
  line.hidden = text === "";
};

/**
 * Shows a newer state of the open ticket, after a form was `accepted` or when others changed it. Of others an open picker is never touched,
 * and nobody's half-filled form is; `done` is the form of which nothing has to stay.
 */
export const updateTicket = (fresh, { accepted = false, done = null } = {}) => {
  const now = ticket();
  if (!now || now.dataset.ticket !== fresh.dataset.ticket) return;
  // Whoever rests on a field or a line of the panel goes on there when it is exchanged.
  const resting = now.querySelector("#about")?.contains(document.activeElement) ? document.activeElement : null;
  const line = resting?.matches("summary") ? resting.parentElement.id : "";
  const again = line ? `#${line} > summary` : resting?.id ? `#${resting.id}` : "";
  if (accepted || !hasOpenPicker()) {
    for (const part of ["#ticket-head", "#about"]) exchange(now.querySelector(part), fresh.querySelector(part), { done });
  }
  const goesOn = resting?.isConnected ? resting : again && document.querySelector(again);
  if (goesOn && goesOn !== document.activeElement) goesOn.focus({ preventScroll: true });
  addEntries(now.querySelector("#timeline"), fresh.querySelector("#timeline"));
  updateBeside(now, fresh, { accepted, done });
  const composer = now.querySelector("#composer");
  const freshComposer = fresh.querySelector("#composer");
  if (composer && freshComposer) {
    const isEmpty = isWrittenEmpty(composer);
    // With text in it the editor keeps the version that its writer saw: the server then tells what came in between.
    if (accepted || isEmpty) composer.elements.version.value = freshComposer.elements.version.value;
    tellWhatCame(composer, freshComposer, accepted || isEmpty);
    if (accepted) composer.querySelector(".composer-later")?.removeAttribute("open");
    // A reply that was taken back stands in the editor again.
    if (accepted && isEmpty && freshComposer.elements.body.value !== "") restore(composer, read(freshComposer));
    // Recipients that somebody is choosing are theirs.
    if (accepted || (isEmpty && !composer.contains(document.activeElement))) {
      const to = freshComposer.querySelector(".composer-to");
      if (to) composer.querySelector(".composer-to")?.replaceWith(document.adoptNode(to));
    }
    if (accepted) {
      delete composer.dataset.consequence;
      for (const used of composer.querySelectorAll("input[name=canned]")) used.remove();
    }
    for (const part of composer.dataset.consequence ? [] : composer.querySelectorAll(".consequence")) {
      const other = freshComposer.querySelector(part.classList.contains("note-only") ? ".consequence.note-only" : ".consequence.reply-only");
      if (other) part.replaceWith(document.adoptNode(other));
    }
  }
  now.dataset.version = fresh.dataset.version;
  now.dataset.latest = fresh.dataset.latest;
  announce();
};

/** Puts another ticket beside the list; false where the page has no place for one. */
export const showTicket = (fresh) => {
  const place = document.querySelector("#ticket, .ticket-place");
  if (!place) return false;
  place.replaceWith(document.adoptNode(fresh));
  document.querySelector(".shell").dataset.pane = "ticket";
  announce();
  const timeline = document.querySelector("#timeline");
  if (timeline) timeline.scrollTop = timeline.scrollHeight;
  return true;
};

/** Marks the row of the open ticket. */
export const markRow = (number) => {
  for (const row of document.querySelectorAll("#rows .row")) {
    const isOpen = row.id === `row-${number}`;
    row.classList.toggle("open", isOpen);
    if (isOpen) row.classList.remove("unread");
    row.querySelector("a")?.toggleAttribute("aria-current", false);
    if (isOpen) row.querySelector("a")?.setAttribute("aria-current", "true");
  }
};
