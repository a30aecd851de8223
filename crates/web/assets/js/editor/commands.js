// What the tools and keys of the editor do; each is a command as ProseMirror knows them, with a test whether it holds at the cursor.
import { baseKeymap, chainCommands, exitCode, InputRule, inputRules, keymap, lift, liftListItem, redo, setBlockType, sinkListItem, splitListItem, textblockTypeInputRule, toggleMark, undo, undoInputRule, wrapIn, wrapInList, wrappingInputRule } from "../../vendor/prosemirror/prosemirror.js";
import { linkTarget, schema } from "./schema.js";

const { nodes, marks } = schema;

const hasMark = (state, type) => {
  const { from, $from, to, empty } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
};

const isInside = (state, type) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
};

const markTool = (type) => ({ run: toggleMark(type), holds: (state) => hasMark(state, type) });

const listTool = (type) => ({
  run: (state, dispatch, view) => (isInside(state, type) ? liftListItem(nodes.list_item) : wrapInList(type))(state, dispatch, view),
  holds: (state) => isInside(state, type),
});

/** The tools by the names that the buttons bear. */
export const TOOLS = {
  strong: markTool(marks.strong),
  em: markTool(marks.em),
  strike: markTool(marks.strike),
  code: markTool(marks.code),
  bullets: listTool(nodes.bullet_list),
  numbers: listTool(nodes.ordered_list),
  quote: { run: (state, dispatch) => (isInside(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch), holds: (state) => isInside(state, nodes.blockquote) },
  block: {
    run: (state, dispatch) => setBlockType(isInside(state, nodes.code_block) ? nodes.paragraph : nodes.code_block)(state, dispatch),
    holds: (state) => isInside(state, nodes.code_block),
  },
  undo: { run: undo, holds: () => false },
  redo: { run: redo, holds: () => false },
};

/** The link at the cursor, with where it begins and ends. */
export const linkAt = (state) => {
  const { $from, empty } = state.selection;
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark || !empty) return mark ? { href: mark.attrs.href, from: state.selection.from, to: state.selection.to } : null;
  let [from, to] = [$from.pos, $from.pos];
  const parent = $from.parent;
  let at = $from.start();
  parent.forEach((child) => {
    const end = at + child.nodeSize;
    if (mark.isInSet(child.marks) && at <= $from.pos && $from.pos <= end) [from, to] = [at, end];
    at = end;
  });
  return { href: mark.attrs.href, from, to };
};

/** Makes what is chosen a link, or writes the address where nothing is; an empty address takes the link away. False for an address that is none. */
export const setLink = (view, text) => {
  const { state } = view;
  const known = linkAt(state);
  const { from, to } = known ?? state.selection;
  const transaction = state.tr;
  if (text.trim() === "") {
    view.dispatch(transaction.removeMark(from, to, marks.link));
    return true;
  }
  const href = linkTarget(text);
  if (!href) return false;
  if (from === to) transaction.insert(from, schema.text(text.trim(), [marks.link.create({ href })]));
  else transaction.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href }));
  view.dispatch(transaction.removeStoredMark(marks.link).scrollIntoView());
  return true;
};

const hardBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

export const keys = [
  keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-b": TOOLS.strong.run,
    "Mod-i": TOOLS.em.run,
    "Mod-Shift-x": TOOLS.strike.run,
    "Mod-e": TOOLS.code.run,
    "Mod-Shift-7": TOOLS.numbers.run,
    "Mod-Shift-8": TOOLS.bullets.run,
    "Mod-Shift-9": TOOLS.quote.run,
    "Mod-Alt-c": TOOLS.block.run,
    "Shift-Enter": hardBreak,
    Backspace: undoInputRule,
    Enter: splitListItem(nodes.list_item),
    // Tab leaves the editor, except where it moves an item of a list.
    Tab: sinkListItem(nodes.list_item),
    "Shift-Tab": (state, dispatch) => isInside(state, nodes.list_item) && liftListItem(nodes.list_item)(state, dispatch),
  }),
  keymap({ ...baseKeymap, "Mod-Enter": () => false }),
];

/** `**bold**` and its like become the mark when the last sign is typed. */
const markRule = (pattern, type) =>
  new InputRule(pattern, (state, match, start, end) => {
    const [, before, text] = match;
    if (state.doc.rangeHasMark(start, end, marks.code)) return null;
    const from = start + before.length;
    return state.tr.delete(from, end).insert(from, schema.text(text, [...state.doc.resolve(from).marks(), type.create()])).removeStoredMark(type);
  });

export const typingRules = inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,3})[.)]\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]) }), (match, node) => node.childCount + node.attrs.order === Number(match[1])),
    textblockTypeInputRule(/^```$/, nodes.code_block),
    markRule(/(^|[^*\w])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/, marks.strong),
    markRule(/(^|[^*\w])\*([^\s*](?:[^*]*[^\s*])?)\*$/, marks.em),
    markRule(/(^|[^_\w])_([^\s_](?:[^_]*[^\s_])?)_$/, marks.em),
    markRule(/(^|[^~\w])~~([^\s~](?:[^~]*[^\s~])?)~~$/, marks.strike),
    markRule(/(^|[^`])`([^`]+)`$/, marks.code),
  ],
});
