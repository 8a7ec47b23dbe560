import SwaggerUIBundle from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import '../styles/tokens.css';
import '../styles/fonts.css';
import '../styles/figures.css';
import '../styles/base.css';
import './docs.css';
import { repair } from './repairs';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Swagger UI has a dark dress of its own, worn by the class; ours decides when. */
function dress(): void {
  const chosen = document.documentElement.dataset['theme'];
  document.documentElement.classList.toggle('dark-mode', chosen ? chosen === 'dark' : systemDark.matches);
}

function start(root: HTMLElement, url: string): void {
  dress();
  systemDark.addEventListener('change', dress);
  repair(root);
  SwaggerUIBundle({
    domNode: root,
    url,
    // Deep links would put a link into each operation's button, which no keyboard can tell apart.
    deepLinking: false,
    // Of hundreds of operations at once the page would take half a minute to draw.
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    syntaxHighlight: false,
    // Swagger's validator would send our description to another site.
    validatorUrl: null,
    onComplete: () => root.setAttribute('data-ready', ''),
  });
}

const root = document.getElementById('docs');
const url = root?.dataset['description'];
if (root && url) start(root, url);
