/** Where the records are, as it was typed. */
export type Target =
  /** A local run; null for the last one. */
  | { readonly kind: 'local'; readonly folder: string | null }
  | { readonly kind: 'emulator' }
  | { readonly kind: 'project'; readonly id: string }
  /** As the environment says. */
  | { readonly kind: 'environment' };
