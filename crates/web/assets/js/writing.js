// What is being written: one interface for every form with an editor, whether it is the plain text field or the rich editor over it.
//
// A form with an editor is `form[data-editor=<key>]`: the key names what is written ("ticket:INC-1", "side:42", "side-new:INC-1", "new").
// Whoever keeps, restores or guards what is written uses only `read`, `restore`, `isEmpty` and the event `steward:typed`.

/** What the rich editor puts over the text field of a form: `{ body(), isEmpty(), set(html), focus() }`. */
const surfaces = new WeakMap();

/** Every form on the page in which something can be written. */
export const editors = () => [...document.querySelectorAll("form[data-editor]")];

/** The form around an element, if something can be written in it. */
export const editorOf = (element) => element?.closest?.("form[data-editor]") ?? null;

export const field = (form) => form.elements.namedItem("body");

export const surfaceOf = (form) => surfaces.get(form) ?? null;

/** The rich editor takes the place of the text field, or gives it back with null. */
export const setSurface = (form, surface) => (surface ? surfaces.set(form, surface) : surfaces.delete(form));

/** Tells that something in a form changed: text, recipients, attachments, reply or note. */
export const typed = (form) => document.dispatchEvent(new CustomEvent("steward:typed", { detail: form }));

const valuesOf = (form, name) => new FormData(form).getAll(name).map(String);

const filesOf = (form) =>
  [...form.querySelectorAll("input[name=attachment]:enabled")].map((input) => ({ id: input.value, name: input.dataset.name ?? "", type: input.dataset.type ?? "", size: Number(input.dataset.size ?? 0), file: input.dataset.file, inline: input.dataset.inline === "yes" }));

/** Whether a note is written; only the form of a ticket knows both. */
export const writingOf = (form) => (form.classList.contains("note") ? "note" : "reply");

/** What the page says about the editor of a form: addresses, limits, sentences. */
export const told = (form) => form.querySelector(".editor-field")?.dataset ?? {};

/** `{ writing, body, format: "text" | "html", to, cc, attachments }`. */
export const read = (form) => {
  const surface = surfaceOf(form);
  const text = field(form);
  return {
    writing: writingOf(form),
    body: surface ? surface.body() : (text.dataset.html ?? text.value),
    format: surface ? surface.format() : text.dataset.html ? "html" : "text",
    to: [...valuesOf(form, "requester"), ...valuesOf(form, "to")],
    cc: valuesOf(form, "cc"),
    attachments: filesOf(form),
  };
};

/** Whether nothing would be lost by closing it: no text and no files. */
export const isEmpty = (form) => {
  const surface = surfaceOf(form);
  return (surface ? surface.isEmpty() : field(form).value.trim() === "") && filesOf(form).length === 0;
};

const listeners = [];

/** Parts of the composer that restore what is theirs: recipients, files, reply or note. */
export const onRestore = (listener) => listeners.push(listener);

/** Puts a state that `read` gave back into the form; what it does not name stays. Tells nobody that something was typed. */
export const restore = async (form, state) => {
  // What plain text cannot say needs the editor, and so do files.
  if (!surfaceOf(form) && (state.format === "html" || state.attachments?.length > 0)) await enrich(form);
  if (state.body !== undefined) {
    const surface = surfaceOf(form);
    if (surface) surface.set(state.body, state.format);
    else field(form).value = state.body;
  }
  for (const listener of listeners) await listener(form, state);
};

/** Loads the rich editor into a form, once; without it the plain field does. */
export const enrich = (form) => {
  if (!loading.has(form)) loading.set(form, import("./editor/editor.js").then((editor) => editor.mount(form)).catch(() => loading.delete(form)));
  return loading.get(form);
};

const loading = new WeakMap();

/** Nothing stands in it any more. */
export const clear = (form) => restore(form, { body: "", format: "text", attachments: [] });

/** The cursor into the text. */
export const focusOn = (form) => (surfaceOf(form) ?? field(form)).focus();
