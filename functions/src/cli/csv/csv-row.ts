/** One column of a CSV file, and what it means. Times are ISO 8601 in UTC to the millisecond, amounts exact decimals. */
export interface CsvColumn<T> {
  readonly name: string;
  readonly meaning: string;
  /** Null for an empty field. */
  readonly of: (record: T) => string | null;
}

/** By RFC 4180, with the line end that every spreadsheet and script takes. */
export const csvRow = (fields: readonly (string | null)[]): string => `${fields.map((field) => csvField(field ?? '')).join(',')}\r\n`;

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvTime = (at: number): string => new Date(at).toISOString();
