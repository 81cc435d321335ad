/** @fileoverview The page of one image: itself, what the network takes it for, all layers' maps. */

(function () {
  'use strict';

  const facts = fmviz.facts('facts');
  const sample = facts.sample;
  const layers = facts.drawn.map((drawn, i) => ({
    facts: sample.pictures[i],
    drawn: drawn,
    index: i,
    files: sample.pictures.filter((picture) => picture.layer === sample.pictures[i].layer).map((picture) => picture.file),
  }));
  const decoded = new Map();
  const view = {palette: 'viridis', own: false, byActivity: false};

  function mapsOf(layer) {
    if (!decoded.has(layer)) {
      const drawn = layer.drawn;
      const bytes = fmviz.bytes(document.getElementById('maps-' + layer.index).textContent);
      decoded.set(layer, fmviz.mapsOf(bytes, drawn.channels.length, drawn.height, drawn.width));
    }
    return decoded.get(layer);
  }

  // Whether the page lies where fmviz wrote it, and not where somebody sent it to.
  const isHome = decodeURIComponent(location.pathname).endsWith('/' + facts.title + '/index.html');

  function shape(layer) {
    const [, channels, height, width] = layer.facts.shape;
    return fmviz.count(channels, 'map') + ' of ' + height + ' \u00d7 ' + width;
  }

  function ends(layer, map) {
    const maps = mapsOf(layer);
    return fmviz.scaleOf(maps, view.own ? map : null, view.palette);
  }

  // ---- The picture, and where the last maps are strong.

  // A layer's mean map, as bytes like any other.
  function meanMap(layer) {
    const maps = mapsOf(layer);
    const size = maps.height * maps.width;
    const sum = new Float64Array(size);
    for (let map = 0; map < maps.count; map++) {
      fmviz.valuesOf(maps, map).forEach((value, i) => (sum[i] += value / maps.count));
    }
    const low = Math.min(...sum.filter(Number.isFinite));
    const high = Math.max(...sum.filter(Number.isFinite));
    const step = (value) => (Number.isFinite(value) ? 1 + Math.round((254 * (value - low)) / (high - low || 1)) : 0);
    return {
      count: 1,
      height: maps.height,
      width: maps.width,
      low: Float32Array.of(low),
      high: Float32Array.of(high),
      mean: Float32Array.of((low + high) / 2),
      bytes: Uint8Array.from(sum, step),
    };
  }

  function pictureSection() {
    const spatial = layers.filter((layer) => layer.drawn.height * layer.drawn.width > 1 && layer.facts.layer !== 'input');
    const image = fmviz.el('img', {alt: 'The image ' + facts.title, class: 'pixels'});
    const overlay = fmviz.el('canvas', {class: 'smooth', 'aria-hidden': 'true'});
    const stack = fmviz.el('div', {class: 'stack'}, image, overlay);
    image.addEventListener('load', () => {
      const zoom = Math.max(1, Math.floor(280 / Math.max(image.naturalWidth, image.naturalHeight)));
      image.style.width = Math.min(420, zoom * image.naturalWidth) + 'px';
      image.classList.toggle('smooth', zoom === 1);
    });
    image.src = 'data:image/png;base64,' + document.getElementById('picture').textContent;
    if (spatial.length === 0) {
      return fmviz.el('figure', {class: 'narrow'}, stack);
    }
    const caption = fmviz.el('figcaption');
    const choice = fmviz.el(
      'select',
      {onchange: draw},
      spatial.map((layer, i) => fmviz.el('option', {value: i, selected: i === spatial.length - 1}, fmviz.layerName(layer.facts)))
    );
    const strength = fmviz.el('input', {type: 'range', min: 0, max: 100, value: 50, oninput: () => fade()});

    function fade() {
      overlay.style.opacity = strength.value / 100;
    }

    function draw() {
      const layer = spatial[choice.value];
      const mean = meanMap(layer);
      fmviz.drawMap(overlay, mean, 0, {low: mean.low[0], high: mean.high[0]}, 'viridis');
      overlay.hidden = !(mean.high[0] > mean.low[0]);
      caption.textContent = overlay.hidden
        ? 'The maps of ' + fmviz.layerName(layer.facts) + ' are the same everywhere: nothing is laid over the image.'
        : 'Over the image: the mean of ' + fmviz.count(mapsOf(layer).count, 'map') + ' of ' + fmviz.layerName(layer.facts) +
          ', from ' + fmviz.number(mean.low[0]) + ' (dark blue) to ' + fmviz.number(mean.high[0]) + ' (yellow): where the layer is most active.';
      fade();
    }

    draw();
    return fmviz.el(
      'figure',
      {class: 'narrow'},
      stack,
      caption,
      fmviz.el('div', {class: 'controls'}, fmviz.el('label', null, 'Overlay of', choice), fmviz.el('label', null, 'how strong', strength))
    );
  }

  function verdict() {
    if (sample.label === undefined) {
      return null;
    }
    const right = sample.label === sample.predicted;
    return [fmviz.className(sample.label, facts.labelName) + ', the prediction is ', fmviz.el('b', {class: right ? 'good' : 'bad'}, right ? 'right' : 'wrong')];
  }

  function answerSection() {
    const few = facts.classes <= 10;
    const rows = facts.likeliest
      .slice()
      .sort((a, b) => (few ? a.label - b.label : 0))
      .map((each) => ({name: fmviz.className(each.label, each.name), value: each.probability}));
    return fmviz.el(
      'section',
      null,
      fmviz.el('h2', null, 'What the network takes it for'),
      fmviz.factList([['Predicted', fmviz.answer(sample)], ['It is', verdict()], ['From the file', sample.source]]),
      rows.length === 0 ? null : fmviz.bars(rows, {title: 'Probabilities of the classes', low: 0, high: 1, text: fmviz.percent}),
      few || rows.length === 0 ? null : fmviz.el('p', {class: 'quiet'}, 'The ' + rows.length + ' likeliest of ' + fmviz.count(facts.classes, 'class') + 'es.')
    );
  }

  // ---- One map, large.

  const dialog = fmviz.el('dialog', {'aria-labelledby': 'large-title'});

  function openMap(layer, order, at) {
    const maps = mapsOf(layer);
    const map = order[at];
    const values = fmviz.valuesOf(maps, map);
    const canvas = fmviz.el('canvas', {class: 'large', role: 'img', 'aria-label': 'The map, large'});
    fmviz.drawMap(canvas, maps, map, ends(layer, map), view.palette);
    const zoom = Math.max(1, Math.floor(448 / Math.max(maps.width, maps.height)));
    canvas.style.width = zoom * maps.width + 'px';
    const low = maps.low[map];
    const high = maps.high[map];
    const broken = values.filter((value) => !Number.isFinite(value)).length;
    const above = values.filter((value) => value > 0).length;
    const go = (by, text) =>
      fmviz.el('button', {type: 'button', disabled: order[at + by] === undefined, onclick: () => openMap(layer, order, at + by)}, text);
    dialog.replaceChildren(
      fmviz.el('h2', {id: 'large-title'}, 'Map ' + layer.drawn.channels[map] + ' of ' + fmviz.layerName(layer.facts)),
      fmviz.el(
        'div',
        {class: 'columns'},
        fmviz.el('div', {class: 'narrow'}, canvas, legend(ends(layer, map))),
        fmviz.el(
          'div',
          null,
          fmviz.factList([
            ['Values', Number.isNaN(low) ? 'none is a number' : 'from ' + fmviz.number(low) + ' to ' + fmviz.number(high)],
            ['Mean', fmviz.number(maps.mean[map])],
            ['Above zero', fmviz.percent(above / values.length) + ' of the map'],
            ['No number', broken > 0 ? fmviz.count(broken, 'value') + ', grey' : null],
            ['Shape', layer.facts.shape[2] + ' \u00d7 ' + layer.facts.shape[3]],
            ['Drawn', smaller(layer)],
            ['Layer', layer.facts.layer],
            ['Path', layer.facts.path],
            ['Tensor', layer.facts.tensor],
          ]),
          Number.isNaN(low) ? null : fmviz.histogram(values, low, high, 'How often which value stands in the map')
        )
      ),
      fmviz.el('div', {class: 'controls'}, go(-1, 'Map before'), go(1, 'Map behind'), fmviz.el('button', {type: 'button', onclick: () => dialog.close()}, 'Close'))
    );
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  function smaller(layer) {
    const drawn = layer.drawn;
    return drawn.factor === 1
      ? null
      : drawn.height + ' \u00d7 ' + drawn.width + ': a pixel is the mean of ' + drawn.factor + ' \u00d7 ' + drawn.factor + ' values, so that the page stays small';
  }

  function legend(scale) {
    const canvas = fmviz.el('canvas', {'aria-hidden': 'true', width: 128, height: 1});
    const ramp = {height: 1, width: 128, low: [0], high: [1], bytes: Uint8Array.from({length: 128}, (_, i) => 1 + 2 * i)};
    fmviz.drawMap(canvas, ramp, 0, {low: 0, high: 1}, view.palette);
    canvas.style.width = '8rem';
    canvas.style.height = '0.8rem';
    return fmviz.el('p', {class: 'quiet'}, fmviz.number(scale.low) + ' ', canvas, ' ' + fmviz.number(scale.high));
  }

  // ---- Layers as rows that unfold into their maps.

  const FIRST = 256;

  function grid(layer, body, most) {
    const maps = mapsOf(layer);
    const order = Array.from({length: maps.count}, (_, i) => i);
    if (view.byActivity) {
      order.sort((a, b) => maps.mean[b] - maps.mean[a] || a - b);
    }
    const shown = order.slice(0, most);
    const zoom = Math.max(1, Math.floor(56 / Math.max(maps.width, maps.height)));
    const box = fmviz.el('div', {class: 'maps', role: 'group', 'aria-label': 'Maps of ' + fmviz.layerName(layer.facts)});
    shown.forEach((map, at) => {
      const dead = fmviz.isConstant(maps, map);
      const button = fmviz.mapButton(layer.drawn.channels[map], {
        width: zoom * maps.width,
        height: zoom * maps.height,
        dead: dead,
        label: dead ? 'the same everywhere: ' + fmviz.number(maps.low[map]) : 'from ' + fmviz.number(maps.low[map]) + ' to ' + fmviz.number(maps.high[map]),
        onclick: () => openMap(layer, order, at),
      });
      fmviz.drawMap(button.firstElementChild, maps, map, ends(layer, map), view.palette);
      box.append(button);
    });
    fmviz.roving(box);
    body.replaceChildren(caption(layer, shown.length), view.own ? '' : legend(ends(layer, null)), box);
    if (shown.length < order.length) {
      body.append(fmviz.el('button', {type: 'button', onclick: () => grid(layer, body, order.length)}, 'Show all ' + order.length + ' maps'));
    }
  }

  function caption(layer, shown) {
    const maps = mapsOf(layer);
    const same = Array.from({length: maps.count}, (_, i) => i).filter((i) => fmviz.isConstant(maps, i)).length;
    const scale = view.own
      ? 'each map on a scale of its own, from its smallest value to its largest'
      : 'all on one scale, that of the layer';
    return fmviz.el(
      'p',
      {class: 'quiet'},
      shown + ' of ' + fmviz.count(layer.facts.shape[1], 'map') + ', ' + scale + '; ' +
        (view.byActivity ? 'those with the largest mean first' : 'in their order') + '. ',
      same > 0 ? fmviz.count(same, 'map') + (same === 1 ? ' is' : ' are') + ' the same everywhere (striped). ' : null,
      layer.facts.notANumber ? fmviz.count(layer.facts.notANumber, 'value') + ' are no number (grey). ' : null,
      smaller(layer) ? 'Drawn ' + smaller(layer) + '. ' : null,
      isHome ? layer.files.map((file) => [fmviz.el('a', {href: file.split('/')[1]}, file.split('/')[1]), ' ']) : null
    );
  }

  function row(layer) {
    const body = fmviz.el('div');
    const open = () => {
      if (element.open) {
        grid(layer, body, FIRST);
      } else {
        body.replaceChildren();
      }
    };
    const element = fmviz.el(
      'details',
      {class: 'layer', ontoggle: open},
      fmviz.el(
        'summary',
        null,
        fmviz.el('span', {class: 'name'}, layer.facts.layer),
        fmviz.el('span', null, shape(layer)),
        layer.facts.path && layer.facts.path !== layer.facts.layer ? fmviz.el('span', {class: 'quiet'}, layer.facts.path) : null,
        fmviz.el('span', {class: 'quiet'}, 'values from ' + fmviz.number(layer.facts.minimum) + ' to ' + fmviz.number(layer.facts.maximum))
      ),
      body
    );
    return {layer: layer, element: element, redraw: open};
  }

  const rows = layers.map(row);
  const count = fmviz.el('span', {class: 'quiet', role: 'status'});

  function redraw() {
    rows.filter((each) => each.element.open).forEach((each) => each.redraw());
  }

  function filtered(matches) {
    let shown = 0;
    for (const each of rows) {
      each.element.hidden = !matches(fmviz.namesOf(each.layer.facts));
      shown += each.element.hidden ? 0 : 1;
    }
    count.textContent = shown + ' of ' + fmviz.count(rows.length, 'layer');
  }

  function select(label, choices, changed) {
    return fmviz.el(
      'label',
      null,
      label,
      fmviz.el(
        'select',
        {
          onchange: (event) => {
            changed(event.target.value);
            redraw();
          },
        },
        choices.map((choice) => fmviz.el('option', {value: choice[0]}, choice[1]))
      )
    );
  }

  fmviz.head(
    facts.title,
    'What a network makes of one image. Each layer turns it into maps: a map is bright where its channel finds what it looks for.',
    isHome ? [{href: '../index.html', text: 'All images of this folder'}] : []
  );
  fmviz.show(
    fmviz.el('div', {class: 'columns'}, pictureSection(), answerSection()),
    fmviz.el('h2', null, 'Layers, from the image to the answer'),
    fmviz.el('p', null, 'Unfold a layer to see its maps; choose a map to see it large, with its values.'),
    fmviz.el(
      'div',
      {class: 'controls'},
      fmviz.filterField({label: 'Show layers', changed: filtered}),
      select('Scale', [['layer', 'one for the layer'], ['map', 'each map\u2019s own']], (value) => (view.own = value === 'map')),
      select('Order', [['number', 'by number'], ['activity', 'most active first']], (value) => (view.byActivity = value === 'activity')),
      select('Colours', [['viridis', 'blue to yellow'], ['gray', 'grey'], ['coolwarm', 'blue below zero, red above']], (value) => (view.palette = value)),
      count
    ),
    ...rows.map((each) => each.element),
    dialog
  );
  filtered(() => true);
})();
