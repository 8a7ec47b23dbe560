import { Activity, BookOpen, CalendarClock, type LucideIcon, Settings } from 'lucide-react';
import type { Messages } from '../i18n/english';

export interface Place {
  readonly path: string;
  readonly name: (texts: Messages) => string;
  readonly icon: LucideIcon;
  /** Rendered by the server: reached by leaving the app. */
  readonly isOutside?: true;
}

/** Where the bars lead. A place is listed once it exists. */
export const places: readonly Place[] = [
  { path: '/status', name: (texts) => texts.frame.status, icon: Activity },
  { path: '/jobs', name: (texts) => texts.frame.jobs, icon: CalendarClock },
  { path: '/docs', name: (texts) => texts.frame.docs, icon: BookOpen, isOutside: true },
];

export const settingsPlace: Place = {
  path: '/settings',
  name: (texts) => texts.frame.settings,
  icon: Settings,
};
