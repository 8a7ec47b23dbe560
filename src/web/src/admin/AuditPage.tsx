import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type AuditFilter, AuditTable } from '../accounts/audit/AuditTable';
import { api, unwrap } from '../api/client';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Field } from '../parts/form/Field';
import { Panel } from '../parts/Panel';
import css from './Admin.module.css';
import { AdminPage } from './AdminPage';

export function AuditPage() {
  const { admin } = useTexts().accounts;
  return (
    <AdminPage title={admin.audit} lead={admin.auditLead} aside={<Verify />}>
      <Log />
    </AdminPage>
  );
}

function Log() {
  const { admin } = useTexts().accounts;
  const query = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState({
    actor: query.get('actor') ?? '',
    subject: query.get('subject') ?? '',
    action: query.get('action') ?? '',
  });
  const set = (name: keyof typeof asked) => (value: string) => setAsked({ ...asked, [name]: value });
  const search = () => {
    const said = Object.entries(asked).filter(([, value]) => value.trim() !== '');
    navigate(said.length === 0 ? '/admin/audit' : `/admin/audit?${new URLSearchParams(said)}`);
  };
  return (
    <Panel title={admin.audit} isBare>
      <form
        className={css['filters']}
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <Field
          name="action"
          label={admin.actionFilter}
          value={asked.action}
          onChange={set('action')}
          autoComplete="off"
        />
        <Field
          name="actor"
          label={admin.actorFilter}
          value={asked.actor}
          onChange={set('actor')}
          inputMode="numeric"
        />
        <Field
          name="subject"
          label={admin.subjectFilter}
          value={asked.subject}
          onChange={set('subject')}
          inputMode="numeric"
        />
        <Button type="submit">{admin.filter}</Button>
      </form>
      <AuditTable of={filterOf(query)} />
    </Panel>
  );
}

function filterOf(query: URLSearchParams): AuditFilter {
  const number = (name: 'actor' | 'subject') => {
    const text = query.get(name) ?? '';
    return /^\d{1,15}$/.test(text) ? { [name]: Number(text) } : {};
  };
  const action = query.get('action')?.trim() ?? '';
  return { ...number('actor'), ...number('subject'), ...(action === '' ? {} : { action }) };
}

function Verify() {
  const { admin } = useTexts().accounts;
  const format = useFormat();
  const [said, setSaid] = useState<string | null>(null);
  const check = async () => {
    try {
      const verdict = await unwrap(api.GET('/api/v1/admin/audit/verify'));
      setSaid(
        verdict.intact
          ? admin.intact(format.count(verdict.rows))
          : admin.broken(String(verdict.faultAt ?? 0)),
      );
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <span role="status">{said}</span> <Button onClick={() => void check()}>{admin.verify}</Button>
    </>
  );
}
