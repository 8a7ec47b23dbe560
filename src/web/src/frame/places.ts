import { Activity, BookOpen, CalendarClock, ChartCandlestick, type LucideIcon, Settings } from 'lucide-react';
import type { Messages } from '../i18n/english';

export interface Place {
  readonly path: string;
  readonly name: (texts: Messages) => string;
  readonly icon: LucideIcon;
  /** Rendered by the server: reached by leaving the app. */
  readonly isOutside?: true;
  /** Other addresses that belong to the place. */
  readonly alsoAt?: string;
  /** On a phone behind More. */
  readonly isSpare?: true;
}

/** Where the bars lead. A place is listed once it exists. */
export const places: readonly Place[] = [
  {
    path: '/markets',
    alsoAt: '/chart',
    name: (texts) => texts.frame.markets,
    icon: ChartCandlestick,
  },
  { path: '/status', name: (texts) => texts.frame.status, icon: Activity },
  { path: '/jobs', name: (texts) => texts.frame.jobs, icon: CalendarClock, isSpare: true },
  { path: '/docs', name: (texts) => texts.frame.docs, icon: BookOpen, isOutside: true, isSpare: true },
];

export const settingsPlace: Place = {
  path: '/settings',
  name: (texts) => texts.frame.settings,
  icon: Settings,
};
