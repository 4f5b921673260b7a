// A worker that makes JPEGs: on the page's own thread the browser would wait for an idle moment.

let canvas = null;

self.onmessage = async ({ data: { id, bitmap, width, height, quality } }) => {
  if (canvas === null || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
  }
  canvas.getContext("2d", { alpha: false }).drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  const bytes = await blob.arrayBuffer();
  self.postMessage({ id, bytes, bitmap }, [bytes, bitmap]);
};
