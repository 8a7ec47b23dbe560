import { FlaskConical } from 'lucide-react';
import { useEffect } from 'react';
import type { Schemas } from '../api/client';
import { useTexts } from '../i18n/Texts';
import { useMarkets } from '../market/useMarkets';
import css from './Ribbon.module.css';

type Provenance = Schemas['Provenance'] | null;

const storageKey = 'tidemark.provenance';

/** Says under the bar that what is shown is not live. It holds its place until it knows, so that nothing shifts. */
export function Ribbon() {
  const { ribbon } = useTexts();
  const { data } = useMarkets();
  const provenance = data === undefined ? recall() : data.provenance;
  useEffect(() => {
    if (data !== undefined) remember(data.provenance);
  }, [data]);
  if (provenance === 'live') return null;
  return (
    <section className={css['ribbon']} aria-label={ribbon.label}>
      {provenance !== undefined && (
        <>
          <FlaskConical size={13} aria-hidden="true" />
          <p>{provenance === null ? ribbon.none : ribbon[provenance]}</p>
        </>
      )}
    </section>
  );
}

/** What it was when this browser last looked: right almost always, and corrected at once where not. */
function recall(): Provenance | undefined {
  try {
    const known = localStorage.getItem(storageKey);
    return known === 'live' || known === 'recorded' || known === 'synthetic' ? known : undefined;
  } catch {
    return undefined;
  }
}

function remember(provenance: Provenance): void {
  try {
    if (provenance !== null) localStorage.setItem(storageKey, provenance);
  } catch {
    // A browser that stores nothing holds the place anew each time.
  }
}
