// The tools above the text: one stop for Tab, arrows within (WAI-ARIA toolbar), each named, each showing whether it holds at the cursor.
import { linkAt, setLink, TOOLS } from "./commands.js";

const buttons = (bar) => [...bar.querySelectorAll("button[data-tool]")].filter((button) => button.offsetParent !== null);

const walk = (bar, event) => {
  const all = buttons(bar);
  const here = all.indexOf(document.activeElement);
  const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined || here < 0) return;
  event.preventDefault();
  const target = all[(next + all.length) % all.length];
  for (const button of all) button.tabIndex = button === target ? 0 : -1;
  target.focus();
};

/** Asks for the address of a link in a line of the toolbar; Enter sets it, Escape leaves it. */
export const askLink = (form, view) => {
  const line = form.querySelector(".editor-link");
  const input = line?.querySelector("input");
  if (!line) return;
  line.hidden = false;
  input.value = linkAt(view.state)?.href ?? "";
  input.setCustomValidity("");
  input.select();
  input.focus();
};

const watchLink = (form, view) => {
  const line = form.querySelector(".editor-link");
  const input = line?.querySelector("input");
  if (!line) return;
  const close = () => {
    line.hidden = true;
    view.focus();
  };
  const set = () => {
    if (setLink(view, input.value)) close();
    else {
      input.setCustomValidity(line.dataset.wrong);
      input.reportValidity();
    }
  };
  input.addEventListener("input", (event) => {
    // The address is no part of the message.
    event.stopPropagation();
    input.setCustomValidity("");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") set();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  line.querySelector("button").addEventListener("click", set);
};

/** Shows on the buttons what holds at the cursor. */
export const refresh = (form, state) => {
  for (const button of form.querySelectorAll(".editor-tools [data-tool]")) {
    const tool = TOOLS[button.dataset.tool];
    if (!tool) continue;
    if (["undo", "redo"].includes(button.dataset.tool)) {
      button.setAttribute("aria-disabled", String(!tool.run(state)));
    } else {
      button.setAttribute("aria-pressed", String(tool.holds(state)));
    }
  }
  const link = form.querySelector(".editor-tools [data-tool=link]");
  link?.setAttribute("aria-pressed", String(linkAt(state) !== null));
};

export const watchTools = (form, view) => {
  const bar = form.querySelector(".editor-tools");
  if (!bar) return;
  for (const [at, button] of buttons(bar).entries()) button.tabIndex = at === 0 ? 0 : -1;
  bar.addEventListener("keydown", (event) => walk(bar, event));
  // The cursor stays in the text while a button is pressed by mouse.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const name = event.target.closest("button[data-tool]")?.dataset.tool;
    if (name === "link") askLink(form, view);
    else if (name === "mention" || name === "canned") {
      const sign = name === "mention" ? "@" : "/";
      const { $from } = view.state.selection;
      const before = $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc");
      view.focus();
      view.dispatch(view.state.tr.insertText(before === "" || /\s$/.test(before) ? sign : ` ${sign}`));
    } else if (TOOLS[name]) {
      TOOLS[name].run(view.state, view.dispatch, view);
      // By keyboard one may want the next tool; the mouse never took the focus.
      if (!bar.contains(document.activeElement)) view.focus();
    }
  });
  watchLink(form, view);
};
