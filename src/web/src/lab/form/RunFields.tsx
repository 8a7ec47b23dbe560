import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { timeframes } from '../../market/timeframes';
import { useMarkets } from '../../market/useMarkets';
import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import formCss from '../../parts/form/Form.module.css';
import { Tick } from '../../parts/form/Tick';
import type { useForm } from '../../parts/form/useForm';
import { Instant } from '../../parts/Instant';
import { Chips } from '../../records/Chips';
import { type Strategy, strategyPath } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Form.module.css';
import { strategyIn } from './olderVersion';
import { groups, type Setting, type SettingGroup, type SettingName, settingGroups } from './settings';
import {
  applies,
  parameterField,
  parametersOf,
  periods,
  settingField,
  symbolsIn,
  type Values,
} from './values';

export type RunForm = ReturnType<typeof useForm<Values>>;

interface RunFieldsProps {
  readonly form: RunForm;
  readonly strategies: readonly Strategy[];
  /** A paper session runs from now on: one symbol, no period. */
  readonly isLive?: boolean;
  /** In place of the parameters' values: the optimiser asks for ranges. */
  readonly parameters?: ReactNode;
}

/** A field of the form with its text, also before it was ever typed in. */
export const fieldOf = (form: RunForm, name: string) => ({
  ...form.field(name),
  value: form.values[name] ?? '',
});

/** What is run, over what, and at what cost. */
export function RunFields({ form, strategies, isLive = false, parameters }: RunFieldsProps) {
  const { form: words } = useLabTexts();
  const strategy = strategies.find(({ key }) => key === form.values['strategyName']);
  const gone = strategy === undefined ? [['', words.strategyGone] as const] : [];
  const choose = (key: string) => {
    const next = strategies.find((one) => one.key === key);
    form.setValues((before) => ({ ...before, strategyName: key, ...parametersOf(next) }));
  };
  return (
    <>
      <div>
        <Choice
          {...fieldOf(form, 'strategyName')}
          onChange={choose}
          label={words.strategy}
          choices={[
            ...gone,
            ...strategies.map(
              ({ key, title, isOwn, version }) =>
                [key, isOwn ? words.own(title, String(version ?? 1)) : title] as const,
            ),
          ]}
          hint={
            strategy && (
              <>
                <span lang="en">{strategy.meaning}</span>{' '}
                <Link href={strategyPath(strategyIn(strategy.key).strategyName)}>{words.definition}</Link>
              </>
            )
          }
        />
      </div>
      {parameters ?? <Parameters form={form} strategy={strategy} />}
      <Symbols form={form} isLive={isLive} />
      <div className={css['grid']}>
        <Choice
          {...fieldOf(form, 'timeframe')}
          label={words.timeframe}
          choices={timeframes.map((one) => [one, one])}
        />
        {!isLive && <Period form={form} />}
        <Field
          {...fieldOf(form, 'initialCapital')}
          label={words.capital}
          hint={words.capitalHint}
          inputMode="decimal"
          isMono
          autoComplete="off"
        />
      </div>
      {groups.map((group) => (
        <Group key={group} of={group} form={form} />
      ))}
    </>
  );
}

function Parameters({ form, strategy }: { readonly form: RunForm; readonly strategy: Strategy | undefined }) {
  const { form: words } = useLabTexts();
  if (strategy === undefined || strategy.parameters.length === 0) return null;
  return (
    <fieldset className={css['group']}>
      <legend>{words.parameters}</legend>
      <div className={css['grid']}>
        {strategy.parameters.map((parameter) =>
          parameter.choices.length > 0 ? (
            <Choice
              key={parameter.name}
              {...fieldOf(form, parameterField(parameter.name))}
              label={parameter.title}
              choices={parameter.choices.map((choice, place) => [String(place), choice])}
            />
          ) : (
            <Field
              key={parameter.name}
              {...fieldOf(form, parameterField(parameter.name))}
              label={parameter.title}
              hint={words.rangeOf(
                String(parameter.minimum),
                String(parameter.maximum),
                String(parameter.default),
              )}
              inputMode={parameter.kind === 'whole' ? 'numeric' : 'decimal'}
              isMono
              autoComplete="off"
            />
          ),
        )}
      </div>
    </fieldset>
  );
}

function Symbols({ form, isLive }: { readonly form: RunForm; readonly isLive: boolean }) {
  const { form: words } = useLabTexts();
  const chosen = symbolsIn(form.values);
  const watched = useMarkets().data?.markets.map((row) => row.symbol) ?? [];
  const symbols = [...new Set([...watched, ...chosen])].sort();
  if (isLive)
    return (
      <Choice
        {...fieldOf(form, 'symbols')}
        label={words.symbol}
        choices={symbols.map((symbol) => [symbol, symbol])}
      />
    );
  return (
    <div>
      <p className={formCss['label']}>{words.symbols}</p>
      <Chips
        label={words.symbols}
        choices={symbols.map((symbol) => [symbol, symbol] as const)}
        chosen={chosen}
        onChange={(next) => form.set('symbols', next.join(','))}
      />
      <p className={formCss['hint']}>{words.symbolsHint}</p>
      {chosen.length === 0 && <p className={formCss['fault']}>{words.faults.symbols}</p>}
    </div>
  );
}

function Period({ form }: { readonly form: RunForm }) {
  const { form: words } = useLabTexts();
  const { period, sameFrom = '', sameTo = '' } = form.values;
  return (
    <>
      <Choice
        {...fieldOf(form, 'period')}
        label={words.period}
        choices={[
          ...(sameFrom === '' ? [] : [['same', words.same] as const]),
          ...periods.map((one) => [one, words.periods[one]] as const),
          ['between', words.between],
        ]}
        hint={
          period === 'same' && (
            <>
              <Instant at={sameFrom} /> – <Instant at={sameTo} />
            </>
          )
        }
      />
      {period === 'between' && (
        <>
          <Field {...fieldOf(form, 'from')} label={words.from} type="date" />
          <Field {...fieldOf(form, 'to')} label={words.to} type="date" hint={words.toHint} />
        </>
      )}
    </>
  );
}

function Group({ of, form }: { readonly of: SettingGroup; readonly form: RunForm }) {
  const { form: words } = useLabTexts();
  const shown: readonly (Setting & { readonly name: SettingName })[] = settingGroups[of];
  return (
    <details className={css['details']}>
      <summary>
        {words.groups[of]} <small>{words.groupHints[of]}</small>
      </summary>
      <div className={css['grid']}>
        {shown
          .filter((setting) => applies(setting, form.values))
          .map((setting) => (
            <SettingField key={setting.name} of={setting} form={form} />
          ))}
      </div>
    </details>
  );
}

interface SettingFieldProps {
  readonly of: Setting & { readonly name: SettingName };
  readonly form: RunForm;
}

function SettingField({ of, form }: SettingFieldProps) {
  const { form: words } = useLabTexts();
  const field = fieldOf(form, settingField(of.name));
  const { name, hint } = words.settings[of.name];
  if (of.kind === 'flag')
    return (
      <Tick
        {...field}
        value={field.value === 'yes'}
        onChange={(isOn) => field.onChange(isOn ? 'yes' : '')}
        hint={hint}
      >
        {name}
      </Tick>
    );
  if (of.kind === 'choice') {
    const choices: { readonly [choice: string]: string } = words.choices;
    return (
      <Choice
        {...field}
        label={name}
        hint={hint}
        choices={(of.choices ?? []).map((choice) => [choice, choices[choice] ?? choice])}
      />
    );
  }
  return (
    <Field
      {...field}
      label={of.isOptional ? words.optional(name) : name}
      hint={hint}
      {...(of.kind === 'share' ? { unit: '%' } : {})}
      inputMode={of.kind === 'count' ? 'numeric' : 'decimal'}
      isMono
      autoComplete="off"
    />
  );
}
