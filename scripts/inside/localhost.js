// The realtime server asks the web server under the name that the browser used. Browsers know that every
// name below localhost is this machine; the system's resolver often does not.
const dns = require("dns");

const lookup = dns.lookup;

dns.lookup = (hostname, ...rest) => lookup(/\.localhost$/.test(hostname) ? "127.0.0.1" : hostname, ...rest);
