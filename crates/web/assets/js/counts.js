// The figures at the side are live too. They are exact whenever one asks; asking for each of many changes would only be in the way.
import { fetchPage } from "./page.js";

const FRESH_MS = 700;

let asking = 0;

const refresh = async () => {
  asking = 0;
  const page = await fetchPage("/desk/fragments/navigation");
  for (const fresh of page?.querySelectorAll(".navigation-lists a") ?? []) {
    const figure = fresh.querySelector(".count");
    for (const now of document.querySelectorAll(`:is(.navigation, .place-lists) a[href="${fresh.getAttribute("href")}"]`)) {
      const shown = now.querySelector(".count");
      if (!shown && figure) now.append(figure.cloneNode(true));
      if (shown && figure && shown.textContent !== figure.textContent) shown.textContent = figure.textContent;
      if (now.getAttribute("aria-current") !== "page") continue;
      const head = document.querySelector("#list-title .count");
      if (head && figure) head.textContent = figure.textContent;
    }
  }
};

/** After a start the first page does not wait for figures that take long to count. */
export const awaitCounts = () => document.querySelector("[data-counting]") && refresh();

/** Something changed: the figures will have, too. */
export const refreshCounts = () => {
  asking ||= setTimeout(refresh, FRESH_MS);
};
