// Forms of a ticket go out in the background; the answer is the same page that a browser without scripts would have been sent to.
import { forget } from "./composer.js";
import { goOn, savedBeside, settled, unsent } from "./draft_keep.js";
import { placeIn } from "./keep.js";
import { focusOn, read, restore } from "./writing.js";
import { fetchPage, parse, ticket, updateTicket } from "./page.js";
import { expect } from "./expect.js";
import { say, tell, words } from "./notices.js";
import { signedOut } from "./session.js";

const STALE = 412;
const SIGNED_OUT = 401;
const OVERTAKEN = 409;

/** What is written, without its markup. */
const wordsOf = (form) => {
  const { body, format } = read(form);
  return format === "html" ? parse(body).body.textContent : body;
};

const addressOf = (form, submitter) => submitter?.getAttribute("formaction") ?? form.getAttribute("action");

/** Shows the ticket as it is now and lets the writer decide; the next try counts as having seen it. */
const showWhatChanged = async (form) => {
  const page = await fetchPage(ticket()?.dataset.fragment);
  const fresh = page?.querySelector("#ticket");
  if (!fresh) return;
  // A task has a version of its own.
  const version = placeIn(fresh, form, ticket())?.elements.version?.value;
  updateTicket(fresh, { accepted: !form.dataset.composer });
  if (form.isConnected && version) form.elements.version.value = version;
};

/** What came in between, or what somebody else has changed, in front of everything; what was typed stays where it is. */
const ask = (form, page, what) => {
  const fresh = page.querySelector("#ticket");
  const box = document.createElement("dialog");
  box.className = what.className;
  box.setAttribute("aria-labelledby", what.getAttribute("aria-labelledby"));
  box.append(...[...what.childNodes].map((node) => document.adoptNode(node)));
  if (fresh) updateTicket(fresh);
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-back]")) return;
    event.preventDefault();
    box.close();
    if (form.dataset.composer) focusOn(form);
  });
  box.addEventListener("submit", (event) => {
    if (event.target.matches("[data-anyway]")) {
      event.preventDefault();
      event.stopPropagation();
      // The sheet of a draft was exchanged with the ticket; the composer never is.
      const now = form.isConnected ? form : [...document.forms].find((other) => other.action === form.action && other.elements.seen);
      if (now) {
        now.elements.seen.value = what.dataset.seen;
        now.requestSubmit(now.querySelector("button.reply-only[data-send]"));
      }
    }
    box.close();
  });
  box.showModal();
};

const refused = async (form, response, page) => {
  const what = page.querySelector("#guard, #conflict");
  if (what && (response.status === STALE || response.status === OVERTAKEN)) return ask(form, page, what);
  if (response.status === SIGNED_OUT) {
    // What was typed stays where it is; after signing in beside it, the same press sends it.
    signedOut();
  } else if (response.status === STALE) {
    await showWhatChanged(form);
    say(words("sayChanged"), { refused: true });
  } else {
    say(page.querySelector("[data-refusal]")?.textContent || words("sayFailed"), { refused: true });
  }
};

/** What was written behind the words that were sent, while they were on their way; of those words nothing may stay: a note is no reply. */
const writtenOn = (form, sentWords) => {
  const now = wordsOf(form);
  return now.startsWith(sentWords) ? now.slice(sentWords.length).trimStart() : "";
};

const accepted = (form, response, page, sentWords) => {
  const fresh = page.querySelector("#ticket");
  const rest = form.dataset.editor ? writtenOn(form, sentWords) : "";
  const isOver = rest === "";
  if (form.dataset.editor) forget(form);
  if (!isOver) restore(form, { body: rest, format: "text" }).then(() => goOn(form));
  if (!fresh || fresh.dataset.ticket !== ticket()?.dataset.ticket) {
    location.assign(response.url);
    return;
  }
  updateTicket(fresh, { accepted: true, done: isOver ? form : null });
  document.dispatchEvent(new CustomEvent("steward:edited", { detail: new Set([fresh.dataset.ticket]) }));
  tell(page);
};

/** A page of the views alone has nothing live in it: it is exchanged by what came back, and the views at the side with it. */
const mend = (page) => {
  if (!document.querySelector(".saved-views")) return;
  for (const part of [".saved-views", ".navigation-scroll"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
};

/** Takes an edit back; what it touched is then shown as it is. */
const undo = async (form) => {
  form.elements.back.value = location.pathname + location.search;
  const body = new URLSearchParams(new FormData(form));
  form.querySelector("button").disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
    const page = parse(await response.text());
    if (!response.ok) return await refused(form, response, page);
    tell(page);
    mend(page);
    document.dispatchEvent(new CustomEvent("steward:edited", { detail: new Set(["*"]) }));
  } catch {
    say(words("sayFailed"), { refused: true });
  }
};

const send = async (form, submitter) => {
  if (form.matches(".review form") && !(await savedBeside(form))) return say(words("sayFailed"), { refused: true });
  const takeBack = expect(form, submitter);
  const body = new URLSearchParams(new FormData(form, submitter));
  const leaving = form.dataset.editor ? settled(form) : null;
  const sentWords = form.dataset.editor ? wordsOf(form) : "";
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => (button.disabled = true));
  let isAccepted = false;
  try {
    await leaving;
    const response = await fetch(addressOf(form, submitter), { method: "POST", body, headers: { accept: "text/html" } });
    const page = parse(await response.text());
    isAccepted = response.ok;
    if (isAccepted) accepted(form, response, page, sentWords);
    else {
      takeBack();
      await refused(form, response, page);
    }
  } catch {
    takeBack();
    say(words("sayFailed"), { refused: true });
  } finally {
    if (leaving && !isAccepted) unsent(form);
    buttons.forEach((button) => (button.disabled = false));
  }
};

/** A second press while the first is under way must not send twice. */
const going = new WeakSet();

export const watchForms = () => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-undo]")) {
      event.preventDefault();
      undo(form);
      return;
    }
    if (!form.matches("[data-swap], [data-composer]")) return;
    event.preventDefault();
    if (going.has(form)) return;
    going.add(form);
    send(form, event.submitter).finally(() => going.delete(form));
  });
};

