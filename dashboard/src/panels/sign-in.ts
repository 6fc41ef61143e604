import { resumeSession, signIn } from '../session/password-session.ts';
import type { AuthDeps } from '../session/password-session.ts';
import { SignInError } from '../session/session.ts';
import type { Session } from '../session/session.ts';
import { el } from './element.ts';

/** The session that was kept, or the one of whoever signs in now in `place`. */
export async function askToSignIn(deps: AuthDeps, place: HTMLElement): Promise<Session> {
  return (await resumeSession(deps)) ?? signInForm(deps, place);
}

function signInForm(deps: AuthDeps, place: HTMLElement): Promise<Session> {
  const email = el('input', { id: 'email', type: 'email', autocomplete: 'username', required: true });
  const password = el('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const keep = el('input', { id: 'keep', type: 'checkbox' });
  const submit = el('button', { type: 'submit', class: 'act' }, 'Sign in');
  const answer = el('p', { class: 'answer', role: 'alert' });
  const form = el('form', { class: 'sign-in panel' },
    el('h2', {}, 'Sign in'), el('p', {}, 'For operators and viewers of this project.'),
    el('label', { for: 'email' }, 'E-mail'), email, el('label', { for: 'password' }, 'Password'), password,
    el('label', { class: 'check' }, keep, ' Keep me signed in on this device'), answer, submit);
  place.replaceChildren(form);
  email.focus();
  return new Promise((resolve) => {
    const tried = async (): Promise<void> => {
      const result = await attempt(deps, { email: email.value, password: password.value, keepOnDevice: keep.checked });
      submit.disabled = false;
      if (typeof result !== 'string') return resolve(result);
      answer.textContent = result;
      password.focus();
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submit.disabled = true;
      answer.textContent = '';
      void tried();
    });
  });
}

/** The session, or why there is none. */
async function attempt(deps: AuthDeps, credentials: Parameters<typeof signIn>[1]): Promise<Session | string> {
  try {
    return await signIn(deps, credentials);
  } catch (error) {
    if (error instanceof SignInError) return error.message;
    if (error instanceof TypeError || error instanceof DOMException) return 'Sign-in cannot be reached from here. Check the connection.';
    throw error;
  }
}
