// A list that draws only the rows in view, however many there are.

const TALLEST = 8_000_000;

class RowList {
  // `draw(index)` makes the element of a row; all rows have one height in pixels.
  constructor(box, height, draw) {
    this.box = box;
    this.height = height;
    this.draw = draw;
    this.count = 0;
    this.drawn = new Map();
    this.canvas = el("div.rows", { role: "presentation" });
    box.append(this.canvas);
    box.addEventListener("scroll", () => this.refresh(), { passive: true });
    new ResizeObserver(() => this.refresh()).observe(box);
  }

  show(count) {
    this.count = count;
    this.drawn.clear();
    this.canvas.replaceChildren();
    this.canvas.style.height = Math.min(count * this.height, TALLEST) + "px";
    this.refresh();
  }

  // Lists too tall for a browser are scrolled in larger steps than they are drawn.
  get #whole() { return this.count * this.height; }

  get #stretch() {
    const room = Math.min(this.#whole, TALLEST) - this.box.clientHeight;
    return room > 0 ? Math.max(1, (this.#whole - this.box.clientHeight) / room) : 1;
  }

  refresh() {
    const top = this.box.scrollTop;
    const from = top * this.#stretch;
    const first = Math.max(0, Math.floor(from / this.height) - 4);
    const last = Math.min(this.count, Math.ceil((from + this.box.clientHeight) / this.height) + 4);
    for (const [index, row] of this.drawn) {
      if (index >= first && index < last) continue;
      row.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index < last; index++) {
      let row = this.drawn.get(index);
      if (!row) {
        row = this.draw(index);
        this.drawn.set(index, row);
        this.canvas.append(row);
      }
      row.style.transform = `translateY(${top + index * this.height - from}px)`;
    }
  }

  // Scrolls as little as brings a row into view.
  reveal(index) {
    const from = this.box.scrollTop * this.#stretch;
    const [top, bottom] = [index * this.height, (index + 1) * this.height];
    if (top < from) this.box.scrollTop = top / this.#stretch;
    else if (bottom > from + this.box.clientHeight) {
      this.box.scrollTop = (bottom - this.box.clientHeight) / this.#stretch;
    }
    this.refresh();
  }

  redraw() {
    this.drawn.clear();
    this.canvas.replaceChildren();
    this.refresh();
  }
}
