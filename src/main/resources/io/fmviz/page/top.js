/** @fileoverview The page of top's folder: the images that each channel responds to most. */

(function () {
  'use strict';

  const FEW = 20;
  const facts = fmviz.facts('facts');
  const shown = facts.manifest.details;

  const name = (response) => response.index + (response.label === undefined ? '' : '-' + fmviz.label(response));
  const isBroken = (layer, channel) => layer.notANumber !== undefined && layer.notANumber[channel] > 0;
  const best = (layer, channel) => (layer.channels[channel].length > 0 ? layer.channels[channel][0].value : isBroken(layer, channel) ? null : undefined);

  function strongest(layer) {
    const channels = Array.from(layer.channels.keys()).filter((c) => Number.isFinite(best(layer, c)));
    channels.sort((a, b) => best(layer, b) - best(layer, a));
    return channels.slice(0, FEW);
  }

  // Channels without a response, those of which that is known, and those with non-finite values.
  function told(layer) {
    const channels = Array.from(layer.channels.keys());
    const broken = channels.filter((c) => isBroken(layer, c)).length;
    const silent = channels.filter((c) => best(layer, c) === undefined).length;
    return [silent + ' without a response', ...fmviz.brokenCells(broken)];
  }

  function body(layer) {
    const few = strongest(layer);
    const file = (c) => layer.channels[c].slice(0, 1).map((r) => r.source || '').join();
    return [
      fmviz.picture(
        layer.file,
        'what the channels of ' + layer.layer + ' respond to',
        (layer.maps ? 'Maps ' + layer.maps + '; ' : '') + 'a row for each channel, the image that it responds to most first.'
      ),
      fmviz.el('h3', null, 'The ' + few.length + ' strongest responses of ' + fmviz.count(layer.channels.length, 'channel')),
      fmviz.bars(
        few.map((c) => ({name: 'channel ' + c, value: best(layer, c)})),
        {title: 'The strongest responses of channels of ' + layer.layer}
      ),
      fmviz.table({
        caption: 'The channels of ' + fmviz.layerName(layer) + ', counted from 0',
        columns: [
          {title: 'channel', number: true, value: (c) => c, show: String},
          {title: 'strongest response', number: true, value: (c) => best(layer, c), show: (c) => (best(layer, c) === undefined ? 'none' : fmviz.number(best(layer, c)))},
          {title: 'non-finite', number: true, value: (c) => layer.notANumber && layer.notANumber[c], show: (c) => (isBroken(layer, c) ? fmviz.count(layer.notANumber[c], 'value') : '')},
          {title: 'at row, column', value: (c) => layer.channels[c].slice(0, 1).map((r) => r.row + ', ' + r.column).join()},
          {title: 'images (number-class), the strongest first', value: (c) => layer.channels[c].map(name).join(', ')},
          {title: 'file of the first', value: file, show: (c) => fmviz.path(file(c))},
        ],
        rows: Array.from(layer.channels.keys()),
      }),
    ];
  }

  fmviz.folder(
    facts,
    'What the channels respond to',
    'For each channel, the images that make it respond most, and where in them: what they have in common is what the channel looks for.',
    [['Looked at', fmviz.count(shown.images, 'image')]]
  );
  fmviz.show(fmviz.el('h2', null, 'Layer by layer'));
  fmviz.layerRows({
    layers: shown.layers,
    cells: (layer) => [fmviz.count(layer.channels.length, 'channel'), ...told(layer)],
    body: body,
    open: true,
  });
})();
