import { Badge } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import type { Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';

/** What the verdict rests on, question by question, and whether the strategy looked ahead or leaned on its first bars. */
export function ChecksPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { answers = [], checks = [] } = run.honesty ?? {};
  const warnings = run.warnings ?? [];
  const questions: { readonly [question: string]: string } = words.questions;
  const names: { readonly [name: string]: string } = words.checkNames;
  return (
    <Panel title={words.checks} note={words.checksHint}>
      <ul className={css['checks']}>
        {checks.map(({ name, passed, text }) => (
          <Line key={name} id={name} name={names[name] ?? name} isPassed={passed} text={text} />
        ))}
        {answers.map((answer) => (
          <Line
            key={`${answer.question} ${answer.for}`}
            id={answer.question}
            name={`${questions[answer.question] ?? answer.question} (${answer.for === 'strong' ? words.forStrong : words.forWeak})`}
            isPassed={answer.passed}
            text={answer.text}
          />
        ))}
      </ul>
      {warnings.length > 0 && (
        <ul className={css['warnings']} lang="en">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface LineProps {
  readonly id: string;
  readonly name: string;
  readonly isPassed: boolean;
  readonly text: string;
}

function Line({ id, name, isPassed, text }: LineProps) {
  const { result: words } = useLabTexts();
  return (
    <li data-check={id}>
      <Badge tone={isPassed ? 'good' : 'bad'}>{isPassed ? words.passed : words.notPassed}</Badge>
      <div>
        <b>{name}</b>
        <p lang="en">{text}</p>
      </div>
    </li>
  );
}
