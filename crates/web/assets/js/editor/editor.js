// The rich editor over the text field of a form. It comes when somebody begins to write, and takes what stands there already.
import { dropCursor, EditorState, EditorView, gapCursor, history, keymap, Plugin, TextSelection } from "../../vendor/prosemirror/prosemirror.js";
import { parse } from "../page.js";
import { field, setSurface, typed, writingOf } from "../writing.js";
import { keys, typingRules } from "./commands.js";
import { completion } from "./completion.js";
import { matchPictures, watchFiles } from "./files.js";
import { pasting } from "./paste.js";
import { watchRecipients } from "./recipients.js";
import { docFrom, docFromText, htmlOf, isPlain, mentionsOf, picturesOf, schema, textOf } from "./schema.js";
import { askLink, refresh, watchTools } from "./toolbar.js";

const isEmptyDoc = (doc) => textOf(doc).trim() === "" && picturesOf(doc).size === 0;

const documentOf = (body, format) => (format === "html" ? docFrom(parse(body).body) : docFromText(body));

const placeholder = (text) =>
  new Plugin({
    props: {
      attributes: (state) => (isEmptyDoc(state.doc) && state.doc.childCount === 1 && state.doc.firstChild.type === schema.nodes.paragraph ? { "data-placeholder": text, class: "editor-text" } : { class: "editor-text" }),
    },
  });

const pluginsOf = (form, text) => [
  completion(form),
  keymap({ "Mod-Shift-k": (_, __, view) => (askLink(form, view), true), Escape: (_, __, view) => (view.dom.blur(), true) }),
  typingRules,
  ...keys,
  history(),
  dropCursor({ class: "editor-drop", color: false }),
  gapCursor(),
  pasting(form),
  placeholder(text.placeholder),
];

/** The text field keeps the plain text, so that whatever looks at it sees what was written. */
const follow = (form, view, text) => {
  const { doc } = view.state;
  text.value = textOf(doc);
  matchPictures(form, picturesOf(doc));
};

const surfaceFor = (form, view, text, plugins) => ({
  // What needs no markup stays plain text, and is read as such everywhere.
  format: () => (isPlain(view.state.doc) ? "text" : "html"),
  body: () => (isPlain(view.state.doc) ? textOf(view.state.doc) : htmlOf(view.state.doc)),
  isEmpty: () => isEmptyDoc(view.state.doc),
  set: (body, format) => {
    view.updateState(EditorState.create({ doc: documentOf(body, format), plugins }));
    follow(form, view, text);
    refresh(form, view.state);
  },
  focus: () => {
    view.dispatch(view.state.tr.setSelection(TextSelection.atEnd(view.state.doc)));
    view.focus();
  },
  removePicture: (file) => {
    const places = [];
    view.state.doc.descendants((node, at) => {
      if (node.type.name === "image" && node.attrs.file === file) places.push(at);
    });
    const { tr } = view.state;
    for (const at of places.reverse()) tr.delete(at, at + 1);
    if (places.length > 0) view.dispatch(tr);
  },
});

const addFields = (form, view) => {
  form.addEventListener("formdata", ({ formData }) => {
    const { doc } = view.state;
    formData.set("body", isPlain(doc) ? textOf(doc) : htmlOf(doc));
    formData.set("format", isPlain(doc) ? "text" : "html");
    // In a reply a name is a name: only notes call colleagues.
    if (writingOf(form) === "note") for (const person of mentionsOf(doc)) formData.append("mention", person);
  });
};

/** Words that are being composed (Chinese, Vietnamese) are not torn apart. */
const composed = (text) =>
  new Promise((resolve) => {
    if (!text.dataset.composing) resolve();
    else text.addEventListener("compositionend", () => setTimeout(resolve), { once: true });
  });

/** Puts the editor into a form; what stands there and where the cursor is stays. */
export const mount = async (form) => {
  equip(form);
  await composed(field(form));
  const text = field(form);
  const holder = document.createElement("div");
  holder.className = "editor";
  const plugins = pluginsOf(form, text);
  const hadFocus = document.activeElement === text;
  const cursor = text.selectionStart ?? text.value.length;
  const state = EditorState.create({ doc: documentOf(text.dataset.html ?? text.value, text.dataset.html ? "html" : "text"), plugins });
  const name = form.querySelector(`label[for="${CSS.escape(text.id)}"]`)?.textContent ?? text.placeholder;
  const view = new EditorView(holder, {
    state,
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": name, "aria-autocomplete": "list", spellcheck: "true", lang: text.lang || "", id: text.id },
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction));
      refresh(form, view.state);
      if (!transaction.docChanged) return;
      follow(form, view, text);
      typed(form);
    },
  });
  // The editor bears the name by which the field was known.
  text.id = `${text.id}-plain`;
  text.before(holder);
  text.hidden = true;
  text.required = false;
  delete text.dataset.html;
  setSurface(form, surfaceFor(form, view, text, plugins));
  addFields(form, view);
  watchTools(form, view);
  refresh(form, view.state);
  if (hadFocus) {
    const before = text.value.slice(0, cursor);
    // A single line end of plain text is one place here, an empty line two: the same number of steps.
    const place = TextSelection.near(view.state.doc.resolve(Math.min(before.length + 1, view.state.doc.content.size)));
    view.dispatch(view.state.tr.setSelection(place));
    view.focus();
  }
  return view;
};

/** Everything that a form of ours can do beside the text. */
const equip = (form) => {
  watchFiles(form);
  watchRecipients(form);
};
