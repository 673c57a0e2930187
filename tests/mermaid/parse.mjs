// Parses each Mermaid text of a JSON list on standard input with the real package,
// and prints for each what kind of diagram it is, its tasks as Mermaid understood
// them, or the error.
import { JSDOM } from "jsdom";

const page = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;

const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

let input = "";
for await (const chunk of process.stdin) input += chunk;

const results = [];
for (const text of JSON.parse(input)) {
  try {
    const { diagramType } = await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const tasks = diagram.db.getTasks().map((task) => ({
      section: task.section,
      text: task.task,
      start: task.startTime.toISOString(),
      end: task.endTime.toISOString(),
    }));
    results.push({ kind: diagramType, title: diagram.db.getDiagramTitle(), tasks });
  } catch (error) {
    results.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
