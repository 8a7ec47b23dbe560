import { useState } from 'react';
import { Link } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { useTexts } from '../../i18n/Texts';
import { Form } from '../../parts/form/Form';
import { faultsOf } from '../../parts/form/faults';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { Segmented } from '../../parts/Segmented';
import { type Alert, groups } from '../kinds';
import { useAlertDeeds } from '../list/useAlerts';
import css from './Form.module.css';
import { GroupFields } from './GroupFields';
import { LockedGroup, useOpenConditions } from './LockedGroup';
import { MoreFields } from './MoreFields';
import { PreviewPanel } from './PreviewPanel';
import { placeOf } from './place';
import { SymbolField } from './SymbolField';
import { usePreview, useRehearsal } from './usePreview';
import { bodyOf, check, conditionOf, type Values } from './values';

interface AlertFormProps {
  readonly initial: Values;
  /** The alert to change; without one a new one is made. */
  readonly of?: Alert;
  readonly onSaved: (alert: Alert) => void;
}

/** An alert as it is wanted, beside what it would have done. */
export function AlertForm({ initial, of, onSaved }: AlertFormProps) {
  const texts = useTexts();
  const { form: words, groups: names } = texts.alerts;
  const deeds = useAlertDeeds();
  const [said, setSaid] = useState<string | null>(null);
  const openConditions = useOpenConditions();
  const form = useForm<Values>({
    initial,
    check: (values) => check(values, texts.alerts, new Date()),
    send: async (values) => {
      setSaid(null);
      const body = bodyOf(values);
      const saved = of ? await deeds.change(of, body) : await deeds.make(body);
      setSaid(words.armed);
      onSaved(saved);
    },
  });
  const { values } = form;
  const condition = conditionOf(values);
  const isLocked = openConditions !== null && !openConditions.includes(condition);
  const isReadable =
    !isLocked && Object.values(check(values, texts.alerts, new Date())).every((fault) => fault === undefined);
  const body = isReadable ? bodyOf(values) : null;
  const preview = usePreview(body);
  const rehearsal = useRehearsal(preview.isError ? null : body);
  const place = values.group === 'formula' && body !== null ? placeOf(preview.error) : null;
  return (
    <div className={css['split']}>
      <Panel title={of ? words.title : words.newTitle} isBare>
        <div className={css['form']}>
          <Form of={form} action={of ? words.change : words.save} said={said}>
            <SymbolField {...form.field('symbol')} />
            <div>
              <p className={css['label']}>{words.what}</p>
              <div className={css['groups']}>
                <Segmented
                  label={words.what}
                  value={values.group}
                  choices={groups.map((group) => [group, names[group]] as const)}
                  onChange={(group) => form.set('group', group)}
                />
              </div>
            </div>
            {isLocked ? (
              <LockedGroup />
            ) : (
              <GroupFields
                form={form}
                place={place}
                asked={body === null ? {} : askedFaults(preview.error)}
              />
            )}
            <MoreFields form={form} />
          </Form>
          <p className={css['settings']}>
            <Link href="/profile/notifications">{words.toSettings}</Link>
          </p>
        </div>
      </Panel>
      <PreviewPanel
        symbol={values.symbol}
        timeframe={values.timeframe}
        isOn={body !== null}
        preview={preview}
        rehearsal={rehearsal}
      />
    </div>
  );
}

/** What the server says of fields that look right here. */
const askedFaults = (error: Error | null): { readonly [field: string]: string } =>
  error instanceof ApiError ? faultsOf(error) : {};
