import { useId } from 'react';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { useCatalogue } from '../../market/chart/indicators/useIndicators';
import { splitSymbol } from '../../market/symbols';
import { timeframes } from '../../market/timeframes';
import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import formCss from '../../parts/form/Form.module.css';
import { Tick } from '../../parts/form/Tick';
import type { useForm } from '../../parts/form/useForm';
import { codeOf, patternKinds } from '../../patterns/kinds';
import { windowText } from '../describe';
import { conditionsOf } from '../kinds';
import { FormulaField } from './FormulaField';
import type { Place } from './place';
import { type Values, windows } from './values';

export type AlertFormState = ReturnType<typeof useForm<Values>>;

interface GroupFieldsProps {
  readonly form: AlertFormState;
  readonly place: Place | null;
  /** What the server says of fields, by its names. */
  readonly asked: { readonly [field: string]: string };
}

/** The fields a kind of alert needs. */
export function GroupFields({ form, place, asked }: GroupFieldsProps) {
  switch (form.values.group) {
    case 'price':
      return <PriceFields form={form} fault={asked['threshold']} />;
    case 'percent':
      return <PercentFields form={form} fault={asked['threshold']} />;
    case 'volume':
      return <VolumeFields form={form} />;
    case 'indicator':
      return <IndicatorFields form={form} fault={asked['metadata']} />;
    case 'formula':
      return (
        <>
          <FormulaField field={form.field('formula')} place={place} />
          <CandleFields form={form} />
        </>
      );
    case 'pattern':
    case 'signal':
      return <NewsFields form={form} />;
  }
}

interface PartProps {
  readonly form: AlertFormState;
  readonly fault?: string | undefined;
}

function PriceFields({ form, fault }: PartProps) {
  const { form: words, conditions } = useTexts().alerts;
  const field = form.field('threshold');
  return (
    <div className={formCss['row']}>
      <Choice
        {...form.field('price')}
        label={words.how}
        choices={conditionsOf.price.map((one) => [one, conditions[one]] as const)}
        onChange={(one) => form.set('price', one as Values['price'])}
      />
      <Field
        {...field}
        fault={field.fault ?? fault}
        label={words.threshold}
        inputMode="decimal"
        unit={splitSymbol(form.values.symbol)[1]}
        autoComplete="off"
      />
    </div>
  );
}

function PercentFields({ form, fault }: PartProps) {
  const texts = useTexts().alerts;
  const { form: words, conditions } = texts;
  const format = useFormat();
  const field = form.field('percentage');
  return (
    <div className={formCss['row']}>
      <Choice
        {...form.field('percent')}
        label={words.how}
        choices={conditionsOf.percent.map((one) => [one, conditions[one]] as const)}
        onChange={(one) => form.set('percent', one as Values['percent'])}
      />
      <Field {...field} fault={field.fault ?? fault} label={words.percent} inputMode="decimal" unit="%" />
      <Choice
        {...form.field('windowMinutes')}
        label={words.window}
        choices={windows.map((minutes) => [String(minutes), windowText(minutes, texts, format)] as const)}
      />
    </div>
  );
}

function VolumeFields({ form }: PartProps) {
  const { form: words } = useTexts().alerts;
  return (
    <>
      <div className={formCss['row']}>
        <Field {...form.field('multiple')} label={words.multiple} inputMode="decimal" unit="×" />
        <Field {...form.field('period')} label={words.period} inputMode="numeric" />
      </div>
      <CandleFields form={form} />
    </>
  );
}

function IndicatorFields({ form, fault }: PartProps) {
  const { form: words, conditions } = useTexts().alerts;
  const { data: catalogue } = useCatalogue(true);
  const list = useId();
  const field = form.field('metadata');
  return (
    <>
      <Field
        {...field}
        fault={field.fault ?? fault}
        label={words.indicator}
        hint={words.indicatorHint}
        list={list}
        autoComplete="off"
        isMono
      />
      <datalist id={list}>
        {catalogue?.map(({ name, title, parameters }) => (
          <option key={name} value={`${name}(${parameters.map((one) => one.default).join(', ')})`}>
            {title}
          </option>
        ))}
      </datalist>
      <div className={formCss['row']}>
        <Choice
          {...form.field('indicator')}
          label={words.howIndicator}
          choices={conditionsOf.indicator.map((one) => [one, conditions[one]] as const)}
          onChange={(one) => form.set('indicator', one as Values['indicator'])}
        />
        <Field {...form.field('value')} label={words.value} inputMode="decimal" />
      </div>
      <CandleFields form={form} />
    </>
  );
}

/** What is judged on candles. */
function CandleFields({ form }: PartProps) {
  const { form: words } = useTexts().alerts;
  return (
    <>
      <Choice
        {...form.field('timeframe')}
        label={words.timeframe}
        choices={timeframes.map((timeframe) => [timeframe, timeframe] as const)}
      />
      <Tick {...form.field('intrabar')} hint={words.intrabarHint}>
        {words.intrabar}
      </Tick>
    </>
  );
}

function NewsFields({ form }: PartProps) {
  const { alerts, eye } = useTexts();
  const { form: words } = alerts;
  const grades = ['weak', 'moderate', 'strong', 'veryStrong'] as const;
  return (
    <div className={formCss['row']}>
      {form.values.group === 'pattern' ? (
        <Choice
          {...form.field('patternKind')}
          label={words.kind}
          choices={[
            ['', words.anyKind],
            ...patternKinds.map((kind) => [codeOf[kind], eye.kinds[kind]] as const),
          ]}
        />
      ) : (
        <Choice
          {...form.field('signalClass')}
          label={words.grade}
          choices={[['', words.anyGrade], ...grades.map((grade) => [grade, eye.classes[grade]] as const)]}
        />
      )}
      <Choice
        {...form.field('direction')}
        label={words.direction}
        choices={[
          ['', words.anyDirection],
          ['BULLISH', eye.directions.bullish],
          ['BEARISH', eye.directions.bearish],
        ]}
      />
      <Choice
        {...form.field('newsTimeframe')}
        label={words.timeframe}
        choices={[['', words.anyTimeframe], ...timeframes.map((one) => [one, one] as const)]}
      />
    </div>
  );
}
