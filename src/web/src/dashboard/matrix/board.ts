import type { Schemas } from '../../api/client';

export type Matrix = Schemas['MatrixAnswer'];
export type MatrixRow = Schemas['MatrixRow'];
export type MatrixCell = Schemas['MatrixCell'];

/** The matrix with these rows in the place of the ones they replace. What is locked stays locked. */
export function withRows(matrix: Matrix, heard: readonly MatrixRow[]): Matrix {
  const bySymbol = new Map(heard.map((row) => [row.symbol, row]));
  return {
    ...matrix,
    rows: matrix.rows.map((row) => {
      const news = bySymbol.get(row.symbol);
      return news === undefined || row.isLocked || isOlder(news, row) ? row : news;
    }),
  };
}

/** A message that was under way while the whole matrix was read knows less than what was read. */
const isOlder = (news: MatrixRow, known: MatrixRow) =>
  news.processedUntil !== null &&
  known.processedUntil !== null &&
  Date.parse(news.processedUntil) < Date.parse(known.processedUntil);

/** Whether a symbol was heard of that the matrix does not have: it has to be read anew then. */
export const hasStranger = (matrix: Matrix, heard: readonly MatrixRow[]): boolean => {
  const known = new Set(matrix.rows.map((row) => row.symbol));
  return heard.some((row) => !known.has(row.symbol));
};
