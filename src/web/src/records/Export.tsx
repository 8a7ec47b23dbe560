import { Download } from 'lucide-react';
import { useTexts } from '../i18n/Texts';
import css from './Records.module.css';

interface ExportProps {
  /** Of the list's own API: /api/v1/patterns. */
  readonly path: string;
  readonly query: { readonly [name: string]: string | number | undefined };
}

/** The list as it is filtered, as a file. */
export function Export({ path, query }: ExportProps) {
  const { records: texts } = useTexts().pages;
  const address = (format: string) => {
    const params = new URLSearchParams({ format });
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) params.set(name, String(value));
    return `${path}/export?${params}`;
  };
  return (
    <span className={css['export']}>
      <Download size={14} aria-hidden="true" />
      {(['csv', 'json'] as const).map((format) => (
        <a key={format} href={address(format)} download aria-label={texts.exportAs(format.toUpperCase())}>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
