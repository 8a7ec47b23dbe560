import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { Needs } from '../../accounts/session/Needs';
import { useTexts } from '../../i18n/Texts';
import { Page } from '../../parts/Page';
import { AlertForm } from './AlertForm';
import { valuesFrom } from './values';

export function NewAlertPage() {
  const { form: words } = useTexts().alerts;
  const search = useSearch();
  const [initial] = useState(() => valuesFrom(new URLSearchParams(search)));
  const [, navigate] = useLocation();
  return (
    <Needs title={words.newTitle}>
      {() => (
        <Page title={words.newTitle} isWide aside={<Link href="/alerts">{words.back}</Link>}>
          <AlertForm initial={initial} onSaved={() => navigate('/alerts')} />
        </Page>
      )}
    </Needs>
  );
}
