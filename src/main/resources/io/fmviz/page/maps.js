/**
 * @fileoverview A layer's maps as bytes, as Java's MapBytes writes them: for each map the value of
 * its lowest byte, that of its highest, and its mean as float32, little-endian; then all maps' bytes,
 * (map, row, column). One byte stands for non-finite values (NaN and infinite ones).
 */
(function () {
  'use strict';

  const FORMAT = fmviz.mapBytes;
  const STEPS = FORMAT.highest - FORMAT.lowest;

  /**
   * The maps in a buffer.
   * @param {!Uint8Array} buffer which may go on behind them
   * @param {number} count
   * @param {number} height of one map, as it is in the buffer
   * @param {number} width
   * @return {{count: number, height: number, width: number, low: !Float32Array, high:
   *     !Float32Array, mean: !Float32Array, bytes: !Uint8Array}}
   */
  fmviz.mapsOf = function (buffer, count, height, width) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const column = (at) => Float32Array.from({length: count}, (_, i) => view.getFloat32(FORMAT.header * i + at, true));
    const start = FORMAT.header * count;
    return {
      count: count,
      height: height,
      width: width,
      low: column(0),
      high: column(4),
      mean: column(8),
      bytes: buffer.subarray(start, start + count * height * width),
    };
  };

  /**
   * Values as one map, with its lowest byte for the one end and its highest for the other.
   * @param {!IArrayLike<number>} values row by row
   * @param {number} height
   * @param {number} width
   * @param {number} low
   * @param {number} high
   * @return {?}
   */
  fmviz.mapOf = function (values, height, width, low, high) {
    const span = high - low || 1;
    const byte = (value) => (Number.isFinite(value) ? FORMAT.lowest + Math.round((STEPS * (value - low)) / span) : FORMAT.nonFinite);
    return {count: 1, height: height, width: width, low: [low], high: [high], mean: [NaN], bytes: Uint8Array.from(values, byte)};
  };

  /**
   * The value that a byte of a map stands for.
   * @param {?} maps
   * @param {number} map its index
   * @param {number} byte
   * @return {number}
   */
  fmviz.valueOf = function (maps, map, byte) {
    return byte === FORMAT.nonFinite ? NaN : maps.low[map] + ((byte - FORMAT.lowest) / STEPS) * (maps.high[map] - maps.low[map]);
  };

  /**
   * The values of one map, row by row.
   * @param {?} maps
   * @param {number} map
   * @return {!Float32Array}
   */
  fmviz.valuesOf = function (maps, map) {
    const size = maps.height * maps.width;
    const bytes = maps.bytes.subarray(map * size, (map + 1) * size);
    return Float32Array.from(bytes, (byte) => fmviz.valueOf(maps, map, byte));
  };

  /**
   * The ends of a colour scale for some maps: the smallest and largest value, or for the diverging
   * colours equally far from zero.
   * @param {?} maps
   * @param {?number} map its own ends; null for those of all maps
   * @param {string} palette
   * @return {{low: number, high: number}}
   */
  fmviz.scaleOf = function (maps, map, palette) {
    const finite = (values) => Array.from(values).filter(Number.isFinite);
    const low = map === null ? Math.min(...finite(maps.low)) : maps.low[map];
    const high = map === null ? Math.max(...finite(maps.high)) : maps.high[map];
    const most = Math.max(Math.abs(low), Math.abs(high));
    return palette === 'coolwarm' ? {low: -most, high: most} : {low: low, high: high};
  };

  /**
   * Whether a map is the same everywhere: nothing is drawn of it but stripes.
   * @param {?} maps
   * @param {number} map
   * @return {boolean}
   */
  fmviz.isConstant = function (maps, map) {
    return maps.low[map] === maps.high[map];
  };

  /**
   * A map as a button, to be drawn by drawMap on its canvas.
   * @param {number} number of the map, from 0
   * @param {{width: number, height: number, dead: (boolean|undefined), label: (string|undefined),
   *     onclick: (function()|undefined)}} options size on the screen in pixels; whether it is
   *     striped; what a screen reader says after its number
   * @return {?} whose first child is the canvas
   */
  fmviz.mapButton = function (number, options) {
    const canvas = fmviz.el('canvas', {'aria-hidden': 'true'});
    canvas.style.width = options.width + 'px';
    canvas.style.height = options.height + 'px';
    return fmviz.el(
      'button',
      {
        type: 'button',
        class: options.dead ? 'map dead' : 'map',
        'aria-label': 'map ' + number + (options.label ? ', ' + options.label : ''),
        onclick: options.onclick || (() => {}),
      },
      canvas,
      fmviz.el('span', {class: 'number', 'aria-hidden': 'true'}, number)
    );
  };

  /**
   * One stop of the tab key for many buttons: arrows, Home and End move between them.
   * @param {!Element} container whose buttons they are
   */
  fmviz.roving = function (container) {
    const buttons = () => Array.from(container.querySelectorAll('button.map'));
    buttons().forEach((button, i) => (button.tabIndex = i === 0 ? 0 : -1));
    container.addEventListener('keydown', (event) => {
      const all = buttons();
      const from = all.indexOf(document.activeElement);
      const to = from < 0 ? -1 : target(all, from, event.key);
      if (to >= 0 && to < all.length) {
        all[from].tabIndex = -1;
        all[to].tabIndex = 0;
        all[to].focus();
        event.preventDefault();
      }
    });
  };

  // The index that a key leads to from another; -1 for none.
  function target(all, from, key) {
    const top = all[from].offsetTop;
    const row = all.filter((button) => button.offsetTop === top).length;
    const steps = {
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: from + row,
      ArrowUp: from - row,
      Home: 0,
      End: all.length - 1,
    };
    return key in steps ? steps[key] : -1;
  }
})();
