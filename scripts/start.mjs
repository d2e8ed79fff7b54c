/** `npm start`: builds what it needs and runs the program for production, in this one process. */
process.env.NODE_ENV ??= 'production';
await import('./follow-npm.mjs');
await import('./build.mjs');
await import('../dist/src/app/main.js');
