import { lazy, Suspense } from 'react';
import { useQuestion } from './asking';

const WhoAreYou = lazy(async () => ({ default: (await import('./WhoAreYou')).WhoAreYou }));

/** Stands in the frame and waits for somebody who has to show again who he is. */
export function Confirmation() {
  const question = useQuestion();
  if (question === null) return null;
  return (
    <Suspense>
      <WhoAreYou answer={question.answer} />
    </Suspense>
  );
}
