// Who else is at a ticket, and where this page is. A lease of a minute that is renewed; nothing is sent for single keystrokes.
import { parse, ticket } from "./page.js";
import { signedOut } from "./session.js";

/** Walking through a list is not visiting each ticket. */
const DWELL_MS = 800;
const RENEW_MS = 50_000;
/** So long after the last keystroke somebody is still writing. */
const WRITING_MS = 20_000;

/** This page's name for itself; it is at one ticket at a time. */
export const place = `p-${crypto.getRandomValues(new Uint32Array(3)).join("-")}`;
/** What is known of others, by number of the ticket. */
const known = new Map();

let at = null;
let activity = null;
let dwelling = 0;
let stillWriting = 0;

const shell = () => document.querySelector(".shell");

const form = (more) => new URLSearchParams({ csrf: shell()?.dataset.csrf ?? "", place, ...more });

const say = async (number, doing) => {
  const answer = await fetch(`/desk/tickets/${number}/presence`, { method: "POST", body: form({ activity: doing }), keepalive: true }).catch(() => null);
  if (answer?.status === 401) signedOut();
};

const leave = () => {
  if (at) navigator.sendBeacon("/desk/presence/leave", form({}));
  at = null;
  activity = null;
};

/** Says where the reader is when that is something else than was said last. */
const be = (number, doing) => {
  if (at === number && activity === doing) return;
  at = number;
  activity = doing;
  say(number, doing);
};

const arrive = () => {
  const number = ticket()?.dataset.ticket;
  clearTimeout(dwelling);
  if (!number || document.hidden) return leave();
  if (number === at) return;
  dwelling = setTimeout(() => be(number, "viewing"), DWELL_MS);
};

const writing = (doing) => {
  const number = ticket()?.dataset.ticket;
  if (!number) return;
  clearTimeout(dwelling);
  clearTimeout(stillWriting);
  be(number, doing);
  stillWriting = setTimeout(() => at === number && be(number, "viewing"), WRITING_MS);
};

/** The reply or note was sent or thrown away. */
export const stopWriting = () => {
  clearTimeout(stillWriting);
  if (at) be(at, "viewing");
};

const put = (place, markup) => {
  if (place.dataset.shown === markup) return;
  place.dataset.shown = markup;
  place.replaceChildren(...[...parse(markup).body.childNodes].map((node) => document.adoptNode(node)));
};

const showHead = () => {
  for (const place of document.querySelectorAll("[data-presence]")) put(place, known.get(place.dataset.presence)?.head ?? "");
};

const showRows = () => {
  for (const row of document.querySelectorAll("#rows .row")) {
    const markup = known.get(row.id.replace("row-", ""))?.row ?? "";
    const subject = row.querySelector(".row-subject");
    let marks = subject?.querySelector(".row-marks > .row-people");
    if (!subject || (!marks && markup === "")) continue;
    if (!marks) {
      marks = document.createElement("span");
      marks.className = "row-people";
      marksOf(subject).append(marks);
    }
    put(marks, markup);
  }
};

/** The small marks before the title of a row; they lie over the row and move nothing. */
export const marksOf = (subject) => {
  const there = subject.querySelector(":scope > .row-marks");
  if (there) return there;
  const marks = document.createElement("span");
  marks.className = "row-marks";
  subject.prepend(marks);
  return marks;
};

/** Tells once, politely, what somebody at the open ticket has begun to do. */
const tell = (number, before, now) => {
  const region = document.querySelector("#presence-said");
  if (!region || ticket()?.dataset.ticket !== number) return;
  const fresh = now.filter((sentence) => !before.includes(sentence));
  if (fresh.length > 0) region.textContent = fresh.join(". ");
};

const learn = (list) => {
  for (const one of list) {
    tell(one.ticket, known.get(one.ticket)?.said ?? [], one.said);
    if (one.said.length === 0) known.delete(one.ticket);
    else known.set(one.ticket, one);
  }
  show();
};

const show = () => {
  showHead();
  showRows();
};

/** A stream begins, perhaps after one that broke off: the server then took this page for left. */
const begin = () => {
  known.clear();
  show();
  if (at) say(at, activity);
};

export const watchPresence = () => {
  if (!shell()?.dataset.live) return;
  document.addEventListener("steward:live", (event) => {
    if (event.detail.name === "open") begin();
    if (event.detail.name === "presence") learn(JSON.parse(event.detail.data));
  });
  let shown = 0;
  // Rows and heads are exchanged by several hands; whatever comes new gets its marks before it is painted.
  new MutationObserver(() => {
    shown ||= requestAnimationFrame(() => {
      shown = 0;
      show();
      arrive();
    });
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  document.addEventListener("steward:typed", (event) => {
    const form = event.detail;
    if (form.closest("#ticket")) writing(form.id === "composer" && !form.classList.contains("note") ? "replying" : "noting");
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("#ticket #composer")) writing(event.target.closest("#composer").classList.contains("note") ? "noting" : "replying");
  });
  document.addEventListener("steward:sent", stopWriting);
  document.addEventListener("steward:signed-in", () => at && say(at, activity));
  document.addEventListener("visibilitychange", arrive);
  window.addEventListener("pagehide", leave);
  setInterval(() => at && !document.hidden && say(at, activity), RENEW_MS);
  arrive();
};
