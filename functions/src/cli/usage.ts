export const USAGE = `portcullis <command> [options]   look at what the engine knows, decides and holds

  status                        trading state, NAV, positions, open work, incidents, last ticks
  why SYMBOL [--last N]         the last N decisions on a symbol (default 5) and what became of them
  doctor                        settings with their origins, their faults, and what they allow at this NAV
  probe SYMBOL long|short       the gate's verdict on an entry now
        [--notional USD]          its size (default: the smallest order)
        [--price PRICE]           its price (default: the venue's quote, or the last price known)
  help                          this text

  --data DIR                    state of a local run (default: .local/last-run, unless
                                FIRESTORE_EMULATOR_HOST or GOOGLE_APPLICATION_CREDENTIALS is set)
  --env paper|testnet|prod      whose records (default: TRADING_ENV, or paper)
  --json                        one JSON object for programs; times in it are epoch milliseconds

Commands only read. Exit codes: 0 answered, 1 the records could not be read, 2 something for you to put right.`;
