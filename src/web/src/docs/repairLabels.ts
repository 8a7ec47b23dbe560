/** Names for controls that Swagger UI draws without one, as they come onto the page. */
const names: readonly (readonly [selector: string, name: string])[] = [
  ['.opblock-tag .expand-operation', 'Show or hide the operations'],
  ['.response-controls select, .content-type-wrapper select, select.content-type', 'Media type'],
  ['.parameters-col_description input, .parameters-col_description select', 'Parameter'],
  ['textarea.body-param__text', 'Request body'],
  ['.view-line-link', 'Link to this operation'],
  ['.copy-to-clipboard button, .copy-to-clipboard', 'Copy'],
];

export function repairLabels(root: HTMLElement): void {
  new MutationObserver(() => {
    for (const [selector, name] of names) {
      for (const control of root.querySelectorAll(selector)) {
        if (!control.hasAttribute('aria-label') && !control.id) control.setAttribute('aria-label', name);
      }
    }
  }).observe(root, { childList: true, subtree: true });
}
