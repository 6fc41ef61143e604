/** Runs the embedded server on the data file given as argument and prints its address; a test kills it. */
import { startPubSubServer } from '../../../../local/pubsub/server.ts';

const [, , dataFile] = process.argv;
if (dataFile === undefined) throw new Error('usage: durable-server.ts <data file>');
const server = await startPubSubServer({ port: 0, dataFile });
process.stdout.write(`${server.host}:${server.port}\n`);
