// What a macro would do is shown in front of the ticket; without this, on a page of its own.
import { fetchPage } from "./page.js";

const show = async (link) => {
  const page = await fetchPage(link.href);
  const plan = page?.querySelector("#macro-plan");
  if (!plan) return location.assign(link.href);
  const box = document.createElement("dialog");
  box.className = "macro-box";
  box.setAttribute("aria-labelledby", "macro-plan-title");
  box.append(document.adoptNode(plan));
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  // The form goes out as every form of a ticket does; what it comes to is told there.
  box.addEventListener("submit", () => box.close());
  box.addEventListener("click", (event) => {
    if (event.target !== box && !event.target.closest("[data-back]")) return;
    event.preventDefault();
    box.close();
  });
  box.showModal();
};

export const begin = (link) => {
  const menu = link.closest("details");
  menu.open = false;
  // Closing what comes gives the focus back to where it was.
  menu.querySelector("summary").focus();
  return show(link);
};
