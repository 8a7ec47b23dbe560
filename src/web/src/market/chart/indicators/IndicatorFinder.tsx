import { ChartSpline } from 'lucide-react';
import { useTexts } from '../../../i18n/Texts';
import { Finder } from '../../../palette/Finder';
import { useCatalogue } from './useIndicators';
import { formatUse, type Indicator, mostUses, type Use } from './uses';

interface IndicatorFinderProps {
  readonly uses: readonly Use[];
  readonly setUses: (uses: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Chooses from the catalogue; what is chosen begins with its usual settings. */
export function IndicatorFinder({ uses, setUses, onClose }: IndicatorFinderProps) {
  const { chart: texts } = useTexts();
  const { data: catalogue } = useCatalogue(true);
  const shown = uses.map(formatUse);
  const add = ({ name, parameters }: Indicator) => {
    const use = formatUse({ name, values: parameters.map((parameter) => parameter.default) });
    if (!shown.includes(use) && shown.length < mostUses) setUses([...shown, use]);
  };
  return (
    <Finder
      title={texts.indicators}
      placeholder={shown.length < mostUses ? texts.findIndicator : texts.mostIndicators(mostUses)}
      results={texts.indicators}
      commands={(catalogue ?? []).map((indicator) => ({
        id: indicator.name,
        group: texts.groups[indicator.group],
        icon: ChartSpline,
        title: indicator.title,
        code: indicator.name,
        keywords: `${indicator.name} ${texts.groups[indicator.group]} ${indicator.meaning}`,
        detail: indicator.name,
        run: () => add(indicator),
      }))}
      onClose={onClose}
    />
  );
}
