/** @fileoverview The page of compare's folder: many images under the same layers. */

(function () {
  'use strict';

  const FEW = 20;
  const facts = fmviz.facts('facts');
  const shown = facts.manifest.details;

  const broken = (layer) => (layer.notANumber || []).filter((count) => count > 0).length;

  function state(row) {
    return row.broken > 0 ? fmviz.count(row.broken, 'value') + (row.broken === 1 ? ' is' : ' are') + ' not finite' : row.never ? 'never above zero' : 'active';
  }

  function body(layer) {
    const rows = layer.columns.map((channel, i) => ({
      channel: channel,
      mean: layer.means[i],
      never: layer.dead.includes(channel),
      broken: layer.notANumber ? layer.notANumber[i] : 0,
    }));
    const few = rows.filter((row) => Number.isFinite(row.mean)).sort((a, b) => b.mean - a.mean).slice(0, FEW);
    return [
      fmviz.picture(
        layer.file,
        'the maps of ' + layer.layer + ' for each image',
        (layer.maps ? 'Maps ' + layer.maps + '; a' : 'A') + ' row for each image, a column for each channel, all on one scale' +
          (rows.some((row) => row.never) ? '; framed: channels that are never above zero.' : '.')
      ),
      fmviz.el('h3', null, 'The ' + few.length + ' most active of ' + fmviz.count(rows.length, 'channel')),
      fmviz.bars(few.map((row) => ({name: 'channel ' + row.channel, value: row.mean})), {title: 'Means of channels of ' + layer.layer}),
      fmviz.table({
        caption: 'The channels of ' + fmviz.layerName(layer) + ', counted from 0',
        columns: [
          {title: 'channel', number: true, value: (row) => row.channel, show: (row) => String(row.channel)},
          {title: 'mean over the images', number: true, value: (row) => row.mean},
          {title: 'state', value: state},
        ],
        rows: rows,
      }),
    ];
  }

  fmviz.folder(
    facts,
    fmviz.count(shown.samples.length, 'image') + ', side by side',
    'A row for each image and a column for each channel: what a channel finds in all images, and what in some, shows at a glance.'
  );
  fmviz.show(
    fmviz.table({
      caption: 'The images: a heading sorts by it',
      columns: fmviz.sampleColumns(),
      rows: shown.samples,
      most: 20,
    }),
    fmviz.el('h2', null, 'Layer by layer')
  );
  fmviz.layerRows({
    layers: shown.layers,
    cells: (layer) => [layer.maps ? 'maps ' + layer.maps : fmviz.count(layer.columns.length, 'channel'), layer.dead.length + ' never above zero', ...fmviz.brokenCells(broken(layer))],
    body: body,
    open: true,
  });
})();
