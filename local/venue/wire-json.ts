// JSON as the venue writes it: 19-digit ids are plain numbers, which JSON.stringify cannot write. They are bigints here.

export type WireValue = string | number | boolean | bigint | null | readonly WireValue[] | { readonly [name: string]: WireValue };

export function encodeWireJson(value: WireValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (isList(value)) return `[${value.map(encodeWireJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${encodeWireJson(member)}`);
  return `{${members.join(',')}}`;
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}
