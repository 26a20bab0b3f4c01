// One event stream per browser: the tab that holds the lock listens and tells the others. A browser allows six
// connections to a host on HTTP/1.1, so a stream per tab would stop the seventh tab from loading.
const CHANNEL = "lokalnet-live";

export function listen(url, { cursor: seen, onState, onChange }) {
  const channel = new BroadcastChannel(CHANNEL);
  let cursor = seen; // from where the page was made; then how far the leading tab has heard: no leader misses anything
  const hear = ({ state, change, cursor: heard }) => {
    if (heard) cursor = heard;
    if (state) onState(state);
    if (change) onChange(change);
  };
  channel.onmessage = ({ data }) => hear(data);
  const tell = (message) => {
    channel.postMessage(message);
    hear(message);
  };
  channel.postMessage({ ask: true, seen });
  navigator.locks.request(CHANNEL, () => new Promise(() => lead(url, tell, channel, cursor)));
}

function lead(url, tell, channel, heard) {
  let cursor = heard;
  let state = "closed";
  const say = (now) => tell({ state: (state = now), cursor });
  const connect = () => {
    const source = new EventSource(cursor ? `${url}?cursor=${encodeURIComponent(cursor)}` : url);
    source.addEventListener("open", (event) => {
      if (event instanceof MessageEvent) cursor = event.lastEventId;
      say("open");
    });
    source.addEventListener("changed", (event) => {
      cursor = event.lastEventId;
      tell({ change: JSON.parse(event.data), cursor });
    });
    source.onerror = () => {
      say("closed");
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself, from its last id
      source.close();
      setTimeout(connect, 5000);
    };
  };
  channel.onmessage = ({ data }) => {
    if (!data.ask) return;
    // A page made before what was heard last looks once more: it may have missed the telling.
    channel.postMessage({ state, cursor, change: data.seen === cursor ? null : {} });
  };
  connect();
}
