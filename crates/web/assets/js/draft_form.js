// A form that is drafted: its name, its line of state, its tools, and what stands in it.
import { read } from "./writing.js";

export const placeOf = (form) => form.dataset.editor;
/** A form of a page of its own, such as that of a saved reply, is sent or left. */
export const isKept = (form) => /^(ticket|side|side-new|new|draft):|^new$/.test(placeOf(form) ?? "");
/** A colleague's draft, of which the sheet shows the words alone. */
export const isReview = (form) => placeOf(form).startsWith("draft:");
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

/** What stands beside the words of a review (approving, sending) is about the words that the reader has before them. */
export const showRevision = (form, revision) => {
  for (const field of form.closest(".review")?.querySelectorAll("input[name=revision]") ?? []) field.value = revision;
};

/** The form's content in the shape that the server keeps; what the sheet of a review does not show stays as it is in `whole`. */
export const contentOf = (form, whole) => {
  const { body, format, to, cc, attachments } = read(form);
  if (whole) return { body, format, to: whole.to, cc: whole.cc, attachments: whole.attachments ?? [], fields: whole.fields ?? {} };
  const fields = {};
  for (const field of otherFields(form)) fields[field.name] = field.value;
  return { body, format, to, cc, attachments, fields };
};

/** What a form holds beside the editor, such as the title of a new ticket. */
const otherFields = (form) =>
  form.id === "composer"
    ? []
    : [...form.elements].filter((field) => field.matches("input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), select") && field.name && !["to", "cc"].includes(field.name));
