import { describe, expect, it } from 'vitest';
import { tradingStateAt } from '../../../../functions/src/domain/risk/trading-state.ts';
import { NOW } from './scenario.ts';

describe('tradingStateAt', () => {
  const halted = { state: 'HALTED', actor: 'ops', reason: 'test', changedAt: NOW } as const;

  it.each([
    ['is ACTIVE without a control document', null, 'ACTIVE'],
    ['never ends by itself without an expiry', { ...halted, expiresAt: null }, 'HALTED'],
    ['holds until it expires', { ...halted, expiresAt: NOW + 1 }, 'HALTED'],
    ['is ACTIVE from its expiry on', { ...halted, expiresAt: NOW }, 'ACTIVE'],
  ] as const)('%s', (_title, control, state) => {
    expect(tradingStateAt(control, NOW)).toBe(state);
  });
});
