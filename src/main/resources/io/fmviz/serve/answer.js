/** @fileoverview The answer: the classes as bars, and ghosts of what was pinned. */
(function () {
  'use strict';

  /** With more classes, the likeliest are shown. */
  const ALL = 12;
  const FIRST = 8;

  /** What is longer is written smaller. */
  const SHORT = 4;

  /**
   * How likely each class is, from 0 to 1.
   * @param {!Float32Array} values of the answer
   * @param {string} scores what they mean
   * @return {!Array<number>}
   */
  fmviz.likely = function (values, scores) {
    if (values.some((value) => !isFinite(value))) {
      return Array.from(values, () => NaN);
    }
    if (scores === 'PROBABILITIES' || scores === 'LABEL_PROBABILITIES') {
      return Array.from(values);
    }
    return scores === 'LOGITS' ? softmax(values) : Array.from(values, (value) => 1 / (1 + Math.exp(-value)));
  };

  /**
   * What a value of the answer is called.
   * @param {{scores: string}} network
   * @return {string}
   */
  fmviz.scoreName = function (network) {
    return network.scores.endsWith('PROBABILITIES') ? 'probability' : network.scores === 'SCORE' ? 'score' : 'logit';
  };

  function softmax(logits) {
    const most = Math.max(...logits);
    const powers = Array.from(logits, (logit) => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }

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
   * @param {{input: {digit: boolean}, classes: number, noClasses: (string|undefined), classNames: !Array<string>, scores: string}} network
   * @param {!Array<!Element>} controls beside it
   * @return {{update: function(?, ?, boolean), shown: function(): !Array<number>}} what is new, what
   *     was pinned, and whether nothing is drawn; the classes that are shown
   */
  fmviz.answer = function (place, network, controls) {
    const best = fmviz.el('output', {class: 'best', id: 'best'});
    const sure = fmviz.el('span', {class: 'quiet'});
    const pinned = fmviz.el('p', {class: 'pinned quiet', hidden: true});
    const thumb = fmviz.el('canvas', {class: 'thumb', hidden: true, role: 'img', 'aria-label': 'The pinned input'});
    const isScore = network.scores === 'SCORE';
    const areLabels = network.scores === 'LABEL_LOGITS' || network.scores === 'LABEL_PROBABILITIES';
    const count = network.classes > ALL ? FIRST : network.classes;
    let labels = [];
    const columns = Array.from({length: count}, column);
    const list = fmviz.el('ol', {class: 'classes', 'aria-label': 'Classes and how likely they are'}, columns.map((c) => c.element));
    place.append(
      fmviz.el('div', {class: 'headline'}, best, sure),
      network.classes > 0 ? list : fmviz.el('p', {class: 'quiet'}, 'This network has no classes: ' + network.noClasses + '.'),
      fmviz.el('div', {class: 'tools'}, controls, fmviz.el('div', {class: 'pin'}, thumb, pinned))
    );

    function name(label) {
      return network.classNames[label] || 'class ' + label;
    }

    function shares(answer) {
      return answer && network.classes > 0 && answer.facts.logits !== undefined
        ? fmviz.likely(answer.floats(answer.facts.logits, network.classes), network.scores)
        : null;
    }

    function score(answer) {
      const value = answer.floats(answer.facts.logits, 1)[0];
      return isFinite(value) ? String(Number(value.toPrecision(6))) : 'not finite';
    }

    // The likeliest class in words, or all labels that hold.
    function told(likely) {
      const top = likely.indexOf(Math.max(...likely));
      if (top < 0 || !areLabels) {
        return top < 0 ? 'nothing' : name(top);
      }
      const holding = order(likely).filter((label) => likely[label] >= 0.5);
      return holding.length === 0 ? 'no label' : holding.map(name).join(', ');
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
        best.textContent = isEmpty ? (network.input.digit ? 'Draw a digit' : 'Draw, or drop a picture') : told(likely);
        best.classList.toggle('long', best.textContent.length > SHORT);
        sure.textContent = isEmpty ? '' : top < 0 ? 'a ' + fmviz.scoreName(network) + ' is not finite' : (areLabels ? 'the likeliest ' : '') + fmviz.percent(likely[top]);
        labels = order(likely);
        labels.forEach((label, i) => {
          const c = columns[i];
          c.bar.style.height = (isEmpty ? 0 : 100 * likely[label]) + '%';
          c.share.textContent = likely[label] >= 0.001 && !isEmpty ? Math.round(1000 * likely[label]) / 10 + ' %' : '';
          c.name.textContent = network.classNames[label] || String(label);
          c.name.title = name(label);
          c.element.classList.toggle('likeliest', label === top && !isEmpty);
          c.ghost.hidden = before === null;
          c.ghost.style.height = before === null ? 0 : 100 * before[label] + '%';
        });
      }
      if (isScore && answer) {
        best.textContent = score(answer);
        sure.textContent = 'score';
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
        pinned.textContent =
          'pinned' + (isScore ? ': ' + score(then) : top < 0 ? '' : ': ' + told(before) + (areLabels ? ', the likeliest ' : ', ') + fmviz.percent(before[top]));
      }
    }

    return {update: update, shown: () => labels};
  };
})();
