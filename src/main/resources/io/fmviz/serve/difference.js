/** @fileoverview What is different in maps from those of the pinned input. */
(function () {
  'use strict';

  // Some of the values, less those that were pinned, and how far from zero the farthest is.
  function less(now, then, map, from, to) {
    const values = new Float32Array(to - from);
    let most = 0;
    for (let i = 0; i < values.length; i++) {
      values[i] = fmviz.valueOf(now, map, now.bytes[from + i]) - fmviz.valueOf(then, map, then.bytes[from + i]);
      most = Math.max(most, Math.abs(values[i]) || 0);
    }
    return {values: values, end: most};
  }

  /**
   * Maps of what is now less what was pinned, from blue to red, zero in the middle.
   * @param {?} now
   * @param {?} then the same maps of the pinned input
   * @param {boolean} isOwnScale whether each map has a scale of its own, else all have one
   * @return {?} to be drawn from the lowest byte to the highest, which stand for its ends
   */
  fmviz.difference = function (now, then, isOwnScale) {
    const step = isOwnScale ? now.height * now.width : now.bytes.length;
    const bytes = new Uint8Array(now.bytes.length);
    const ends = [];
    for (let map = 0; map * step < bytes.length; map++) {
      const found = less(now, then, map, map * step, (map + 1) * step);
      const end = found.end || 1;
      bytes.set(fmviz.mapOf(found.values, now.height, now.width, -end, end).bytes, map * step);
      ends.push(found.end);
    }
    return Object.assign({}, now, {bytes: bytes, low: ends.map((end) => -end), high: ends});
  };
})();
