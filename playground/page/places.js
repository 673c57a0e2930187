// Places in a text: pmlint counts lines from 1 and columns in code points, a text area
// counts UTF-16 units from 0.

/** The lines of a text as a text area holds it: its only line end is LF. */
export class Places {
  constructor(text) {
    this.lines = text.split("\n");
    this.starts = [];
    let at = 0;
    for (const line of this.lines) {
      this.starts.push(at);
      at += line.length + 1;
    }
    this.end = text.length;
    // pmlint does not count a byte order mark.
    this.mark = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** The offset of a line and column; places behind the end are the end. */
  offset(line, column) {
    if (line > this.lines.length) return this.end;
    const words = this.lines[line - 1];
    let rest = column - 1 + (line === 1 ? this.mark : 0);
    let at = 0;
    while (rest > 0 && at < words.length) {
      at += words.codePointAt(at) > 0xffff ? 2 : 1;
      rest -= 1;
    }
    // A column behind the last character of a line is its line end.
    return this.starts[line - 1] + at + (rest > 0 && line < this.lines.length ? 1 : 0);
  }

  /** First and last offset of a finding or of anything else with a range. */
  range(found) {
    const start = this.offset(found.line, found.column);
    return [start, Math.max(start, this.offset(found.end_line, found.end_column))];
  }

  /** The 0-based line of an offset. */
  lineAt(offset) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
