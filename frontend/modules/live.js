// One event stream per browser: the tab that holds the lock listens and tells the others. A browser allows six
// connections to a host on HTTP/1.1, so a stream per tab would stop the seventh tab from loading.
const CHANNEL = "lokalnet-live";

export function listen(url, { onState, onChange }) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => (data.state ? onState(data.state) : onChange(data));
  const tell = (message) => {
    channel.postMessage(message);
    if (message.state) onState(message.state);
    else onChange(message);
  };
  channel.postMessage({ ask: true });
  navigator.locks.request(CHANNEL, () => new Promise(() => lead(url, tell, channel)));
}

function lead(url, tell, channel) {
  let cursor = "";
  let state = "closed";
  const say = (now) => tell({ state: (state = now) });
  const connect = () => {
    const source = new EventSource(cursor ? `${url}?cursor=${encodeURIComponent(cursor)}` : url);
    source.addEventListener("open", (event) => {
      if (event instanceof MessageEvent) cursor = event.lastEventId;
      say("open");
    });
    source.addEventListener("changed", (event) => {
      cursor = event.lastEventId;
      tell(JSON.parse(event.data));
    });
    source.onerror = () => {
      say("closed");
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself, from its last id
      source.close();
      setTimeout(connect, 5000);
    };
  };
  channel.onmessage = ({ data }) => { if (data.ask) channel.postMessage({ state }); };
  connect();
}
