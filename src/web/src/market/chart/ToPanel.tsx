import { ArrowDown } from 'lucide-react';
import { useTexts } from '../../i18n/Texts';
import css from './ToPanel.module.css';

/** Where the explanation stands below the chart, as on a phone: the way there. */
export function ToPanel() {
  const { why: texts } = useTexts().eye;
  return (
    <button
      type="button"
      className={css['toPanel']}
      onClick={() => {
        const panel = document.getElementById('chart-side');
        panel?.scrollIntoView({ block: 'start' });
        panel?.focus({ preventScroll: true });
      }}
    >
      {texts.title}
      <ArrowDown size={14} aria-hidden="true" />
    </button>
  );
}
