/**
 * Stops this process when what started it is gone: npm passes a signal to its shell, and not every shell passes it on. Then nobody is
 * left who could stop the program, and it would hold its port and database.
 */
const CHECK_MS = 250;
const parent = process.ppid;

if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS).unref();
}
