/** What Swagger UI leaves out for those who do not see the page: names, levels of headings, keyboard access. */
const missing: readonly (readonly [selector: string, attribute: string, value: string])[] = [
  ['.information-container', 'role', 'region'],
  ['.information-container', 'aria-label', 'About the API'],
  ['.opblock-tag', 'aria-level', '2'],
  ['.opblock h4', 'aria-level', '3'],
  ['.opblock h5', 'aria-level', '4'],
  ['section.models h4', 'aria-level', '2'],
  ['pre.microlight', 'tabindex', '0'],
  ['.parameters-col_description input', 'aria-label', 'Value'],
  ['.parameters-col_description select', 'aria-label', 'Value'],
  ['textarea.body-param__text', 'aria-label', 'Request body'],
];

/** Adds them to whatever comes onto the page; what Swagger UI says itself stays. */
export function repair(root: HTMLElement): void {
  new MutationObserver(() => {
    for (const [selector, attribute, value] of missing) {
      for (const element of root.querySelectorAll(`${selector}:not([${attribute}])`)) {
        element.setAttribute(attribute, value);
      }
    }
  }).observe(root, { childList: true, subtree: true });
}
