/** Text for labels in which VS Code puts icons for `$(name)`: a trace's text must not show any. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
