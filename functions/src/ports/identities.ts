/** Who stands behind a bearer token. */

export type Identity =
  | {
      readonly kind: 'known';
      /** Stable id of the account. */
      readonly uid: string;
      /** The name people know it by, such as its address. */
      readonly name: string;
      /** The custom claim `role`; null without one. */
      readonly role: string | null;
    }
  | { readonly kind: 'refused'; readonly reason: 'invalid' | 'expired' | 'revoked' }
  | { readonly kind: 'unavailable'; readonly cause: string };

export interface Identities {
  /** With `asksAccount` the account itself is asked too, so that a token of a disabled or signed-out account is refused before it expires. */
  verify(token: string, asksAccount: boolean): Promise<Identity>;
}
