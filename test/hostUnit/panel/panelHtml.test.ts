import assert from 'node:assert/strict';
import { createNonce, panelHtml } from '../../../src/host/panel/panelHtml.ts';

const resources = {
  scriptUri: 'https://file/panel.js?a=1&b="2"',
  styleUri: 'https://file/panel.css',
  cspSource: 'https://*.webview.test',
};

describe('panelHtml', () => {
  it('allows only our own script by its nonce: nothing inline, no eval, no network', () => {
    const html = panelHtml(resources, 'N');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each]));
    assert.equal(directives.get('default-src'), "default-src 'none'");
    assert.equal(directives.get('script-src'), "script-src 'nonce-N'");
    assert.doesNotMatch(policy, /unsafe|\*(?!\.webview\.test)|data:|connect-src|frame-src/);
    assert.doesNotMatch(html, /<script(?![^>]* nonce="N")/);
    assert.doesNotMatch(html, / style=|<style| on[a-z]+=/);
  });

  it('escapes what stands in attributes', () => {
    assert.ok(panelHtml(resources, 'N').includes('src="https://file/panel.js?a=1&amp;b=&quot;2&quot;"'));
  });

  it('makes a nonce of 128 bits that is never the same', () => {
    const nonces = Array.from({ length: 100 }, createNonce);
    assert.equal(new Set(nonces).size, 100);
    for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{32}$/);
  });
});
