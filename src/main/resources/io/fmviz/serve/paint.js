/**
 * @fileoverview Bytes of maps as pixels. A byte is 0 for what is not finite; 1 to 255 lead from the
 * lowest value to the highest.
 */
(function () {
  'use strict';

  const NO_NUMBER = 0xffc0c0c0;
  const STEPS = 254;
  const tables = new Map();

  // 256 colours as canvases have them in memory, little-endian: alpha, blue, green, red.
  function table(palette) {
    if (!tables.has(palette)) {
      const rgb = fmviz.palette(palette);
      tables.set(
        palette,
        Uint32Array.from({length: 256}, (_, byte) => {
          const at = 3 * Math.round((255 * Math.max(0, byte - 1)) / STEPS);
          return byte === 0 ? NO_NUMBER : ((255 << 24) | (rgb[at + 2] << 16) | (rgb[at + 1] << 8) | rgb[at]) >>> 0;
        })
      );
    }
    return tables.get(palette);
  }

  /**
   * The value of a byte.
   * @param {number} byte
   * @param {number} low
   * @param {number} high
   * @return {number}
   */
  fmviz.levelOf = function (byte, low, high) {
    return byte === 0 ? NaN : low + ((byte - 1) / STEPS) * (high - low);
  };

  /**
   * Bytes of what is now less what was pinned, zero in the middle.
   * @param {{bytes: !Uint8Array, low: number, high: number}} now
   * @param {{bytes: !Uint8Array, low: number, high: number}} then
   * @return {{bytes: !Uint8Array, low: number, high: number}}
   */
  fmviz.difference = function (now, then) {
    const values = Float32Array.from(
      now.bytes,
      (byte, i) => fmviz.levelOf(byte, now.low, now.high) - fmviz.levelOf(then.bytes[i], then.low, then.high)
    );
    const most = values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
    const bytes = Uint8Array.from(values, (value) =>
      Number.isFinite(value) ? Math.round(1 + (STEPS / 2) * (1 + (most > 0 ? value / most : 0))) : 0
    );
    return {bytes: bytes, low: -most, high: most};
  };

  /**
   * One map on a canvas, a pixel for each value.
   * @param {?} canvas
   * @param {!Uint8Array} bytes
   * @param {number} height
   * @param {number} width
   * @param {string} palette
   */
  fmviz.paint = function (canvas, bytes, height, width, palette) {
    fmviz.paintGrid(canvas, {bytes: bytes, count: 1, first: 0, height: height, width: width}, 1, palette);
  };

  // The memory of a canvas, made anew when its size is another.
  function memory(canvas, height, width) {
    if (!canvas.image || canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.context = canvas.getContext('2d');
      canvas.image = canvas.context.createImageData(width, height);
      canvas.pixels = new Uint32Array(canvas.image.data.buffer);
    }
    return canvas.pixels;
  }

  /**
   * Some maps of a layer on the canvas of all of them, with a pixel between two.
   * @param {?} canvas
   * @param {{bytes: !Uint8Array, count: number, first: number, height: number, width: number, all:
   *     (number|undefined)}} maps
   * @param {number} columns
   * @param {string} palette
   */
  fmviz.paintGrid = function (canvas, maps, columns, palette) {
    const colors = table(palette);
    const high = maps.height;
    const wide = maps.width;
    const gap = columns === 1 && !maps.all ? 0 : 1;
    const across = columns * (wide + gap) - gap;
    const rows = Math.ceil((maps.all || maps.count) / columns);
    const pixels = memory(canvas, rows * (high + gap) - gap, across);
    for (let i = 0, at = 0; i < maps.count; i++) {
      const cell = maps.first + i;
      const top = Math.floor(cell / columns) * (high + gap);
      const left = (cell % columns) * (wide + gap);
      for (let y = 0; y < high; y++) {
        for (let x = 0, to = (top + y) * across + left; x < wide; x++) {
          pixels[to++] = colors[maps.bytes[at++]];
        }
      }
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * A picture of bytes, grey or red, green and blue.
   * @param {?} canvas
   * @param {!Uint8Array} bytes (height, width, channels)
   * @param {{height: number, width: number, channels: number}} form
   */
  fmviz.paintPicture = function (canvas, bytes, form) {
    const pixels = memory(canvas, form.height, form.width);
    const step = form.channels;
    for (let i = 0, at = 0; i < pixels.length; i++, at += step) {
      const blue = bytes[at + (step === 1 ? 0 : 2)];
      const green = bytes[at + (step === 1 ? 0 : 1)];
      pixels[i] = ((255 << 24) | (blue << 16) | (green << 8) | bytes[at]) >>> 0;
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * Heights of bars as a small picture.
   * @param {?} canvas
   * @param {!Uint8Array} heights up to 255
   */
  fmviz.paintBars = function (canvas, heights) {
    const tall = 24;
    const pixels = memory(canvas, tall, 2 * heights.length);
    const style = getComputedStyle(document.documentElement);
    const color = /^#(..)(..)(..)$/.exec(style.getPropertyValue('--bar').trim()) || ['', '00', '72', 'b2'];
    const ink = (parseInt('ff' + color[3] + color[2] + color[1], 16)) >>> 0;
    for (let i = 0; i < pixels.length; i++) {
      const x = i % (2 * heights.length);
      const y = tall - 1 - Math.floor(i / (2 * heights.length));
      pixels[i] = y < (heights[x >> 1] * tall) / 255 ? ink : 0;
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };
})();
