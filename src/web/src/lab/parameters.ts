import { readSigned } from '../alerts/form/values';

/** A parameter of one's own formulas, as it is typed. */
export interface WrittenParameter {
  readonly name: string;
  readonly default: string;
  readonly minimum: string;
  readonly maximum: string;
}

export const newParameter = (taken: readonly WrittenParameter[]): WrittenParameter => {
  const names = new Set(taken.map(({ name }) => name));
  const name = ['len', 'fast', 'slow', 'level'].find((one) => !names.has(one)) ?? `p${taken.length + 1}`;
  return { name, default: '14', minimum: '2', maximum: '100' };
};

export type ParameterFault = 'name' | 'number' | 'order';

/** What is wrong with one of them, if anything is. */
export function faultOf(
  parameter: WrittenParameter,
  all: readonly WrittenParameter[],
): ParameterFault | null {
  if (!/^[a-z][a-z0-9_]{0,30}$/i.test(parameter.name)) return 'name';
  if (all.some((other) => other !== parameter && other.name === parameter.name)) return 'name';
  const { usual, minimum, maximum } = read(parameter);
  if (![usual, minimum, maximum].every(Number.isFinite)) return 'number';
  return minimum <= usual && usual <= maximum ? null : 'order';
}

function read(parameter: WrittenParameter) {
  return {
    usual: readSigned(parameter.default),
    minimum: readSigned(parameter.minimum),
    maximum: readSigned(parameter.maximum),
  };
}

export function toSent(parameter: WrittenParameter) {
  const { usual, minimum, maximum } = read(parameter);
  return { name: parameter.name.trim(), default: usual, minimum, maximum };
}

export const toWritten = (sent: {
  readonly name: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}): WrittenParameter => ({
  name: sent.name,
  default: String(sent.default),
  minimum: String(sent.minimum),
  maximum: String(sent.maximum),
});
