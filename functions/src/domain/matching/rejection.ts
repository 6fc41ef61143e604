// Every refusal the exchange knows, with Binance USD-M's code and wording. A refused command has changed nothing.

export interface Rejection {
  readonly ok: false;
  readonly code: number;
  readonly message: string;
}

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

export type Answer<T> = Accepted<T> | Rejection;

/** `%s` is filled from the arguments of `reject`. */
const REJECTIONS = {
  mandatoryParameter: [-1102, "Mandatory parameter '%s' was not sent, was empty/null, or malformed."],
  parameterNotRequired: [-1106, "Parameter '%s' sent when not required."],
  precision: [-1111, 'Precision is over the maximum defined for this asset.'],
  timeInForce: [-1115, 'Invalid timeInForce.'],
  orderType: [-1116, 'Invalid orderType.'],
  side: [-1117, 'Invalid side.'],
  symbol: [-1121, 'Invalid symbol.'],
  parameterCombination: [-1128, 'Combination of optional parameters invalid.'],
  parameterValue: [-1130, "Data sent for parameter '%s' is not valid."],
  unknownOrder: [-2011, 'Unknown order sent.'],
  noSuchOrder: [-2013, 'Order does not exist.'],
  balanceInsufficient: [-2018, 'Balance is insufficient.'],
  marginInsufficient: [-2019, 'Margin is insufficient.'],
  wouldTrigger: [-2021, 'Order would immediately trigger.'],
  reduceOnly: [-2022, 'ReduceOnly Order is rejected.'],
  maxOpenOrders: [-2025, 'Reach max open order limit.'],
  positionAboveLeverage: [-2027, 'Exceeded the maximum allowable position at current leverage.'],
  leverageNeedsMargin: [-2028, 'Leverage is smaller than permitted: insufficient margin balance.'],
  priceNotPositive: [-4001, 'Price less than 0.'],
  priceAboveMax: [-4002, 'Price greater than max price.'],
  quantityNotPositive: [-4003, 'Quantity less than or equal to zero.'],
  quantityBelowMin: [-4004, 'Quantity less than min quantity.'],
  quantityAboveMax: [-4005, 'Quantity greater than max quantity.'],
  stopPriceNotPositive: [-4006, 'Stop price less than zero.'],
  stopPriceAboveMax: [-4007, 'Stop price greater than max price.'],
  priceBelowMin: [-4013, 'Price less than min price.'],
  priceOffTick: [-4014, 'Price not increased by tick size.'],
  clientOrderId: [-4015, 'Client order id is not valid.'],
  priceAboveBand: [-4016, 'Price is higher than mark price multiplier cap.'],
  quantityOffStep: [-4023, 'Quantity not increased by step size.'],
  priceBelowBand: [-4024, 'Price is lower than mark price multiplier floor.'],
  leverage: [-4028, 'Leverage %s is not valid.'],
  maxStopOrders: [-4045, 'Reach max stop order limit.'],
  marginTypeUnchanged: [-4046, 'No need to change margin type.'],
  marginTypeOpenOrders: [-4047, 'Margin type cannot be changed if there exists open orders.'],
  marginTypePosition: [-4048, 'Margin type cannot be changed if there exists position.'],
  positionModeUnchanged: [-4059, 'No need to change position side.'],
  positionSide: [-4060, 'Invalid position side.'],
  positionSideMismatch: [-4061, "Order's position side does not match user's setting."],
  positionModeOpenOrders: [-4067, 'Position side cannot be changed if there exists open orders.'],
  positionModePosition: [-4068, 'Position side cannot be changed if there exists position.'],
  duplicateClientOrderId: [-4116, 'ClientOrderId is duplicated.'],
  conditionalOnOrderEndpoint: [-4120, 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.'],
  closePositionExists: [-4130, 'An open stop or take profit order with GTE and closePosition in the direction is existing.'],
  counterpartyPrice: [-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit."],
  closePositionWithQuantity: [-4137, 'Quantity must be zero with closePosition equals true.'],
  symbolNotTrading: [-4140, 'Invalid symbol status for opening position.'],
  minNotional: [-4164, "Order's notional must be no smaller than %s (unless you choose reduce only)."],
  multiAssetsPosition: [-4169, 'Unable to adjust Multi-Assets mode with open orders or positions.'],
  isolatedLeverageReduction: [-4161, 'Leverage reduction is not supported in Isolated Margin Mode with open positions.'],
  isolatedInMultiAssets: [-4168, 'Unable to adjust to isolated-margin mode under the Multi-Assets mode.'],
  multiAssetsUnchanged: [-4171, 'No need to change Multi-Assets mode.'],
  multiAssetsIsolated: [-4167, 'Unable to adjust to Multi-Assets mode with symbols of USDⓈ-M Futures under isolated-margin mode.'],
  closePositionWithoutPosition: [-4509, 'Time in Force (TIF) GTE can only be used with open positions. Please ensure that positions are available.'],
  fillOrKill: [-5021, 'Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history.'],
  postOnly: [-5022, 'Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RejectionName = keyof typeof REJECTIONS;

export function reject(name: RejectionName, ...args: readonly string[]): Rejection {
  const [code, template] = REJECTIONS[name];
  let next = 0;
  const message = template.replaceAll('%s', () => args[next++] ?? '');
  return { ok: false, code, message };
}

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}
