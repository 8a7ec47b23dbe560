import { Lab } from '../Lab';
import { useLabTexts } from '../useLabTexts';
import { FormulaForm } from './FormulaForm';

export function NewStrategyPage() {
  const { strategies: words } = useLabTexts();
  return (
    <Lab section="strategies" gate="account" title={words.new} lead={words.newHint}>
      <FormulaForm />
    </Lab>
  );
}
