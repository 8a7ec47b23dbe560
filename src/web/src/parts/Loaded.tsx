import type { ReactNode } from 'react';
import { Failure } from './Failure';
import { Panel } from './Panel';
import { Skeleton } from './Skeleton';

interface LoadedProps<T> {
  readonly title: string;
  readonly of: {
    readonly data: T | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}

/** What a query brought, its failure, or its place while it is on its way. */
export function Loaded<T>({ title, of, children }: LoadedProps<T>) {
  if (of.data !== undefined) return children(of.data);
  return (
    <Panel title={title}>
      {of.error ? (
        <Failure error={of.error} retry={() => void of.refetch()} />
      ) : (
        <div style={{ padding: 'var(--s4)', minHeight: 160 }}>
          <Skeleton width={220} />
        </div>
      )}
    </Panel>
  );
}
