/** Limits against each other: one that a wider or tighter limit makes void misleads whoever reads it. */
import { configPath } from '../config-path.ts';
import type { CrossFieldRule } from './contradiction.ts';

export const alertComesBeforeTheDrawdownLimit: CrossFieldRule = ({ risk }) =>
  risk.drawdownAlertPct < risk.maxNavDrawdownPct
    ? []
    : [{ at: ['risk', 'drawdownAlertPct'], allowed: `below ${risk.maxNavDrawdownPct}, set in ${configPath('risk', 'maxNavDrawdownPct')}` }];

export const dailyLossStopsBeforeTheDrawdownLimit: CrossFieldRule = ({ risk }) =>
  risk.dailyLossLimitPct <= risk.maxNavDrawdownPct
    ? []
    : [{ at: ['risk', 'dailyLossLimitPct'], allowed: `at most ${risk.maxNavDrawdownPct}, set in ${configPath('risk', 'maxNavDrawdownPct')}` }];

export const symbolExposureFitsIntoGross: CrossFieldRule = ({ risk }) =>
  risk.maxSymbolExposurePct <= risk.maxGrossExposurePct
    ? []
    : [{ at: ['risk', 'maxSymbolExposurePct'], allowed: `at most ${risk.maxGrossExposurePct}, set in ${configPath('risk', 'maxGrossExposurePct')}` }];

export const tiersFitIntoGross: CrossFieldRule = ({ risk }) =>
  Object.entries(risk.tiers)
    .filter(([, { maxExposurePct }]) => maxExposurePct > risk.maxGrossExposurePct)
    .map(([tier]) => ({
      at: ['risk', 'tiers', tier, 'maxExposurePct'] as const,
      allowed: `at most ${risk.maxGrossExposurePct}, set in ${configPath('risk', 'maxGrossExposurePct')}`,
    }));

/** A symbol's own limit tightens the general one; it can never loosen it. */
export const ownLimitsTighten: CrossFieldRule = ({ risk }) =>
  Object.entries(risk.perSymbol).flatMap(([symbol, own]) => {
    const pairs = [
      { key: 'maxExposurePct', value: own.maxExposurePct, general: 'maxSymbolExposurePct', bound: risk.maxSymbolExposurePct, sign: 1 },
      { key: 'maxLeverage', value: own.maxLeverage, general: 'maxLeverage', bound: risk.maxLeverage, sign: 1 },
      { key: 'minNotionalUsd', value: own.minNotionalUsd, general: 'minNotionalUsd', bound: risk.minNotionalUsd, sign: -1 },
    ];
    return pairs
      .filter(({ value, bound, sign }) => value !== null && (value - bound) * sign > 0)
      .map(({ key, general, bound, sign }) => ({
        at: ['risk', 'perSymbol', symbol, key] as const,
        allowed: `${sign > 0 ? 'at most' : 'at least'} ${bound}, set in ${configPath('risk', general)}`,
      }));
  });
