/** A symbol is BTC/USDT to people and BTC-USDT in addresses. */
export const pathOf = (symbol: string): string => symbol.replace('/', '-');
export const symbolOf = (path: string): string => path.replace('-', '/').toUpperCase();
export const chartPath = (symbol: string): string => `/chart/${pathOf(symbol)}`;

export function splitSymbol(symbol: string): readonly [base: string, quote: string] {
  const [base = symbol, quote = ''] = symbol.split('/');
  return [base, quote];
}
