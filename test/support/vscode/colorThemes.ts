/** The four kinds of colour theme, by VS Code's own themes, and the class that the workbench wears under each. */
export const COLOR_THEMES = {
  dark: { name: 'Dark Modern', workbenchClass: 'vscode-theme-defaults-themes-dark_modern-json' },
  light: { name: 'Light Modern', workbenchClass: 'vscode-theme-defaults-themes-light_modern-json' },
  highContrastDark: { name: 'Default High Contrast', workbenchClass: 'vscode-theme-defaults-themes-hc_black-json' },
  highContrastLight: {
    name: 'Default High Contrast Light',
    workbenchClass: 'vscode-theme-defaults-themes-hc_light-json',
  },
} as const;

export type ColorTheme = keyof typeof COLOR_THEMES;
