/** @fileoverview The answer: the classes as bars, and ghosts of what was pinned. */
(function () {
  'use strict';

  /** With more classes, the likeliest are shown. */
  const ALL = 12;
  const FIRST = 8;

  /**
   * What the logits say of each class, from 0 to 1.
   * @param {!Float32Array} logits
   * @return {!Array<number>}
   */
  fmviz.softmax = function (logits) {
    const most = Math.max(...logits);
    const powers = Array.from(logits, (logit) => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  };

  function column() {
    const bar = fmviz.el('span', {class: 'fill'});
    const ghost = fmviz.el('span', {class: 'ghost', hidden: true});
    const name = fmviz.el('span', {class: 'class'});
    const share = fmviz.el('span', {class: 'share'});
    const element = fmviz.el('li', null, share, fmviz.el('span', {class: 'bar'}, bar, ghost), name);
    return {element: element, bar: bar, ghost: ghost, name: name, share: share};
  }

  /**
   * The answer.
   * @param {!Element} place
   * @param {{classes: number, classNames: !Array<string>}} network
   * @param {!Array<!Element>} controls beside it
   * @return {{update: function(?, ?, boolean)}} what is new, what was pinned, and whether nothing is drawn
   */
  fmviz.answer = function (place, network, controls) {
    const best = fmviz.el('output', {class: 'best', id: 'best'});
    const sure = fmviz.el('span', {class: 'quiet'});
    const pinned = fmviz.el('p', {class: 'pinned quiet', hidden: true});
    const thumb = fmviz.el('canvas', {class: 'thumb', hidden: true, role: 'img', 'aria-label': 'The pinned input'});
    const count = network.classes > ALL ? FIRST : network.classes;
    const columns = Array.from({length: count}, column);
    const list = fmviz.el('ol', {class: 'classes', 'aria-label': 'Classes and how likely they are'}, columns.map((c) => c.element));
    place.append(
      fmviz.el('div', {class: 'headline'}, best, sure),
      network.classes > 0 ? list : fmviz.el('p', {class: 'quiet'}, 'This network has no classes: look at its layers.'),
      fmviz.el('div', {class: 'tools'}, controls, fmviz.el('div', {class: 'pin'}, thumb, pinned))
    );

    function name(label) {
      return network.classNames[label] || 'class ' + label;
    }

    function shares(answer) {
      return answer && answer.facts.logits !== undefined
        ? fmviz.softmax(answer.floats(answer.facts.logits, network.classes))
        : null;
    }

    function order(likely) {
      const all = likely.map((_, label) => label);
      return network.classes > ALL ? all.sort((a, b) => likely[b] - likely[a]).slice(0, FIRST) : all;
    }

    function update(answer, then, isEmpty) {
      const likely = shares(answer);
      const before = shares(then);
      if (likely !== null) {
        const top = likely.indexOf(Math.max(...likely));
        best.textContent = top < 0 ? 'nothing' : name(top);
        sure.textContent = top < 0 ? 'a logit is not finite' : fmviz.percent(likely[top]) + (isEmpty ? ' for an empty pad' : '');
        order(likely).forEach((label, i) => {
          const c = columns[i];
          c.bar.style.height = 100 * likely[label] + '%';
          c.share.textContent = likely[label] >= 0.001 ? Math.round(1000 * likely[label]) / 10 + ' %' : '';
          c.name.textContent = name(label);
          c.name.title = name(label);
          c.element.classList.toggle('likeliest', label === top);
          c.ghost.hidden = before === null;
          c.ghost.style.height = before === null ? 0 : 100 * before[label] + '%';
        });
      }
      showPinned(then, before);
    }

    function showPinned(then, before) {
      pinned.hidden = then === null;
      thumb.hidden = then === null;
      if (then !== null) {
        const form = then.facts.seen;
        const top = before === null ? -1 : before.indexOf(Math.max(...before));
        fmviz.drawPicture(thumb, then.bytes(form.at, form.height * form.width * form.channels), form);
        pinned.textContent = 'pinned' + (top < 0 ? '' : ': ' + name(top) + ', ' + fmviz.percent(before[top]));
      }
    }

    return {update: update};
  };
})();
