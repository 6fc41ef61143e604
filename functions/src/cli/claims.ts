/** `portcullis claims`: who may operate and who may look. */
import type { Account, AccountAnswer, Accounts } from '../ports/accounts.ts';
import type { Answer } from './answer.ts';
import type { ClaimsCommand } from './command.ts';
import { OperatorError } from './operator-error.ts';
import { UnreadableError } from './readable-store.ts';
import { pairLines } from './table.ts';

/** Throws OperatorError for an account that is not there or may not have a role, UnreadableError when accounts cannot be asked. */
export async function claims(accounts: Accounts, { what, who, role }: ClaimsCommand): Promise<Answer> {
  const before = known(await accounts.find(who), who);
  if (what === 'show') return told(before, before.role, roleText(before));
  if (what === 'grant' && before.isDisabled) throw new OperatorError(`${who} is disabled; enable the account in the Firebase console first`);
  const after = known(await accounts.setRole(before.uid, role), who);
  return told(after, before.role, what === 'grant' ? `${roleText(after)} from the next sign-in on` : 'no role any more; every sign-in has been ended');
}

function known(answer: AccountAnswer<Account>, who: string): Account {
  switch (answer.kind) {
    case 'found':
      return answer.value;
    case 'absent':
      throw new OperatorError(`there is no account ${JSON.stringify(who)}; add it in the Firebase console under Authentication first`);
    case 'unavailable':
      throw new UnreadableError(`accounts cannot be asked: ${answer.cause}`);
  }
}

function told(account: Account, roleBefore: string | null, summary: string): Answer {
  const { uid, email, isEmailVerified, isDisabled, role } = account;
  const lines = pairLines([
    ['account', `${email ?? 'no e-mail address'}${email === null || isEmailVerified ? '' : ', not verified'}${isDisabled ? ', DISABLED' : ''}`],
    ['uid', uid],
    ['before', roleBefore ?? 'no role'],
    ['now', role ?? 'no role'],
  ]);
  return { json: { ...account, roleBefore }, lines: [summary, ...lines], exitCode: 0 };
}

function roleText({ role }: Account): string {
  if (role === 'operator') return 'operator: may look and act';
  if (role === 'viewer') return 'viewer: may look';
  return role === null ? 'no role: may do nothing' : `role ${JSON.stringify(role)}, which means nothing here`;
}
