import { AlertTriangle, Scale } from 'lucide-react';
import { useTexts } from '../../i18n/Texts';
import { choiceOf, type Honesty, judgedOf, type Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';

/** What the result is worth as evidence, before any figure. It names no profit. */
export function Verdict({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { ribbon } = useTexts();
  const honesty = run.honesty;
  if (honesty === null) return null;
  const isSynthetic = run.provenance === 'synthetic';
  const verdicts: { readonly [verdict: string]: { readonly title: string; readonly text: string } } =
    words.verdicts;
  const said = verdicts[honesty.verdict] ?? words.verdicts.none;
  return (
    <section className={css['verdict']} data-verdict={honesty.verdict} aria-label={words.verdict}>
      <Scale size={18} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <h2>{said.title}</h2>
        <p>{said.text}</p>
        {honesty.verdict === 'strong' && choiceOf(run) === 'neighbours' && <p>{words.inView}</p>}
        {isSynthetic && (
          <p>
            {ribbon.synthetic} {words.synthetic}
          </p>
        )}
        <Flags of={honesty} />
      </div>
    </section>
  );
}

function Flags({ of }: { readonly of: Honesty }) {
  const { result: words } = useLabTexts();
  const said: { readonly [code: string]: string } = words.flags;
  const { flags } = judgedOf(of);
  if (flags.length === 0) return null;
  return (
    <ul className={css['flags']} aria-label={words.flagsTitle}>
      {flags.map(({ code, text }) => (
        <li key={code} data-flag={code} title={text}>
          <AlertTriangle size={12} strokeWidth={2.5} aria-hidden="true" />
          {said[code] ?? text}
        </li>
      ))}
    </ul>
  );
}
