// Reply and note share one editor. What is typed stays in this browser until the server has accepted it.
import { clear, editorOf, editors, enrich, focusOn, isEmpty, onRestore, read, restore, typed, writingOf } from "./writing.js";

export { isEmpty, read, restore } from "./writing.js";

const KEY = "steward.draft.";
const SETTLE_MS = 300;

const composer = () => document.querySelector("#composer");
const keyOf = (form) => KEY + form.dataset.composer;

const kept = (form) => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  } catch {
    return null;
  }
};

const state = (text) => {
  const place = document.querySelector("#composer-state");
  if (place) place.textContent = text;
};

/** Remembers what is typed, in this browser. */
export const keep = (form) => {
  const empty = isEmpty(form);
  try {
    if (empty) localStorage.removeItem(keyOf(form));
    else localStorage.setItem(keyOf(form), JSON.stringify(read(form)));
    state(empty ? "" : form.dataset.saved);
  } catch {
    // A browser that keeps nothing still sends.
    state("");
  }
};

/** Shows the form as a reply or as a note; what stands in it stays. */
const show = (form, writing) => {
  form.classList.toggle("note", writing === "note");
  for (const tab of form.querySelectorAll("[role=tab]")) {
    const isChosen = tab.dataset.writing === writing;
    tab.setAttribute("aria-selected", String(isChosen));
    if (isChosen) form.querySelector("[role=tabpanel]").setAttribute("aria-labelledby", tab.id);
  }
  form.action = sendButton(form).getAttribute("formaction");
};

/** Switches between reply and note; the text stays. */
export const write = (writing, { focus = true } = {}) => {
  const form = composer();
  if (!form) return;
  show(form, writing);
  if (!isEmpty(form)) typed(form);
  if (focus) focusOn(form);
};

const sendButton = (form) => form.querySelector(writingOf(form) === "note" ? "button.note-only[data-send]" : "button.reply-only[data-send]");

/** The server has it: nothing needs to be kept. */
export const forget = (form) => {
  clear(form);
  keep(form);
};

const restoreKept = () => {
  const form = composer();
  if (!form || form.dataset.restored) return;
  form.dataset.restored = "yes";
  const before = kept(form);
  if (before && isEmpty(form)) {
    restore(form, before);
    state(form.dataset.saved);
  }
};

/** What plain text cannot say is shown as it is from the start. */
const enrichRich = () => {
  for (const form of editors()) if (form.querySelector("textarea[data-html], .composer-file")) enrich(form);
};

const forgetAll = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
};

export const watchComposer = () => {
  onRestore((form, before) => {
    if (form.matches("#composer") && before.writing) show(form, before.writing);
  });
  restoreKept();
  enrichRich();
  document.addEventListener("steward:changed", () => {
    restoreKept();
    enrichRich();
  });
  for (const kind of ["focusin", "dragenter"]) {
    document.addEventListener(kind, (event) => {
      const form = editorOf(event.target);
      if (form) enrich(form);
    });
  }
  let settling = 0;
  document.addEventListener("steward:typed", (event) => {
    const form = event.detail;
    if (!form.matches("#composer")) return;
    clearTimeout(settling);
    settling = setTimeout(() => keep(form), SETTLE_MS);
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = editorOf(event.target);
      if (form && !event.target.closest(".editor, .editor-link")) typed(form);
    });
  }
  // The editor does not come in the middle of a word that is being composed.
  document.addEventListener("compositionstart", (event) => editorOf(event.target) && (event.target.dataset.composing = "yes"));
  document.addEventListener("compositionend", (event) => delete event.target.dataset?.composing);
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("#composer [role=tab]");
    if (!tab || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    write(tab.dataset.writing);
  });
  document.addEventListener("keydown", (event) => {
    const form = editorOf(event.target);
    if (!form || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.matches("#composer") ? sendButton(form) : form.querySelector("[data-send]"));
    } else if (event.key === "Escape" && event.target.matches("textarea")) {
      event.target.blur();
    }
  });
  document.addEventListener("submit", (event) => {
    // The next person at this machine must not find what the last one typed.
    if (event.target.matches(".sign-out")) forgetAll();
  });
};
