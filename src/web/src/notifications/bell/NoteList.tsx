import { BellRing } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';
import { Skeleton } from '../../parts/Skeleton';
import { Age } from '../../records/Age';
import css from './Bell.module.css';
import { type Note, useNotes } from './useBell';

interface NoteListProps {
  readonly unread: number;
  readonly onClose: () => void;
}

/** What a person was told, newest first; what is not read stands out and is marked by opening it. */
export function NoteList({ unread, onClose }: NoteListProps) {
  const { bell: texts } = useTexts().notices;
  const [, navigate] = useLocation();
  const { query, notes, markRead, markAll } = useNotes();
  const open = (note: Note) => {
    if (note.readAt === null) void markRead(note.id);
    if (note.link === null) return;
    onClose();
    navigate(note.link);
  };
  return (
    <section className={css['list']} aria-label={texts.title}>
      <header className={css['head']}>
        <h2>{texts.title}</h2>
        {unread > 0 && (
          <Button kind="link" onClick={() => void markAll()}>
            {texts.markAll}
          </Button>
        )}
      </header>
      <div className={css['scroll']}>
        {notes === undefined && query.error && (
          <Failure error={query.error} retry={() => void query.refetch()} />
        )}
        {notes === undefined && !query.error && (
          <p className={css['wait']}>
            <Skeleton width={200} />
          </p>
        )}
        {notes?.length === 0 && <Notice icon={BellRing} title={texts.none} hint={texts.noneHint} />}
        <ul>
          {notes?.map((note) => (
            <li key={note.id}>
              <NoteItem note={note} onOpen={() => open(note)} />
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <p className={css['older']}>
            <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {texts.older}
            </Button>
          </p>
        )}
      </div>
      <footer className={css['foot']}>
        <Link href="/profile/notifications" onClick={onClose}>
          {texts.settings}
        </Link>
        <Link href="/profile/notifications?view=log" onClick={onClose}>
          {texts.log}
        </Link>
      </footer>
    </section>
  );
}

function NoteItem({ note, onOpen }: { readonly note: Note; readonly onOpen: () => void }) {
  const { bell: texts } = useTexts().notices;
  const isUnread = note.readAt === null;
  return (
    <button type="button" className={css['note']} data-unread={isUnread || undefined} onClick={onOpen}>
      <span className={css['dot']} aria-hidden="true" />
      <span className={css['words']}>
        <span className={css['title']}>
          {isUnread && <span className="visually-hidden">{texts.unread}: </span>}
          {note.title}
        </span>
        {note.body !== '' && <span className={css['body']}>{note.body}</span>}
      </span>
      <span className={css['age']}>
        <Age at={note.createdAt} />
      </span>
    </button>
  );
}
