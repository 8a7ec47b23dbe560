import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { useMe } from '../session/useMe';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';

const places = ['/dashboard', '/profile/security', '/profile/trading'] as const;

/** The first page of a new account: three things worth doing, in their order. */
export function WelcomePage() {
  const { accounts: texts } = useTexts();
  const me = useMe();
  return (
    <Entrance title={texts.welcome.title} lead={texts.welcome.lead} below={texts.welcome.disclaimer}>
      {me === null && (
        <p>
          {texts.welcome.signInFirst} <Link href="/login?next=%2Fwelcome">{texts.menu.signIn}</Link>
        </p>
      )}
      <ol className={css['steps']}>
        {texts.welcome.steps.map(([title, text, action], index) => (
          <li key={title} className={css['step']}>
            <h2>{title}</h2>
            <p>{text}</p>
            <Link href={places[index] ?? '/dashboard'}>{action}</Link>
          </li>
        ))}
      </ol>
    </Entrance>
  );
}
