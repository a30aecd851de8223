// A form that is drafted: its name, its line of state, its tools, and what stands in it.
import { read } from "./writing.js";

export const placeOf = (form) => form.dataset.editor;
/** A form of a page of its own, such as that of a saved reply, is sent or left. */
export const isKept = (form) => /^(ticket|side|side-new|new)\b/.test(placeOf(form) ?? "");
const line = (form) => (form.id === "composer" ? document.querySelector("#composer-state") : form.querySelector(".review-state, .editor-state"));

export const tell = (form, text) => {
  const place = line(form);
  if (place) place.textContent = text;
};

export const showTools = (form, draft) => {
  const tools = form.querySelector("[data-draft-tools]");
  if (!tools) return;
  tools.hidden = !draft?.id;
  const versions = tools.querySelector("[data-versions]");
  if (versions) versions.hidden = !(draft?.versions > 0);
};

/** The form's content in the shape that the server keeps. */
export const contentOf = (form) => {
  const { body, format, to, cc, attachments } = read(form);
  const fields = {};
  for (const field of otherFields(form)) fields[field.name] = field.value;
  return { body, format, to, cc, attachments, fields };
};

/** What a form holds beside the editor, such as the title of a new ticket. */
const otherFields = (form) =>
  form.id === "composer" || placeOf(form).startsWith("draft:")
    ? []
    : [...form.elements].filter((field) => field.matches("input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), select") && field.name && !["to", "cc"].includes(field.name));
