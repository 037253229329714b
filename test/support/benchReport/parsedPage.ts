import { Window } from 'happy-dom';
import type { Document } from 'happy-dom';

/** Gives a way to parse pages, for the suite that calls this; every page is closed after its test. */
export function usePages(): (html: string) => Document {
  const windows: Window[] = [];
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.happyDOM.close();
  });
  return (html) => {
    const window = new Window();
    windows.push(window);
    window.document.write(html);
    return window.document;
  };
}
