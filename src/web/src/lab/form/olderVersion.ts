import type { Schemas } from '../../api/client';
import type { Strategy, StrategyParameter } from '../kinds';

/** A strategy as it was: a choice of its own in the form, beside its newest version. */
export function olderVersion(newest: Strategy, version: Schemas['StrategyVersion']): Strategy {
  return {
    ...newest,
    key: `${newest.key}@${version.version}`,
    title: version.title,
    version: version.version,
    formulas: version.formulas,
    note: version.note,
    parameters: version.parameters.map(parameterOf),
  };
}

/** As the server makes one of what was written. */
function parameterOf(written: Schemas['FormulaSetting']): StrategyParameter {
  const { name, default: usual, minimum, maximum } = written;
  const isWhole = [usual, minimum, maximum].every(Number.isInteger);
  const step = (maximum - minimum) / 10;
  return {
    ...written,
    title: name,
    kind: isWhole ? 'whole' : 'number',
    step: isWhole ? Math.max(1, Math.floor(step)) : step,
    choices: [],
    aliases: [],
  };
}

/** What a choice of the form is to the server: own:12@3 is the third version of own:12. */
export function strategyIn(choice: string): {
  readonly strategyName: string;
  readonly strategyVersion?: number;
} {
  const [strategyName = '', version] = choice.split('@');
  return version === undefined ? { strategyName } : { strategyName, strategyVersion: Number(version) };
}
