/** The words of a rules file. Comments and space are gone; whatever is left over is an error, never skipped. */

const WORD = /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|(?<token>'[^'\n]*'|"[^"\n]*"|\d+|[A-Za-z_$][\w$]*|==|!=|<=|>=|&&|\|\||\*\*|[{}()[\]:;,.!<>=/*+-])/y;

export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const at = WORD.lastIndex;
    const found = WORD.exec(text);
    if (found === null) throw new SyntaxError(`the rules cannot be read from ${JSON.stringify(text.slice(at, at + 30))}`);
    if (found.groups?.['token'] !== undefined) tokens.push(found.groups['token']);
  }
  return tokens;
}

export class TokenReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at === this.#tokens.length;
  }

  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '';
  }

  next(): string {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes the token if it is the next one. */
  takes(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.takes(token)) throw new SyntaxError(`the rules have ${JSON.stringify(this.peek())} where ${JSON.stringify(token)} was expected`);
  }
}
