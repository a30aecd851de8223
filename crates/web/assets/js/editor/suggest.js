// The list that opens while one types: saved replies after "/", colleagues after "@". The server finds and renders; the keys stay in the text.
import { fetchPage } from "../page.js";

const SETTLE_MS = 120;
let count = 0;

/** A list of choices beside a text field or an editor. `choose` gets the chosen option. */
export class Suggestions {
  constructor(owner, choose) {
    this.owner = owner;
    this.choose = choose;
    this.place = null;
    this.asked = "";
    this.at = 0;
    this.settling = 0;
  }

  get isOpen() {
    return this.place !== null && this.options().length > 0;
  }

  options() {
    return [...(this.place?.querySelectorAll("[role=option]") ?? [])];
  }

  /** Asks for an address and shows what comes; `rectangle` says beside what. */
  ask(address, rectangle) {
    this.rectangle = rectangle;
    if (address === this.asked) return;
    this.asked = address;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.load(address), this.place ? SETTLE_MS : 0);
  }

  async load(address) {
    const page = await fetchPage(address);
    if (this.asked !== address) return;
    const fresh = page?.querySelector(".suggest");
    if (!fresh || !fresh.querySelector("[role=option]")) {
      this.hide();
      return;
    }
    const place = document.adoptNode(fresh);
    count += 1;
    place.querySelector("[role=listbox]").id = `suggest-${count}`;
    this.place?.remove();
    this.place = place;
    place.popover = "manual";
    place.addEventListener("mousedown", (event) => event.preventDefault());
    place.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
    // Within what is read as the page's content.
    (document.querySelector("main") ?? document.body).append(place);
    this.options().forEach((option, at) => (option.id = `suggest-${count}-${at}`));
    place.showPopover();
    this.owner.setAttribute("aria-controls", `suggest-${count}`);
    this.mark(0);
    this.position();
  }

  position() {
    const { left, top, bottom } = this.rectangle();
    const { width, height } = this.place.getBoundingClientRect();
    const above = top - height - 4;
    this.place.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.place.style.insetBlockStart = `${above > 8 ? above : Math.min(bottom + 4, innerHeight - height - 8)}px`;
  }

  mark(at) {
    const options = this.options();
    this.at = (at + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    const now = options[this.at];
    now?.scrollIntoView({ block: "nearest" });
    if (now) this.owner.setAttribute("aria-activedescendant", now.id);
    for (const preview of this.place.querySelectorAll("[data-preview]")) preview.hidden = preview.dataset.preview !== now?.dataset.id;
  }

  /** Takes what is marked, or another option. */
  take(option = this.options()[this.at]) {
    const place = this.place;
    this.close();
    if (option) this.choose(option, place);
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    if (event.key === "ArrowDown") this.mark(this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at - 1);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey)) this.take();
    else if (event.key === "Escape") this.dismiss();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  hide() {
    this.place?.remove();
    this.place = null;
    this.owner.removeAttribute("aria-activedescendant");
    this.owner.removeAttribute("aria-controls");
  }

  /** Until something else is asked for, it stays closed. */
  dismiss() {
    this.hide();
  }

  close() {
    clearTimeout(this.settling);
    this.asked = "";
    this.hide();
  }
}
