/** @fileoverview The page of one image: itself, what the network takes it for, all layers' maps. */

(function () {
  'use strict';

  // Maps of a layer that are drawn at once; a button draws the others.
  const FIRST = 256;
  const SIDE = 56;

  const facts = fmviz.facts('facts');
  const sample = facts.sample;
  const layers = facts.drawn.map((drawn, i) => {
    const layer = sample.pictures[i];
    // Where all of a layer's maps are here, their numbers are left out.
    const channels = drawn.channels || Array.from({length: layer.shape[1]}, (_, c) => c);
    return Object.assign({drawn: Object.assign({}, drawn, {channels: channels}), inFull: facts.inFull[i], index: i}, layer);
  });
  const decoded = new Map();
  const view = {palette: 'viridis', own: false, byActivity: false, smaller: false};
  const dialog = fmviz.el('dialog', {'aria-labelledby': 'large-title'});

  // Whether the page lies where fmviz wrote it, and not where somebody sent it to.
  const isHome = decodeURIComponent(location.pathname).endsWith('/' + facts.title + '/index.html');

  function mapsOf(layer) {
    if (!decoded.has(layer)) {
      const bytes = fmviz.bytes(document.getElementById('maps-' + layer.index).textContent);
      decoded.set(layer, fmviz.mapsOf(bytes, layer.drawn.channels.length, layer.drawn.height, layer.drawn.width));
    }
    return decoded.get(layer);
  }

  function ends(layer, map) {
    return fmviz.scaleOf(mapsOf(layer), map, view.palette);
  }

  function shows() {
    if (sample.label === undefined) {
      return null;
    }
    const verdict = fmviz.verdict(sample);
    return [
      fmviz.className(sample.label, facts.labelName),
      ...(verdict === '-' || verdict === null
        ? []
        : [', the prediction is ', fmviz.el('b', {class: verdict === 'right' ? 'good' : 'bad'}, verdict)]),
    ];
  }

  function answer() {
    const few = facts.likeliest.length === facts.classes;
    const rows = facts.likeliest
      .slice()
      .sort((a, b) => (few ? a.label - b.label : 0))
      .map((each) => ({name: fmviz.className(each.label, each.name), value: each.probability}));
    const options = {title: 'Probabilities of the classes', low: 0, high: 1, text: fmviz.percent};
    return fmviz.el(
      'section',
      null,
      fmviz.el('h2', null, 'What the network takes it for'),
      fmviz.factList([['Predicted', fmviz.answer(sample)], ['It is', shows()], ['From the file', sample.source ? fmviz.path(sample.source) : null]]),
      rows.length === 0 ? null : fmviz.bars(rows, options),
      few || rows.length === 0 ? null : fmviz.el('p', {class: 'quiet'}, 'The ' + rows.length + ' likeliest of ' + facts.classes.toLocaleString('en') + ' classes.')
    );
  }

  function smaller(layer) {
    const drawn = layer.drawn;
    return drawn.factor === 1
      ? null
      : 'at ' + drawn.height + ' \u00d7 ' + drawn.width + ', so that the page stays small: each pixel is the mean of ' +
          drawn.factor + ' \u00d7 ' + drawn.factor + ' values';
  }

  function linkTo(file) {
    return fmviz.el('a', {href: file}, file);
  }

  // A map of a layer, large; with its layer's picture as that has it, else as the page has it.
  function large(layer, map, image) {
    const full = layer.inFull;
    return fmviz.largeMap({
      maps: mapsOf(layer),
      map: map,
      scale: ends(layer, view.own ? map : null),
      palette: view.palette,
      full: image ? fmviz.fullMap(image, full, map, layer.shape) : null,
      facts: [
        ['Shape', layer.shape[2] + ' \u00d7 ' + layer.shape[3]],
        ['Drawn', image ? ['in full, from ', linkTo(full.picture), ', in its colours: ', meaning(full.colors)] : smaller(layer)],
        ['Counted', image ? 'in the map ' + smaller(layer) : null],
        ['In full', !image && smaller(layer) && isHome ? linkTo(fileOf(layer)) : null],
        ['Path', layer.path],
        ['Tensor', layer.tensor],
      ],
    });
  }

  // Shows a map as the page has it, smaller but in the colours that were chosen, or in full again.
  function smallerButton(show) {
    const turn = () => {
      view.smaller = !view.smaller;
      button.setAttribute('aria-pressed', String(view.smaller));
      show();
    };
    const button = fmviz.el('button', {type: 'button', 'aria-pressed': String(view.smaller), onclick: turn}, 'Smaller, in the chosen colours');
    return button;
  }

  // One map of those of a layer, in their order.
  function openMap(layer, order, at) {
    const map = order[at];
    const go = (by, text) => {
      const turn = () => {
        openMap(layer, order, at + by);
        // The button that was pressed is another one now, perhaps one that leads nowhere.
        const again = Array.from(dialog.querySelectorAll('button:enabled')).find((each) => each.textContent === text);
        (again || dialog.querySelector('button:enabled')).focus();
      };
      return fmviz.el('button', {type: 'button', disabled: order[at + by] === undefined, onclick: turn}, text);
    };
    const box = fmviz.el('div');
    const controls = fmviz.el('div', {class: 'controls'}, go(-1, 'Previous map'), go(1, 'Next map'), fmviz.el('button', {type: 'button', onclick: () => dialog.close()}, 'Close'));
    box.append(large(layer, map, null));
    dialog.replaceChildren(fmviz.el('h2', {id: 'large-title'}, 'Map ' + layer.drawn.channels[map] + ' of ' + fmviz.layerName(layer)), box, controls);
    fmviz.fullPicture(layer.inFull).then((image) => {
      if (image) {
        const show = () => box.replaceChildren(large(layer, map, view.smaller ? null : image));
        controls.append(smallerButton(show));
        show();
      }
    });
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  // The file of a layer's maps, beside the page.
  const fileOf = (layer) => layer.file.split('/').pop();

  // Why the file of a layer's maps is that of another, byte for byte; null where none is.
  function sameFile(layer) {
    const first = layer.equalTo || layer.file;
    const other = sample.pictures.find((each) => each.file !== layer.file && (each.equalTo || each.file) === first);
    if (!other) {
      return null;
    }
    const isSame = ['minimum', 'maximum', 'mean'].every((fact) => layer[fact] === other[fact]);
    const why = isSame
      ? 'their values are equal too. '
      : 'in them 0 and less has the darkest colour, black, and 1 and more the brightest, white, so that values below zero are not seen. Here they are. ';
    return fileOf(layer) + ' and ' + fileOf(other) + ' are the same, byte for byte: ' + why;
  }

  // What colours stand for: a colour map, and the values at its ends.
  function meaning(colors) {
    return colors.colormap + (colors.from === undefined ? ' on each map\u2019s own scale' : ' from ' + fmviz.number(colors.from) + ' to ' + fmviz.number(colors.to));
  }

  // What the colours of a layer's picture stand for, where its values chose them.
  function colours(layer) {
    return layer.colors ? 'In its picture the colours are ' + meaning(layer.colors) + '. ' : null;
  }

  function caption(layer, shown) {
    const maps = mapsOf(layer);
    const same = Array.from({length: maps.count}, (_, i) => i).filter((i) => fmviz.isConstant(maps, i)).length;
    const files = sample.pictures.filter((picture) => picture.layer === layer.layer).map(fileOf);
    return fmviz.el(
      'p',
      {class: 'quiet'},
      shown + ' of ' + fmviz.count(layer.shape[1], 'map') + ', ',
      view.own ? 'each on a scale of its own, from its smallest value to its largest' : 'all on one scale, that of the layer',
      view.byActivity ? '; those with the largest mean first. ' : '; by their numbers, from 0. ',
      same > 0 ? fmviz.count(same, 'map') + (same === 1 ? ' is' : ' are') + ' the same everywhere (striped). ' : null,
      layer.notANumber ? fmviz.count(layer.notANumber, 'value') + (layer.notANumber === 1 ? ' is' : ' are') + ' not finite (grey). ' : null,
      sameFile(layer),
      smaller(layer) ? 'Drawn ' + smaller(layer) + '. ' : null,
      colours(layer),
      isHome ? files.map((file) => [fmviz.el('a', {href: file}, file), ' ']) : null
    );
  }

  function mapButton(layer, order, at) {
    const maps = mapsOf(layer);
    const map = order[at];
    const dead = fmviz.isConstant(maps, map);
    const zoom = Math.max(1, Math.floor(SIDE / Math.max(maps.width, maps.height)));
    const button = fmviz.mapButton(layer.drawn.channels[map], {
      width: zoom * maps.width,
      height: zoom * maps.height,
      dead: dead,
      label: dead
        ? 'the same everywhere: ' + fmviz.number(maps.low[map])
        : fmviz.range(maps.low[map], maps.high[map]),
      onclick: () => openMap(layer, order, at),
    });
    fmviz.drawMap(button.firstElementChild, maps, map, ends(layer, view.own ? map : null), view.palette);
    return button;
  }

  // What a layer unfolds into: some of its maps, or all.
  function grid(layer, most) {
    const maps = mapsOf(layer);
    const order = Array.from({length: maps.count}, (_, i) => i);
    if (view.byActivity) {
      const mean = (map) => (Number.isFinite(maps.mean[map]) ? maps.mean[map] : -Infinity);
      order.sort((a, b) => (mean(a) === mean(b) ? a - b : mean(b) - mean(a)));
    }
    const shown = order.slice(0, most);
    const box = fmviz.el('div', {class: 'maps', role: 'group', 'aria-label': 'Maps of ' + fmviz.layerName(layer)});
    box.append(...shown.map((_, at) => mapButton(layer, order, at)));
    fmviz.roving(box);
    const whole = fmviz.el(
      'div',
      null,
      caption(layer, shown.length),
      view.own ? null : fmviz.legend(ends(layer, null), view.palette),
      box,
      shown.length < order.length
        ? fmviz.el('button', {type: 'button', onclick: () => whole.replaceWith(grid(layer, order.length))}, 'Show all ' + fmviz.count(order.length, 'map'))
        : null
    );
    return whole;
  }

  function select(label, choices, changed) {
    const options = choices.map((choice) => fmviz.el('option', {value: choice[0]}, choice[1]));
    const field = fmviz.el('select', {onchange: () => changed(field.value)}, options);
    return fmviz.el('label', null, label, field);
  }

  // Remembers a choice, and draws what is unfolded by it.
  const choose = (name, value) => {
    view[name] = value;
    redraw();
  };

  // What each position adds to the answer, as cam has it.
  function answerMap(cam) {
    const name = fmviz.className(cam.target, cam.targetName);
    const bytes = fmviz.bytes(document.getElementById('cam').textContent);
    return {
      name: 'what adds to ' + name,
      one: fmviz.mapsOf(bytes, 1, cam.height, cam.width),
      low: cam.minimum,
      high: cam.maximum,
      meaning:
        'what each position of ' + cam.layer + ' adds to the ' + cam.score + ' of ' + name + ', exactly (as fmviz cam has it): together ' +
        fmviz.number(cam.contributions) + ', with the bias of ' + fmviz.number(cam.bias) + ' the ' + cam.score + ' ' + fmviz.number(cam.sum) + '. It goes',
    };
  }

  const covers = layers
    .filter((layer) => layer.drawn.height * layer.drawn.width > 1 && layer.layer !== 'input')
    .map((layer) => ({name: fmviz.layerName(layer), maps: () => mapsOf(layer)}));
  if (facts.cam) {
    covers.unshift(answerMap(facts.cam));
  }

  fmviz.head(
    facts.title,
    'What a network makes of one image. Each layer turns what it is given into maps: a map is bright where its channel finds what it looks for.',
    isHome ? [{href: '../index.html', text: 'All images of this folder'}] : []
  );
  fmviz.show(
    fmviz.el(
      'div',
      {class: 'columns'},
      fmviz.overlay({
        png: document.getElementById('picture').textContent,
        text: 'the image ' + facts.title,
        layers: covers,
        chosen: facts.cam ? 0 : covers.length - 1,
      }),
      answer()
    ),
    fmviz.el('h2', null, 'Layers, from the image to the answer'),
    fmviz.el('p', null, 'Unfold a layer to see its maps; choose a map to see it large, with its values.')
  );
  const redraw = fmviz.layerRows({
    layers: layers,
    cells: (layer) => [
      fmviz.count(layer.shape[1], 'map') + ' of ' + layer.shape[2] + ' \u00d7 ' + layer.shape[3],
      layer.notANumber ? fmviz.count(layer.notANumber, 'value') + (layer.notANumber === 1 ? ' is' : ' are') + ' not finite' : fmviz.range(layer.minimum, layer.maximum),
    ],
    body: (layer) => grid(layer, FIRST),
    controls: [
      select('Scale', [['', 'one for the layer'], ['own', 'each map\u2019s own']], (value) => choose('own', value !== '')),
      select('Order', [['', 'by number'], ['activity', 'most active first']], (value) => choose('byActivity', value !== '')),
      select(
        'Colours',
        [['viridis', 'blue to yellow'], ['gray', 'grey'], ['coolwarm', 'blue below zero, red above']],
        (value) => choose('palette', value)
      ),
    ],
  });
  fmviz.show(dialog);
})();
