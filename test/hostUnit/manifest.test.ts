import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { shippedManifest } from '../../scripts/packaging/shippedManifest.js';
import { COMMAND_IDS, CONTEXT_KEYS, DECISION_COMMAND_IDS, MODEL_COMMAND_IDS } from '../../src/host/commandIds.ts';

const command = z.object({ command: z.string(), when: z.string().optional() });
const keybinding = command.extend({ key: z.string(), when: z.string() });
const COMMANDS: readonly string[] = [COMMAND_IDS, DECISION_COMMAND_IDS, MODEL_COMMAND_IDS].flatMap((ids) =>
  Object.values<string>(ids),
);
const DECISIONS_VIEW = 'mentorcollab.decisions';
/** Conditions under which something of ours has the focus. */
const OWN_FOCUS = [
  "activeWebviewPanelId == 'mentorcollab.panel'",
  "activeCustomEditorId == 'mentorcollab.trace'",
  "focusedView == 'mentorcollab.runs'",
  "focusedView == 'mentorcollab.decisions'",
];
const manifestSchema = z.object({
  icon: z.string(),
  main: z.string(),
  browser: z.string(),
  extensionKind: z.unknown().optional(),
  activationEvents: z.array(z.string()),
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.string(), restrictedConfigurations: z.array(z.string()) }),
  }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), enablement: z.string().optional() })),
    customEditors: z.array(
      z.object({
        viewType: z.string(),
        priority: z.string(),
        selector: z.array(z.object({ filenamePattern: z.string() })),
      }),
    ),
    menus: z.record(z.string(), z.array(command)),
    keybindings: z.array(keybinding),
    views: z.record(z.string(), z.array(z.object({ id: z.string(), when: z.string().optional() }))),
    viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.string().optional() })),
    walkthroughs: z.array(
      z.object({
        id: z.string(),
        steps: z.array(
          z.object({
            description: z.string(),
            completionEvents: z.array(z.string()),
            media: z.object({ image: z.record(z.string(), z.string()), altText: z.string().min(20) }),
          }),
        ),
      }),
    ),
    configuration: z.object({
      properties: z.record(z.string(), z.object({ scope: z.string(), markdownDescription: z.string() })),
    }),
  }),
});
const root = new URL('../../', import.meta.url);
const manifest = manifestSchema.parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));
const { contributes } = manifest;
const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));

describe('the extension manifest', () => {
  it('declares the commands that the code has, and no others', () => {
    assert.deepEqual(contributes.commands.map((each) => each.command).toSorted(), COMMANDS.toSorted());
  });

  it('uses only commands and context keys that there are', () => {
    const entries = [...contributes.keybindings, ...Object.values(contributes.menus).flat()];
    for (const entry of entries) assert.ok(COMMANDS.includes(entry.command), entry.command);
    const conditions = [
      ...[...entries, ...Object.values(contributes.views).flat(), ...contributes.viewsWelcome].map(({ when }) => when),
      ...contributes.commands.map((each) => each.enablement),
    ];
    const keys = conditions.flatMap((condition) => condition?.match(/\bmentorcollab\.\w+/g) ?? []);
    const editors = contributes.customEditors.map(({ viewType }) => viewType);
    const known = new Set<string>([...Object.values(CONTEXT_KEYS), 'mentorcollab.panel', ...viewIds, ...editors]);
    for (const key of keys) assert.ok(known.has(key), key);
  });

  it('binds its one key in text editors, and all others only where a page or a list of its own has the focus', () => {
    for (const { command: id, when } of contributes.keybindings) {
      if (id === COMMAND_IDS.solveSelection) {
        assert.equal(when, 'editorTextFocus');
        continue;
      }
      const alternatives = when.split('||').map((each) => each.split('&&').map((condition) => condition.trim()));
      for (const conditions of alternatives) {
        assert.ok(
          conditions.some((condition) => OWN_FOCUS.includes(condition)),
          `${id}: ${when}`,
        );
        // A page counts as active while something is typed elsewhere, and a list while it is searched.
        assert.ok(conditions.includes('!inputFocus'), `${id}: ${when}`);
      }
    }
  });

  it('gives no key two meanings in one place', () => {
    const places = contributes.keybindings.map(({ key, when }) => `${key} ${when}`);
    assert.deepEqual(places, [...new Set(places)]);
  });

  it('has one view where there is only the viewer, and words for each that may be empty, with a button that works', () => {
    const everywhere = Object.values(contributes.views)
      .flat()
      .filter(({ when }) => when?.includes('!mentorcollab.isViewerOnly') !== true);
    assert.deepEqual(
      everywhere.map(({ id }) => id),
      [DECISIONS_VIEW],
    );
    for (const { view, when, contents } of contributes.viewsWelcome) {
      assert.ok(viewIds.includes(view), view);
      const links = [...contents.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, id]) => id ?? '');
      assert.ok(
        links.every((id) => COMMANDS.includes(id)),
        contents,
      );
      // What the viewer can do for a file is to open it, for which it has no command.
      const isForViewer = when?.split(' && ').includes('mentorcollab.isViewerOnly') === true;
      assert.equal(links.length > 0, !isForViewer, contents);
    }
  });

  it('has a walkthrough whose every step can be done, is done by what its button does, and has a picture for each theme', () => {
    const [walkthrough, ...more] = contributes.walkthroughs;
    assert.deepEqual([walkthrough?.id, more], ['getStarted', []]);
    const settings = Object.keys(contributes.configuration.properties);
    const events = [...COMMANDS.map((id) => `onCommand:${id}`), ...settings.map((id) => `onSettingChanged:${id}`)];
    for (const { description, completionEvents, media } of walkthrough?.steps ?? []) {
      const links = [...description.matchAll(/^\[[^\]]+\]\(command:([\w.]+)\)$/gm)].map(([, id]) => id ?? '');
      assert.ok(links.length > 0, description);
      for (const id of links) assert.ok(completionEvents.includes(`onCommand:${id}`), id);
      for (const event of completionEvents) assert.ok(events.includes(event), event);
      assert.deepEqual(Object.keys(media.image).toSorted(), ['dark', 'hc', 'hcLight', 'light']);
      for (const picture of Object.values(media.image)) assert.ok(existsSync(new URL(picture, root)), picture);
    }
  });

  it('documents every setting with its default, and lets a machine have its own', () => {
    for (const [id, { scope, markdownDescription }] of Object.entries(contributes.configuration.properties)) {
      // Where files lie is a matter of the machine alone.
      assert.equal(scope, id === 'mentorcollab.modelsFolder' ? 'machine' : 'machine-overridable', id);
      assert.match(markdownDescription, /Default: /, id);
    }
  });

  it('uses no model, server or hub that an untrusted workspace names', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, [
      'mentorcollab.generator',
      'mentorcollab.mentor',
      'mentorcollab.verifier',
      'mentorcollab.verifierFile',
      'mentorcollab.servers',
      'mentorcollab.hubEndpoint',
    ]);
  });

  it('wakes for a panel that is restored, and has its icon', () => {
    assert.ok(manifest.activationEvents.includes('onWebviewPanel:mentorcollab.panel'));
    assert.ok(existsSync(new URL(manifest.icon, root)));
  });

  it('opens trace files, and no others, in its editor', () => {
    const [editor, ...more] = contributes.customEditors;
    assert.deepEqual(more, []);
    assert.equal(editor?.priority, 'default');
    assert.deepEqual(editor.selector, [{ filenamePattern: '*.mctrace.jsonl' }]);
  });

  it('has a viewer for browsers, and runs on a server where there is one', () => {
    // A kind of its own would keep VS Code from choosing: Node where it is, else the browser.
    assert.equal(manifest.extensionKind, undefined);
    assert.deepEqual([manifest.main, manifest.browser], ['./dist/extension.cjs', './dist/web/extension.js']);
    const shipped = shippedManifest({ main: 'm', browser: 'b', type: 'module', name: 'n', scripts: {} });
    // VS Code in a browser refuses a script of a package of type "module".
    assert.deepEqual(shipped, { main: 'm', browser: 'b', name: 'n' });
    assert.deepEqual(shippedManifest(shipped, { isForBrowsers: true }), { browser: 'b', name: 'n' });
  });
});
