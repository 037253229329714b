import * as vscode from 'vscode';
import type { FileContent, FileSnapshot } from './fileContent.ts';

/** A file of any scheme, through VS Code, which can only read files whole. */
export class WorkspaceFile implements FileContent {
  readonly #uri: vscode.Uri;

  constructor(uri: vscode.Uri) {
    this.#uri = uri;
  }

  async open(): Promise<FileSnapshot | null> {
    try {
      const { size, mtime } = await vscode.workspace.fs.stat(this.#uri);
      let bytes: Uint8Array | null = null;
      return {
        sizeBytes: size,
        changedAtMs: mtime,
        read: async (start, end) => {
          bytes ??= await vscode.workspace.fs.readFile(this.#uri);
          return bytes.subarray(start, end);
        },
        close: () => Promise.resolve(),
      };
    } catch (thrown) {
      if (thrown instanceof vscode.FileSystemError && thrown.code === 'FileNotFound') return null;
      throw thrown;
    }
  }
}
