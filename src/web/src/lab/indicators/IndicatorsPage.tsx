import { useState } from 'react';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { BuilderForm } from './BuilderForm';
import { PreviewPanel } from './PreviewPanel';
import { SavedPanel } from './SavedPanel';
import { begin, type Draft, usePreview } from './usePreview';

/** An indicator out of a formula: written, looked at over real candles while it is written, and kept. */
export function IndicatorsPage() {
  const [draft, setDraft] = useState<Draft>(begin);
  return (
    <Lab section="indicators" gate="account">
      <Builder draft={draft} onChange={setDraft} />
    </Lab>
  );
}

interface BuilderProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

function Builder({ draft, onChange }: BuilderProps) {
  const preview = usePreview(draft);
  return (
    <div className={css['columns']}>
      <div className={css['column']}>
        <PreviewPanel draft={draft} preview={preview} onChange={onChange} />
        <SavedPanel onOpen={(opened) => onChange({ ...draft, ...opened })} />
      </div>
      <BuilderForm draft={draft} preview={preview} onChange={onChange} />
    </div>
  );
}
