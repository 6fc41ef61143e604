const FURTHEST = 3;

/** The word a mistyped one was probably meant to be; null when none is within three edits. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, edits: editDistance(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ edits }) => edits <= FURTHEST)
    .toSorted((a, b) => a.edits - b.edits);
  return ranked[0]?.word ?? null;
}

/** Levenshtein distance: insertions, deletions and replacements between two texts. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let taken = 0; taken < from.length; taken += 1) {
    const next = [taken + 1];
    for (let made = 0; made < to.length; made += 1) {
      const replaced = (row[made] ?? 0) + (from[taken] === to[made] ? 0 : 1);
      next.push(Math.min(replaced, (row[made + 1] ?? 0) + 1, (next[made] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
