/** Limits against each other: one that a wider or tighter limit makes void misleads whoever reads it. */
import { atLeast, atMost, below, limitAt } from './contradiction.ts';
import type { CrossFieldRule } from './contradiction.ts';

export const alertComesBeforeTheDrawdownLimit: CrossFieldRule = ({ risk }) =>
  below(['risk', 'drawdownAlertPct'], risk.drawdownAlertPct, limitAt(risk.maxNavDrawdownPct, 'risk', 'maxNavDrawdownPct'));

export const dailyLossStopsBeforeTheDrawdownLimit: CrossFieldRule = ({ risk }) =>
  atMost(['risk', 'dailyLossLimitPct'], risk.dailyLossLimitPct, limitAt(risk.maxNavDrawdownPct, 'risk', 'maxNavDrawdownPct'));

export const symbolExposureFitsIntoGross: CrossFieldRule = ({ risk }) => {
  const gross = limitAt(risk.maxGrossExposurePct, 'risk', 'maxGrossExposurePct');
  return atMost(['risk', 'maxSymbolExposurePct'], risk.maxSymbolExposurePct, gross);
};

export const tiersFitIntoGross: CrossFieldRule = ({ risk }) => {
  const gross = limitAt(risk.maxGrossExposurePct, 'risk', 'maxGrossExposurePct');
  return Object.entries(risk.tiers).flatMap(([tier, { maxExposurePct }]) =>
    atMost(['risk', 'tiers', tier, 'maxExposurePct'], maxExposurePct, gross),
  );
};

/** Aligned begins where adverse ends, on the other side: a book cannot be called aligned that would have been refused mirrored. */
export const alignedBooksAreNoWeakerThanAdverseOnes: CrossFieldRule = ({ risk }) => {
  const { adverseImbalance, alignedImbalance } = risk.orderBook;
  const general = limitAt(adverseImbalance, 'risk', 'orderBook', 'adverseImbalance');
  return [
    ...atLeast(['risk', 'orderBook', 'alignedImbalance'], alignedImbalance, general),
    ...Object.entries(risk.perSymbol).flatMap(([symbol, { orderBook: own }]) => {
      if (own === undefined || (own.adverseImbalance === null && own.alignedImbalance === null)) return [];
      const adverse = own.adverseImbalance === null ? general : limitAt(own.adverseImbalance, 'risk', 'perSymbol', symbol, 'orderBook', 'adverseImbalance');
      return atLeast(['risk', 'perSymbol', symbol, 'orderBook', 'alignedImbalance'], own.alignedImbalance ?? alignedImbalance, adverse);
    }),
  ];
};

/** A symbol's own limit tightens the general one; it can never loosen it. */
export const ownLimitsTighten: CrossFieldRule = ({ risk }) => {
  const exposure = limitAt(risk.maxSymbolExposurePct, 'risk', 'maxSymbolExposurePct');
  const leverage = limitAt(risk.maxLeverage, 'risk', 'maxLeverage');
  const floor = limitAt(risk.minNotionalUsd, 'risk', 'minNotionalUsd');
  return Object.entries(risk.perSymbol).flatMap(([symbol, { maxExposurePct, maxLeverage, minNotionalUsd }]) => [
    ...(maxExposurePct === null ? [] : atMost(['risk', 'perSymbol', symbol, 'maxExposurePct'], maxExposurePct, exposure)),
    ...(maxLeverage === null ? [] : atMost(['risk', 'perSymbol', symbol, 'maxLeverage'], maxLeverage, leverage)),
    ...(minNotionalUsd === null ? [] : atLeast(['risk', 'perSymbol', symbol, 'minNotionalUsd'], minNotionalUsd, floor)),
  ]);
};
