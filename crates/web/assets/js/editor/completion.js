// "/" and "@" in the rich editor.
import { Plugin } from "../../vendor/prosemirror/prosemirror.js";
import { told, typed, writingOf } from "../writing.js";
import { schema, sliceFrom } from "./schema.js";
import { Suggestions } from "./suggest.js";

const SAVED = /(?:^|\s)\/([\p{L}\p{N}_-]{0,30})$/u;
const COLLEAGUE = /(?:^|[\s(])@([\p{L}\p{N}.'’_-]{0,30}(?: [\p{L}\p{N}.'’-]{0,30})?)$/u;

/** What stands before the cursor and asks for a list. */
const asking = (form, state) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc");
  const saved = told(form).canned ? SAVED.exec(before) : null;
  if (saved) return { kind: "canned", query: saved[1], from: $from.pos - saved[1].length - 1, to: $from.pos };
  const colleague = told(form).colleagues && (!form.matches("#composer") || writingOf(form) === "note") ? COLLEAGUE.exec(before) : null;
  if (colleague) return { kind: "colleagues", query: colleague[1], from: $from.pos - colleague[1].length - 1, to: $from.pos };
  return null;
};

const addressOf = (form, { kind, query }) => {
  const address = new URL(told(form)[kind], location.href);
  address.searchParams.set("q", query);
  return address.pathname + address.search;
};

const insertMention = (view, option, { from, to }) => {
  const mention = schema.nodes.mention.create({ person: option.dataset.id, name: option.dataset.name });
  view.dispatch(view.state.tr.replaceWith(from, to, [mention, schema.text(" ")]).scrollIntoView());
};

/** Puts a saved reply where the cursor is; it is the writer's own text from then on. */
export const insertSaved = (view, preview, { from, to }) => {
  const slice = sliceFrom(preview);
  view.dispatch(view.state.tr.setMeta("saved", true).replaceRange(from, to, slice).scrollIntoView());
  view.focus();
};

/** The plugin; `list` is shared with the buttons that open the same lists. */
export const completion = (form) => {
  let view = null;
  let now = null;
  const choose = (option, place) => {
    if (!now) return;
    if (now.kind === "colleagues") insertMention(view, option, now);
    else {
      const preview = place.querySelector(`[data-preview="${CSS.escape(option.dataset.id)}"] .suggest-text`);
      if (preview) insertSaved(view, preview, now);
      const used = document.createElement("input");
      Object.assign(used, { type: "hidden", name: "canned", value: option.dataset.id });
      form.append(used);
    }
    now = null;
    typed(form);
    view.focus();
  };
  let list = null;
  return new Plugin({
    view: (created) => {
      view = created;
      list = new Suggestions(view.dom, choose);
      const update = (fresh) => {
        now = view.hasFocus() ? asking(form, fresh.state) : null;
        if (!now) {
          list.close();
          return;
        }
        const { from } = now;
        list.ask(addressOf(form, now), () => view.coordsAtPos(Math.min(from, view.state.doc.content.size)));
      };
      return { update, destroy: () => list.close() };
    },
    props: {
      handleKeyDown: (_, event) => list?.key(event) ?? false,
      handleDOMEvents: { blur: () => { list?.close(); return false; } },
    },
  });
};
