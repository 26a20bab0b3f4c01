// One event stream per browser: the tab that holds the lock listens and tells the others. A browser allows six
// connections to a host on HTTP/1.1, so a stream per tab would stop the seventh tab from loading.
const CHANNEL = "lokalnet-live";

export function listen(url, { onState, onChange }) {
  const channel = new BroadcastChannel(CHANNEL);
  let cursor = ""; // every tab knows how far the leading one has heard, so that the next leader misses nothing
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
  channel.postMessage({ ask: true });
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
  channel.onmessage = ({ data }) => { if (data.ask) channel.postMessage({ state, cursor }); };
  connect();
}
