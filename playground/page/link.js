// A document in the fragment of an address: compressed, and sent to no server.

const MOST = 1_000_000;
/** The longest text, in bytes, that a link may unfold to. */

export async function pack(text, template) {
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = new Uint8Array(await new Response(bytes).arrayBuffer());
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const words = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const named = template === "default" ? "" : `&template=${encodeURIComponent(template)}`;
  return `#text=${words}${named}`;
}

/** `{ text, template }`, or null for a fragment without a text. Throws for a broken one. */
export async function unpack(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const words = given.get("text");
  if (words === null) return null;
  const binary = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  const packed = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    size += got.value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Error("its text is too long");
    }
    parts.push(got.value);
  }
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return { text, template: given.get("template") ?? "default" };
}
