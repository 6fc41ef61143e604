/** Starts the page: settings, sign-in, then a look at the account every few seconds for as long as somebody can see it. */
import { askControl } from './control/control-client.ts';
import { openControlDialog } from './panels/control-dialog.ts';
import { el } from './panels/element.ts';
import { Page } from './panels/page.ts';
import { askToSignIn } from './panels/sign-in.ts';
import { AccountReader } from './reading/account-reader.ts';
import { LiveAccount } from './reading/live-account.ts';
import { NavHistory } from './reading/nav-history.ts';
import type { NavPoint } from './reading/nav-history.ts';
import { asFields, asText } from './records/fields.ts';
import { firestoreReader } from './records/firestore-reader.ts';
import type { FirestoreReader } from './records/firestore-reader.ts';
import { localSession } from './session/session.ts';
import type { Session } from './session/session.ts';
import type { Settings } from './settings.ts';

const FIRESTORE_ORIGIN = 'https://firestore.googleapis.com';
const SECOND_MS = 1000;
const THEME_KEY = 'portcullis.theme';
const NAMESPACE_KEY = 'portcullis.namespace';

interface Place {
  readonly settings: Settings;
  readonly session: Session;
  readonly projectId: string;
  readonly origin: string;
}

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (root === null) throw new Error('index.html has no element with the id app');
  try {
    applyTheme();
    show(await open(root), root);
  } catch (error) {
    root.replaceChildren(el('p', { class: 'notice bad', role: 'alert' }, el('b', {}, 'The page cannot start.'), ` ${error instanceof Error ? error.message : String(error)} Load it again.`));
  }
}

async function open(root: HTMLElement): Promise<Place> {
  // The build writes the file by the same type.
  const settings: Settings = await json('/settings.json');
  if (settings.backend === 'local') return { settings, session: localSession, projectId: settings.projectId ?? '', origin: '' };
  const { projectId, apiKey } = asFields<{ projectId: string; apiKey: string }>(await json('/__/firebase/init.json')) ?? {};
  const [project, key] = [asText(projectId), asText(apiKey)];
  if (project === null || key === null) throw new Error('Firebase Hosting does not tell its project: add a web app to the Firebase project.');
  const deps = { apiKey: key, fetch: fetch.bind(window), now: () => Date.now(), stores: { tab: sessionStorage, device: localStorage } };
  return { settings, session: await askToSignIn(deps, root), projectId: project, origin: FIRESTORE_ORIGIN };
}

async function json<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return response.json();
}

function show({ settings, session, projectId, origin }: Place, root: HTMLElement): void {
  const kept = localStorage.getItem(NAMESPACE_KEY);
  const namespace = settings.namespaces.find((name) => name === kept) ?? settings.namespaces[0] ?? 'paper';
  const reader = firestoreReader({ origin, projectId, namespace, token: () => session.token(), fetch: fetch.bind(window) });
  const curve = new Curve(reader, () => draw());
  const live = new LiveAccount({ account: new AccountReader(reader), elapsed: () => performance.now(), changed: () => {
    void curve.follow(live.state.snapshot?.readAt ?? null).then(draw);
    draw();
  } });
  const page = new Page(root, settings, session, namespace, {
    control: (verb) => void openControlDialog(verb, async (request) => {
      const answer = await askControl(request, () => session.token(), fetch.bind(window));
      await live.look(true);
      return answer;
    }),
    chooseNamespace: (name) => reload(() => localStorage.setItem(NAMESPACE_KEY, name)),
    chooseHours: (hours) => curve.choose(hours, live.state.snapshot?.readAt ?? null),
    turnTheme,
    signOut: () => reload(() => session.signOut()),
  });
  const draw = (): void => page.draw({ live: live.state, points: curve.points, hours: curve.hours });
  keepLooking(live, settings, draw);
}

/** The points of the chosen range. A read that fails leaves those there are; the head's failure is told by the page. */
class Curve {
  readonly #history: NavHistory;
  readonly #changed: () => void;
  hours = 24;
  points: readonly NavPoint[] | null = null;

  constructor(reader: FirestoreReader, changed: () => void) {
    this.#history = new NavHistory(reader);
    this.#changed = changed;
  }

  choose(hours: number, now: number | null): void {
    this.hours = hours;
    this.points = null;
    this.#changed();
    void this.follow(now).then(this.#changed);
  }

  async follow(now: number | null): Promise<void> {
    if (now === null) return;
    const { hours } = this;
    const points = await this.#history.points(now, hours).catch((error: unknown) => {
      if (error instanceof Error) return this.points;
      throw error;
    });
    if (hours === this.hours) this.points = points;
  }
}

/** Nothing is read while the page is hidden; it looks at once when it is seen again. */
function keepLooking(live: LiveAccount, { pollSeconds }: Settings, draw: () => void): void {
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || document.visibilityState === 'hidden') return;
    looking = true;
    await live.look(false);
    looking = false;
  };
  void look();
  setInterval(() => void look(), pollSeconds * SECOND_MS);
  setInterval(draw, SECOND_MS);
  document.addEventListener('visibilitychange', () => void look());
  window.addEventListener('online', () => void look());
  new ResizeObserver(draw).observe(document.body);
}

function reload(after: () => void): void {
  after();
  location.reload();
}

function applyTheme(): void {
  const theme = localStorage.getItem(THEME_KEY);
  if (theme !== null) document.documentElement.dataset['theme'] = theme;
}

/** From what the system says to its opposite, and back. */
function turnTheme(): void {
  const shown = document.documentElement.dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  localStorage.setItem(THEME_KEY, shown === 'dark' ? 'light' : 'dark');
  applyTheme();
}

void start();
