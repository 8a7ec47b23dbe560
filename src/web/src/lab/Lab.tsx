import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Needs } from '../accounts/session/Needs';
import { Locked } from '../accounts/subscription/Locked';
import { Page } from '../parts/Page';
import css from './Lab.module.css';
import { backtestEntitlement, pathOfSection, type Section, sections } from './sections';
import { useLabTexts } from './useLabTexts';

interface LabProps {
  readonly section: Section;
  /** Of a page below the section's first. */
  readonly title?: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  /** Who may: who is signed in, or whose plan includes backtests. */
  readonly gate: 'account' | 'plan';
  readonly children: ReactNode;
}

/** A page of the laboratory, with the way to the others above it. */
export function Lab({ section, title, lead, aside, gate, children }: LabProps) {
  const { sections: names, leads } = useLabTexts();
  const name = title ?? names[section];
  const page = (
    <Page title={name} lead={lead ?? leads[section]} aside={aside} isFull>
      <Sections current={section} />
      {gate === 'plan' ? <Locked entitlement={backtestEntitlement}>{children}</Locked> : children}
    </Page>
  );
  return <Needs title={name}>{() => page}</Needs>;
}

function Sections({ current }: { readonly current: Section }) {
  const { title, sections: names } = useLabTexts();
  return (
    <nav className={css['sections']} aria-label={title}>
      {sections.map((section) => (
        <Link
          key={section}
          href={pathOfSection(section)}
          className={css['section']}
          aria-current={section === current ? 'page' : undefined}
        >
          {names[section]}
        </Link>
      ))}
    </nav>
  );
}
