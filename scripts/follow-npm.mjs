/**
 * Stops this process when the npm that started it is gone. npm passes a signal to its shell, not every shell passes it on, and a
 * killed npm passes nothing on: then nobody is left who could stop the program, and it would hold its port and database.
 */
const CHECK_MS = 250;
const parent = process.ppid;

if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS).unref();
}
