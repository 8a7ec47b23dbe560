import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What needs the patterns of all the history: the program looks for them while the other files are run. */
const last = ['alerts', 'eye', 'eye-chart', 'worked-example', 'reconnect', 'first-start'];

/** Roughly how many seconds a file takes; one that is not named takes about 20. */
const seconds: Readonly<Record<string, number>> = {
  access: 32,
  accounts: 70,
  alerts: 30,
  chart: 31,
  eye: 51,
  lab: 37,
  markets: 12,
  reconnect: 10,
  'worked-example': 11,
};

const nameOf = ({ moduleId }: TestSpecification): string => basename(moduleId).replace('.test.ts', '');
const timeOf = (file: TestSpecification): number => seconds[nameOf(file)] ?? 20;

export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted(
      (one, other) =>
        last.indexOf(nameOf(one)) - last.indexOf(nameOf(other)) || one.moduleId.localeCompare(other.moduleId),
    );
  }

  /** Parts that take about as long as each other: the longest file first, each to the part with the least to do. */
  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 };
    const parts = Array.from({ length: count }, () => ({ time: 0, files: [] as TestSpecification[] }));
    for (const file of files.toSorted(
      (one, other) => timeOf(other) - timeOf(one) || one.moduleId.localeCompare(other.moduleId),
    )) {
      const part = parts.reduce((least, next) => (next.time < least.time ? next : least));
      part.time += timeOf(file);
      part.files.push(file);
    }
    return parts[index - 1]?.files ?? [];
  }
}
