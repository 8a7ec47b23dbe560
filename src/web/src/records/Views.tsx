import { BookmarkPlus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../i18n/Texts';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/form/Dialog';
import { Field } from '../parts/form/Field';
import form from '../parts/form/Form.module.css';
import { dropView, saveView, useViews } from './savedViews';
import css from './Views.module.css';

interface ViewsProps {
  readonly list: string;
  /** What the address says of the filter now. */
  readonly search: string;
  readonly onPick: (search: string) => void;
}

/** Filters under names of one's own, a click away. */
export function Views({ list, search, onPick }: ViewsProps) {
  const { records: texts } = useTexts().pages;
  const views = useViews(list);
  const [isNaming, setNaming] = useState(false);
  return (
    <div className={css['views']}>
      <ul className={css['list']} aria-label={texts.views}>
        <li>
          <button
            type="button"
            className={css['view']}
            aria-pressed={search === ''}
            onClick={() => onPick('')}
          >
            {texts.allView}
          </button>
        </li>
        {views.map((view) => (
          <li key={view.name} className={css['saved']}>
            <button
              type="button"
              className={css['view']}
              aria-pressed={view.search === search}
              onClick={() => onPick(view.search)}
            >
              {view.name}
            </button>
            <button
              type="button"
              className={css['drop']}
              aria-label={texts.dropView(view.name)}
              onClick={() => dropView(list, view.name)}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {search !== '' && !views.some((view) => view.search === search) && (
        <Button kind="link" onClick={() => setNaming(true)}>
          <BookmarkPlus size={14} aria-hidden="true" />
          {texts.saveView}
        </Button>
      )}
      {isNaming && (
        <Naming onName={(name) => saveView(list, { name, search })} onClose={() => setNaming(false)} />
      )}
    </div>
  );
}

interface NamingProps {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function Naming({ onName, onClose }: NamingProps) {
  const { accounts, pages } = useTexts();
  const { records: texts } = pages;
  const [name, setName] = useState('');
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = name.trim().slice(0, 40);
    if (said === '') return setFault(accounts.form.required);
    onName(said);
    onClose();
  };
  return (
    <Dialog title={texts.saveView} text={texts.saveViewHint} onClose={onClose}>
      <form className={form['form']} noValidate onSubmit={submit}>
        <Field
          label={texts.viewName}
          name="name"
          value={name}
          onChange={setName}
          fault={fault}
          autoComplete="off"
        />
        <div className={`${form['actions']} ${form['end']}`}>
          <Button onClick={onClose}>{accounts.form.cancel}</Button>
          <Button type="submit" kind="primary">
            {accounts.form.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
