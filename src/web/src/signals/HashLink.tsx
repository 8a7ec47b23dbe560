import { useTexts } from '../i18n/Texts';
import type { Signal } from './filter';
import css from './Signals.module.css';

interface HashLinkProps {
  readonly signal: Signal;
  readonly isWhole?: boolean;
}

/** The hash that proves when a signal was given, with the page where anyone checks it. */
export function HashLink({ signal, isWhole = false }: HashLinkProps) {
  const { signals: texts } = useTexts().pages;
  const { hash } = signal;
  if (hash === null)
    return (
      <span className={css['none']} title={signal.isRetrospective ? texts.retrospectiveHint : texts.hashSoon}>
        {signal.isRetrospective ? texts.retrospective : '–'}
      </span>
    );
  return (
    <a
      className={css['hash']}
      href={`/verify/${hash}`}
      title={hash}
      aria-label={texts.verify(hash.slice(0, 8))}
    >
      {isWhole ? hash : `${hash.slice(0, 8)}…`}
    </a>
  );
}
