// Reply and note share one editor. What is typed is kept by draft_keep.js.
import { clear, editorOf, editors, enrich, focusOn, isEmpty, onRestore, typed, writingOf } from "./writing.js";

export { isEmpty, read, restore } from "./writing.js";

const composer = () => document.querySelector("#composer");

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
  document.dispatchEvent(new CustomEvent("steward:sent", { detail: form }));
};

/** What plain text cannot say is shown as it is from the start. */
const enrichRich = () => {
  for (const form of editors()) if (form.querySelector("textarea[data-html], .composer-file")) enrich(form);
};

/** What comes while a pointer is down could move a button from under it, and the click would be lost: it waits until the pointer is up. */
const watchPresses = () => {
  let isDown = false;
  document.addEventListener("pointerdown", () => (isDown = true), true);
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => (isDown = false), true);
  return (work) => (isDown ? document.addEventListener("pointerup", () => setTimeout(work), { once: true }) : work());
};

export const watchComposer = () => {
  const afterPress = watchPresses();
  onRestore((form, before) => {
    if (form.matches("#composer") && before.writing) show(form, before.writing);
  });
  enrichRich();
  document.addEventListener("steward:changed", enrichRich);
  for (const kind of ["focusin", "dragenter"]) {
    document.addEventListener(kind, (event) => {
      const form = editorOf(event.target);
      if (form) afterPress(() => enrich(form));
    });
  }
  // Somebody may have been quicker than this script.
  const begun = editorOf(document.activeElement);
  if (begun) enrich(begun);
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
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // A colleague's draft is sent by its own button, once it was read as a whole.
      if (form.matches(".review form")) document.dispatchEvent(new CustomEvent("steward:save", { detail: form }));
      else form.requestSubmit(form.matches("#composer") ? sendButton(form) : form.querySelector("[data-send]"));
    } else if (event.key === "Escape" && !event.defaultPrevented && event.target.matches("textarea")) {
      event.target.blur();
    }
  });
};
