import { Download } from 'lucide-react';
import { pathOf } from '../../market/symbols';
import type { Timeframe } from '../../market/timeframes';
import { Panel } from '../../parts/Panel';
import records from '../../records/Records.module.css';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import type { Range } from './useRange';

interface FilesProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly range: Range;
}

/** The range as a file. */
export function FilesPanel({ symbol, timeframe, range }: FilesProps) {
  const { data: words } = useLabTexts();
  const address = (format: string) => {
    const from = range.from ?? range.closed[0]?.time ?? range.to;
    return `/api/v1/data/export?${new URLSearchParams({
      symbol: pathOf(symbol),
      timeframe,
      from: new Date(from).toISOString(),
      to: new Date(range.to).toISOString(),
      format,
    })}`;
  };
  return (
    <Panel title={words.files} note={words.filesHint}>
      <p className={`${css['body']} ${records['export']}`}>
        <Download size={14} aria-hidden="true" />
        {(['csv', 'json', 'xlsx'] as const).map((format) => (
          <a
            key={format}
            href={address(format)}
            download
            aria-label={words.fileAs(`${symbol} ${timeframe}`, format.toUpperCase())}
          >
            {format.toUpperCase()}
          </a>
        ))}
      </p>
    </Panel>
  );
}
