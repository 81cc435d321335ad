/** @fileoverview The images that a map responds to most. */
(function () {
  'use strict';

  /**
   * The images that a map responds to most, or how far the search for them is.
   * @param {!Element} place
   * @param {?} found
   */
  fmviz.showStrongest = function (place, found) {
    const facts = found.facts;
    const line =
      facts.state === 'looking'
        ? 'Looking through ' + (facts.of || 'the images') + (facts.total > 0 ? ': ' + Math.round((100 * facts.done) / facts.total) + ' %' : ' \u2026')
        : facts.state === 'missing'
          ? facts.line
          : facts.images.length === 0
            ? 'Nothing: in none of ' + facts.of + ' it is above zero.'
            : 'Of ' + facts.of + ', framed what the strongest place sees.';
    const images = facts.images.map((image) => {
      const name = image.source ? image.source.split(/[\\/]/).pop() : 'no. ' + image.number;
      const canvas = fmviz.el('canvas', {role: 'img', 'aria-label': image.source || 'image ' + image.number});
      const frame = fmviz.el('div', {class: 'frame'});
      fmviz.drawPicture(canvas, found.bytes(image.at, 3 * image.height * image.width), {height: image.height, width: image.width, channels: 3});
      fmviz.frame(frame, {left: image.frame[0], top: image.frame[1], width: image.frame[2], height: image.frame[3]});
      const label = image.label === undefined ? '' : image.label + ', ';
      return fmviz.el(
        'figure',
        null,
        fmviz.el('div', {class: 'framed'}, canvas, frame),
        fmviz.el('figcaption', {title: image.source || null}, label + name)
      );
    });
    place.replaceChildren(fmviz.el('p', {class: 'quiet'}, line), fmviz.el('div', {class: 'images'}, images));
  };
})();
