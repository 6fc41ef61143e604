/** Who may import whom. `npm run deps` checks it; tests/architecture shows of each rule that it can fail. */

const SOURCE = '^functions/src';
const CLOUD_SDKS = '(^|node_modules/)(firebase-admin|@google-cloud)(/|$)';
const VENUE_SDK = '(^|node_modules/)ccxt(/|$)';
const FUNCTIONS_SDK = '(^|node_modules/)firebase-functions(/|$)';
const ZOD = '(^|node_modules/)zod(/|$)';
const EDGES = `${SOURCE}/(triggers|cli)/`;

/** An import that is there at run time. */
const RUNTIME = { dependencyTypesNot: ['type-only'] };

/** Whoever is in `folder` imports nothing but what matches one of `allowed`. */
const only = (name, comment, folder, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: folder },
  to: { pathNot: allowed },
});

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const layers = [
  {
    ...only('domain-is-pure', 'Formulas know records and each other, nothing of the world.', `${SOURCE}/domain/`, [`${SOURCE}/(domain|schema)/`]),
    from: { path: `${SOURCE}/domain/`, pathNot: `${SOURCE}/domain/identity/derived-id[.]ts$` },
  },
  only('ids-are-on-sha-256', 'The only built-in module of the domain: ids are hashes.', `${SOURCE}/domain/identity/derived-id[.]ts$`, [`${SOURCE}/(domain|schema)/`, '^(node:)?crypto$']),
  only('schema-is-a-leaf', 'Records are the words everybody shares.', `${SOURCE}/schema/`, [`${SOURCE}/schema/`, ZOD]),
  only('ports-know-the-domain-alone', 'A port is told in the words of the engine.', `${SOURCE}/ports/`, [`${SOURCE}/(ports|domain|schema)/`]),
  never('ports-are-types', 'A port that runs code is an adapter.', { path: `${SOURCE}/ports/` }, { path: '.', ...RUNTIME }),
  only('app-knows-no-technology', 'Use cases are steps and transactions over ports.', `${SOURCE}/app/`, [`${SOURCE}/(app|domain|ports|schema|log)/`]),
  only('log-knows-records-alone', 'A log line may name what is stored, nothing else.', `${SOURCE}/log/`, [`${SOURCE}/(log|schema)/`]),
  only('config-knows-records-alone', 'Settings are read before there is an engine.', `${SOURCE}/config/`, [`${SOURCE}/(config|schema)/`, '^(node:)?(fs|path|crypto)$', ZOD]),
  never('adapters-serve-ports', 'An adapter knows its port, never who uses it.', { path: `${SOURCE}/adapters/` }, { path: `${SOURCE}/(app|triggers|cli|config|compose|index)` }),
  never(
    'adapters-stand-alone',
    'A technology can be replaced alone. What all stores share is store-document.',
    { path: `${SOURCE}/adapters/([^/]+)/` },
    { path: `${SOURCE}/adapters/`, pathNot: `${SOURCE}/adapters/($1|store-document)/` },
  ),
  never(
    'store-document-is-for-stores',
    'What stores share is of no use to others.',
    { path: SOURCE, pathNot: `${SOURCE}/adapters/store-` },
    { path: `${SOURCE}/adapters/store-document/` },
  ),
  never(
    'index-is-a-table-of-contents',
    'The entry point lists what is deployed.',
    { path: `${SOURCE}/index[.]ts$` },
    { path: '.', pathNot: `${SOURCE}/triggers/` },
  ),
];

const wiring = [
  never(
    'only-compose-builds-adapters',
    'One place decides which technology stands behind a port; a replay and a bench bring the in-memory ones.',
    { path: '^(functions/src|local|scripts)/', pathNot: `(${SOURCE}/(adapters/|compose/)|^local/replay/in-process-stack[.]ts$|^scripts/bench/)` },
    { path: `${SOURCE}/adapters/` },
  ),
  never(
    'only-edges-import-compose',
    'The engine is put together at its edges: triggers, commands and the local host.',
    { path: '^(functions/src|local|scripts)/', pathNot: [EDGES, '^local/', `${SOURCE}/compose/`] },
    { path: `${SOURCE}/compose/` },
  ),
  never(
    'only-edges-import-triggers',
    'Nothing is behind a trigger but a use case.',
    { path: SOURCE, pathNot: `${SOURCE}/(triggers/|index[.]ts$)` },
    { path: `${SOURCE}/(triggers/|index[.]ts$)` },
  ),
  never('functions-are-not-local', 'What is deployed knows nothing of laptops and tests.', { path: SOURCE }, { path: '^(local|tests|scripts)/' }),
  never('local-runs-the-deployed-functions', 'The local host calls what is deployed, not what is inside.', { path: '^local/' }, { path: `${SOURCE}/(app|triggers)/` }),
  never('embedded-servers-know-no-engine', 'They speak protocols; the engine is their client.', { path: '^local/(firestore|pubsub)/' }, { path: '^functions/' }),
  never(
    'simulated-venue-shares-the-pure-core',
    'The wire protocol is local, the matching is the engine’s own.',
    { path: '^local/venue/' },
    { path: '^functions/', pathNot: `${SOURCE}/domain/(matching|money)/` },
  ),
];

const dashboard = [
  only('dashboard-reads-records', 'The page knows the records, exact sums and what vetoes mean; nothing that runs on a server.', '^dashboard/src/', [
    '^dashboard/src/',
    `${SOURCE}/schema/`,
    `${SOURCE}/domain/(money/decimal|risk/veto-code)[.]ts$`,
  ]),
  never('dashboard-takes-types-alone', 'A schema that runs in the page would bring its validator along.', { path: '^dashboard/src/' }, { path: `${SOURCE}/schema/`, ...RUNTIME }),
  never('nothing-needs-the-dashboard', 'Only its settings are shared, with whoever writes them.', { path: '^(functions/src|local|scripts)/' }, { path: '^dashboard/', pathNot: '^dashboard/src/settings[.]ts$' }),
];

const packages = [
  never(
    'cloud-sdks-in-adapters',
    'Only adapters speak to Google; compose opens the clients they are given.',
    { path: SOURCE, pathNot: `${SOURCE}/(adapters/|compose/)` },
    { path: CLOUD_SDKS },
  ),
  never('venue-sdk-in-its-adapter', 'Only one folder knows ccxt.', { path: SOURCE, pathNot: `${SOURCE}/adapters/venue-ccxt/` }, { path: VENUE_SDK }),
  never(
    'functions-sdk-at-the-edge',
    'Only triggers and the cloud log know how the platform calls.',
    { path: SOURCE, pathNot: `${SOURCE}/(triggers/|adapters/log-cloud/)` },
    { path: FUNCTIONS_SDK },
  ),
  never(
    'compose-loads-lazily',
    'A cold start pays for what it uses, when it uses it.',
    { path: `${SOURCE}/compose/` },
    { path: [CLOUD_SDKS, `${SOURCE}/adapters/(store-firestore|bus-pubsub|venue-)`], dynamic: false, ...RUNTIME },
  ),
  never(
    'venue-sdk-loads-lazily',
    'The venue’s client is the dearest module of all: a tick without a venue call does not load it.',
    { path: SOURCE, pathNot: `${SOURCE}/adapters/venue-ccxt/binance-client[.]ts$` },
    { path: `${SOURCE}/adapters/venue-ccxt/(ccxt-class|binance-client)[.]ts$`, dynamic: false, ...RUNTIME },
  ),
  never(
    'declared-packages-only',
    'What is deployed is what functions/package.json names.',
    { path: SOURCE },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
  ),
];

const shape = [
  never('no-cycles', 'Files that need each other are one file.', {}, { circular: true }),
  never('no-orphans', 'Nobody imports it and it imports nothing.', { orphan: true, path: '^(functions/src|local|scripts|dashboard/src)/' }, {}),
];

module.exports = {
  forbidden: [...layers, ...wiring, ...dashboard, ...packages, ...shape],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
