import { Loaded } from '../../parts/Loaded';
import { useStart } from '../form/useStart';
import { Lab } from '../Lab';
import { RunsPanel } from '../runs/RunsPanel';
import { useLabTexts } from '../useLabTexts';
import { NewSearch } from './NewSearch';

/** Where parameters are searched for, beside the searches that were made. */
export function OptimiserPage() {
  return (
    <Lab section="optimiser" gate="plan">
      <Optimiser />
    </Lab>
  );
}

function Optimiser() {
  const { optimiser: words } = useLabTexts();
  const start = useStart();
  return (
    <>
      <Loaded title={words.newSearch} of={start}>
        {(data) => <NewSearch {...data} />}
      </Loaded>
      <RunsPanel kind="optimisation" />
      <RunsPanel kind="walkForward" />
    </>
  );
}
