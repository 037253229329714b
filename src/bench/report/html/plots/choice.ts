import { escapeHtml } from '../../../../export/escapeHtml.ts';

/** One of several plots, which opens without a script. */
export function choiceHtml(name: string, isOpen: boolean, content: string): string {
  return `<details class="choice"${isOpen ? ' open' : ''}><summary>${escapeHtml(name)}</summary>\n${content}\n</details>`;
}
