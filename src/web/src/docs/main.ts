import SwaggerUIBundle from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import '../styles/tokens.css';
import '../styles/fonts.css';
import '../styles/figures.css';
import '../styles/base.css';
import 'swagger-ui-dist/swagger-ui.css';
import './docs.css';

const root = document.getElementById('docs');
const url = root?.dataset['description'];
if (root && url)
  SwaggerUIBundle({
    domNode: root,
    url,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    syntaxHighlight: false,
    // Swagger's validator would send our description to another site.
    validatorUrl: null,
    onComplete: () => root.setAttribute('data-ready', ''),
  });
