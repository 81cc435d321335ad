/** @fileoverview What the network sees, and on it the part that one value was made from. */
(function () {
  'use strict';

  /**
   * The picture.
   * @param {{frame: function(?)}} pad where a digit's strokes are framed
   * @return {{element: !Element, canvas: !Element, draw: function(?), explain: function(?), frame: function(?{left: number, top: number,
   *     width: number, height: number})}} a frame is in shares of the sides; null for none
   */
  fmviz.seen = function (pad) {
    const canvas = fmviz.el('canvas', {role: 'img', 'aria-label': 'What the network sees'});
    const frame = fmviz.el('div', {class: 'frame', hidden: true});
    const caption = fmviz.el('p', {class: 'quiet'});
    const placed = fmviz.el('div', {class: 'box', hidden: true});
    const box = fmviz.el('div', {class: 'framed'}, canvas, placed, frame);
    return {
      element: fmviz.el('div', null, box, caption),
      canvas: canvas,
      draw: (answer) => {
        const form = answer.facts.seen;
        fmviz.drawPicture(canvas, answer.bytes(form.at, form.height * form.width * form.channels), form);
        canvas.classList.toggle('smooth', form.width > 100);
        box.style.aspectRatio = form.width + ' / ' + form.height;
      },
      explain: (answer) => {
        const form = answer.facts.seen;
        caption.textContent =
          form.height + ' \u00d7 ' + form.width + ' pixels, ' + (form.channels === 1 ? 'grey' : 'colours') + (form.digit ? steps(form) : '');
        pad.frame(form.digit ? form.digit.found : null);
        fmviz.frame(placed, form.digit ? form.digit.placed : null);
      },
      frame: (place) => fmviz.frame(frame, place),
    };
  };

  // What became of a drawing, or of a picture of a digit.
  function steps(form) {
    const its = form.digit;
    const high = Math.round(its.placed.height * form.height);
    const wide = Math.round(its.placed.width * form.width);
    return (
      ': the box around the strokes, made ' + high + ' \u00d7 ' + wide + ', stands with its centre of mass in the middle' +
      (its.inverted ? '; dark and light are exchanged' : '') +
      (its.widened > 0 ? '; thin strokes grew by ' + fmviz.decimals(its.widened, 1) + ' pixels on each side' : '') +
      (its.doubt ? '. It ' + its.doubt : '') + '.'
    );
  }

  /**
   * Puts a frame over a part of what is around it.
   * @param {!Element} frame
   * @param {?{left: number, top: number, width: number, height: number}} place in shares
   */
  fmviz.frame = function (frame, place) {
    frame.hidden = place === null;
    if (place !== null) {
      for (const side of ['left', 'top', 'width', 'height']) {
        frame.style[side] = 100 * place[side] + '%';
      }
    }
  };

  /**
   * What one position of a layer sees, in shares of the picture's sides.
   * @param {?{size: number, stride: number, padding: number}|undefined} field
   * @param {{height: number, width: number}} input
   * @param {number} row
   * @param {number} column
   * @return {?{left: number, top: number, width: number, height: number}}
   */
  fmviz.fieldOf = function (field, input, row, column) {
    return field
      ? {
          left: (column * field.stride - field.padding) / input.width,
          top: (row * field.stride - field.padding) / input.height,
          width: field.size / input.width,
          height: field.size / input.height,
        }
      : null;
  };
})();
