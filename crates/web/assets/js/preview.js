// A look into a file lies over the page; the arrows go on to the next file. Without script it is a page of its own.
import { fetchPage } from "./page.js";

const links = () => [...document.querySelectorAll("#timeline a[data-preview]")];

let now = null;

const dialog = () => {
  let place = document.querySelector("#preview");
  if (place) return place;
  place = document.createElement("dialog");
  place.id = "preview";
  place.className = "preview-dialog";
  place.setAttribute("aria-labelledby", "preview-name");
  place.addEventListener("click", (event) => event.target === place && place.close());
  place.addEventListener("close", () => {
    place.replaceChildren();
    now?.focus();
  });
  place.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.target.closest("audio, video, pre, .preview-table")) return;
    event.preventDefault();
    const all = links();
    show(all[(all.indexOf(now) + by + all.length) % all.length]);
  });
  document.body.append(place);
  return place;
};

const show = async (link) => {
  now = link;
  const page = await fetchPage(link.href);
  const fresh = page?.querySelector(".preview");
  if (now !== link) return;
  if (!fresh) {
    location.assign(link.href);
    return;
  }
  const place = dialog();
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "button quiet square preview-close", textContent: "×" });
  close.setAttribute("aria-label", document.body.dataset.sayClose ?? "×");
  close.addEventListener("click", () => place.close());
  place.replaceChildren(document.adoptNode(fresh), close);
  if (!place.open) place.showModal();
};

export const begin = show;
