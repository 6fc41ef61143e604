/** A section of the page that is drawn anew only when what it shows has changed, and then keeps focus and open details. */
import { el } from './element.ts';
import type { Child } from './element.ts';

export class Panel {
  readonly element: HTMLElement;
  readonly #body: HTMLElement;
  readonly #aside: HTMLElement;
  #drawn = '';

  constructor(id: string, title: string) {
    this.#aside = el('span', { class: 'aside' });
    this.#body = el('div', { class: 'body' });
    this.element = el('section', { class: 'panel', id, 'aria-labelledby': `${id}-title` }, el('header', {}, el('h2', { id: `${id}-title` }, title), this.#aside), this.#body);
  }

  /** `key` is all that the content is made of. */
  draw(key: unknown, aside: string, content: () => Child): void {
    this.#aside.textContent = aside;
    const text = JSON.stringify(key);
    if (text === this.#drawn) return;
    this.#drawn = text;
    const open = new Set([...this.#body.querySelectorAll('details[open]')].map(({ id }) => id));
    const focused = this.#body.contains(document.activeElement) ? (document.activeElement?.id ?? '') : '';
    this.#body.replaceChildren(el('div', {}, content()));
    for (const details of this.#body.querySelectorAll('details')) if (open.has(details.id)) details.open = true;
    if (focused !== '') document.getElementById(focused)?.focus();
  }
}
