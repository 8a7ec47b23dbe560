import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { timeframes } from '../../market/timeframes';
import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { useForm } from '../../parts/form/useForm';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { readNumber } from '../checks';
import css from './Profile.module.css';

type Trading = Schemas['TradingView'];
const tradingKey = ['account', 'trading'] as const;

export function TradingTab() {
  const { trading } = useTexts().accounts;
  const query = useQuery({
    queryKey: tradingKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/trading', { signal })),
  });
  return (
    <Loaded title={trading.risk} of={query}>
      {(data) => (
        <Panel title={trading.risk} note={trading.lead}>
          <TradingForm trading={data} />
        </Panel>
      )}
    </Loaded>
  );
}

/** A fraction as percent, without the dust of binary numbers. */
const percent = (fraction: number) => String(Math.round(fraction * 1_000_000) / 10_000);

function TradingForm({ trading }: { readonly trading: Trading }) {
  const { accounts: texts } = useTexts();
  const { trading: words, form: says } = texts;
  const format = useFormat();
  const cache = useQueryClient();
  const [said, setSaid] = useState<string | null>(null);
  const within = (text: string, low: number, high: number) => {
    const value = readNumber(text);
    return value >= low && value <= high
      ? undefined
      : says.numberBetween(format.count(low), format.count(high));
  };
  const form = useForm({
    initial: {
      accountSize: String(trading.accountSize),
      accountCurrency: trading.accountCurrency,
      riskPerTrade: percent(trading.riskPerTrade),
      riskReward: String(trading.riskReward),
      dailyLossLimit: percent(trading.dailyLossLimit),
      mostOpenPositions: String(trading.mostOpenPositions),
      defaultSymbol: trading.defaultSymbol,
      defaultTimeframe: trading.defaultTimeframe,
    },
    check: (values) => ({
      accountSize: within(values.accountSize, 0, 1_000_000_000_000),
      accountCurrency: /^[A-Z]{3,5}$/.test(values.accountCurrency) ? undefined : words.currencyFault,
      riskPerTrade:
        readNumber(values.riskPerTrade) >= 0.01 && readNumber(values.riskPerTrade) <= 10
          ? undefined
          : says.numberBetween('0.01', '10'),
      riskReward:
        readNumber(values.riskReward) >= 0.5 && readNumber(values.riskReward) <= 20
          ? undefined
          : says.numberBetween('0.5', '20'),
      dailyLossLimit:
        readNumber(values.dailyLossLimit) >= 0.01 && readNumber(values.dailyLossLimit) <= 100
          ? undefined
          : says.numberBetween('0.01', '100'),
      mostOpenPositions:
        /^\d+$/.test(values.mostOpenPositions) && within(values.mostOpenPositions, 1, 100) === undefined
          ? undefined
          : says.wholeBetween('1', '100'),
      defaultSymbol: /^[A-Za-z0-9]+\/[A-Za-z0-9]+$/.test(values.defaultSymbol)
        ? undefined
        : words.symbolFault,
    }),
    send: async (values) => {
      setSaid(null);
      const body = {
        accountSize: readNumber(values.accountSize),
        accountCurrency: values.accountCurrency,
        riskPerTrade: readNumber(values.riskPerTrade) / 100,
        riskReward: readNumber(values.riskReward),
        dailyLossLimit: readNumber(values.dailyLossLimit) / 100,
        mostOpenPositions: Number(values.mostOpenPositions),
        defaultSymbol: values.defaultSymbol,
        defaultTimeframe: values.defaultTimeframe,
      };
      cache.setQueryData(tradingKey, await unwrap(api.PUT('/api/v1/account/trading', { body })));
      setSaid(says.saved);
    },
  });
  const loss = (readNumber(form.values.accountSize) * readNumber(form.values.riskPerTrade)) / 100;
  const gain = loss * readNumber(form.values.riskReward);
  const money = (value: number) =>
    `${format.count(Math.round(value * 100) / 100)} ${form.values.accountCurrency}`;
  return (
    <Form of={form} action={says.save} said={said} isPadded>
      <div className={formCss['row']}>
        <Field
          {...form.field('accountSize')}
          label={words.accountSize}
          inputMode="decimal"
          unit={form.values.accountCurrency}
        />
        <Field {...form.field('accountCurrency')} label={words.currency} />
        <Field
          {...form.field('riskPerTrade')}
          label={words.riskPerTrade}
          hint={words.riskPerTradeHint}
          inputMode="decimal"
          unit="%"
        />
        <Field {...form.field('riskReward')} label={words.riskReward} inputMode="decimal" unit=": 1" />
        <Field
          {...form.field('dailyLossLimit')}
          label={words.dailyLoss}
          hint={words.dailyLossHint}
          inputMode="decimal"
          unit="%"
        />
        <Field {...form.field('mostOpenPositions')} label={words.positions} inputMode="numeric" />
      </div>
      {Number.isFinite(gain) && <p className={css['text']}>{words.example(money(loss), money(gain))}</p>}
      <h3>{words.defaults}</h3>
      <div className={formCss['row']}>
        <Field {...form.field('defaultSymbol')} label={words.symbol} />
        <Choice
          {...form.field('defaultTimeframe')}
          label={words.timeframe}
          choices={timeframes.map((timeframe) => [timeframe, timeframe])}
        />
      </div>
    </Form>
  );
}
