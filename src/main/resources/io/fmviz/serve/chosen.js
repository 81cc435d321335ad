/**
 * @fileoverview One map, large: its values, where they come from, what it is worth, what it
 * responds to, and the switch that turns it off.
 */
(function () {
  'use strict';

  const LOOK_AGAIN = 700;
  const SETTLED = 160;
  const FORMAT = fmviz.answerFormat;

  // One question under way, and only the last one that came meanwhile after it.
  function latest(ask) {
    let isBusy = false;
    let next = null;
    return async function run(...parameters) {
      if (isBusy) {
        next = parameters;
        return;
      }
      isBusy = true;
      try {
        await ask(...parameters);
      } catch (e) {
        // A newer question, or a picture that is gone: the next answer brings it again.
      }
      isBusy = false;
      if (next !== null) {
        const then = next;
        next = null;
        run(...then);
      }
    };
  }

  // The chosen map on its canvas, or what is different in it from what was pinned; its scale.
  function drawChosen(canvas, answer, then) {
    const map = answer.facts.chosen;
    const before = then ? then.facts.chosen : null;
    const isSame = Boolean(before) && before.layer === map.layer && before.map === map.map;
    const now = answer.maps(map.block);
    const shown = isSame ? fmviz.difference(now, then.maps(before.block), true) : now;
    const palette = isSame ? 'coolwarm' : fmviz.state.colors;
    fmviz.drawMap(canvas, shown, 0, null, palette);
    canvas.parentElement.style.aspectRatio = now.width + ' / ' + now.height;
    canvas.parentElement.classList.toggle('dead-box', !isSame && (map.state & FORMAT.dead) !== 0);
    return fmviz.legend({low: shown.low[0], high: shown.high[0]}, palette);
  }

  /**
   * The map.
   * @param {!Element} place
   * @param {{layers: !Array, input: {height: number, width: number, colours: !Array<string>}, classes: number, classNames: !Array<string>, scores: string}} network
   * @param {{frame: function(?)}} seen where what a value sees is framed
   * @return {{update: function(?, ?), next: function(number), toggle: function()}}
   */
  fmviz.chosen = function (place, network, seen) {
    const canvas = fmviz.el('canvas', {
      class: 'large',
      tabindex: 0,
      role: 'img',
      'aria-label': 'The map; arrows move from value to value',
    });
    const spot = fmviz.el('div', {class: 'spot', hidden: true});
    const value = fmviz.el('p', {class: 'value', 'aria-live': 'polite'});
    const held = fmviz.el('p', {class: 'quiet'});
    const origin = fmviz.el('div', {class: 'origin'});
    const bars = fmviz.el('canvas', {class: 'bars wide', role: 'img', 'aria-label': 'histogram of this map'});
    const facts = fmviz.el('div');
    const worth = fmviz.el('p', {class: 'worth'});
    const strongest = fmviz.el('div', {class: 'strongest'});
    const scale = fmviz.el('div', {class: 'scale'});
    const slide = fmviz.slide(canvas, (row, column) => {
      hold(false);
      point(row, column);
    });
    const off = fmviz.el('button', {type: 'button', id: 'off', 'aria-pressed': 'false', onclick: toggle}, 'Switch off');
    const title = fmviz.el('h3');
    const path = fmviz.el('p', {class: 'quiet'});
    const hint = fmviz.el('p', {class: 'quiet'}, 'Unfold a layer and click one of its maps to see it here.');
    const body = fmviz.el(
      'div',
      {hidden: true},
      title,
      path,
      fmviz.el(
        'p',
        {class: 'controls'},
        fmviz.el('button', {type: 'button', onclick: () => next(-1), 'aria-label': 'previous map'}, '\u2039'),
        fmviz.el('button', {type: 'button', onclick: () => next(1), 'aria-label': 'next map'}, '\u203a'),
        off,
        slide.button
      ),
      fmviz.el(
        'div',
        {class: 'beside'},
        fmviz.el('div', null, fmviz.el('div', {class: 'framed mapbox'}, canvas, spot), scale, held),
        fmviz.el('div', {class: 'explained'}, value, origin)
      ),
      worth,
      fmviz.el('h3', null, 'How often each value occurs'),
      bars,
      facts,
      fmviz.el('h3', null, 'Responds most to'),
      strongest
    );
    place.append(hint, body);
    let at = null;
    let isHeld = false;
    let now = null;
    let shown = null;
    let timer = null;
    let search = null;
    let pinned = null;

    function layer() {
      return network.layers[Number(fmviz.state.map.split('.')[0])];
    }

    function question(more) {
      return {picture: now.facts.picture, off: Array.from(fmviz.state.off).join(','), map: fmviz.state.map, ...more};
    }

    const askValue = latest(async () => {
      if (at === null || fmviz.state.map === null) {
        return;
      }
      const asked = question({row: at.row, column: at.column});
      const other = pinned;
      const found = await fmviz.ask('value', asked);
      const before = other === null ? null : await fmviz.ask('value', {...asked, picture: other.facts.picture, off: other.off, part: 'pinned'});
      const isHere = at !== null && at.row === found.row && at.column === found.column;
      if (isHere && fmviz.state.map === found.layer + '.' + found.map) {
        const change = before === null ? '' : ' (pinned ' + fmviz.number(before.value) + ', difference ' + fmviz.signed(found.value - before.value, fmviz.number(found.value - before.value)) + ')';
        value.textContent = 'row ' + found.row + ', column ' + found.column + ': ' + fmviz.number(found.value) + change;
        origin.replaceChildren(...fmviz.origin(found, network).filter((each) => each !== null));
      }
    });

    const askWorth = latest(async () => {
      if (network.classes === 0 || fmviz.state.map === null) {
        return;
      }
      const found = await fmviz.ask('worth', question({}));
      if (fmviz.state.map === found.layer + '.' + found.map) {
        worth.textContent = worthText(found);
      }
    });

    function called(label) {
      return label === null ? 'nothing' : network.classNames[label] || String(label);
    }

    // The class, or of labels those that hold.
    function answer(prediction) {
      return prediction.labels ? prediction.labels.map((each) => called(each.label)).join(', ') || 'no label' : called(prediction.predicted);
    }

    function sure(prediction) {
      return prediction.labels || prediction.predicted === null ? '' : ' (' + fmviz.percent(prediction.probability) + ')';
    }

    function worthText(found) {
      const isSame = answer(found.with) === answer(found.without);
      const whose = found.with.labels ? 'the ' + fmviz.scoreName(network) + ' of ' + called(found.with.predicted) : 'its ' + fmviz.scoreName(network);
      const change = found.change === undefined || found.change === null ? '' : '; ' + whose + ' changes by ' + fmviz.signed(found.change, fmviz.number(found.change));
      return 'Without this map: ' + (isSame ? 'still ' : '') + answer(found.without) + sure(found.without) + (isSame ? '' : ', not ' + answer(found.with) + sure(found.with)) + change + '.';
    }

    const askStrongest = latest(async () => {
      clearTimeout(search);
      const map = fmviz.state.map;
      if (map === null) {
        return;
      }
      const found = await fmviz.ask('strongest', {map: map});
      if (map !== fmviz.state.map) {
        return;
      }
      fmviz.showStrongest(strongest, found);
      if (found.facts.state === 'looking') {
        search = setTimeout(askStrongest, LOOK_AGAIN);
      }
    });

    function toggle() {
      if (fmviz.state.map !== null) {
        fmviz.change({off: fmviz.toggled(fmviz.state.off, fmviz.state.map)});
      }
    }

    function next(by) {
      if (fmviz.state.map === null) {
        fmviz.change({map: '0.0'});
        return;
      }
      const parts = fmviz.state.map.split('.').map(Number);
      const count = network.layers[parts[0]].shape[0];
      fmviz.change({map: parts[0] + '.' + ((parts[1] + by + count) % count)});
    }

    function point(row, column) {
      const shape = layer().shape;
      at = {row: Math.max(0, Math.min(shape[1] - 1, row)), column: Math.max(0, Math.min(shape[2] - 1, column))};
      fmviz.frame(spot, {left: at.column / shape[2], top: at.row / shape[1], width: 1 / shape[2], height: 1 / shape[1]});
      seen.frame(fmviz.fieldOf(layer().field, network.input, at.row, at.column));
      askValue();
    }

    function hold(isOn) {
      isHeld = isOn;
      spot.classList.toggle('held', isOn);
      held.textContent = isOn ? 'Held: another click lets go.' : 'A click holds this value.';
    }

    function pointAt(event) {
      const box = canvas.getBoundingClientRect();
      const shape = layer().shape;
      point(
        Math.floor(((event.clientY - box.top) / box.height) * shape[1]),
        Math.floor(((event.clientX - box.left) / box.width) * shape[2])
      );
    }

    canvas.addEventListener('pointermove', (event) => {
      if (!isHeld && !slide.isOn()) {
        pointAt(event);
      }
    });
    canvas.addEventListener('click', (event) => {
      slide.stop();
      hold(!isHeld);
      pointAt(event);
    });
    canvas.addEventListener('keydown', (event) => {
      const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
      if (event.key in steps) {
        const from = at || {row: 0, column: 0};
        point(from.row + steps[event.key][0], from.column + steps[event.key][1]);
        event.preventDefault();
      }
    });

    function strongestPlace(maps) {
      const best = maps.bytes.reduce((best, byte, i) => (byte > maps.bytes[best] ? i : best), 0);
      return {row: Math.floor(best / maps.width), column: best % maps.width};
    }

    function show() {
      const map = fmviz.state.map;
      body.hidden = map === null;
      hint.hidden = map !== null;
      if (map === shown) {
        return;
      }
      shown = map;
      at = null;
      hold(false);
      if (map === null) {
        seen.frame(null);
        return;
      }
      title.textContent = layer().name + ', map ' + map.split('.')[1];
      path.textContent = layer().path + (layer().note ? '; ' + layer().note : '');
      slide.of(layer());
      [value, worth].forEach((each) => (each.textContent = ''));
      [origin, strongest].forEach((each) => each.replaceChildren());
      seen.frame(null);
      spot.hidden = true;
      askStrongest();
    }

    fmviz.onchange(show);

    // Drawn anew with every answer; what is asked beside it, when the pen rests.
    function update(answer, then) {
      now = answer;
      pinned = then;
      show();
      const map = answer.facts.chosen;
      const isOff = fmviz.state.map !== null && fmviz.state.off.has(fmviz.state.map);
      off.setAttribute('aria-pressed', String(isOff));
      off.textContent = isOff ? 'Switch on' : 'Switch off';
      if (!map || fmviz.state.map !== map.layer + '.' + map.map) {
        return;
      }
      const values = answer.maps(map.block);
      scale.replaceChildren(drawChosen(canvas, answer, then));
      slide.cover();
      fmviz.drawBars(bars, answer.bytes(map.histogram, FORMAT.bars));
      facts.replaceChildren(
        fmviz.factList([
          ['lowest', fmviz.number(values.low[0])],
          ['mean', fmviz.number(values.mean[0])],
          ['highest', fmviz.number(values.high[0])],
          ['size', values.height + ' \u00d7 ' + values.width],
          ['state', map.nonFinite > 0 ? fmviz.count(map.nonFinite, 'non-finite value') : isOff ? 'switched off' : map.state & FORMAT.dead ? 'dead: zero for this input' : null],
        ])
      );
      const lead = fmviz.lead;
      if (lead && lead.map === fmviz.state.map) {
        fmviz.lead = null;
        point(lead.row, lead.column);
        hold(true);
      } else if (at === null) {
        const best = strongestPlace(values);
        point(best.row, best.column);
      } else {
        askValue();
      }
      clearTimeout(timer);
      timer = setTimeout(askWorth, SETTLED);
    }

    return {update: update, next: next, toggle: toggle};
  };
})();
