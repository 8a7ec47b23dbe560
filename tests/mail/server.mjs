// A real SMTP server for the tests: takes every mail and prints it as a line of JSON.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map((one) => one.address), raw: Buffer.concat(parts).toString('utf8') }));
      done();
    });
  },
});
server.on('error', (fault) => {
  console.error(fault.message);
  process.exit(1);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(JSON.stringify({ listening: true })));
