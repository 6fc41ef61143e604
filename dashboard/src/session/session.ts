/** Who looks at the page, and the token that Firestore and control believe. How one signs in is behind it. */
export type Role = 'operator' | 'viewer' | 'none';

export interface Session {
  /** As people know them, for example an e-mail address. */
  readonly who: string;
  /** For what the page offers; what is allowed is decided by firestore.rules and by control. */
  readonly role: Role;
  /** Fresh for some minutes. Null where no sign-in is needed. Rejects with SignInError when the sign-in has ended. */
  token(): Promise<string | null>;
  signOut(): void;
}

/** `message` says what to do. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** On this machine everybody who reaches the page is the operator: server and page listen on the loopback interface only. */
export const localSession: Session = {
  who: 'this machine',
  role: 'operator',
  token: () => Promise.resolve(null),
  signOut: () => undefined,
};
