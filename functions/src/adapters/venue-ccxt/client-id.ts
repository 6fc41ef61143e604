const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** What is wrong with an id of our making for an order or a stop, null when the venue will take it. */
export function clientIdProblem(field: string, id: string): string | null {
  return CLIENT_ID.test(id) ? null : `${field} is ${JSON.stringify(id)}: 1 to 36 of . A-Z : / a-z 0-9 _ - are allowed`;
}
