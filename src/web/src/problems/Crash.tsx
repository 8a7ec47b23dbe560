import { TriangleAlert } from 'lucide-react';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Notice } from '../parts/Notice';
import { RequestId } from '../parts/RequestId';
import type { Receipt } from './report';

export function Crash({ receipt }: { readonly receipt: Receipt | null }) {
  const { crash } = useTexts();
  const outcome = receipt === null ? '' : receipt.reported ? crash.reported : crash.notReported;
  return (
    <Notice
      icon={TriangleAlert}
      title={crash.title}
      hint={
        <>
          {crash.hint} <span role="status">{outcome}</span>
        </>
      }
      alert
    >
      <Button kind="primary" onClick={() => location.reload()}>
        {crash.reload}
      </Button>
      <RequestId value={receipt?.requestId ?? null} />
    </Notice>
  );
}
