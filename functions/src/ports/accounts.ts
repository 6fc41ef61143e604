/** Accounts of people, and the one claim that says what they may do. Every failure is a value: nothing here is a bug. */

export interface Account {
  /** Stable id. */
  readonly uid: string;
  /** Null for accounts without one. */
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly isDisabled: boolean;
  /** The claim `role`; null without one. */
  readonly role: string | null;
}

export type AccountAnswer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly cause: string };

export interface Accounts {
  /** By address or by uid. */
  find(who: string): Promise<AccountAnswer<Account>>;
  /** Other claims stay. With null the sign-ins that there are end too, so that none goes on under the old role. */
  setRole(uid: string, role: string | null): Promise<AccountAnswer<Account>>;
}
