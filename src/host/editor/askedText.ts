import type * as vscode from 'vscode';
import type { Ask } from '../runs/hostRun.ts';
import { LONGEST_QUESTION } from '../questions/checkQuestion.ts';
import { paragraphAt } from '../questions/paragraphAt.ts';

/**
 * What the editor offers to ask: its selection, however long or blank; null when nothing is selected. White space around
 * it is no part of the question, and stays where it is when the question is replaced.
 */
export function selectedText(editor: vscode.TextEditor): Ask | null {
  const { document, selection } = editor;
  if (selection.isEmpty) return null;
  const selected = document.getText(selection);
  const question = selected.trim();
  const start = document.offsetAt(selection.start) + (selected.length - selected.trimStart().length);
  return { question, origin: { uri: document.uri.toString(), start, text: question } };
}

/** The paragraph at the editor's cursor; empty where there is none, or it is too long to be asked. */
export function offeredParagraph(editor: vscode.TextEditor): string {
  const { document, selection } = editor;
  const lines = { lineCount: document.lineCount, textOfLine: (line: number) => document.lineAt(line).text };
  const text = paragraphAt(lines, selection.active.line)?.text.trim() ?? '';
  return text.length > LONGEST_QUESTION ? '' : text;
}
