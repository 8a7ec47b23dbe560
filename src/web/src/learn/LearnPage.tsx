import { useState } from 'react';
import { Link } from 'wouter';
import { NotFoundPage } from '../frame/NotFoundPage';
import type { LearnTexts } from '../i18n/learn/english';
import { useTexts } from '../i18n/Texts';
import { Page } from '../parts/Page';
import { Segmented } from '../parts/Segmented';
import { kindOfSlug, type PatternKind, patternKinds, teachingPath } from '../patterns/kinds';
import { drawings, turned } from './drawings';
import css from './Learn.module.css';
import { LivePanel } from './LivePanel';
import { Picture } from './Picture';
import { RecordPanel } from './RecordPanel';
import { useLearnTexts } from './useLearnTexts';

/** What a kind of pattern is, how it is found and traded, and what was measured of it. */
export function LearnPage({ slug }: { readonly slug: string }) {
  const { eye } = useTexts();
  const texts = useLearnTexts();
  const kind = kindOfSlug(slug);
  if (kind === undefined) return <NotFoundPage />;
  return (
    <Page title={eye.kinds[kind]} lead={texts?.kinds[kind].lead} isFull>
      <nav className={css['kinds']} aria-label={texts?.page.kinds}>
        {patternKinds.map((one) => (
          <Link key={one} href={teachingPath(one)} aria-current={one === kind ? 'page' : undefined}>
            {eye.kinds[one]}
          </Link>
        ))}
      </nav>
      {texts && (
        <div className={css['columns']}>
          <div className={css['main']}>
            <Example kind={kind} texts={texts} />
            <Lesson kind={kind} texts={texts} />
          </div>
          <div className={css['beside']}>
            <LivePanel kind={kind} texts={texts} />
            <RecordPanel kind={kind} texts={texts} />
          </div>
        </div>
      )}
    </Page>
  );
}

interface PartProps {
  readonly kind: PatternKind;
  readonly texts: LearnTexts;
}

function Example({ kind, texts }: PartProps) {
  const { eye, pages } = useTexts();
  const [direction, setDirection] = useState<'bullish' | 'bearish'>('bullish');
  const drawing = direction === 'bullish' ? drawings[kind] : turned(drawings[kind]);
  return (
    <figure className={css['figure']}>
      <div className={css['turn']}>
        <Segmented
          label={pages.matrix.direction}
          choices={[
            ['bullish', `▲ ${eye.directions.bullish}`],
            ['bearish', `▼ ${eye.directions.bearish}`],
          ]}
          value={direction}
          onChange={setDirection}
        />
        <p>{texts.page.drawn}</p>
      </div>
      <Picture
        drawing={drawing}
        texts={texts.marks}
        label={texts.page.picture(eye.kinds[kind], eye.directions[direction])}
      />
    </figure>
  );
}

function Lesson({ kind, texts }: PartProps) {
  const { what, find, trade } = texts.kinds[kind];
  return (
    <>
      <div className={css['text']}>
        <section>
          <h2>{texts.page.what}</h2>
          {what.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
        <Steps title={texts.page.find} steps={find} />
        <Steps title={texts.page.trade} steps={trade} />
      </div>
      <p className={css['hint']}>
        {texts.page.turned} {texts.page.honest}
      </p>
    </>
  );
}

interface StepsProps {
  readonly title: string;
  readonly steps: readonly string[];
}

function Steps({ title, steps }: StepsProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
