/** Halt, reduce and resume: says what will happen, asks for a reason, and goes on showing until control has answered. */
import type { ControlAnswer, ControlRequest, Verb } from '../control/control-client.ts';
import { el } from './element.ts';

const VERBS: Readonly<Record<Verb, { readonly title: string; readonly effect: string; readonly go: string; readonly tone: string }>> = {
  halt: { title: 'Halt trading?', effect: 'Nothing more is sent to the venue, exits included. Stops that rest at the venue stay there.', go: 'Halt trading', tone: 'bad' },
  reduce: { title: 'Reduce only?', effect: 'No new entries, also none already on their way to be sent. Exits and stops go on.', go: 'Reduce only', tone: 'warn' },
  resume: { title: 'Resume trading?', effect: 'Entries are allowed again from the next order on.', go: 'Resume trading', tone: 'good' },
};
/** How long, in minutes; the empty one lasts until an operator ends it. */
const SPANS = [['', 'until an operator resumes'], ['15', '15 minutes'], ['60', '1 hour'], ['240', '4 hours'], ['1440', '24 hours']] as const;
const SHORTEST_REASON = 3;
const LONGEST_REASON = 200;

export function openControlDialog(verb: Verb, ask: (request: ControlRequest) => Promise<ControlAnswer>): HTMLDialogElement {
  const { title, effect, go, tone } = VERBS[verb];
  const requestId = crypto.randomUUID();
  const reason = el('input', { id: 'control-reason', name: 'reason', required: true, minlength: SHORTEST_REASON, maxlength: LONGEST_REASON, autocomplete: 'off', placeholder: 'for the audit' });
  const until = el('select', { id: 'control-minutes' }, SPANS.map(([value, label]) => el('option', { value }, label)));
  const confirm = el('button', { type: 'submit', class: `act ${tone}` }, go);
  const cancel = el('button', { type: 'button' }, 'Cancel');
  const answer = el('p', { class: 'answer', role: 'status' });
  const form = el('form', { method: 'dialog' },
    el('h2', { id: 'control-title' }, title), el('p', {}, effect),
    el('label', { for: 'control-reason' }, 'Reason'), reason,
    verb === 'resume' ? null : [el('label', { for: 'control-minutes' }, 'For how long'), until], answer, el('div', { class: 'buttons' }, cancel, confirm));
  const dialog = el('dialog', { 'aria-labelledby': 'control-title' }, form);
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  const put = async (): Promise<void> => {
    const minutes = until.value === '' ? null : Number(until.value);
    const result = await ask({ verb, requestId, reason: reason.value.trim(), ...(verb === 'resume' ? {} : { minutes }) });
    if (result.kind === 'done') return dialog.close();
    answer.textContent = `${result.kind === 'refused' ? 'Refused' : 'Unclear'}: ${result.message}`;
    confirm.disabled = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    confirm.disabled = true;
    answer.textContent = 'Asking …';
    void put();
  });
  document.body.append(dialog);
  dialog.showModal();
  reason.focus();
  return dialog;
}
