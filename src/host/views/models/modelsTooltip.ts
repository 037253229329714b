import { escapeMarkdown } from '../../../export/escapeMarkdown.ts';

/** What a tooltip says. Everything but links of our own is shown as it is, whoever wrote it. */
export interface TooltipParts {
  readonly title: string;
  /** Paragraphs above the list; null ones are left out. */
  readonly texts?: readonly (string | null)[];
  /** Names and values of a list; rows with null are left out. */
  readonly rows?: readonly (readonly [name: string, value: string | null])[];
  /** A page of our catalogue; null for none. */
  readonly link?: { readonly text: string; readonly url: string } | null;
}

/** A tooltip as Markdown. */
export function modelsTooltip({ title, texts = [], rows = [], link = null }: TooltipParts): string {
  const list = rows.flatMap(([name, value]) =>
    value === null ? [] : [`- ${escapeMarkdown(name, false)}: ${escapeMarkdown(value.replace(/\s+/g, ' '), false)}`],
  );
  return [
    `**${escapeMarkdown(title, false)}**`,
    ...texts.flatMap((text) => (text === null ? [] : [escapeMarkdown(text)])),
    ...(list.length === 0 ? [] : [list.join('\n')]),
    ...(link === null ? [] : [`[${escapeMarkdown(link.text, false)}](${link.url})`]),
  ].join('\n\n');
}
