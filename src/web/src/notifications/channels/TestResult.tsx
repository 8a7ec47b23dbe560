import { explainError } from '../../accounts/explainError';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import css from './Channels.module.css';
import type { TestState } from './useTest';

/** What became of a test, as it comes about; its place is there from the start, so that it is read out. */
export function TestResult({ of: state }: { readonly of: TestState }) {
  return (
    <div role="status" className={css['result']}>
      <Result state={state} />
    </div>
  );
}

function Result({ state }: { readonly state: TestState }) {
  const texts = useTexts();
  const format = useFormat();
  const { test: words } = texts.notices;
  switch (state.step) {
    case 'idle':
      return null;
    case 'sending':
      return <Badge tone="busy">{words.sending}</Badge>;
    case 'refused':
      return <Badge tone="bad">{explainError(state.error, texts)}</Badge>;
    case 'late':
      return <Badge tone="warning">{words.late}</Badge>;
    case 'under way':
      return (
        <>
          <Badge tone="busy">{state.delivery.status === 'handed' ? words.handed : words.sending}</Badge>
          {state.delivery.why !== null && (
            <span className={css['why']}>
              {words.again(state.delivery.attempts)} <span lang="en">{state.delivery.why}</span>
            </span>
          )}
        </>
      );
    case 'ended':
      return state.delivery.status === 'sent' ? (
        <Badge tone="good">{words.sent(format.milliseconds(state.delivery.latencyMs))}</Badge>
      ) : (
        <>
          <Badge tone="bad">{words.failed}</Badge>
          <span className={css['why']} lang="en">
            {state.delivery.why}
          </span>
        </>
      );
  }
}
