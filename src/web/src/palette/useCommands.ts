import {
  BookOpen,
  ChartCandlestick,
  CircleUserRound,
  FileText,
  House,
  Languages,
  type LucideIcon,
  Monitor,
  Moon,
  RefreshCw,
  Sun,
} from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { places, settingsPlace } from '../frame/places';
import { type LanguageCode, languages } from '../i18n/languages';
import { useTexts } from '../i18n/Texts';
import { retryLive, useLiveStatus } from '../live/live';
import { chartPath } from '../market/symbols';
import { useMarkets } from '../market/useMarkets';
import { changePreferences } from '../preferences/store';
import type { Findable } from './match';

export interface Command extends Findable {
  readonly id: string;
  readonly group: string;
  readonly icon: LucideIcon;
  /** A few words at the end of the line. */
  readonly detail?: string;
  readonly run: () => void;
}

/** Everything the palette can do, in the reader's language. The keywords are English, so that habits keep working. */
export function useCommands(): readonly Command[] {
  const texts = useTexts();
  const [, navigate] = useLocation();
  const canReconnect = useLiveStatus().state === 'waiting';
  const symbols =
    useMarkets()
      .data?.markets.map((row) => row.symbol)
      .join(' ') ?? '';
  return useMemo(() => {
    const { palette } = texts;
    const pages: Command[] = [...places, settingsPlace].map((place) => ({
      id: place.path,
      group: palette.groupPages,
      icon: place.icon,
      title: place.name(texts),
      keywords: place.path,
      run: () => (place.isOutside ? location.assign(place.path) : navigate(place.path)),
    }));
    const documents: Command[] = (
      [
        ['/', palette.home, House, 'landing start plans'],
        ['/terms', palette.terms, FileText, 'terms legal'],
        ['/privacy', palette.privacy, FileText, 'privacy data legal'],
        ['/disclaimer', palette.disclaimer, BookOpen, 'disclaimer risk legal'],
      ] as const
    ).map(([path, title, icon, keywords]) => ({
      id: path,
      group: palette.groupPages,
      icon,
      title,
      keywords,
      run: () => location.assign(path),
    }));
    const { menu } = texts.accounts;
    const own: Command[] = (
      [
        ['/profile/account', menu.profile, 'profile account name language theme'],
        ['/profile/security', menu.security, 'security password passkey authenticator sessions'],
        ['/profile/subscription', menu.subscription, 'subscription plan limits'],
        ['/profile/keys', menu.keys, 'api keys'],
      ] as const
    ).map(([path, title, keywords]) => ({
      id: path,
      group: palette.groupPages,
      icon: CircleUserRound,
      title,
      keywords,
      run: () => navigate(path),
    }));
    const charts: Command[] = symbols
      .split(' ')
      .filter(Boolean)
      .map((symbol) => ({
        id: `chart-${symbol}`,
        group: palette.groupMarkets,
        icon: ChartCandlestick,
        title: symbol,
        keywords: `${symbol.replace('/', '')} chart`,
        detail: palette.chart,
        run: () => navigate(chartPath(symbol)),
      }));
    const actions: Command[] = (
      [
        ['dark', palette.themeDark, Moon],
        ['light', palette.themeLight, Sun],
        ['system', palette.themeSystem, Monitor],
      ] as const
    ).map(([theme, title, icon]) => ({
      id: `theme-${theme}`,
      group: palette.groupActions,
      icon,
      title,
      keywords: `theme appearance ${theme}`,
      run: () => changePreferences({ theme }),
    }));
    const reconnect: Command = {
      id: 'reconnect',
      group: palette.groupActions,
      icon: RefreshCw,
      title: palette.reconnect,
      keywords: 'reconnect live connection',
      run: retryLive,
    };
    const speech: Command[] = Object.entries(languages).map(([code, { name }]) => ({
      id: `language-${code}`,
      group: palette.groupLanguage,
      icon: Languages,
      title: palette.language(name),
      keywords: `language ${code}`,
      run: () => changePreferences({ language: code as LanguageCode }),
    }));
    const followBrowser: Command = {
      id: 'language-system',
      group: palette.groupLanguage,
      icon: Languages,
      title: palette.languageSystem,
      keywords: 'language browser system',
      run: () => changePreferences({ language: 'system' }),
    };
    return [
      ...pages,
      ...own,
      ...documents,
      ...charts,
      ...actions,
      ...(canReconnect ? [reconnect] : []),
      ...speech,
      followBrowser,
    ];
  }, [texts, navigate, canReconnect, symbols]);
}
