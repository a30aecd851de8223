// What pages weigh on the wire: as Chromium counts it, with heads, after compression.

/** Does something and tells which answers came over the network meanwhile, and their bytes. What the browser had kept is not among them. */
export async function measured(page, work) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const isKept = response.fromDiskCache || response.fromPrefetchCache || response.fromServiceWorker;
    const isStream = response.mimeType === 'text/event-stream';
    if (!isKept && !isStream) requests.set(requestId, { url: response.url, bytes: response.encodedDataLength });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = requests.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });
  await work();
  // One more question and answer, so that what was on its way has been counted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await session.detach();
  const all = [...requests.values()];
  return { requests: all, bytes: all.reduce((sum, one) => sum + one.bytes, 0) };
}
