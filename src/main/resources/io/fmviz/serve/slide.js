/** @fileoverview The kernel slides: its window moves over the input, and writes the map value by value. */
(function () {
  'use strict';

  /** Milliseconds between two steps, and about how long a whole map may take. */
  const FASTEST = 60;
  const SLOWEST = 400;
  const WHOLE = 20000;

  /** What of the map isn't written yet. */
  const BLANK = '#8a93a0';

  function slides(layer) {
    return (layer.kernel || /^(Max|Avg|Lp)Pool/.test(layer.type)) && layer.shape[1] * layer.shape[2] > 1;
  }

  /**
   * The window of a map's layer.
   * @param {?} canvas of the map, a pixel for each value
   * @param {function(number, number)} moved is told of each place, row and column
   * @return {{button: !Element, of: function(?), cover: function(), stop: function(), isOn:
   *     function(): boolean}} of begins another layer's or map's, stopped; cover hides what isn't
   *     written yet
   */
  fmviz.slide = function (canvas, moved) {
    const isStepping = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const button = fmviz.el('button', {type: 'button', id: 'play', 'aria-pressed': 'false', onclick: () => (timer !== null ? stop() : isStepping ? step() : start())});
    let timer = null;
    /** How many values are written; all of them while nothing slides. */
    let written = Infinity;
    let shape = [0, 1, 1];

    function show() {
      button.textContent = timer !== null ? 'Stop' : isStepping ? 'Step' : written < Infinity ? 'Go on' : 'Play';
      button.setAttribute('aria-pressed', String(timer !== null));
    }

    function count() {
      return shape[1] * shape[2];
    }

    function start() {
      const every = Math.max(FASTEST, Math.min(SLOWEST, WHOLE / count()));
      timer = setInterval(step, every);
      document.addEventListener('keydown', space);
      step();
      show();
    }

    // At its fastest it writes several values a step, but in the first row.
    function step() {
      const many = Math.max(1, Math.round((count() * FASTEST) / WHOLE));
      written = written === Infinity ? 1 : written + (isStepping || written < shape[2] ? 1 : many);
      if (written >= count()) {
        written = Infinity;
        stop();
      }
      const last = Math.min(written, count()) - 1;
      moved(Math.floor(last / shape[2]), last % shape[2]);
      draw();
      show();
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      document.removeEventListener('keydown', space);
      show();
    }

    function space(event) {
      if (event.key === ' ' && !/^(BUTTON|INPUT|SELECT)$/.test(event.target.tagName)) {
        event.preventDefault();
        stop();
      }
    }

    // The whole map is in the canvas's memory; what isn't written is painted over.
    function draw() {
      if (canvas.context) {
        canvas.context.putImageData(canvas.image, 0, 0);
        cover();
      }
    }

    function cover() {
      if (written < Infinity) {
        const row = Math.floor(written / shape[2]);
        const column = written % shape[2];
        canvas.context.fillStyle = BLANK;
        canvas.context.fillRect(column, row, shape[2] - column, 1);
        canvas.context.fillRect(0, row + 1, shape[2], shape[1] - row - 1);
      }
    }

    function of(layer) {
      stop();
      written = Infinity;
      shape = layer.shape;
      button.hidden = !slides(layer);
      button.title = layer.kernel ? 'Moves the kernel over the input and writes the map, value by value' : 'Moves the window over the input and writes the map, value by value';
      show();
    }

    return {button: button, of: of, cover: cover, stop: stop, isOn: () => timer !== null};
  };
})();
