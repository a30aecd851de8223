// Waiting for something that tells nobody when it comes.

/** What a look at something finally shows; looks again until it shows anything. */
export async function until(look, what, milliseconds = 30_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** Something that waits until the story lets it go: `await gate.passed` there, `gate.open()` here. */
export function gate() {
  let open;
  const passed = new Promise((resolve) => { open = resolve; });
  return { open, passed };
}
