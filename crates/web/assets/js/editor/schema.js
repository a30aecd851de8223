// What a message may be made of, and how it is written to and read from HTML. What the schema does not know, pasting leaves behind.
import { DOMParser, DOMSerializer, Fragment, Schema, Slice } from "../../vendor/prosemirror/prosemirror.js";

const INLINE_ID = /^cid:(\d{1,20})@inline\.steward$/;
const ATTACHMENTS = "/desk/attachments/";

/** Addresses that a link may lead to; everything else stays text. */
export const linkTarget = (text) => {
  const address = text.trim();
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(address)) return address;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return `mailto:${address}`;
  if (/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(address)) return `https://${address}`;
  return null;
};

/** The address here of an enclosed picture; none of other pictures, which would tell somebody elsewhere who writes. */
const pictureOf = (dom) => {
  const id = INLINE_ID.exec(dom.getAttribute("src") ?? "")?.[1] ?? dom.getAttribute("data-file");
  return /^\d{1,20}$/.test(id ?? "") ? { file: id, alt: dom.getAttribute("alt") ?? "" } : false;
};

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }, { tag: "h1, h2, h3, h4, h5, h6" }], toDOM: () => ["p", 0] },
    blockquote: { group: "block", content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    code_block: { group: "block", content: "text*", marks: "", code: true, defining: true, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]] },
    bullet_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: {
      group: "block",
      content: "list_item+",
      attrs: { order: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: Number(dom.getAttribute("start")) || 1 }) }],
      toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
    },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    text: { group: "inline" },
    hard_break: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    image: {
      group: "inline",
      inline: true,
      draggable: true,
      attrs: { file: {}, alt: { default: "" } },
      parseDOM: [{ tag: "img", getAttrs: pictureOf }],
      toDOM: (node) => ["img", { src: ATTACHMENTS + node.attrs.file, alt: node.attrs.alt, "data-file": node.attrs.file }],
    },
    mention: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { person: {}, name: {} },
      parseDOM: [{ tag: "span.mention[data-person]", getAttrs: (dom) => ({ person: dom.getAttribute("data-person"), name: dom.textContent.replace(/^@/, "") }) }],
      toDOM: (node) => ["span", { class: "mention", "data-person": node.attrs.person }, `@${node.attrs.name}`],
      leafText: (node) => `@${node.attrs.name}`,
    },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => { const href = linkTarget(dom.getAttribute("href")); return href ? { href } : false; } }],
      toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer nofollow" }, 0],
    },
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
    em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
    code: { parseDOM: [{ tag: "code" }, { tag: "kbd" }, { tag: "samp" }], excludes: "_", toDOM: () => ["code", 0] },
  },
});

const parser = DOMParser.fromSchema(schema);
const serializer = DOMSerializer.fromSchema(schema);

/** A document from an element that was parsed from HTML. */
export const docFrom = (element) => parser.parse(element);

/** A piece of a document, to be put where the cursor is. */
export const sliceFrom = (element) => parser.parseSlice(element);

const linesOf = (text) => text.split("\n").flatMap((line, at) => [...(at ? [schema.nodes.hard_break.create()] : []), ...(line ? [schema.text(line)] : [])]);

const paragraphsOf = (text) => text.replaceAll("\r", "").replace(/\n+$/, "").split("\n\n").map((part) => schema.nodes.paragraph.create(null, linesOf(part)));

/** A document from plain text: an empty line parts paragraphs. */
export const docFromText = (text) => schema.nodes.doc.create(null, paragraphsOf(text));

/** A piece from plain text. */
export const sliceFromText = (text) => new Slice(Fragment.from(paragraphsOf(text)), 1, 1);

/** The document as HTML for the server: enclosed pictures by their Content-ID. */
export const htmlOf = (doc) => {
  const place = document.implementation.createHTMLDocument("").createElement("div");
  place.append(serializer.serializeFragment(doc.content, { document: place.ownerDocument }));
  for (const picture of place.querySelectorAll("img[data-file]")) {
    picture.setAttribute("src", `cid:${picture.dataset.file}@inline.steward`);
    picture.removeAttribute("data-file");
  }
  return place.innerHTML;
};

/** The document as plain text, in which `docFromText` finds the same paragraphs. */
export const textOf = (doc) => doc.textBetween(0, doc.content.size, "\n\n", (leaf) => (leaf.type.name === "hard_break" ? "\n" : leaf.type.name === "mention" ? `@${leaf.attrs.name}` : ""));

/** Whether plain text says all of it. */
export const isPlain = (doc) => {
  let plain = true;
  doc.descendants((node) => {
    const isKnown = ["paragraph", "text", "hard_break"].includes(node.type.name);
    if (!isKnown || node.marks.length > 0) plain = false;
    return plain;
  });
  return plain;
};

/** Whom it mentions. */
export const mentionsOf = (doc) => {
  const found = new Set();
  doc.descendants((node) => {
    if (node.type.name === "mention") found.add(node.attrs.person);
  });
  return [...found];
};

/** The pictures that it shows, by the ids of their files. */
export const picturesOf = (doc) => {
  const found = new Set();
  doc.descendants((node) => {
    if (node.type.name === "image") found.add(node.attrs.file);
  });
  return found;
};
