import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatUtc } from '../../../format/time';
import { useTexts } from '../../../i18n/Texts';
import { Failure } from '../../../parts/Failure';
import { useAxisTexts } from '../useAxisTexts';
import css from './Eye.module.css';
import { WhyHead } from './WhyHead';

export const Facts = ({ children }: { readonly children: ReactNode }) => (
  <dl className={css['facts']}>{children}</dl>
);

interface FactProps {
  readonly name: string;
  readonly isFigure?: boolean;
  readonly children: ReactNode;
}

export const Fact = ({ name, isFigure = false, children }: FactProps) => (
  <div>
    <dt>{name}</dt>
    <dd data-figure={isFigure || undefined}>{children}</dd>
  </div>
);

/** On the reader's clock, in UTC on hover. */
export function At({ time }: { readonly time: string }) {
  const { moment } = useAxisTexts();
  const at = new Date(time);
  return (
    <time dateTime={time} title={formatUtc(at)}>
      {moment(at)}
    </time>
  );
}

export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={css['part']} aria-label={title}>
    <h3 className={css['title']}>{title}</h3>
    {children}
  </section>
);

export const More = ({ to, children }: { readonly to: string; readonly children: string }) => (
  <p className={css['more']}>
    <Link href={to}>
      {children}
      <ArrowRight size={13} aria-hidden="true" />
    </Link>
  </p>
);

interface WaitingProps {
  readonly error: Error | null;
  readonly retry: () => void;
  readonly onClose: () => void;
}

export function Waiting({ error, retry, onClose }: WaitingProps) {
  const { overlay, why } = useTexts().eye;
  return (
    <>
      <WhyHead title={why.title} onClose={onClose} />
      {error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <p className={css['wait']} role="status">
          {overlay.loading}
        </p>
      )}
    </>
  );
}
