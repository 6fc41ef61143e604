/** Text in columns, two blanks apart. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export const left = (title: string): Column => ({ title, align: 'left' });
/** For numbers. */
export const right = (title: string): Column => ({ title, align: 'right' });

export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  return cells.map((row) =>
    columns
      .map(({ align }, index) => (align === 'left' ? (row[index] ?? '').padEnd(widths[index] ?? 0) : (row[index] ?? '').padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Names and values, one pair a line. */
export function pairLines(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd());
}

/** A titled block, set off by an empty line; `none` stands for an empty one. */
export function section(title: string, lines: readonly string[], none: string): readonly string[] {
  return lines.length === 0 ? ['', `${title}: ${none}`] : ['', title, ...indented(lines)];
}

export const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
