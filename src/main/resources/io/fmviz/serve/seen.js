/** @fileoverview What the network sees, and on it the part that one value was made from. */
(function () {
  'use strict';

  /**
   * The picture.
   * @return {{element: !Element, update: function(?), frame: function(?{left: number, top: number,
   *     width: number, height: number})}} a frame is in shares of the sides; null for none
   */
  fmviz.seen = function () {
    const canvas = fmviz.el('canvas', {role: 'img', 'aria-label': 'What the network sees'});
    const frame = fmviz.el('div', {class: 'frame', hidden: true});
    const caption = fmviz.el('p', {class: 'quiet'});
    const box = fmviz.el('div', {class: 'framed'}, canvas, frame);
    return {
      element: fmviz.el('div', null, box, caption),
      update: (answer) => {
        const form = answer.facts.seen;
        fmviz.drawPicture(canvas, answer.bytes(form.at, form.height * form.width * form.channels), form);
        canvas.classList.toggle('smooth', form.width > 100);
        box.style.aspectRatio = form.width + ' / ' + form.height;
        caption.textContent =
          form.height + ' \u00d7 ' + form.width + ' pixels, ' + (form.channels === 1 ? 'grey' : 'colours');
      },
      frame: (place) => fmviz.frame(frame, place),
    };
  };

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
