// What is pasted or dropped: files go up and into the text, letters and documents keep their words and lose their dress.
import { Plugin } from "../../vendor/prosemirror/prosemirror.js";
import { parse } from "../page.js";
import { attach } from "./files.js";
import { linkTarget, schema } from "./schema.js";

/** Word writes lists as paragraphs of a class, with the sign in a span that other programs are to ignore. */
const listsOfWord = (document) => {
  for (const item of [...document.querySelectorAll("p[class*=MsoListParagraph], p[data-style*='mso-list']")]) {
    const sign = item.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
    const isNumber = /^\s*(\d+|[a-z])[.)]/i.test(sign?.textContent ?? item.textContent);
    sign?.remove();
    const wanted = isNumber ? "OL" : "UL";
    const before = item.previousElementSibling;
    const list = before?.tagName === wanted && before.dataset.word ? before : document.createElement(wanted);
    if (list !== before) {
      list.dataset.word = "yes";
      item.before(list);
    }
    const line = document.createElement("li");
    line.append(...item.childNodes);
    list.append(line);
    item.remove();
  }
};

/** The cells of a table as a line each row: a message has no tables, and nothing of them may be lost. */
const rowsAsLines = (document) => {
  for (const row of [...document.querySelectorAll("tr")]) {
    const line = document.createElement("p");
    line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).join(" | ");
    const table = row.closest("table");
    if (table.rows.length > 1 || row.cells.length > 1) row.replaceWith(line);
  }
  for (const table of [...document.querySelectorAll("table")]) {
    const lines = [...table.querySelectorAll("p")];
    if (lines.length > 0 && table.rows.length === 0) table.replaceWith(...lines);
  }
};

const MEANT = [
  ["strong", /font-weight:\s*(bold|[6-9]\d\d)/i],
  ["em", /font-style:\s*italic/i],
  ["s", /text-decoration[^;]*line-through/i],
];

/** What a style means for the words becomes an element; the styles themselves go, unread by any browser. */
const meaningOfStyles = (document) => {
  for (const element of [...document.querySelectorAll("[data-style]")]) {
    const style = element.dataset.style;
    if (element.tagName === "B" && /font-weight:\s*(normal|400)/i.test(style)) element.replaceWith(...element.childNodes);
    else if (!["STRONG", "B", "EM", "I", "S", "P", "LI", "TD", "DIV", "BODY"].includes(element.tagName)) {
      for (const [tag, pattern] of MEANT) {
        if (!pattern.test(style)) continue;
        const inner = document.createElement(tag);
        inner.append(...element.childNodes);
        element.append(inner);
      }
    }
  }
};

/** Styles and handlers under names that mean nothing: a browser that only reads them reports them against our policy already. */
const muted = (html) =>
  html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<\/?o:p>/g, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(\s*=)/gi, "$1data-$2$3"));

/** What the schema reads; everything else of an element is left behind. */
const READ = new Set(["href", "start", "class", "data-person", "data-file", "alt", "src", "data-pm-slice"]);

const withoutAttributes = (document) => {
  for (const element of document.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (!READ.has(name)) element.removeAttribute(name);
  }
};

/** Markup from elsewhere, made plain before the schema reads it. Everything happens in a document that loads and runs nothing. */
export const plainMarkup = (html) => {
  const document = parse(muted(html));
  for (const gone of document.querySelectorAll("style, script, title, meta, link, template, noscript, svg, math, iframe, object, embed, form, [hidden], [data-style*='display:none'], [data-style*='mso-hide']")) gone.remove();
  listsOfWord(document);
  rowsAsLines(document);
  meaningOfStyles(document);
  withoutAttributes(document);
  return document.body.innerHTML;
};

const filesIn = (transfer) => [...(transfer?.files ?? [])];

/** Pasting an address over chosen words makes them a link. */
const linkChosen = (view, text) => {
  const { from, to, empty } = view.state.selection;
  const href = empty || /\s/.test(text.trim()) || !/^(https?:|mailto:)/i.test(text.trim()) ? null : linkTarget(text);
  if (!href) return false;
  view.dispatch(view.state.tr.addMark(from, to, schema.marks.link.create({ href })));
  return true;
};

export const pasting = (form) =>
  new Plugin({
    props: {
      transformPastedHTML: plainMarkup,
      handlePaste: (view, event) => {
        const files = filesIn(event.clipboardData);
        // Programs that copy a table or a text also offer a picture of it: the text is meant.
        if (files.length > 0 && event.clipboardData.getData("text/html").replace(/<img[^>]*>|<[^>]+>/g, "").trim() === "") {
          attach(form, files, { view });
          return true;
        }
        return linkChosen(view, event.clipboardData?.getData("text/plain") ?? "");
      },
      handleDrop: (view, event) => {
        const files = filesIn(event.dataTransfer);
        if (files.length === 0) return false;
        event.preventDefault();
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        attach(form, files, { view, place });
        return true;
      },
    },
  });
