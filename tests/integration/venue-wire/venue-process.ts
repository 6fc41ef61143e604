// A venue in a process of its own, for a test to kill: node venue-process.ts DATA_FILE. Prints its URL.
import { startVenueServer } from '../../../local/venue/server.ts';
import { T0, instrument, mark, print, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { scriptedFeed } from './scripted-feed.ts';

const [dataFile] = process.argv.slice(2);
if (dataFile === undefined) throw new Error('usage: node venue-process.ts DATA_FILE');

const venue = await startVenueServer({
  port: 0,
  market: scriptedFeed({
    instruments: [instrument()],
    startTime: T0,
    events: [quote(), mark(), print({ time: T0 + 1, qty: '1.2' })],
  }),
  clock: () => T0,
  apiKey: 'testKey0123456789',
  apiSecret: 'testSecret0123456789',
  positionMode: 'hedge',
  wallet: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
  dataFile,
});
process.stdout.write(`${venue.url}\n`);
