import {
  Activity,
  BellRing,
  BookOpen,
  CalendarClock,
  ChartCandlestick,
  FlaskConical,
  LayoutGrid,
  type LucideIcon,
  Radar,
  Radio,
  Settings,
} from 'lucide-react';
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
  { path: '/dashboard', name: (texts) => texts.frame.dashboard, icon: LayoutGrid },
  {
    path: '/markets',
    alsoAt: '/chart',
    name: (texts) => texts.frame.markets,
    icon: ChartCandlestick,
  },
  {
    path: '/patterns',
    alsoAt: '/learn',
    name: (texts) => texts.frame.patterns,
    icon: Radar,
  },
  { path: '/signals', name: (texts) => texts.frame.signals, icon: Radio },
  { path: '/alerts', name: (texts) => texts.frame.alerts, icon: BellRing, isSpare: true },
  { path: '/backtest', name: (texts) => texts.frame.backtest, icon: FlaskConical, isSpare: true },
  { path: '/status', name: (texts) => texts.frame.status, icon: Activity, isSpare: true },
  { path: '/jobs', name: (texts) => texts.frame.jobs, icon: CalendarClock, isSpare: true },
  { path: '/docs', name: (texts) => texts.frame.docs, icon: BookOpen, isOutside: true, isSpare: true },
];

export const settingsPlace: Place = {
  path: '/settings',
  name: (texts) => texts.frame.settings,
  icon: Settings,
};
