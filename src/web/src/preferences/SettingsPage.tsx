import { type ReactNode, useId, useMemo } from 'react';
import { useFormat } from '../format/useFormat';
import { useNow } from '../format/useNow';
import { chooseLanguage, type LanguageCode, languages } from '../i18n/languages';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Page } from '../parts/Page';
import { Panel } from '../parts/Panel';
import { Segmented } from '../parts/Segmented';
import { defaults } from './preferences';
import css from './SettingsPage.module.css';
import { changePreferences, usePreferences } from './store';

export function SettingsPage() {
  const { settings } = useTexts();
  const { theme, clock } = usePreferences();
  return (
    <Page
      title={settings.title}
      isNarrow
      lead={settings.lead}
      aside={<Button onClick={() => changePreferences(defaults)}>{settings.reset}</Button>}
    >
      <Panel title={settings.appearance}>
        <Line label={settings.theme} hint={settings.themeHint}>
          <Segmented
            label={settings.theme}
            value={theme}
            choices={[
              ['system', settings.themes.system],
              ['dark', settings.themes.dark],
              ['light', settings.themes.light],
            ]}
            onChange={(choice) => changePreferences({ theme: choice })}
          />
        </Line>
      </Panel>
      <Panel title={settings.region}>
        <LanguageLine />
        <TimeZoneLine />
        <Line label={settings.clock}>
          <Segmented
            label={settings.clock}
            value={clock}
            choices={[
              ['system', settings.clocks.system],
              ['h23', settings.clocks.h23],
              ['h12', settings.clocks.h12],
            ]}
            onChange={(choice) => changePreferences({ clock: choice })}
          />
        </Line>
        <Sample />
      </Panel>
    </Page>
  );
}

function LanguageLine() {
  const { settings } = useTexts();
  const { language } = usePreferences();
  const id = useId();
  const browsers = languages[chooseLanguage('system', navigator.languages)].name;
  return (
    <Line label={settings.language} control={id}>
      <select
        id={id}
        className={css['select']}
        value={language}
        onChange={(event) => changePreferences({ language: event.target.value as LanguageCode | 'system' })}
      >
        <option value="system">{settings.languageSystem(browsers)}</option>
        {Object.entries(languages).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </Line>
  );
}

function TimeZoneLine() {
  const { settings } = useTexts();
  const { timeZone } = usePreferences();
  const id = useId();
  const zones = useMemo(
    () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
    [],
  );
  const devices = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Line label={settings.timeZone} control={id}>
      <select
        id={id}
        className={css['select']}
        value={timeZone}
        onChange={(event) => changePreferences({ timeZone: event.target.value })}
      >
        <option value="system">{settings.timeZoneSystem(devices)}</option>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </Line>
  );
}

function Sample() {
  const { settings } = useTexts();
  const format = useFormat();
  const now = useNow();
  return (
    <Line label={settings.sample}>
      <span className={css['sample']}>
        {format.instant(new Date(now))}
        <span>{format.price(64218.5)}</span>
        <span>{format.price(0.00001234)}</span>
      </span>
    </Line>
  );
}

interface LineProps {
  readonly label: string;
  readonly hint?: string;
  readonly control?: string;
  readonly children: ReactNode;
}

function Line({ label, hint, control, children }: LineProps) {
  return (
    <div className={css['line']}>
      <div>
        {control === undefined ? (
          <p className={css['label']}>{label}</p>
        ) : (
          <label className={css['label']} htmlFor={control}>
            {label}
          </label>
        )}
        {hint && <p className={css['hint']}>{hint}</p>}
      </div>
      <div className={css['control']}>{children}</div>
    </div>
  );
}
