/** Elements from code. Text is only ever set as text: what a record says cannot become markup. */
export type Child = Node | string | null | readonly Child[];

/** Attributes by their HTML names; `null` and `false` leave one out, `true` sets it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

const SVG = 'http://www.w3.org/2000/svg';

export function el<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

export function svg<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null) continue;
    if (typeof child === 'string' || child instanceof Node) parent.append(child);
    else append(parent, child);
  }
}

/** What has no figures yet says why. */
export const empty = (text: string): HTMLElement => el('p', { class: 'empty' }, text);

/** A word with a tone; the word says the same as the colour. */
export const chip = (tone: string, text: string, title: string | null = null): HTMLElement => el('span', { class: `chip ${tone}`, title }, text);

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Child;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
}

/** On a phone each row becomes a block whose cells carry the heads as labels. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement {
  const kind = ({ numeric }: Column<Row>): string | null => (numeric === true ? 'num' : null);
  return el(
    'div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {},
      el('caption', { class: 'hidden' }, caption),
      el('thead', {}, el('tr', {}, columns.map((column) => el('th', { scope: 'col', class: kind(column) }, column.head)))),
      el('tbody', {}, rows.map((row) => el('tr', {}, columns.map((column) => el('td', { class: kind(column), 'data-head': column.head }, column.cell(row)))))),
    ),
  );
}
