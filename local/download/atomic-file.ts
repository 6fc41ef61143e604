/** Files that are there whole or not at all: written beside their place, then moved to it. */
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export async function writeWhole(path: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(text), createWriteStream(`${path}.new`));
  await rename(`${path}.new`, path);
}

export async function writeWholeGzip(path: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(text), createGzip(), createWriteStream(`${path}.new`));
  await rename(`${path}.new`, path);
}
