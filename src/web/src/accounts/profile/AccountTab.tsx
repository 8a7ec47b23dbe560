import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, unwrap } from '../../api/client';
import { type LanguageCode, languages } from '../../i18n/languages';
import { useTexts } from '../../i18n/Texts';
import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { useForm } from '../../parts/form/useForm';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { changePreferences } from '../../preferences/store';
import { emailFault } from '../checks';
import { confirmed } from '../session/asking';
import { meKey } from '../session/useMe';
import css from './Profile.module.css';
import { type Profile, profileKey, useProfile } from './useProfile';

export function AccountTab() {
  const { account } = useTexts().accounts;
  const profile = useProfile();
  return (
    <Loaded title={account.you} of={profile}>
      {(data) => (
        <>
          {data.isDemo && <p className={formCss['said']}>{account.demo}</p>}
          <Panel title={account.you}>
            <YouForm profile={data} />
          </Panel>
          <Panel title={account.address} note={account.addressNow(data.email)}>
            <AddressForm />
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function YouForm({ profile }: { readonly profile: Profile }) {
  const { accounts: texts } = useTexts();
  const { account } = texts;
  const cache = useQueryClient();
  const [said, setSaid] = useState<string | null>(null);
  const zones = useMemo(
    () => [
      'UTC',
      ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC' && zone.includes('/')),
    ],
    [],
  );
  const form = useForm({
    initial: {
      name: profile.name,
      language: profile.language,
      timeZone: profile.timeZone,
      theme: profile.theme as string,
    },
    check: ({ name }) => ({ name: name.length > 80 ? texts.form.nameLength : undefined }),
    send: async ({ name, language, timeZone, theme }) => {
      setSaid(null);
      const body = { name, language, timeZone, theme: theme as Profile['theme'] };
      const saved = await unwrap(api.PATCH('/api/v1/account', { body }));
      cache.setQueryData(profileKey, saved);
      changePreferences({
        theme: saved.theme,
        timeZone: saved.timeZone,
        ...(saved.language in languages ? { language: saved.language as LanguageCode } : {}),
      });
      await cache.invalidateQueries({ queryKey: meKey });
      setSaid(texts.form.saved);
    },
  });
  return (
    <Form of={form} action={texts.form.save} said={said} isPadded>
      <div className={formCss['row']}>
        <Field {...form.field('name')} label={account.name} autoComplete="name" />
        <Choice
          {...form.field('theme')}
          label={account.theme}
          choices={[
            ['system', account.themes.system],
            ['dark', account.themes.dark],
            ['light', account.themes.light],
          ]}
        />
        <Choice
          {...form.field('language')}
          label={account.language}
          choices={Object.entries(languages).map(([code, { name }]) => [code, name])}
        />
        <Choice
          {...form.field('timeZone')}
          label={account.timeZone}
          choices={zones.map((zone) => [zone, zone.replaceAll('_', ' ')])}
        />
      </div>
      <p className={css['text']}>
        {account.since} <Instant at={profile.createdAt} />
      </p>
    </Form>
  );
}

function AddressForm() {
  const { accounts: texts } = useTexts();
  const [said, setSaid] = useState<string | null>(null);
  const form = useForm({
    initial: { email: '' },
    check: ({ email }) => ({ email: emailFault(email, texts) }),
    send: async ({ email }) => {
      setSaid(null);
      await confirmed(() => unwrap(api.POST('/api/v1/account/email', { body: { email } })));
      setSaid(texts.account.addressSent);
    },
  });
  return (
    <Form of={form} action={texts.account.changeAddress} said={said} isPadded>
      <Field {...form.field('email')} label={texts.account.newAddress} type="email" autoComplete="email" />
    </Form>
  );
}
