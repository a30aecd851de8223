// Files that go with a message: up at once with their progress shown, out again with one press. Pictures may stand in the text.
import { say } from "../notices.js";
import { parse } from "../page.js";
import { onRestore, surfaceOf, told, typed } from "../writing.js";
import { schema } from "./schema.js";

const SHOWN_IN_TEXT = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const placeOf = (form) => form.querySelector(".composer-files");

const sizeText = (bytes) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: bytes < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: bytes < 1e6 ? 0 : 1 }).format(Math.max(1, bytes / 1e3) / (bytes < 1e6 ? 1 : 1e3));

const drop = (form, item, { refocus = true } = {}) => {
  item.request?.abort();
  const next = item.nextElementSibling ?? item.previousElementSibling;
  const file = item.dataset.file;
  item.remove();
  surfaceOf(form)?.removePicture?.(file);
  typed(form);
  if (refocus) (next?.querySelector("button") ?? form.querySelector("[data-tool=attach]"))?.focus();
};

const itemFor = (form, { name, size }) => {
  const item = document.createElement("li");
  item.className = "composer-file";
  const text = document.createElement("span");
  text.textContent = name;
  const about = document.createElement("small");
  about.textContent = sizeText(size);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button quiet square";
  remove.setAttribute("aria-label", told(form).sayRemove.replace("{name}", name));
  remove.textContent = "×";
  remove.addEventListener("click", () => drop(form, item));
  item.append(text, about, remove);
  placeOf(form).append(item);
  return item;
};

const finish = (form, item, file, inline) => {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "attachment", value: file.id });
  Object.assign(input.dataset, { name: file.filename, type: file.content_type, size: String(file.size), file: file.number, inline: inline ? "yes" : "no" });
  item.dataset.file = file.number;
  item.hidden = inline;
  item.querySelector("progress")?.remove();
  item.append(input);
};

const insertPicture = (view, file, place) => {
  const picture = schema.nodes.image.create({ file: file.number, alt: file.filename });
  const { tr, doc, selection } = view.state;
  const at = place === undefined ? selection.from : Math.min(place, doc.content.size);
  view.dispatch((place === undefined ? tr.replaceSelectionWith(picture) : tr.insert(at, picture)).scrollIntoView());
};

const send = (form, item, file, done) => {
  const body = new FormData();
  body.set("csrf", form.elements.namedItem("csrf").value);
  body.set("file", file, file.name || "image.png");
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", file.name);
  item.append(progress);
  const request = new XMLHttpRequest();
  item.request = request;
  request.open("POST", told(form).upload);
  request.setRequestHeader("accept", "text/html");
  request.upload.addEventListener("progress", (event) => (progress.value = event.loaded / Math.max(event.total, 1)));
  const failed = () => {
    item.remove();
    const refusal = request.responseText ? parse(request.responseText).querySelector("[data-refusal]")?.textContent : "";
    say(refusal || told(form).sayFailed.replace("{name}", file.name), { refused: true });
    typed(form);
  };
  request.addEventListener("error", failed);
  request.addEventListener("load", () => (request.status === 201 ? done(JSON.parse(request.responseText)) : failed()));
  request.send(body);
};

/** Takes files in; pictures go into the text when there is an editor to show them. */
export const attach = (form, files, { view = null, place } = {}) => {
  // Where no file can go along, none is taken.
  if (!told(form).upload) return;
  const bytesMax = Number(told(form).uploadBytesMax);
  const most = Number(told(form).uploadsMax);
  for (const file of files) {
    if (placeOf(form).children.length >= most) {
      say(told(form).sayMany, { refused: true });
      return;
    }
    if (file.size > bytesMax) {
      say(told(form).sayLarge.replace("{name}", file.name), { refused: true });
      continue;
    }
    const item = itemFor(form, { name: file.name || "image.png", size: file.size });
    send(form, item, file, (answer) => {
      const inline = view !== null && SHOWN_IN_TEXT.includes(answer.content_type);
      finish(form, item, answer, inline);
      if (inline) insertPicture(view, answer, place);
      typed(form);
    });
  }
};

/** A message whose files are still on their way waits for them. */
export const isUploading = (form) => placeOf(form)?.querySelector("progress") !== null && placeOf(form) !== null;

/** Pictures that were taken out of the text go with nothing; those put back by undo go again. */
export const matchPictures = (form, shown) => {
  for (const input of form.querySelectorAll(".composer-file input[data-inline=yes]")) input.disabled = !shown.has(input.dataset.file);
};

onRestore((form, state) => {
  if (!state.attachments || !placeOf(form)) return;
  for (const item of [...placeOf(form).children]) item.remove();
  for (const file of state.attachments) {
    finish(form, itemFor(form, file), { id: file.id, filename: file.name, content_type: file.type, size: file.size, number: file.file }, file.inline);
  }
});

export const watchFiles = (form) => {
  const input = form.querySelector("input[type=file]");
  input?.addEventListener("change", () => {
    attach(form, [...input.files]);
    input.value = "";
  });
  form.querySelector("[data-tool=attach]")?.addEventListener("click", () => input?.click());
  form.addEventListener("dragover", (event) => {
    if ([...(event.dataTransfer?.types ?? [])].includes("Files")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    attach(form, [...event.dataTransfer.files]);
  });
  form.addEventListener("submit", (event) => {
    if (!isUploading(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(told(form).sayBusy);
  }, { capture: true });
};
