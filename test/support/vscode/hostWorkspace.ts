/** What is in the folder that the suites of test/host see open, by relative path. */
export const HOST_WORKSPACE: Readonly<Record<string, string>> = {
  'notes.md': '# Notes\n\nA first paragraph.\n',
};
