// Binary search: used by lists, differences and passages.

// The first number below `end` from which on something holds; `end` where it never does.
function firstWhere(end, holds) {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
