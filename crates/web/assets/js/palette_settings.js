// Settings whose name fits, for those who have the administration: found by its own search.
import { fetchPage } from "./page.js";

const MOST = 4;
const ADMINISTRATION = "/admin";

/** Places in the administration; none for those who have no door to it. */
export const settings = async (text) => {
  const door = document.querySelector(`.shell a[href="${ADMINISTRATION}"]`);
  if (!door || text.length < 2 || /^[>@#]/.test(text)) return [];
  const page = await fetchPage(`${ADMINISTRATION}?${new URLSearchParams({ q: text })}`);
  const hits = [...(page?.querySelectorAll("#settings-hits li") ?? [])].slice(0, MOST);
  return hits.map((hit) => ({
    label: hit.querySelector("b")?.textContent ?? "",
    hint: "",
    href: hit.querySelector("a")?.getAttribute("href"),
    icon: door.querySelector("svg"),
  }));
};
