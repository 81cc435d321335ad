/** @fileoverview The page of dead's folder: which channels never rise above zero. */

(function () {
  'use strict';

  const facts = fmviz.facts('facts');
  const shown = facts.manifest.details;
  const layers = shown.layers;
  const below = facts.manifest.options.below;

  function state(layer, channel) {
    const kinds = [
      [layer.notANumber && layer.notANumber[channel] > 0, 'non-finite'],
      [layer.constant && layer.constant.includes(channel), 'constant'],
      [layer.dead.includes(channel), 'dead'],
      [layer.almostDead.includes(channel), 'almost dead'],
      [layer.alwaysOn.includes(channel), 'always on'],
    ];
    return (kinds.find((kind) => kind[0]) || [true, 'active'])[1];
  }

  // Where a channel is never dead for certain, constant ones are told, and the others aren't known.
  const known = (layer) => layer.constant === undefined;
  const ifKnown = (layer, value) => (known(layer) ? value : undefined);
  const broken = (layer) => (layer.notANumber || []).filter((count) => count > 0).length;

  function told(layer) {
    const channels = ' of ' + fmviz.count(layer.channels, 'channel');
    return known(layer) ? layer.dead.length + channels + ' dead' : layer.constant.length + channels + ' constant';
  }

  function body(layer) {
    const channels = Array.from({length: layer.channels}, (_, i) => i);
    return [
      fmviz.el('h3', null, 'In how many of the images the channels are above zero'),
      fmviz.histogram(layer.imageShare.map((share) => 100 * share), 0, 100, 'Channels by the share of the images, in percent, in which they are above zero', 'channel'),
      fmviz.el(
        'p',
        {class: 'quiet'},
        'From no image, on the left, to all of them (100 %).',
        broken(layer) > 0 ? ' Without ' + fmviz.count(broken(layer), 'channel') + ' with non-finite values.' : null
      ),
      fmviz.picture(
        layer.layer + '.png',
        'activity of the channels of ' + layer.layer,
        'Every channel\u2019s activity: dark is never above zero, yellow always.'
      ),
      fmviz.table({
        caption: 'The channels of ' + fmviz.layerName(layer) + ', counted from 0',
        columns: [
          {title: 'channel', number: true, value: (c) => c, show: String},
          {title: 'state', value: (c) => state(layer, c)},
          {title: 'largest value', number: true, value: (c) => layer.maximum[c]},
          {title: 'mean', number: true, value: (c) => layer.mean[c]},
          {title: 'above zero in images', number: true, value: (c) => layer.imageShare[c], show: (c) => fmviz.percent(layer.imageShare[c])},
          {title: 'in pixels', number: true, value: (c) => layer.pixelShare[c], show: (c) => fmviz.percent(layer.pixelShare[c])},
        ],
        rows: channels,
      }),
    ];
  }

  fmviz.folder(
    facts,
    'Dead channels, and those that are seldom active',
    'A channel is dead if it never rises above zero, whatever the image: it takes time and memory and tells the next layer nothing. One that does so in less than ' +
      fmviz.percent(below) + ' of the images is almost dead; one that does so in all of them, always on.',
    [['Looked at', fmviz.count(shown.images, 'image')]]
  );
  fmviz.show(
    fmviz.table({
      caption: 'The layers: a heading sorts by it',
      columns: [
        {title: 'layer', value: fmviz.layerName},
        {title: 'channels', number: true, value: (layer) => layer.channels},
        {title: 'dead', number: true, value: (layer) => ifKnown(layer, layer.dead.length)},
        {title: 'almost dead', number: true, value: (layer) => ifKnown(layer, layer.almostDead.length)},
        {title: 'always on', number: true, value: (layer) => layer.alwaysOn.length},
        ...(layers.every(known) ? [] : [{title: 'constant', number: true, value: (layer) => (known(layer) ? undefined : layer.constant.length)}]),
        ...(layers.some(broken) ? [{title: 'non-finite', number: true, value: broken}] : []),
      ],
      rows: layers,
    }),
    ...(layers.every(known)
      ? []
      : [fmviz.el('p', {class: 'quiet'}, '-: not known. In some layers a channel is never dead for certain; of these, channels with one value and no other are told, as constant.')]),
    fmviz.el('h2', null, 'Layer by layer')
  );
  fmviz.layerRows({
    layers: layers,
    cells: (layer) => [told(layer), ...fmviz.brokenCells(broken(layer))],
    body: body,
    open: true,
  });
})();
