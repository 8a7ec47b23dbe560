import { Link } from 'wouter';
import { Panel } from '../../parts/Panel';
import { allSettings } from '../form/settings';
import { applies, settingField, settingsOf } from '../form/values';
import { type Run, strategyPath } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';

/** Everything the run was made of. */
export function SettingsPanel({ run }: { readonly run: Run }) {
  const { result: words, form } = useLabTexts();
  const choices: { readonly [choice: string]: string } = form.choices;
  const { strategy } = run;
  const varied = new Set(run.optimisation?.parameters.map(({ name }) => name));
  const kept = Object.entries(strategy.parameters).filter(([name]) => !varied.has(name));
  const written = settingsOf(run.settings);
  return (
    <Panel
      title={words.views.settings}
      action={
        <Link href={strategyPath(strategy.key)}>
          {strategy.version === null ? strategy.title : form.own(strategy.title, String(strategy.version))}
        </Link>
      }
    >
      <dl className={css['facts']}>
        {kept.map(([name, value]) => (
          <div key={name} className={css['pair']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className={css['pair']}>
          <dt>{form.capital}</dt>
          <dd>{run.initialCapital}</dd>
        </div>
        {allSettings
          .filter((setting) => applies(setting, written))
          .map((setting) => {
            const text = written[settingField(setting.name)] ?? '';
            const said =
              setting.kind === 'flag'
                ? text === 'yes'
                  ? form.yes
                  : form.no
                : setting.kind === 'choice'
                  ? (choices[text] ?? text)
                  : text === ''
                    ? '–'
                    : `${text}${setting.kind === 'share' ? ' %' : ''}`;
            return (
              <div key={setting.name} className={css['pair']}>
                <dt>{form.settings[setting.name].name}</dt>
                <dd>{said}</dd>
              </div>
            );
          })}
      </dl>
    </Panel>
  );
}
