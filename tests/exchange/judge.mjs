// Asks a running simulator through ccxt, a client that shares nothing with Tidemark, and prints as JSON what ccxt understood.
// node judge.mjs http://127.0.0.1:PORT
import ccxt from 'ccxt';

const address = process.argv[2];
const symbol = 'BTC/USDT';
const minute = 60_000;

const binance = new ccxt.pro.binance({
  enableRateLimit: false,
  options: {
    defaultType: 'spot',
    fetchMarkets: { types: ['spot'] },
    fetchCurrencies: false,
    watchOrderBookLimit: 1000,
    fetchMargins: false,
  },
});
binance.has.fetchCurrencies = false;
binance.urls.api.public = `${address}/api/v3`;
binance.urls.api.v1 = `${address}/api/v1`;
binance.urls.api.ws.spot = `${address.replace('http', 'ws')}/ws`;

const heard = await ask();
process.stdout.write(JSON.stringify(heard));
await binance.close();

async function ask() {
  // Plain ws:// needs the agent that ccxt loads for proxies only.
  await binance.loadHttpProxyAgent();
  const time = await binance.fetchTime();
  const markets = (await binance.fetchMarkets()).map(describe);
  const since = Math.floor(time / minute) * minute - 1_500 * minute;
  return {
    time,
    markets,
    candles: await page(since),
    newest: await binance.fetchOHLCV(symbol, '1h', undefined, 10),
    since,
    ticker: await binance.fetchTicker(symbol),
    tickers: Object.keys(await binance.fetchTickers([symbol, 'ETH/USDT'])),
    bidsAsks: await binance.fetchBidsAsks([symbol]),
    book: await binance.fetchOrderBook(symbol, 100),
    trades: (await binance.fetchTrades(symbol, undefined, 200)).map(trade),
    wrongSymbol: await refusal(() => binance.publicGetKlines({ symbol: 'NOPEUSDT', interval: '1m' })),
    wrongLimit: await refusal(() =>
      binance.publicGetKlines({ symbol: 'BTCUSDT', interval: '1m', limit: 'x' }),
    ),
    watched: await watch(),
  };
}

/** Two pages, as a client that catches up would ask for them. */
async function page(since) {
  const first = await binance.fetchOHLCV(symbol, '1m', since, 1000);
  const second = await binance.fetchOHLCV(symbol, '1m', first.at(-1)[0] + minute, 400);
  return [...first, ...second];
}

async function watch() {
  const candles = await binance.watchOHLCV(symbol, '1m');
  const trades = await binance.watchTrades(symbol);
  const ticker = await binance.watchTicker(symbol);
  let book = await binance.watchOrderBook(symbol, 100);
  for (let i = 0; i < 5; i++) book = await binance.watchOrderBook(symbol, 100);
  return {
    candle: candles.at(-1),
    trades: trades.map(trade),
    last: ticker.last,
    book: { bids: book.bids.slice(0, 20), asks: book.asks.slice(0, 20), nonce: book.nonce },
  };
}

function describe({ symbol, active, precision, limits }) {
  return { symbol, active, price: precision.price, amount: precision.amount, minCost: limits.cost.min };
}

function trade({ id, timestamp, price, amount, side }) {
  return { id, timestamp, price, amount, side };
}

async function refusal(request) {
  try {
    await request();
    return 'none';
  } catch (error) {
    return error.constructor.name;
  }
}
