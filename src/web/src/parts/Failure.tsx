import { CloudOff } from 'lucide-react';
import { ApiError, unreachable } from '../api/ApiError';
import { useTexts } from '../i18n/Texts';
import { Button } from './Button';
import { Notice } from './Notice';
import { RequestId } from './RequestId';

interface FailureProps {
  readonly error: Error;
  readonly retry: () => void;
}

export function Failure({ error, retry }: FailureProps) {
  const { failure } = useTexts();
  const said = error instanceof ApiError ? error : null;
  const hint = said?.code === unreachable ? failure.unreachable : error.message;
  return (
    <Notice icon={CloudOff} title={failure.title} hint={hint} alert>
      <Button kind="primary" onClick={retry}>
        {failure.retry}
      </Button>
      <RequestId value={said?.requestId ?? null} />
    </Notice>
  );
}
