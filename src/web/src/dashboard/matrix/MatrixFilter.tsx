import { useTexts } from '../../i18n/Texts';
import { SearchBox } from '../../parts/SearchBox';
import { Segmented } from '../../parts/Segmented';
import { codeOf, patternKinds } from '../../patterns/kinds';
import type { Listing } from './listing';
import css from './MatrixFilter.module.css';

interface MatrixFilterProps {
  readonly listing: Listing;
  readonly hasLocked: boolean;
  readonly onChange: (listing: Listing) => void;
}

export function MatrixFilter({ listing, hasLocked, onChange }: MatrixFilterProps) {
  const { eye, pages } = useTexts();
  const { matrix: texts } = pages;
  return (
    <search className={css['filter']}>
      <SearchBox
        className={css['search']}
        label={texts.search}
        value={listing.query}
        onChange={(query) => onChange({ ...listing, query })}
      />
      <Segmented
        label={texts.direction}
        choices={[
          ['', texts.anyDirection],
          ['bullish', `▲ ${eye.directions.bullish}`],
          ['bearish', `▼ ${eye.directions.bearish}`],
        ]}
        value={listing.direction}
        onChange={(direction) => onChange({ ...listing, direction })}
      />
      <select
        className={css['choice']}
        aria-label={texts.kind}
        value={listing.kind}
        onChange={(event) => onChange({ ...listing, kind: event.target.value })}
      >
        <option value="">{texts.anyKind}</option>
        {patternKinds.map((kind) => (
          <option key={kind} value={codeOf[kind]}>
            {eye.kinds[kind]}
          </option>
        ))}
      </select>
      {hasLocked && (
        <label className={css['tick']}>
          <input
            type="checkbox"
            checked={listing.hidesLocked}
            onChange={(event) => onChange({ ...listing, hidesLocked: event.target.checked })}
          />
          {texts.hideLocked}
        </label>
      )}
    </search>
  );
}
