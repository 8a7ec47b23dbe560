import { useState } from 'react';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import type { Run } from '../kinds';
import lab from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useRunDeeds } from '../useRuns';

/** What a person writes beside a run, so that he still knows next month why he made it. */
export function NotesPanel({ run }: { readonly run: Run }) {
  const { result: words, form: formWords } = useLabTexts();
  const deeds = useRunDeeds();
  const [said, setSaid] = useState<string | null>(null);
  const form = useForm({
    initial: { title: run.title ?? '', note: run.note ?? '' },
    check: () => ({}),
    send: async (values) => {
      setSaid(null);
      await deeds.describe(run.backtestId, values);
      setSaid(words.noteSaved);
    },
  });
  return (
    <Panel title={words.notes}>
      <div className={lab['body']}>
        <Form of={form} action={words.saveNote} said={said}>
          <Field {...form.field('title')} label={formWords.title} autoComplete="off" />
          <Field {...form.field('note')} label={words.note} rows={4} autoComplete="off" />
        </Form>
      </div>
    </Panel>
  );
}
