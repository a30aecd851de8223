// All that a story needs: the program, a browser, and mail.

export * from './browser.mjs';
export * from './mail.mjs';
export * from './steward.mjs';
export * from './desk.mjs';
export * from './axe.mjs';
export * from './until.mjs';
