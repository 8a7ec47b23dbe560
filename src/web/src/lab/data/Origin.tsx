import { useTexts } from '../../i18n/Texts';
import { useServerNow } from '../../live/live';
import { Ago } from '../../parts/Ago';
import { useLabTexts } from '../useLabTexts';
import type { Range } from './useRange';

/** Where the prices come from, and how old the newest one is. */
export function Origin({ of, step }: { readonly of: Range; readonly step: number }) {
  const { data: words } = useLabTexts();
  const now = useServerNow();
  const last = of.closed.at(-1);
  return (
    <>
      {of.source} · <ProvenanceWord of={of.provenance} />
      {last && (
        <>
          {' · '}
          {words.closed} <Ago at={new Date(last.time + step).toISOString()} now={now} />
        </>
      )}
    </>
  );
}

/** Whether a market made the prices, said in a word. */
export function ProvenanceWord({ of }: { readonly of: Range['provenance'] }) {
  const { ribbon } = useTexts();
  const { provenances } = useLabTexts();
  return <span title={of === 'synthetic' ? ribbon.synthetic : undefined}>{provenances[of]}</span>;
}
