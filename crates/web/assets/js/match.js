// Finds what was typed within a label, without regard to case and diacritics, and marks it.

const plain = (letter) => letter.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace("đ", "d");

/** The words that were typed. */
export const words = (text) => text.trim().split(/\s+/).filter(Boolean).map((word) => [...word].map(plain).join(""));

/** The label letter by letter, each with its place. */
const letters = (label) => [...label].flatMap((letter, place) => [...plain(letter)].map((one) => ({ one, place })));

const spot = (label, word) => {
  const all = letters(label);
  const text = all.map(({ one }) => one).join("");
  const starts = [...text.matchAll(new RegExp(RegExp.escape?.(word) ?? word.replace(/[^\p{L}\p{N}]/gu, "\\$&"), "gu"))].map((hit) => hit.index);
  const best = starts.find((at) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) ?? starts[0];
  if (best === undefined) return null;
  return [all[best].place, all[best + word.length - 1].place + 1];
};

/** Whether each word is somewhere in the label. */
export const isSpotted = (label, needle) => needle.every((word) => spot(label, word));

/** The label with what was typed marked in it. */
export const marked = (label, needle) => {
  const place = document.createElement("span");
  const all = [...label];
  const spots = needle.map((word) => spot(label, word)).filter(Boolean).sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [start, end] of spots) {
    if (start < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = all.slice(start, end).join("");
    place.append(all.slice(at, start).join(""), mark);
    at = end;
  }
  place.append(all.slice(at).join(""));
  return place;
};
