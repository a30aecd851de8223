// What is pasted or dropped: files go up and into the text, letters and documents keep their words and lose their dress.
import { Plugin } from "../../vendor/prosemirror/prosemirror.js";
import { parse } from "../page.js";
import { attach } from "./files.js";
import { linkTarget, schema } from "./schema.js";

/** Word writes lists as paragraphs of a class, with the sign in a span that other programs are to ignore. */
const listsOfWord = (document) => {
  for (const item of [...document.querySelectorAll("p[class*=MsoListParagraph], p[style*='mso-list']")]) {
    const sign = item.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
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
    line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).join("\t");
    const table = row.closest("table");
    if (table.rows.length > 1 || row.cells.length > 1) row.replaceWith(line);
  }
  for (const table of [...document.querySelectorAll("table")]) {
    const lines = [...table.querySelectorAll("p")];
    if (lines.length > 0 && table.rows.length === 0) table.replaceWith(...lines);
  }
};

/** Markup from elsewhere, made plain before the schema reads it. Everything happens in a document that loads and runs nothing. */
export const plainMarkup = (html) => {
  const document = parse(html.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?o:p>/g, ""));
  for (const gone of document.querySelectorAll("style, script, title, meta, link, template, noscript, [hidden], [style*='display:none'], [style*='mso-hide']")) gone.remove();
  listsOfWord(document);
  rowsAsLines(document);
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
