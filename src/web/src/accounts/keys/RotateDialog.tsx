import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Choice } from '../../parts/form/Choice';
import { Dialog } from '../../parts/form/Dialog';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { confirmed } from '../session/asking';
import type { ApiKey } from './KeysTab';

interface RotateProps {
  readonly of: ApiKey;
  readonly onClose: () => void;
  readonly onMade: (made: Schemas['MadeKey']) => Promise<void>;
}

export function RotateDialog({ of: key, onClose, onMade }: RotateProps) {
  const { keys, form: says } = useTexts().accounts;
  const form = useForm({
    initial: { hours: '24' },
    check: () => ({}),
    send: async ({ hours }) => {
      const call = { params: { path: { id: key.id } }, body: { overlapHours: Number(hours) } };
      await onMade(await confirmed(() => unwrap(api.POST('/api/v1/api-keys/{id}/rotate', call))));
    },
  });
  return (
    <Dialog title={keys.rotateTitle(key.name)} text={keys.rotateText} onClose={onClose}>
      <Form of={form} action={keys.rotate} beside={<Button onClick={onClose}>{says.cancel}</Button>}>
        <Choice
          {...form.field('hours')}
          label={keys.overlap}
          choices={[
            ['0', keys.overlaps.h0],
            ['1', keys.overlaps.h1],
            ['24', keys.overlaps.h24],
            ['168', keys.overlaps.h168],
          ]}
        />
      </Form>
    </Dialog>
  );
}
