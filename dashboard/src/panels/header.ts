import type { Verb } from '../control/control-client.ts';
import type { LiveState } from '../reading/live-account.ts';
import type { Session } from '../session/session.ts';
import type { Settings } from '../settings.ts';
import { clockText, span } from '../view/time-text.ts';
import { tradingView } from '../view/trading-view.ts';
import type { TradingView } from '../view/trading-view.ts';
import { el } from './element.ts';

export interface HeaderActions {
  readonly control: (verb: Verb) => void;
  readonly chooseNamespace: (namespace: string) => void;
  readonly turnTheme: () => void;
  readonly signOut: () => void;
}

const TONES: Readonly<Record<TradingView['state'], string>> = { ACTIVE: 'good', REDUCING: 'warn', HALTED: 'bad', UNKNOWN: 'warn' };

/** What each state may be changed to. */
const OFFERED: Readonly<Record<TradingView['state'], readonly Verb[]>> = {
  ACTIVE: ['reduce', 'halt'],
  REDUCING: ['resume', 'halt'],
  HALTED: ['resume', 'reduce'],
  UNKNOWN: ['reduce', 'halt', 'resume'],
};
const LABELS: Readonly<Record<Verb, string>> = { halt: 'Halt', reduce: 'Reduce', resume: 'Resume' };

/** Name, account, trading state with its buttons, and how fresh the page is. */
export class Header {
  readonly element: HTMLElement;
  readonly #state = el('span', { class: 'chip state', role: 'status' }, '…');
  readonly #fresh = el('span', { class: 'fresh' });
  readonly #buttons = el('span', { class: 'controls' });
  readonly #session: Session;
  readonly #actions: HeaderActions;
  #offered = '';

  constructor(settings: Settings, session: Session, namespace: string, actions: HeaderActions) {
    this.#session = session;
    this.#actions = actions;
    const theme = button('◐', 'theme', () => actions.turnTheme());
    theme.setAttribute('aria-label', 'Light or dark');
    const leave = settings.backend === 'local' ? null : button('Sign out', 'sign-out', () => actions.signOut());
    this.element = el('header', { class: 'top' },
      el('h1', {}, 'Portcullis'), accounts(settings, namespace, actions), this.#state, this.#buttons,
      el('span', { class: 'end' }, this.#fresh, el('span', { class: 'who' }, `${session.who}${session.role === 'operator' ? '' : ` (${session.role === 'viewer' ? 'viewer' : 'no rights'})`}`), theme, leave));
  }

  draw({ snapshot, now, silentMs }: LiveState): void {
    this.#fresh.textContent = silentMs === null ? 'reading …' : `read ${span(silentMs)} ago, ${clockText(now, now)} UTC`;
    if (snapshot === null) return;
    const { state, meaning, detail } = tradingView(snapshot.control, now);
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#state.className = `chip state ${TONES[state]}`;
    this.#state.title = `${meaning}. ${detail}`;
    this.#offer(this.#session.role === 'operator' ? OFFERED[state] : []);
  }

  #offer(verbs: readonly Verb[]): void {
    if (this.#offered === verbs.join()) return;
    this.#offered = verbs.join();
    this.#buttons.replaceChildren(...verbs.map((verb) => button(LABELS[verb], verb, () => this.#actions.control(verb))));
  }
}

function accounts({ namespaces }: Settings, chosen: string, { chooseNamespace }: HeaderActions): HTMLElement {
  if (namespaces.length < 2) return el('span', { class: 'account' }, chosen);
  const select = el('select', { id: 'account', 'aria-label': 'Account' }, namespaces.map((namespace) => el('option', { selected: namespace === chosen }, namespace)));
  select.addEventListener('change', () => chooseNamespace(select.value));
  return select;
}

function button(label: string, id: string, act: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button', id, class: `button ${id}` }, label);
  made.addEventListener('click', act);
  return made;
}
