import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import css from './Eye.module.css';

/** How strong a pattern was when it was confirmed. */
export function StrengthBar({ strength }: { readonly strength: number }) {
  const { why: texts } = useTexts().eye;
  const format = useFormat();
  return (
    <div className={css['meter']} title={texts.strengthHint}>
      <p>
        <span>{texts.strength}</span>
        <span className={css['figure']}>{format.fixed(strength, 2)}</span>
      </p>
      <div className={css['track']} aria-hidden="true">
        <span style={{ width: `${strength}%` }} />
      </div>
    </div>
  );
}
