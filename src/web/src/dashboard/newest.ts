import type { MatrixCell, MatrixRow } from './matrix/board';

export interface Found extends MatrixCell {
  readonly symbol: string;
  readonly patternId: number;
  readonly knownAt: string;
  readonly kind: NonNullable<MatrixCell['kind']>;
}

/** The newest pattern of each cell, newest first. */
export const newestOf = (rows: readonly MatrixRow[]): Found[] =>
  rows
    .flatMap((row) => row.cells.map((cell) => ({ ...cell, symbol: row.symbol })))
    .filter((cell): cell is Found => cell.patternId !== null && cell.knownAt !== null && cell.kind !== null)
    .sort(
      (one, other) => Date.parse(other.knownAt) - Date.parse(one.knownAt) || other.patternId - one.patternId,
    );
